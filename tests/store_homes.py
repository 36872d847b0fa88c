"""What the tests of the store do with homes of short reports (see store_fixtures.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from index import Collection

HARNESS = Path(__file__).with_name("crash_harness.py")


def harness(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(HARNESS), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def finds(collection: Collection, number: int) -> bool:
    hits = collection.search(f"marker{number}x", limit=3)
    return any(f"marker{number}x" in hit.passage.text for hit in hits)


def copy_of(home: Path, tmp_path: Path) -> Path:
    """A copy whose files keep their times, as a careful back-up does."""
    target = tmp_path / "copy"
    subprocess.run(["cp", "-a", str(home), str(target)], check=True)
    return target
