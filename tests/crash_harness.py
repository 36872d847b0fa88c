"""Kill indexing, at every write or at random, and see what is left. Run by hand for as long as one likes:

    python tests/crash_harness.py --kills 500          after every write of a small run (some 125)
    python tests/crash_harness.py --random 500         at random moments of a larger run
    python tests/crash_harness.py --writers 50         two indexers at once, one of them killed
    python tests/crash_harness.py --full 50            a disk that is full at this or that moment
    python tests/crash_harness.py --tasks 50           the same of import, export, purge, repair and migration
    python tests/crash_harness.py --torn 100           torn, zeroed, missing and bloated Chroma files

Each victim is a fork of this process: it dies by SIGKILL, whatever it was doing. After each kill another process
opens the home, finds every acknowledged article, runs the same indexing again, and compares the result with that of
a run that nobody killed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from index.vector_folder import DATABASE
from tests.crash_tasks import other_tasks
from tests.crash_victims import (
    Outcome,
    check_after_kill,
    count_writes,
    do_with_full_disk,
    expected_state,
    finish,
    in_fork,
    index_all,
    index_and_die,
    index_until,
    outcome_of,
    start,
    tell,
    until_free,
    write_articles,
)


def sweep(root: Path, articles: int, kills: int) -> int:
    """Kill after every write of a run, or after ``kills`` of them, evenly spread. Returns the kills."""
    paths = write_articles(root / "small", articles)
    expected = expected_state(root, root / "small")
    writes = count_writes(lambda _pipe: index_all(root / "counted", root / "small"))
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

    for _round in range(rounds):
        home = Path(tempfile.mkdtemp(dir=root))
        first, pipe = start(lambda pipe, home=home: index_all(home, folder, lambda n: tell(pipe, n)))  # type: ignore[misc]
        other, other_pipe = start(lambda _pipe, home=home: until_free(lambda: index_all(home, folder)))  # type: ignore[misc]
        time.sleep(chance.uniform(0.02, 0.6))
        os.kill(first, signal.SIGKILL)
        outcome = outcome_of(*finish(first, pipe))
        assert finish(other, other_pipe)[0] == 0
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
    for number in range(rounds):
        home = Path(tempfile.mkdtemp(dir=root)) / "home"

        def run(pipe: int, home: Path = home) -> None:
            index_all(home, folder, lambda count: tell(pipe, count))

        outcome = do_with_full_disk(run, largest * number // rounds)
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
    options.add_argument("--tasks", type=int, default=0, help="kills, and full disks, of each other task that writes")
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
        if given.tasks:
            done |= other_tasks(root, given.tasks)
        if given.torn:
            done["rebuilds from damaged files"] = torn_files(root, given.torn, given.seed)
    sys.stdout.write("\n")
    for what, count in done.items():
        sys.stdout.write(f"{count:>6} {what}: nothing lost\n")
    sys.stdout.write(f"{time.monotonic() - started:>6.0f} seconds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
