"""Read ahead while a server runs: another process, at the lowest priority, fills the cache of parses and vectors.

Another process, so that neither its memory nor the interpreter's lock is taken from those who ask.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from assistant.prepared import prepare
from assistant.wiring import Parts

LOOK_EVERY = 10.0  # seconds between two looks at whether anything was indexed
STORE_FILES = ("store.db", "store.db-wal")


class Ahead:
    """Reads ahead in ``home`` from ``start`` to ``close``, again whenever something was indexed."""

    def __init__(self, home: Path, program: Callable[[Path], list[str]] | None = None) -> None:
        self._home = home
        self._command = (program or _command)(home)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
        self.done = False  # everything that is indexed has been read
        self.failed = False  # reading ended before that
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._process is not None:
            self._process.terminate()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        seen: list[int] = []
        while not self._closing.is_set():
            found = self._state()
            if found and found != seen:
                self.done = False
                self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                if self._closing.is_set():  # closed between the two: nobody else ends it
                    self._process.terminate()
                failed = self._process.wait() != 0
                seen = found
                self.failed = failed and not self._closing.is_set()
            self.done = found == seen and not self.failed
            self._closing.wait(LOOK_EVERY)

    def _state(self) -> list[int]:
        """When the store's files were last written, in nanoseconds."""
        return [path.stat().st_mtime_ns for path in (self._home / name for name in STORE_FILES) if path.exists()]


def _command(home: Path) -> list[str]:
    return [sys.executable, "-m", "assistant.serve.ahead", str(home)]


def main() -> None:
    """Read ahead in the home that the first argument names, until done or until the process that began it is gone."""
    os.nice(19)
    begun_by = os.getppid()
    parts = Parts(Path(sys.argv[1]))
    try:
        prepare(parts.collection, parts.reader, parts.vectors, lambda: os.getppid() != begun_by)
    finally:
        parts.close()


if __name__ == "__main__":
    main()
