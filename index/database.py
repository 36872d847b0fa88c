"""store.db as a file: opening, checking, transactions, the manifest and the generation. Knows no articles."""

from __future__ import annotations

import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import EmptyCollection, StoreBusy, StoreDamaged, StoreMismatch
from index.migrations import MIGRATIONS, READABLE

APPLICATION_ID = 0x434C4D44  # "CLMD": tells our file from any other SQLite file
SCHEMA_VERSION = 2
SCHEMA = Path(__file__).with_name("schema.sql")

Row = tuple[Any, ...]

_RESTORE = "restore a back-up with `claimdesk import ARCHIVE`, or move the file away and index again"
_CODES = {
    "SQLITE_FULL": ("the disk is full", "free some space and run the same command again: nothing indexed is lost"),
    "SQLITE_IOERR": ("the disk refused to read or write", "check the disk and its free space, then run it again"),
    "SQLITE_READONLY": ("it cannot be written to", "check the folder's permissions, or choose another with --home"),
    "SQLITE_CANTOPEN": ("it cannot be opened", "check the folder and its permissions, or choose another with --home"),
    "SQLITE_PERM": ("permission is denied", "check the folder's permissions, or choose another with --home"),
    "SQLITE_NOTADB": ("it is not a Claimdesk store", _RESTORE),
    "SQLITE_CORRUPT": ("it is damaged", _RESTORE),
}


