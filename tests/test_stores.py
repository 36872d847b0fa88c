"""Both vector stores keep one contract; the exact one is the oracle."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import VectorsUnavailable
from index.stores.base import VectorRows, VectorStore
from index.stores.chroma import BATCH_OVER_HTTP, ChromaStore, collection_name
from index.stores.exact import ExactStore
from index.types import FloatMatrix
from tests.chroma_server import ChromaServer, FlakyProxy

DIMENSION = 8


def directions(count: int, seed: int = 0) -> FloatMatrix:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    unit: FloatMatrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def rows_of(count: int, *, start: int = 0, seed: int = 0) -> VectorRows:
    ids = [f"{number:016x}:0-10" for number in range(start, start + count)]
    return VectorRows(ids, [passage_id[:16] for passage_id in ids], directions(count, seed))


def exact(_folder: Path) -> VectorStore:
    return ExactStore(VectorRows([], [], np.zeros((0, DIMENSION), dtype=np.float32)))


def in_folder(folder: Path) -> VectorStore:
    return ChromaStore.in_folder(folder / "chroma", collection_name("0" * 32, "hashing-8-1"))


@pytest.fixture(params=[exact, in_folder], ids=["exact", "chroma in a folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    make: Callable[[Path], VectorStore] = request.param
    opened = make(tmp_path)
    yield opened
    opened.close()


def test_a_stored_vector_finds_itself_first(store: VectorStore) -> None:
    rows = rows_of(30)
    store.upsert(rows)
    for passage_id, vector in zip(rows.passage_ids, rows.vectors, strict=True):
        best = store.query(vector, limit=1)[0]
        assert best.passage_id == passage_id
        assert best.similarity == pytest.approx(1.0, abs=1e-5)


def test_neighbours_come_best_first_and_at_most_as_many_as_asked(store: VectorStore) -> None:
    store.upsert(rows_of(30))
    found = [near.similarity for near in store.query(directions(1, seed=9), limit=7)]
    assert len(found) == 7
    assert found == sorted(found, reverse=True)


def test_writing_an_id_again_keeps_the_later_vector_once(store: VectorStore) -> None:
    store.upsert(rows_of(5, seed=1))
    later = rows_of(5, seed=2)
    store.upsert(later)
    assert store.count() == 5
    assert store.query(later.vectors[3], limit=1)[0].similarity == pytest.approx(1.0, abs=1e-5)


def test_what_is_deleted_is_not_found(store: VectorStore) -> None:
    rows = rows_of(6)
    store.upsert(rows)
    store.delete([*rows.passage_ids[:2], "ffffffffffffffff:0-1"])
    assert store.passage_ids() == set(rows.passage_ids[2:])
    assert {near.passage_id for near in store.query(rows.vectors[0], limit=10)} == set(rows.passage_ids[2:])


def test_a_search_within_articles_leaves_those(store: VectorStore) -> None:
    rows = rows_of(10)
    store.upsert(rows)
    wanted = frozenset(rows.article_ids[4:6])
    assert {near.passage_id for near in store.query(rows.vectors[0], limit=10, article_ids=wanted)} == set(
        rows.passage_ids[4:6]
    )
    assert store.query(rows.vectors[0], limit=10, article_ids=frozenset()) == []


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert store.query(directions(1), limit=3) == []
    assert (store.count(), store.passage_ids()) == (0, set())


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 1000))
def test_exact_search_gives_the_largest_cosines(count: int, limit: int, seed: int) -> None:
    rows = rows_of(count, seed=seed)
    question = directions(1, seed=seed + 1)[0]
    found = ExactStore(rows).query(question, limit=limit)
    expected = sorted((rows.vectors @ question).tolist(), reverse=True)[:limit]
    assert [near.similarity for near in found] == pytest.approx(expected, abs=1e-6)


def test_chroma_agrees_with_the_oracle(tmp_path: Path) -> None:
    rows = rows_of(400)
    chroma, oracle = in_folder(tmp_path), ExactStore(rows)
    chroma.upsert(rows)
    agreed = 0
    for question in directions(20, seed=5):
        near = {neighbour.passage_id for neighbour in chroma.query(question, limit=10)}
        agreed += len(near & {neighbour.passage_id for neighbour in oracle.query(question, limit=10)})
    chroma.close()
    assert agreed >= 190  # of 200: the index is approximate


def test_a_closed_store_refuses_instead_of_crashing(tmp_path: Path) -> None:
    chroma = in_folder(tmp_path)
    chroma.close()
    chroma.close()
    with pytest.raises(VectorsUnavailable, match="closed"):
        chroma.count()


@pytest.mark.parametrize(
    "fingerprint", ["hashing-256-1", "sentence-transformers/all-MiniLM-L6-v2@53aa5117", "ü" * 90, "x"]
)
def test_collection_names_are_names_that_chroma_allows(tmp_path: Path, fingerprint: str) -> None:
    name = collection_name("0123456789abcdef0123456789abcdef", fingerprint)
    store = ChromaStore.in_folder(tmp_path, name)
    store.close()
    assert 3 <= len(name) <= 63


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


def test_a_server_keeps_the_same_contract_in_writes_of_300(server: ChromaServer) -> None:
    store = ChromaStore.at_url(server.url, "claimdesk-contract")
    rows = rows_of(2 * BATCH_OVER_HTTP + 1)
    store.upsert(rows)
    store.upsert(rows_of(10))
    store.delete(rows.passage_ids[600:])
    assert store.count() == 600
    assert store.passage_ids() == set(rows.passage_ids[:600])
    assert store.query(rows.vectors[5], limit=1)[0].similarity == pytest.approx(1.0, abs=1e-4)
    store.clear()
    assert store.count() == 0
    store.close()


def test_a_server_that_is_not_there_is_given_up_after_bounded_retries() -> None:
    with pytest.raises(VectorsUnavailable, match="does not answer"):
        ChromaStore.at_url("http://127.0.0.1:9", "claimdesk-nobody", retries=1, timeout=1)


@pytest.mark.parametrize("url", ["", "localhost:8000", "ftp://localhost", "http://"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(VectorsUnavailable, match="not the address"):
        ChromaStore.at_url(url, "claimdesk-nobody", retries=0)


@pytest.fixture
def proxy(server: ChromaServer) -> Iterator[FlakyProxy]:
    standing = FlakyProxy(server.url)
    yield standing
    standing.close()


@pytest.mark.parametrize("fault", ["refuse", "drop", "swallow"])
def test_r16_a_spoiled_write_is_tried_again_and_leaves_no_duplicates(proxy: FlakyProxy, fault: str) -> None:
    store = ChromaStore.at_url(proxy.url, f"claimdesk-{fault}", retries=2)
    rows = rows_of(BATCH_OVER_HTTP + 5)
    store.upsert(rows_of(1))  # the client asks the server for its limits once
    proxy.faults = [fault, fault, "", fault]
    store.upsert(rows)
    assert proxy.faults == []
    assert store.count() == len(rows)
    store.close()


def test_r16_a_server_that_only_fails_is_given_up(proxy: FlakyProxy) -> None:
    store = ChromaStore.at_url(proxy.url, "claimdesk-failing", retries=2)
    before = proxy.seen
    proxy.faults = ["refuse"] * 20
    with pytest.raises(VectorsUnavailable):
        store.upsert(rows_of(3))
    assert proxy.seen - before == 3
    store.close()


def test_r16_a_server_that_never_answers_is_given_up_when_its_time_is_over() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(VectorsUnavailable, match="does not answer"):
            ChromaStore.at_url(url, "claimdesk-silent", retries=0, timeout=0.2)
