"""Kill indexing, at every write or at random, and see what is left. Run by hand for as long as one likes:

    python tests/crash_harness.py --kills 500          after every write of a small run (some 125)
    python tests/crash_harness.py --random 500         at random moments of a larger run
    python tests/crash_harness.py --writers 50         two indexers at once, one of them killed
    python tests/crash_harness.py --full 50            a disk that is full at this or that moment
    python tests/crash_harness.py --torn 100           torn, zeroed, missing and bloated Chroma files

Each victim is a fork of this process: it dies by SIGKILL, whatever it was doing. After each kill another process
opens the home, finds every acknowledged article, runs the same indexing again, and compares the result with that of
a run that nobody killed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import chromadb  # noqa: F401 - loaded once here, so that every fork starts fast

from index import Collection, HashingEmbedder, IndexingError, IndexOptions, StoreBusy
from index.vector_folder import DATABASE

# Functions in C after which the victim may die: SQLite's, the file system's, and Chroma's own.
WRITES = frozenset({"execute", "executemany", "commit", "fsync", "unlink", "upsert", "delete", "rename", "close"})
EMBEDDER = HashingEmbedder(64)
TOWNS = ("Aldmoor", "Birkvale", "Cressing", "Dunholt", "Elmsby", "Farlow", "Garside", "Hexford", "Inverlee", "Kelbrook")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one victim ended: what it had acknowledged, and whether it was killed before it was done."""

    acknowledged: int
    killed: bool


def write_articles(folder: Path, count: int) -> list[Path]:
    """``count`` short reports, each with a word that no other has."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        town = TOWNS[number % len(TOWNS)]
        path = folder / f"report{number:04d}.txt"
        path.write_text(
            f"Ferry {number} returns to {town}\n\n"
            f"The ferry of {town} sailed again on Monday after {number + 3} weeks in dock. "
            f'"We have waited long enough," said harbour master marker{number}x.\n\n'
            f"Repairs cost {number + 2} million crowns, the town council said.\n",
            encoding="utf-8",
        )
        paths.append(path)
    return paths


def open_home(home: Path, **options: Any) -> Collection:
    return Collection.open(home, embedder=EMBEDDER, **options)


def index_all(home: Path, folder: Path, acknowledge: Callable[[int], None] = lambda _count: None) -> None:
    """Index a folder in groups of a few passages; ``acknowledge`` hears how many articles are published."""
    with open_home(home) as collection:
        collection.index(
            [str(folder)], IndexOptions(group_passages=8), progress=lambda stand: acknowledge(stand.articles)
        )


def in_fork(action: Callable[[int], None]) -> int:
    """Run ``action`` with the writing end of a pipe in a child; its exit status as ``os.waitpid`` gives it."""
    return _finish(*_start(action))[0]


def _start(action: Callable[[int], None]) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    status = 70
    try:
        action(writing)
        status = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(status)


def _finish(pid: int, reading: int) -> tuple[int, bytes]:
    told = b""
    while block := os.read(reading, 65536):
        told += block
    os.close(reading)
    return os.waitpid(pid, 0)[1], told


def index_and_die(home: Path, folder: Path, nth_write: int) -> Outcome:
    """Index in a child that kills itself right after its ``nth_write`` write."""

    def victim(pipe: int) -> None:
        left = nth_write

        def after_write(_frame: FrameType, event: str, function: Any) -> None:
            nonlocal left
            if event == "c_return" and getattr(function, "__name__", "") in WRITES:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(after_write)
        index_all(home, folder, lambda count: _tell(pipe, count))
        sys.setprofile(None)

    return _outcome(*_finish(*_start(victim)))


def index_until(home: Path, folder: Path, seconds: float) -> Outcome:
    """Index in a child that is killed from outside after some time."""
    pid, reading = _start(lambda pipe: index_all(home, folder, lambda count: _tell(pipe, count)))
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return _outcome(*_finish(pid, reading))


def _tell(pipe: int, count: int) -> None:
    os.write(pipe, count.to_bytes(4, "big"))


def _outcome(status: int, told: bytes) -> Outcome:
    whole = len(told) - len(told) % 4
    acknowledged = int.from_bytes(told[whole - 4 : whole], "big") if whole else 0
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise AssertionError("the victim failed before it was killed")
    return Outcome(acknowledged, os.WIFSIGNALED(status))


def state_of(home: Path) -> dict[str, Any]:
    """All that a reader could notice: texts, parts, stored vectors, keyword hits, and what Chroma holds."""
    with open_home(home, exact_up_to=0) as collection:
        found: dict[str, Any] = {}
        for header in collection.headers():
            article = collection.article(header.article_id)
            passages = collection.passages(header.article_id)
            assert passages, f"half an article: {header.source} has no passages"
            assert len(passages) == header.passages
            assert collection.sentences(header.article_id)
            assert all(article.text[p.start : p.end] == p.text for p in passages)
            found[header.source_key] = [header.article_id, [p.passage_id for p in passages]]
        rows = collection.catalog.vectors()
        found["vectors"] = {i: v.tobytes().hex()[:64] for i, v in zip(rows.passage_ids, rows.vectors, strict=True)}
        found["chroma"] = sorted(collection.vectors().passage_ids()) if found["vectors"] else []
        found["store"] = collection.vectors().name
        found["keywords"] = collection.catalog.keyword_rows()
        return found


def check_after_kill(home: Path, folder: Path, paths: list[Path], outcome: Outcome, expected: dict[str, Any]) -> None:
    """In a process of its own: every acknowledged article is found; running again gives what ``expected`` says."""

    def judge(_pipe: int) -> None:
        with open_home(home, exact_up_to=0) as collection:
            for number in range(outcome.acknowledged):
                best = collection.search(f"marker{number}x", limit=3)
                sources = {collection.article(hit.passage.article_id).source_key for hit in best}
                assert str(paths[number].resolve()) in sources, f"acknowledged, but not found: {paths[number].name}"
        index_all(home, folder)
        found = state_of(home)
        assert found == expected, f"the rerun differs: {json.dumps(found)[:300]}"

    assert in_fork(judge) == 0, f"after {outcome}"
    sys.stdout.write(".")  # one more that nothing was lost in
    sys.stdout.flush()


def expected_state(root: Path, folder: Path) -> dict[str, Any]:
    """What a run that nobody killed leaves behind. In a process of its own: forks must not inherit Chroma's threads."""
    target = root / "expected.json"

    def run(_pipe: int) -> None:
        index_all(root / "whole", folder)
        target.write_text(json.dumps(state_of(root / "whole")), encoding="utf-8")

    assert in_fork(run) == 0
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    found["keywords"] = tuple(found["keywords"])
    return found


