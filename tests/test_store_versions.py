"""Releases, models, versions, orders and clocks change nothing that was indexed. Rows R9, R10, R12, R13, R14."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from index import (
    Collection,
    HashingEmbedder,
    IndexOptions,
    SearchFilter,
    StoreMismatch,
    examine,
    export_home,
    import_home,
)
from index.database import SCHEMA_VERSION
from tests.crash_victims import EMBEDDER, index_all, open_home, state_of
from tests.store_homes import finds

pytest_plugins = ("tests.store_fixtures",)


def test_r09_a_home_of_each_released_schema_opens_with_the_same_answers(tmp_path: Path) -> None:
    for archive in sorted((Path(__file__).parent / "homes").glob("schema*.zip")):
        home = tmp_path / archive.stem
        info = import_home(archive, home)
        with open_home(home) as collection:
            assert len(collection.headers()) == info.articles
            assert [header.publisher for header in collection.headers()][:1] == ["The Harbour Post"]
            assert len(collection.versions("report0001.txt")) == 2
            assert finds(collection, 4)
        assert examine(home, embedder=EMBEDDER).healthy


@pytest.mark.parametrize("archive", sorted((Path(__file__).parent / "homes").glob("schema*.zip")), ids=lambda p: p.stem)
def test_r09_an_older_home_is_read_as_it_is_and_brought_up_to_date_by_its_next_writer(
    archive: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archive) as bundle:
        bundle.extract("store.db", tmp_path)
    with open_home(tmp_path, readonly=True) as reader:
        assert len(reader.headers()) == 6
        assert finds(reader, 4)
        assert len(reader.revisions("report0001.txt")) == 1
    with open_home(tmp_path) as writer:
        assert writer.catalog.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
        assert finds(writer, 4)
        files = {row[0] for row in writer.catalog.rows("SELECT file FROM origins")}
        assert files == {header.source_key for header in writer.headers()}
    assert examine(tmp_path, embedder=EMBEDDER).healthy


def test_r09_a_store_of_a_newer_release_is_refused(home: Path) -> None:
    with sqlite3.connect(home / "store.db") as store:
        store.execute("PRAGMA user_version = 999")
    for readonly in (True, False):
        with pytest.raises(StoreMismatch, match="schema 999; this Claimdesk knows") as told:
            open_home(home, readonly=readonly)
        assert told.value.next_step == "upgrade Claimdesk"
    [finding] = examine(home, embedder=EMBEDDER).findings
    assert "schema 999" in finding.message
    with pytest.raises(StoreMismatch):
        export_home(home, home / "x.zip")


def test_r10_another_embedding_model_is_refused_until_everything_is_embedded_again(home: Path, folder: Path) -> None:
    other = HashingEmbedder(32)
    with Collection.open(home, embedder=other) as collection:
        with pytest.raises(StoreMismatch, match="hashing"):
            collection.index([str(folder)])
        with pytest.raises(StoreMismatch):
            collection.search("ferry")
    assert not examine(home, embedder=other).healthy
    diagnosis = examine(home, embedder=other, repair=True)
    assert diagnosis.healthy
    assert any("embedded with" in done for done in diagnosis.repaired)
    with Collection.open(home, embedder=other, exact_up_to=0) as collection:
        assert finds(collection, 7)
        assert collection.catalog.vectors().vectors.shape[1] == 32


def test_r12_order_and_repetition_change_nothing(folder: Path, tmp_path: Path) -> None:
    paths = [str(path) for path in sorted(folder.iterdir())]
    states = []
    for name, order in (("one", paths), ("two", paths[::-1]), ("three", paths[5:] + paths)):
        with open_home(tmp_path / name) as collection:
            collection.index(order, IndexOptions(group_passages=7))
            again = collection.index(order)
            assert (again.added, again.updated, again.unchanged) == (0, 0, 12)
            hits = [hit.passage.passage_id for hit in collection.search("harbour master in dock", limit=12)]
            states.append((sorted(header.article_id for header in collection.headers()), hits))
            assert collection.catalog.passage_ids() == collection.vectors().passage_ids()
    assert states[0] == states[1] == states[2]


def test_r12_many_writers_at_once_leave_what_one_leaves(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.iterdir())
    index_all(tmp_path / "one", folder)
    parts = [paths[number::3] for number in range(3)]
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.crash_victims import open_home, until_free\n"
        "def run():\n"
        "    with open_home(Path(sys.argv[1])) as collection: collection.index(sys.argv[2:])\n"
        "until_free(run)\n"
    )
    workers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "many"), *map(str, part)]) for part in parts
    ]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    assert state_of(tmp_path / "many") == state_of(tmp_path / "one")


def test_r13_a_changed_article_is_a_new_version_and_the_old_one_stays_citable(home: Path, folder: Path) -> None:
    path = folder / "report0001.txt"
    with open_home(home) as collection:
        old = collection.article(collection.find_article("report0001.txt").article_id)
        path.write_text(path.read_text().replace("3 million", "9 million"))
        report = collection.index([str(folder)])
        assert (report.updated, report.unchanged) == (1, 11)
        new = collection.find_article("report0001.txt")
        assert [version.article_id for version in collection.versions("report0001.txt")] == [
            old.article_id,
            new.article_id,
        ]
        assert collection.article(old.article_id).text == old.text
        assert collection.find_article(old.article_id[:8]).article_id == old.article_id
        assert collection.sentences(old.article_id)
        hits = collection.search("marker1x repairs cost crowns", limit=20)
        assert old.article_id not in {hit.passage.article_id for hit in hits}
        assert len(collection.headers()) == 12


def test_r14_files_and_dates_of_the_future_or_of_1970_are_only_data(home: Path, folder: Path) -> None:
    for number, path in enumerate(sorted(folder.iterdir())):
        path.write_text(path.read_text() + "It rained.\n")
        os.utime(path, (0, 0) if number % 2 else (4_000_000_000, 4_000_000_000))
    with open_home(home) as collection:
        options = IndexOptions(published=date(2999, 12, 31))
        assert collection.index([str(folder)], options).updated == 12
        assert [header.sequence for header in collection.headers()] == list(range(13, 25))
        assert finds(collection, 3)
        assert collection.search("ferry", within=SearchFilter(until=date(2020, 1, 1))) == []


def test_r14_entry_is_ordered_by_number_not_by_clock(home: Path) -> None:
    with sqlite3.connect(home / "store.db") as store:
        store.execute("UPDATE articles SET added_at = '2999-01-01T00:00:00+00:00' WHERE sequence = 1")
        store.execute("UPDATE articles SET added_at = '1970-01-01T00:00:00+00:00' WHERE sequence = 12")
    with open_home(home) as collection:
        assert [header.sequence for header in collection.headers()] == list(range(1, 13))
