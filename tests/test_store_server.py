"""A Chroma server that goes, comes back and forgets. Row R16; test_stores.py has its slow and spoiled requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import (
    IndexingError,
    examine,
)
from index.stores.base import VectorRows
from index.writing import place_of
from tests.chroma_server import ChromaServer
from tests.crash_victims import EMBEDDER, open_home
from tests.store_homes import finds

pytest_plugins = ("tests.store_fixtures",)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


def test_r16_a_server_that_goes_away_leaves_keywords_and_comes_back(
    server: ChromaServer, tmp_path: Path, folder: Path
) -> None:
    with open_home(tmp_path / "home", chroma_url=server.url) as collection:
        collection.index([str(folder)])
        assert collection.search("marker3x")[0].similarity is not None
        assert collection.degraded is None
        server.stop()
        found = collection.search("marker3x")
        assert "marker3x" in found[0].passage.text
        assert found[0].similarity is None
        assert collection.degraded
        server.start()
        assert collection.search("marker3x")[0].similarity is not None
        assert collection.degraded is None


def test_r16_a_server_that_lost_everything_is_filled_again(server: ChromaServer, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with open_home(home, chroma_url=server.url) as collection:
        collection.index([str(folder)])
        store = place_of(home, collection.catalog, server.url).open_for_reading(collection.catalog)
        store.delete(sorted(collection.catalog.passage_ids())[:9])
        store.close()
    with open_home(home, chroma_url=server.url, readonly=True) as reader:
        assert reader.search("ferry")
        assert "vectors" in (reader.degraded or "")
    assert not examine(home, embedder=EMBEDDER, chroma_url=server.url).healthy
    assert examine(home, embedder=EMBEDDER, chroma_url=server.url, repair=True).healthy
    with open_home(home, chroma_url=server.url, readonly=True) as reader:
        reader.search("ferry")
        assert reader.degraded is None


def test_r16_indexing_without_the_server_is_an_error_and_the_rerun_completes(
    server: ChromaServer, tmp_path: Path, folder: Path
) -> None:
    home = tmp_path / "home"
    server.stop()
    with open_home(home, chroma_url=server.url) as collection, pytest.raises(IndexingError, match="does not answer"):
        collection.index([str(folder)])
    server.start()
    with open_home(home, chroma_url=server.url) as collection:
        report = collection.index([str(folder)])
        assert report.failed == ()
        assert len(collection.headers()) == 12
        assert collection.vectors().count() == collection.catalog.count_passages()


def test_r16_vectors_that_changed_on_the_server_are_noticed_and_written_again(
    server: ChromaServer, tmp_path: Path, folder: Path
) -> None:
    home = tmp_path / "home"
    with open_home(home, chroma_url=server.url) as collection:
        collection.index([str(folder)])
        store = place_of(home, collection.catalog, server.url).open_for_reading(collection.catalog)
        rows = collection.catalog.vectors()
        store.upsert(VectorRows(rows.passage_ids, rows.article_ids, rows.vectors[::-1].copy()))
        store.close()
    seen = examine(home, embedder=EMBEDDER, chroma_url=server.url)
    assert any("lost or changed" in finding.message for finding in seen.findings if not finding.ok)
    mended = examine(home, embedder=EMBEDDER, chroma_url=server.url, repair=True)
    assert mended.healthy
    assert "written again from store.db" in " ".join(mended.repaired)


def test_r16_a_home_that_changes_its_server_fills_the_new_one(
    server: ChromaServer, tmp_path: Path, folder: Path
) -> None:
    home = tmp_path / "home"
    other = ChromaServer(tmp_path / "other")
    other.start()
    try:
        for url in (server.url, other.url, None, server.url):
            (folder / "report0000.txt").write_text(f"Ferry\n\nIt sailed to {url}, said marker0x.\n")
            with open_home(home, chroma_url=url, exact_up_to=0) as collection:
                collection.index([str(folder)])
                assert finds(collection, 0)
                assert collection.degraded is None
                assert collection.vectors().passage_ids() == collection.catalog.passage_ids()
            assert examine(home, embedder=EMBEDDER, chroma_url=url).healthy
    finally:
        other.stop()
