"""Whatever stops a writer, nothing is lost: kills, a second writer, signals, full disks. Rows R1, R4, R6, R15.

The long versions (hundreds of kills) are run by hand: see crash_harness.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import (
    StoreBusy,
    examine,
)
from index.lock import writer_lock
from tests.crash_victims import EMBEDDER, open_home
from tests.store_homes import finds, harness

pytest_plugins = ("tests.store_fixtures",)


def test_r01_kill_during_ingest() -> None:
    assert "nothing lost" in harness("--kills", "8")


def test_r01_r06_every_other_task_that_writes_is_killed_and_starved_of_disk() -> None:
    assert "full disks during migration: nothing lost" in harness("--tasks", "1")


def test_r04_two_writers() -> None:
    assert "nothing lost" in harness("--writers", "1")


def test_r04_the_second_writer_is_told_the_pid_and_host_of_the_first(home: Path, folder: Path) -> None:
    with writer_lock(home), open_home(home) as second, pytest.raises(StoreBusy, match=f"process {os.getpid()} on "):
        second.index([str(folder)])
    with open_home(home) as after:
        assert after.index([str(folder)]).unchanged == 12


def test_r06_disk_full_at_any_point() -> None:
    assert "nothing lost" in harness("--full", "4")


@pytest.mark.parametrize("kilobytes", [0, 130])
def test_r06_a_full_disk_is_one_error_and_the_rerun_completes(kilobytes: int, tmp_path: Path, folder: Path) -> None:
    """No file of the indexing process may grow beyond a limit, as on a full disk."""
    home = tmp_path / "full"
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from index import Collection, HashingEmbedder, IndexingError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, resource.RLIM_INFINITY))\n"
        "try:\n"
        "    with Collection.open(Path(sys.argv[1]), embedder=HashingEmbedder(64)) as collection:\n"
        "        collection.index([sys.argv[2]])\n"
        "except IndexingError as error:\n"
        "    sys.exit(f'told: {error.message} | {error.next_step}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr[-2000:]
    assert done.stderr.startswith("told: ")
    assert "Traceback" not in done.stderr
    with open_home(home) as collection:
        report = collection.index([str(folder)])
        assert report.added + report.unchanged == 12
        assert all(finds(collection, number) for number in range(12))
    assert examine(home, embedder=EMBEDDER).healthy


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_r15_an_interrupted_run_leaves_no_lock_and_goes_on_later(
    number: signal.Signals, tmp_path: Path, folder: Path
) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from index import Collection, HashingEmbedder, IndexOptions\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        "def after(stand):\n"
        f"    if stand.articles >= 4: os.kill(os.getpid(), {int(number)})\n"
        "with Collection.open(Path(sys.argv[1]), embedder=HashingEmbedder(64)) as collection:\n"
        "    collection.index([sys.argv[2]], IndexOptions(group_passages=6), progress=after)\n"
    )
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-c", script, str(home), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode in (-signal.SIGINT, 143)
    assert not (home / "chroma.dirty").exists()
    with open_home(home) as collection:
        assert 4 <= len(collection.headers()) < 12
        collection.index([str(folder)])
        assert all(finds(collection, number) for number in range(12))


def test_r15_a_run_that_is_asked_to_stop_publishes_what_it_read(tmp_path: Path, folder: Path) -> None:
    asked = iter([False] * 5 + [True])
    with open_home(tmp_path / "home") as collection:
        report = collection.index([str(folder)], should_stop=lambda: next(asked))
        assert (report.added, report.stopped) == (5, True)
        assert finds(collection, 4)
