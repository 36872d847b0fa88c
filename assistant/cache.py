"""A table of bytes in SQLite that is only ever a cache: whatever becomes of its file, no question fails over it.

A torn file is set aside and begun anew, one that cannot be written is read and added to in memory. ``notes`` says so.
Several processes, and several tables, may share one file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

MOST_KEYS = 500  # in one query
PATIENCE = 30.0  # seconds that another process's write is waited for
_TORN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")  # the last: tables of another kind


class BlobCache:
    """Key → bytes. ``path`` None keeps them in memory. Losing the file costs time, nothing else."""

    def __init__(self, path: Path | None, table: str) -> None:
        self.notes: list[str] = []  # what became of the file, in plain words
        self._path = path
        self._table = table
        self._kept: dict[bytes, bytes] = {}  # what the file cannot take
        self._inode = 0
        self._connection = self._open()

    def close(self) -> None:
        self._connection.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is known of ``keys``."""
        found = {key: self._kept[key] for key in keys if key in self._kept} if self._kept else {}
        try:
            for first in range(0, len(keys), MOST_KEYS):
                some = keys[first : first + MOST_KEYS]
                marks = ",".join("?" * len(some))
                found.update(self._connection.execute(f"SELECT * FROM {self._table} WHERE key IN ({marks})", some))
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def put(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep these, in the file if it can be written."""
        rows = list(rows)
        try:
            with self._connection:
                self._connection.executemany(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)
            self._kept.update(rows)

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return self._begin(sqlite3.connect(":memory:", check_same_thread=False))
        try:
            connection = self._begin(sqlite3.connect(self._path, timeout=PATIENCE, check_same_thread=False))
            self._inode = self._path.stat().st_ino
        except sqlite3.Error as error:
            return self._open_instead(error)
        return connection

    def _begin(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS {self._table} (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
            )
            connection.execute(f"SELECT * FROM {self._table} LIMIT 1")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _open_instead(self, error: sqlite3.Error) -> sqlite3.Connection:
        """A new file in the place of a torn one; else the file read only; else nothing but memory."""
        assert self._path is not None
        if _is_torn(error):
            aside = self._path.with_name(f"{self._path.name}.set-aside-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}")
            with suppress(OSError, sqlite3.Error):
                self._path.rename(aside)
                for rest in ("-wal", "-shm"):
                    self._path.with_name(f"{self._path.name}{rest}").unlink(missing_ok=True)
                connection = self._begin(sqlite3.connect(self._path, timeout=PATIENCE, check_same_thread=False))
                self.notes.append(f"{self._path} was damaged ({error}): set aside as {aside.name} and begun anew")
                return connection
        self.notes.append(f"{self._path} cannot be written ({error}): what it would keep is kept in memory")
        with suppress(sqlite3.Error):
            location = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(location, uri=True, check_same_thread=False)
            connection.execute(f"SELECT * FROM {self._table} LIMIT 1")
            return connection
        return self._begin(sqlite3.connect(":memory:", check_same_thread=False))

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without the file from now on, or begin it anew."""
        if _is_torn(error) and self._path is not None:
            self._connection.close()
            with suppress(OSError):
                if self._path.stat().st_ino != self._inode:  # somebody else has set it aside already
                    self._connection = self._open()
                    return
            self._connection = self._open_instead(error)
        elif not self.notes:
            self.notes.append(f"{self._path} cannot be written ({error}): what it would keep is kept in memory")


def _is_torn(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorname", None) or "").startswith(_TORN)
