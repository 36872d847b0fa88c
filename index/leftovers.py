"""What may hold words of any article beside store.db and the vector index, and is missed by nobody: for purges.

Parsed sentences are made again when they are missing; files half uploaded and archives half unpacked are of a process
that died.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from index.archive import UNPACKING
from index.errors import StoreBusy, StoreDamaged
from index.origins import UPLOADS

PARSES = "frames.db"
DEAD = (f"{PARSES}.set-aside-*", f"{UPLOADS}/.partial-*", f"{UNPACKING}*")
PATIENCE = 10.0  # seconds that readers of the parses are waited for


def delete_leftovers(home: Path) -> None:
    """Raises StoreBusy when the parses are in use for too long, StoreDamaged when something cannot be deleted."""
    for pattern in DEAD:
        for path in home.glob(pattern):
            delete(path)
    _empty(home / PARSES)


def delete(path: Path) -> None:
    """A file or a folder; one that is gone already is fine. Raises StoreDamaged."""
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreDamaged(f"{path} cannot be deleted: {error.strerror}", "check the folder's permissions") from error


def _empty(path: Path) -> None:
    """Take everything out of an SQLite file in the way that processes which have it open notice."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as cache:
            cache.execute("PRAGMA secure_delete = ON")
            for (table,) in cache.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                cache.execute(f'DELETE FROM "{table}"')
            cache.execute("VACUUM")
            if cache.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise StoreBusy(f"{path} is being read", "wait until it is done, then: claimdesk doctor --repair")
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorname or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusy(
                f"{path} is being written", "wait until it is done, then: claimdesk doctor --repair"
            ) from error
        for rest in ("", "-wal", "-shm"):  # no database: nobody can be reading it
            delete(path.with_name(path.name + rest))
