"""The doctor sees what is wrong, says what to do, and mends all that can be made again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import Collection, EmptyCollection, HashingEmbedder, StoreBusy, examine
from index.database import SCHEMA_VERSION
from index.lock import writer_lock
from index.migrations import MIGRATIONS
from index.stores.base import VectorRows
from index.stores.chroma import ChromaStore
from index.writing import folder_of
from tests.crash_victims import write_articles

EMBEDDER = HashingEmbedder(64)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_articles(tmp_path / "articles", 6)
    with Collection.open(tmp_path / "home", embedder=EMBEDDER) as collection:
        collection.index([str(tmp_path / "articles")])
    return tmp_path / "home"


def change(home: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(home / "store.db") as store:
        store.execute(statement, values)
    store.close()


def spoil_vectors_and_keywords(home: Path) -> None:
    change(home, "DELETE FROM embeddings WHERE passage_key % 3 = 0")
    change(home, "UPDATE embeddings SET vector = ? WHERE passage_key = 4", np.full(64, np.nan, "<f4").tobytes())
    change(home, "UPDATE embeddings SET vector = x'0000' WHERE passage_key = 5")
    change(home, "INSERT INTO keywords (keywords) VALUES ('delete-all')")


def lose_chroma(home: Path) -> None:
    shutil.rmtree(home / "chroma")


def leave_in_the_middle(home: Path) -> None:
    change(home, "UPDATE articles SET state = 'pending', current = 0 WHERE sequence > 4")
    (home / "chroma.dirty").write_text("{}")


def leave_an_orphan(home: Path) -> None:
    with Collection.open(home, embedder=EMBEDDER) as collection:
        folder = folder_of(home, collection.catalog)
        store = ChromaStore.in_folder(folder.folder, folder.collection)
        store.upsert(VectorRows(["f" * 16 + ":0-1"], ["f" * 16], collection.catalog.vectors().vectors[:1]))
        store.close()


@pytest.mark.parametrize(
    "harm",
    [
        spoil_vectors_and_keywords,
        lose_chroma,
        leave_in_the_middle,
        leave_an_orphan,
    ],
)
def test_whatever_can_be_made_again_is_seen_and_mended(harm: Callable[[Path], None], home: Path) -> None:
    harm(home)
    seen = examine(home, embedder=EMBEDDER)
    assert not seen.healthy
    assert all(finding.next_step for finding in seen.findings if not finding.ok)
    mended = examine(home, embedder=EMBEDDER, repair=True)
    assert mended.healthy, mended
    assert mended.repaired
    with Collection.open(home, embedder=EMBEDDER, exact_up_to=0) as collection:
        assert len(collection.headers()) == 6
        assert collection.vectors().name == "chroma"
        assert collection.vectors().passage_ids() == collection.catalog.passage_ids()
        assert all(collection.search(f"marker{number}x")[0].keyword_score for number in range(6))


def test_examining_changes_nothing(home: Path) -> None:
    lose_chroma(home)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".db-shm"}
    examine(home, embedder=EMBEDDER)
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".db-shm"}
    assert {p: d for p, d in after.items() if d} == {p: d for p, d in before.items() if d}


def test_a_sound_home_is_healthy_and_repairing_it_does_nothing(home: Path) -> None:
    assert examine(home, embedder=EMBEDDER).healthy
    diagnosis = examine(home, embedder=EMBEDDER, repair=True)
    assert diagnosis.healthy
    assert diagnosis.repaired == ()


def test_a_home_that_is_being_written_to_is_not_judged_by_its_vectors(home: Path) -> None:
    with writer_lock(home):
        checks = {finding.check for finding in examine(home, embedder=EMBEDDER).findings}
        assert "index" not in checks
        with pytest.raises(StoreBusy):
            examine(home, embedder=EMBEDDER, repair=True)


def test_there_is_nothing_to_examine_where_nothing_is_indexed(tmp_path: Path) -> None:
    with pytest.raises(EmptyCollection):
        examine(tmp_path)


def test_every_schema_before_this_one_has_its_migration() -> None:
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA_VERSION))