def count_writes(root: Path, folder: Path) -> int:
    """How many writes an uninterrupted run makes: the last N that kills anything, found by doubling and halving."""
    low, high = 0, 1
    while _dies(root, folder, high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _dies(root, folder, middle) else (low, middle)
    return low


def _dies(root: Path, folder: Path, nth_write: int) -> bool:
    home = Path(tempfile.mkdtemp(dir=root))
    killed = index_and_die(home, folder, nth_write).killed
    shutil.rmtree(home)
    return killed


def sweep(root: Path, articles: int, kills: int) -> int:
    """Kill after every write of a run, or after ``kills`` of them, evenly spread. Returns the kills."""
    paths = write_articles(root / "small", articles)
    expected = expected_state(root, root / "small")
    writes = count_writes(root, root / "small")
    moments = sorted({1 + position * (writes - 1) // max(1, kills - 1) for position in range(kills)})
    for nth_write in moments:
        home = Path(tempfile.mkdtemp(dir=root))
        outcome = index_and_die(home, root / "small", nth_write)
        assert outcome.killed
        check_after_kill(home, root / "small", paths, outcome, expected)
        shutil.rmtree(home)
    return len(moments)


def at_random(root: Path, articles: int, kills: int, seed: int) -> int:
    """Kill at random moments of a larger run, the same home again and again until it is done. Returns the kills."""
    chance = random.Random(seed)
    folder = root / "large"
    paths = write_articles(folder, articles)
    (root / "random").mkdir()
    expected = expected_state(root / "random", folder)
    started = time.monotonic()
    assert in_fork(lambda _pipe: index_all(root / "timed", folder)) == 0
    whole = time.monotonic() - started
    done = 0
    while done < kills:
        home = Path(tempfile.mkdtemp(dir=root))
        outcome = index_until(home, folder, chance.uniform(0.02, whole))
        done += outcome.killed
        check_after_kill(home, folder, paths, outcome, expected)
        shutil.rmtree(home)
    return done


def two_writers(root: Path, rounds: int, seed: int) -> int:
    """Two indexers of one home at once, the first killed at a random moment. Returns the rounds."""
    chance = random.Random(seed)
    folder = root / "shared"
    paths = write_articles(folder, 40)
    (root / "alone").mkdir()
    expected = expected_state(root / "alone", folder)

    def second(home: Path) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                index_all(home, folder)
                return
            except StoreBusy:
                continue
        raise AssertionError("the lock was never released")

    for _round in range(rounds):
        home = Path(tempfile.mkdtemp(dir=root))
        first, pipe = _start(lambda pipe, home=home: index_all(home, folder, lambda n: _tell(pipe, n)))  # type: ignore[misc]
        other, other_pipe = _start(lambda _pipe, home=home: second(home))  # type: ignore[misc]
        time.sleep(chance.uniform(0.02, 0.6))
        os.kill(first, signal.SIGKILL)
        outcome = _outcome(*_finish(first, pipe))
        assert _finish(other, other_pipe)[0] == 0
        check_after_kill(home, folder, paths, outcome, expected)
        shutil.rmtree(home)
    return rounds


def full_disk(root: Path, rounds: int) -> int:
    """No file may grow beyond a limit, as on a full disk: a clear error, then a whole rerun. Returns the rounds."""
    folder = root / "filling"
    paths = write_articles(folder, 24)
    (root / "roomy").mkdir()
    expected = expected_state(root / "roomy", folder)
    largest = max(path.stat().st_size for path in (root / "roomy" / "whole").rglob("*") if path.is_file())

    def victim(pipe: int, home: Path, limit: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            index_all(home, folder, lambda count: _tell(pipe, count))
        except IndexingError as error:
            if not error.next_step:
                raise

    for number in range(rounds):
        home = Path(tempfile.mkdtemp(dir=root)) / "home"
        limit = largest * number // rounds
        outcome = _outcome(*_finish(*_start(lambda pipe, home=home, limit=limit: victim(pipe, home, limit))))  # type: ignore[misc]
        check_after_kill(home, folder, paths, outcome, expected)
        shutil.rmtree(home.parent)
    return rounds


def tear(folder: Path, how: str, chance: random.Random, victims: str = "*") -> None:
    """Damage a Chroma folder: ``torn``, ``zeroed``, ``missing``, ``bloated`` or ``database``."""
    victim = chance.choice([path for path in sorted(folder.glob(f"*/{victims}")) if path.stat().st_size])
    if how == "torn":
        os.truncate(victim, chance.randrange(max(1, victim.stat().st_size)))
    elif how == "zeroed":
        victim.write_bytes(b"\0" * victim.stat().st_size)
    elif how == "missing":
        shutil.rmtree(victim.parent)
    elif how == "bloated":
        os.truncate(victim.parent / "link_lists.bin", 398 * 1024**3)  # sparse: takes no room
    else:
        database = folder / DATABASE
        os.truncate(database, chance.randrange(database.stat().st_size))


def torn_files(root: Path, rounds: int, seed: int) -> int:
    """Damage the Chroma folder in every way, and look for the articles. Returns the rounds."""
    chance = random.Random(seed)
    folder = root / "many"
    paths = write_articles(folder, 400)
    sound = root / "sound"
    assert in_fork(lambda _pipe: index_all(sound, folder)) == 0
    (root / "once").mkdir()
    expected = expected_state(root / "once", folder)
    for number in range(rounds):
        home = Path(tempfile.mkdtemp(dir=root)) / "home"
        shutil.copytree(sound, home)
        tear(home / "chroma", ("torn", "zeroed", "missing", "bloated", "database")[number % 5], chance)
        check_after_kill(home, folder, paths, Outcome(len(paths), True), expected)
        shutil.rmtree(home.parent)
    return rounds


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=0, help="kills after each write of a small run, at most so many")
    options.add_argument("--random", type=int, default=0, help="kills at random moments of a larger run")
    options.add_argument("--writers", type=int, default=0, help="runs with two indexers")
    options.add_argument("--full", type=int, default=0, help="runs on a disk that is full at some point")
    options.add_argument("--torn", type=int, default=0, help="rebuilds from damaged Chroma files")
    options.add_argument("--articles", type=int, default=4, help="of the small run")
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="claimdesk-crash-") as folder:
        root = Path(folder)
        done: dict[str, int] = {}
        if given.kills:
            done["kills after a write"] = sweep(root, given.articles, given.kills)
        if given.random:
            done["kills at random moments"] = at_random(root, 60, given.random, given.seed)
        if given.writers:
            done["runs with two writers"] = two_writers(root, given.writers, given.seed)
        if given.full:
            done["runs on a full disk"] = full_disk(root, given.full)
        if given.torn:
            done["rebuilds from damaged files"] = torn_files(root, given.torn, given.seed)
    sys.stdout.write("\n")
    for what, count in done.items():
        sys.stdout.write(f"{count:>6} {what}: nothing lost\n")
    sys.stdout.write(f"{time.monotonic() - started:>6.0f} seconds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
