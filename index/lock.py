"""One writer a home: an exclusive lock that names its holder, and that the system frees when the holder dies."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StoreBusy, StoreDamaged

LOCK_FILE = "writer.lock"
CHILD_LOCK_FILE = "writer-child.lock"  # held by a process that a writer began, and that may outlive it
HOLDER_FILE = "writer.json"
WAIT = 2.0  # seconds that a second writer waits


@contextmanager
def writer_lock(home: Path, *, wait: float = WAIT) -> Iterator[None]:
    """Hold the home's lock. Raises StoreBusy with the holder's pid and host, StoreDamaged when it cannot be made."""
    lock = FileLock(str(home / LOCK_FILE), timeout=wait)
    try:
        lock.acquire()
        try:
            with FileLock(str(home / CHILD_LOCK_FILE), timeout=wait):
                pass  # no process of a writer that died is still writing
        except BaseException:
            lock.release()
            raise
    except Timeout as error:
        raise StoreBusy(
            f"{home} is being written to by {holder(home)}", "wait for it to finish, then run the same command again"
        ) from error
    except OSError as error:
        raise StoreDamaged(
            f"{home} cannot be written to: {error.strerror}", "check the folder's permissions and free space"
        ) from error
    try:
        _sign(home)
        yield
    finally:
        lock.release()


@contextmanager
def child_lock(home: Path, parent: int) -> Iterator[None]:
    """Write on behalf of the writer ``parent``: until this ends no other writer begins, even if the parent dies.

    Raises StoreBusy when the parent is dead already: another writer may be at work.
    """
    with FileLock(str(home / CHILD_LOCK_FILE)):
        if os.getppid() != parent:
            raise StoreBusy(f"{home}: the writer that wanted this is gone", "claimdesk doctor --repair")
        yield


def is_locked(home: Path) -> bool:
    """Whether another process holds the lock at this moment."""
    for name in (LOCK_FILE, CHILD_LOCK_FILE):
        lock = FileLock(str(home / name), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        except OSError:
            return False  # a home that cannot be written to has no writer
        lock.release()
    return False


def holder(home: Path) -> str:
    """The lock's holder as it signed: ``process 4242 on host since …``."""
    try:
        found = json.loads((home / HOLDER_FILE).read_text(encoding="utf-8"))
        return f"process {found['pid']} on {found['host']} since {found['since']}"
    except (OSError, ValueError, KeyError):
        return "another process"


def _sign(home: Path) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    signature = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
    try:
        (home / HOLDER_FILE).write_text(signature, encoding="utf-8")
    except OSError as error:
        raise StoreDamaged(
            f"{home} cannot be written to: {error.strerror}", "free some space, then try again"
        ) from error
