"""The file behind conversations: opened or refused with what to do next, never begun anew over what it held.

A conversation is its user's own work and not a cache: a damaged file is an error until ``set_aside`` is asked for.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from json import JSONDecodeError
from pathlib import Path

from filelock import FileLock

from index import StoreBusy, StoreDamaged

PATIENCE = 10.0  # seconds that another process's write is waited for
REPAIR = "claimdesk doctor --repair sets it aside and begins a new one; articles are not touched"
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_SHUT = (
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_PERM",
    "SQLITE_FULL",
    "SQLITE_IOERR",
)  # the disk's, not the file's
_MOVED = ("-wal", "-shm", "")  # the log first: SQLite would read an old one into a file begun meanwhile


class ConversationsDamaged(StoreDamaged):
    """The file is torn or no database of ours. It stays as it is until it is set aside."""


@contextmanager
def opened(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work, closed after it. A file that is not there begins with ``schema``.

    Raises ConversationsDamaged for what is no sound file of ours, StoreDamaged when it cannot be opened or written,
    StoreBusy when another process holds it for too long.
    """
    try:
        if not path.exists():
            _begin(path, schema)
        if path.stat().st_size == 0:
            raise sqlite3.DatabaseError("the file is empty")
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=PATIENCE, uri=True)) as store:
            store.execute("PRAGMA foreign_keys=ON")
            yield store
    except (sqlite3.Error, OSError, JSONDecodeError) as error:
        raise _told(path, error) from error


def check(path: Path, schema: str) -> None:
    """Read the whole file and take the lock for writing once. Raises as ``opened``."""
    with opened(path, schema) as store:
        for (found,) in store.execute("PRAGMA quick_check(1)"):
            if found != "ok":
                raise sqlite3.DatabaseError(found)
        store.execute("BEGIN IMMEDIATE")
        for table in ("conversations", "turns"):
            store.execute(f"SELECT * FROM {table} LIMIT 1")
        store.execute("ROLLBACK")


def set_aside(path: Path) -> Path:
    """Move the file and its log out of the way, whole; where they are now. Raises StoreDamaged when they cannot be."""
    aside = path.with_name(f"{path.name}.set-aside-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}")
    try:
        for end in _MOVED:
            with suppress(FileNotFoundError):
                path.with_name(f"{path.name}{end}").rename(aside.with_name(f"{aside.name}{end}"))
    except OSError as error:
        raise _told(path, error) from error
    return aside


def aside_of(path: Path) -> list[Path]:
    """What was set aside, oldest first."""
    return sorted(path.parent.glob(f"{path.name}.set-aside-*"))


def _begin(path: Path, schema: str) -> None:
    """Give the file its name only once it is whole: an empty one is then always one that lost what it held.

    A lock, because a rename would write over what another process began, and not every disk knows links.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".conversations-") as folder:
        whole = Path(folder) / path.name
        with closing(sqlite3.connect(whole)) as store:
            store.execute("PRAGMA journal_mode=WAL")  # stays with the file
            store.executescript(schema)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE):
            if not path.exists():  # else another process was quicker: its file stands
                whole.rename(path)


def _told(path: Path, error: Exception) -> StoreBusy | StoreDamaged:
    """The error in plain words, by SQLite's name for it."""
    if isinstance(error, TimeoutError):
        return StoreBusy(f"{path} is being begun by another process", "try again when it has ended")
    if isinstance(error, OSError):
        return StoreDamaged(
            f"{path} cannot be opened or written: {error.strerror}", f"check who may write {path.parent}"
        )
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(_BUSY):
        return StoreBusy(f"{path} is being written by another process", "try again when it has ended")
    if name.startswith(_SHUT):
        next_step = f"check who may write {path.parent}, and the space on its disk"
        return StoreDamaged(f"{path} cannot be opened or written ({error})", next_step)
    return ConversationsDamaged(f"{path} is damaged ({error})", REPAIR)
