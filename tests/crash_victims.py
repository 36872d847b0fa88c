"""Processes that are killed while they write a home, and what must hold of the home afterwards. See crash_harness.py.

Each victim is a fork of this process: it dies by SIGKILL, whatever it was doing.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import chromadb  # noqa: F401 - loaded once here, so that every fork starts fast

from index import Collection, HashingEmbedder, IndexingError, IndexOptions, StoreBusy

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
    return finish(*start(action))[0]


def start(action: Callable[[int], None]) -> tuple[int, int]:
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


def finish(pid: int, reading: int) -> tuple[int, bytes]:
    told = b""
    while block := os.read(reading, 65536):
        told += block
    os.close(reading)
    return os.waitpid(pid, 0)[1], told


def do_and_die(action: Callable[[int], None], nth_write: int) -> Outcome:
    """Run ``action`` in a child that kills itself right after its ``nth_write`` write."""

    def victim(pipe: int) -> None:
        left = nth_write

        def after_write(_frame: FrameType, event: str, function: Any) -> None:
            nonlocal left
            if event == "c_return" and getattr(function, "__name__", "") in WRITES:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(after_write)
        action(pipe)
        sys.setprofile(None)

    return outcome_of(*finish(*start(victim)))


def count_writes(action: Callable[[int], None]) -> int:
    """How many writes an undisturbed ``action`` makes, counted in a child."""

    def counted(pipe: int) -> None:
        writes = 0

        def after_write(_frame: FrameType, event: str, function: Any) -> None:
            nonlocal writes
            writes += event == "c_return" and getattr(function, "__name__", "") in WRITES

        sys.setprofile(after_write)
        action(pipe)
        sys.setprofile(None)
        tell(pipe, writes)

    return outcome_of(*finish(*start(counted))).acknowledged


def index_and_die(home: Path, folder: Path, nth_write: int) -> Outcome:
    """Index in a child that kills itself right after its ``nth_write`` write."""
    return do_and_die(lambda pipe: index_all(home, folder, lambda count: tell(pipe, count)), nth_write)


def do_with_full_disk(action: Callable[[int], None], limit: int) -> Outcome:
    """Run ``action`` in a child whose files may not grow beyond ``limit`` bytes: a clear error is fine, no other."""

    def victim(pipe: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            action(pipe)
        except IndexingError as error:
            if not error.next_step:
                raise

    return outcome_of(*finish(*start(victim)))


def index_until(home: Path, folder: Path, seconds: float) -> Outcome:
    """Index in a child that is killed from outside after some time."""
    pid, reading = start(lambda pipe: index_all(home, folder, lambda count: tell(pipe, count)))
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return outcome_of(*finish(pid, reading))


def tell(pipe: int, count: int) -> None:
    os.write(pipe, count.to_bytes(4, "big"))


def outcome_of(status: int, told: bytes) -> Outcome:
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
        found["keywords"] = list(collection.catalog.keyword_rows())
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
        assert_same(state_of(home), expected)

    judge_in_fork(judge, f"after {outcome}")


def judge_in_fork(judge: Callable[[int], None], when: str) -> None:
    """Run ``judge`` in a process of its own: forks must not inherit Chroma's threads."""
    assert in_fork(judge) == 0, when
    sys.stdout.write(".")  # one more that nothing was lost in
    sys.stdout.flush()


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    assert found == expected, f"the rerun differs: {json.dumps(found)[:300]}"


def until_free(action: Callable[[], None], seconds: float = 120) -> None:
    """Run ``action`` as soon as no other writer is at the home: one that was killed may have left a child behind."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return action()
        except StoreBusy:
            if time.monotonic() > deadline:
                raise


def expected_state(root: Path, folder: Path) -> dict[str, Any]:
    """What a run that nobody killed leaves behind. In a process of its own: forks must not inherit Chroma's threads."""
    target = root / "expected.json"

    def run(_pipe: int) -> None:
        index_all(root / "whole", folder)
        target.write_text(json.dumps(state_of(root / "whole")), encoding="utf-8")

    assert in_fork(run) == 0
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found
