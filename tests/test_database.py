"""store.db as a file: all or nothing, one schema, refusals that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from index import EmptyCollection, StoreDamaged, StoreMismatch
from index.database import Database


class NextRelease(Database):
    """What a later release would be: one more column, which its readers need."""

    schema_version = readable = Database.schema_version + 1
    migrations: Mapping[int, str] = {
        **Database.migrations,
        Database.schema_version: "ALTER TABLE articles ADD COLUMN language TEXT; CREATE TABLE topics (name TEXT);",
    }


class TornRelease(NextRelease):
    """One whose migration fails half-way."""

    migrations: Mapping[int, str] = {
        **Database.migrations,
        Database.schema_version: "CREATE TABLE topics (name TEXT); INSERT INTO nowhere VALUES (1);",
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Database(tmp_path / "store.db").close()
    return tmp_path / "store.db"


def tables(path: Path) -> set[str]:
    store = sqlite3.connect(path)
    found = {str(row[0]) for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    store.close()
    return found


def test_a_migration_brings_an_older_store_to_this_release(path: Path) -> None:
    with pytest.raises(StoreMismatch, match="older schema"):
        NextRelease(path, readonly=True)
    database = NextRelease(path)
    assert database.rows("SELECT language FROM articles") == []
    assert database.manifest("home_id")
    database.close()
    with pytest.raises(StoreMismatch, match="knows"):
        Database(path)
    NextRelease(path, readonly=True).close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    with pytest.raises(StoreDamaged, match="nowhere"):
        TornRelease(path)
    assert "topics" not in tables(path)
    Database(path).close()


def test_a_transaction_is_all_or_nothing_also_within_another(path: Path) -> None:
    database = Database(path)

    def stopped_half_way() -> None:
        with database.transaction():
            database.set_manifest("one", "1")
            with database.transaction():
                database.set_manifest("two", "2")
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        stopped_half_way()
    assert (database.manifest("one"), database.manifest("two")) == (None, None)
    database.close()


def test_another_connection_is_noticed_by_the_data_version(path: Path) -> None:
    reader, writer = Database(path, readonly=True), Database(path)
    before = reader.data_version()
    assert reader.data_version() == before
    with writer.transaction():
        writer.next_generation()
    assert reader.data_version() != before
    assert reader.generation() == 1
    reader.close()
    writer.close()


def test_a_store_that_is_not_there_is_an_empty_collection_for_a_reader(tmp_path: Path) -> None:
    with pytest.raises(EmptyCollection) as told:
        Database(tmp_path / "store.db", readonly=True)
    assert told.value.next_step == "claimdesk index PATH"


def test_writing_through_a_reader_is_refused(path: Path) -> None:
    reader = Database(path, readonly=True)
    with pytest.raises(StoreDamaged, match="cannot be written to"):
        reader.set_manifest("x", "y")
    reader.close()