def explained(error: sqlite3.Error, path: Path) -> StoreBusy | StoreDamaged:
    """SQLite's error in plain words, with what to do next."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(f"{path} is being written to by another process", "wait for it to finish, then try again")
    for prefix, (what, next_step) in _CODES.items():
        if name.startswith(prefix):
            return StoreDamaged(f"{path}: {what} ({error})", next_step)
    return StoreDamaged(f"{path}: {error}", _RESTORE)


class Database:
    """One SQLite file. Safe to share between threads: every statement and transaction takes one lock."""

    schema_version = SCHEMA_VERSION
    readable = READABLE
    migrations: Mapping[int, str] = MIGRATIONS

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open or create ``path``.

        Raises EmptyCollection when it is missing and ``readonly``; StoreDamaged when it is torn, of another kind,
        or cannot be created; StoreMismatch when a newer Claimdesk wrote it.
        """
        self.path = path
        self.readonly = readonly
        self._guard = threading.RLock()
        self._depth = 0  # transactions begun within one another
        self._snapshots = 0
        if readonly and not path.exists() and not path.parent.is_file():
            raise EmptyCollection(f"nothing is indexed in {path.parent}", "claimdesk index PATH")
        if path.is_file() and path.stat().st_size == 0 and (path.parent / "chroma.seal.json").exists():
            raise StoreDamaged(f"{path} is empty, but vectors of its articles are there: it was cut off", _RESTORE)
        with self._explained():
            self._connection = self._connect()
            try:
                self._check()
            except BaseException:
                self._connection.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        if not self.readonly:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreDamaged(
                    f"{self.path.parent} cannot be a home: {error.strerror}", "choose another folder with --home"
                ) from error
        mode = "ro" if self.readonly else "rwc"
        location = f"{self.path.absolute().as_uri()}?mode={mode}"
        if self.readonly and not os.access(self.path.parent, os.W_OK) and not self._unmerged():
            location += "&immutable=1"  # a WAL database in a folder that cannot be written needs this
        connection = sqlite3.connect(location, uri=True, timeout=10, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA cache_size = -32000")  # KiB
        return connection

    def _unmerged(self) -> bool:
        log = self.path.with_name(self.path.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    def _check(self) -> None:
        """A new file gets its schema, an old one its migrations; anything else that is not ours is refused."""
        application = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        tables = int(self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if tables == 0 and version == 0:
            if self.readonly:
                raise EmptyCollection(f"nothing is indexed in {self.path.parent}", "claimdesk index PATH")
            self._create()
            return
        if application != APPLICATION_ID:
            raise StoreDamaged(f"{self.path} is an SQLite file, but not a Claimdesk store", _RESTORE)
        if version > self.schema_version:
            raise StoreMismatch(
                f"{self.path} has schema {version}; this Claimdesk knows {self.schema_version}", "upgrade Claimdesk"
            )
        if not self.readonly:
            self._tune()
        if self.readonly and version < self.readable:
            raise StoreMismatch(f"{self.path} has the older schema {version}", "claimdesk doctor --repair")
        if not self.readonly and version < self.schema_version:
            self._migrate()

    def _tune(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")

    def _create(self) -> None:
        self._tune()
        with self.transaction():
            if self.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
                return  # another process was first
            for statement in _statements(SCHEMA.read_text(encoding="utf-8")):
                self._connection.execute(statement)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            for name, value in (
                ("home_id", uuid.uuid4().hex),
                ("created_at", now),
                ("generation", "0"),
                ("content", "0"),
            ):
                self.set_manifest(name, value)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def create_keywords(self) -> None:
        """The keyword index's part of the schema, alone: for building it again."""
        for statement in _statements(SCHEMA.read_text(encoding="utf-8")):
            if "CREATE VIRTUAL TABLE keywords" in statement:
                self.rows(statement)

    def _migrate(self) -> None:
        with self.transaction():
            version = int(self.rows("PRAGMA user_version")[0][0])  # another process may have been first
            for step in range(version, self.schema_version):
                for statement in _statements(self.migrations[step]):
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {self.schema_version}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of one statement. Raises StoreDamaged or StoreBusy."""
        with self._guard, self._explained():
            return self._connection.execute(statement, values).fetchall()

    def run_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._guard, self._explained():
            self._connection.executemany(statement, rows)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is the store as it stood at one moment, whatever others commit; one within one joins it.

        Other threads wait until it ends. Raises StoreDamaged or StoreBusy.
        """
        with self._guard:
            if self._snapshots == 0:
                self.rows("BEGIN")
            self._snapshots += 1
            try:
                if self._snapshots == 1:
                    self.generation()  # SQLite takes the snapshot at the first read
                yield
            finally:
                self._snapshots -= 1
                if self._snapshots == 0 and self._connection.in_transaction:
                    self.rows("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction within one joins it. Raises StoreDamaged or StoreBusy."""
        with self._guard, self._explained():
            assert not self._snapshots, "a request is for reading: nothing is written inside it"
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0 and self._connection.in_transaction:
                    self._connection.rollback()
                raise
            self._depth -= 1
            if self._depth == 0:
                self._connection.commit()

    def manifest(self, name: str) -> str | None:
        """One value of the manifest; None when it was never set."""
        found = self.rows("SELECT value FROM manifest WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_manifest(self, name: str, value: str) -> None:
        self.rows(
            "INSERT INTO manifest VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )

    def generation(self) -> int:
        """Grows with every change that a reader can see: a reader that holds another number reopens."""
        return int(self.manifest("generation") or 0)

    def next_generation(self, *, content: bool = True) -> None:
        """Tell readers; ``content``: and whoever holds vectors that those have changed."""
        names = "('generation', 'content')" if content else "('generation')"
        self.rows(f"UPDATE manifest SET value = CAST(value AS INTEGER) + 1 WHERE name IN {names}")

    def data_version(self) -> int:
        """Changes when another connection committed something; costs microseconds."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def check_integrity(self) -> list[str]:
        """What SQLite's own check complains of, and the keyword index's; empty when all is well."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
        return found + [f"a row of {row[0]} points nowhere" for row in self.rows("PRAGMA foreign_key_check")]

    def copy_to(self, path: Path) -> None:
        """A compact copy of the file as it is now, taken while others read and write."""
        self.rows("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        with self._guard, self._explained():
            self._connection.close()


def _statements(script: str) -> list[str]:
    """A script's statements, one by one: ``executescript`` would commit between them."""
    statements: list[str] = []
    pending = ""
    for piece in script.split(";")[:-1]:
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
