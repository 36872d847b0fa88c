"""``--chroma-url``: the command line over a real Chroma server, and while that server is down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import build
from index.stores.chroma import ChromaStore, collection_name
from tests.chroma_server import ChromaServer

TEXT = "Tram line reopens\n\nThe tram line to {place} reopened on Monday. Repairs cost {cost} million crowns.\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for cost, place in enumerate(("Aldmoor", "Birkvale"), start=3):
        (tmp_path / "articles" / f"{place}.txt").write_text(TEXT.format(place=place, cost=cost))
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "config.toml").write_text('embedder = "hashing"')
    return tmp_path / "desk"


def claimdesk(home: Path, *words: str) -> Result:
    return CliRunner(env={"CLAIMDESK_HOME": str(home), "NO_COLOR": "1", "COLUMNS": "160"}).invoke(build(), list(words))


def read(result: Result) -> Any:
    return json.loads(result.stdout)


def test_every_command_takes_the_server_before_or_after_its_name(server: ChromaServer, home: Path) -> None:
    assert claimdesk(home, "--chroma-url", server.url, "index", str(home.parent / "articles")).exit_code == 0
    assert not (home / "chroma").exists()
    assert claimdesk(home, "doctor", "--chroma-url", server.url).exit_code == 0
    answer = read(claimdesk(home, "ask", "What did repairs to Birkvale cost?", "--json", "--chroma-url", server.url))
    assert (answer["status"], answer["degraded"]) == ("answered", None)
    assert "claimdesk" in claimdesk(home, "remove", "Aldmoor.txt", "--purge", "--chroma-url", "nonsense").output
    assert claimdesk(home, "remove", "Aldmoor.txt", "--purge", "--chroma-url", server.url).exit_code == 0
    assert claimdesk(home, "doctor", "--chroma-url", server.url).exit_code == 0


def test_while_the_server_is_down_answers_come_from_keywords_and_say_so(server: ChromaServer, home: Path) -> None:
    for number in range(12):  # so many sources that they are searched, not read whole
        (home.parent / "articles" / f"Town{number}.txt").write_text(TEXT.format(place=f"Town {number}", cost=number))
    (home / "config.toml").write_text(f'embedder = "hashing"\nchroma_url = "{server.url}"\n')
    assert claimdesk(home, "index", str(home.parent / "articles")).exit_code == 0
    server.stop()
    try:
        question = ("ask", "What did repairs to Birkvale cost?")
        told = read(claimdesk(home, *question, "--explain", "--json"))
        assert "does not answer" in told["degraded"]
        assert [hit["similarity"] for hit in told["explain"]] == [None] * len(told["explain"])
        assert "Degraded: searched by keyword alone" in claimdesk(home, *question).stdout
        for words in (("verify", "The tram line to Birkvale reopened on Monday."), ("compare", "tram repairs")):
            assert "does not answer" in read(claimdesk(home, *words, "--json"))["degraded"]
        assert claimdesk(home, "doctor").exit_code == 3
    finally:
        server.start()
    assert read(claimdesk(home, *question, "--json"))["degraded"] is None


def test_the_command_line_overrides_the_configuration(server: ChromaServer, home: Path) -> None:
    (home / "config.toml").write_text('embedder = "hashing"\nchroma_url = "http://127.0.0.1:9"\n')
    assert claimdesk(home, "index", str(home.parent / "articles"), "--chroma-url", server.url).exit_code == 0
    assert read(claimdesk(home, "sources", "--json", "--chroma-url", ""))["articles"]


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://", "http://[", "http://host:port"])
def test_what_is_no_address_is_one_line_and_exit_1(home: Path, url: str) -> None:
    told = claimdesk(home, "ask", "Anything?", "--chroma-url", url)
    assert told.exit_code == 1
    assert "is not the address of a Chroma server. Next: --chroma-url" in told.output


def test_two_homes_share_a_server_and_never_a_collection(server: ChromaServer, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.toml").write_text('embedder = "hashing"')
    articles = sorted((home.parent / "articles").iterdir())
    for desk, article in ((home, articles[0]), (other, articles[1])):
        assert claimdesk(desk, "index", str(article), "--chroma-url", server.url).exit_code == 0
    for desk, article in ((home, articles[0]), (other, articles[1])):
        answer = read(claimdesk(desk, "ask", "What did repairs cost?", "--json", "--chroma-url", server.url))
        assert {row["source"] for row in answer["sources"]} == {str(article)}
        assert claimdesk(desk, "doctor", "--chroma-url", server.url).exit_code == 0


def test_what_stands_on_the_server_keeps_to_the_hosted_engines_limits(server: ChromaServer) -> None:
    """No document, one metadata key of at most 36 bytes, ids and names of at most 128 bytes."""
    import chromadb

    from index.stores.base import VectorRows

    name = collection_name("0" * 32, "hashing-8-1")
    store = ChromaStore.at_url(server.url, name)
    import numpy as np

    rows = np.eye(8, dtype=np.float32)
    ids = [f"{n:016x}:0-10000000" for n in range(8)]
    store.upsert(VectorRows(ids, [i[:16] for i in ids], rows))
    store.close()
    held = chromadb.HttpClient(host="127.0.0.1", port=server.port).get_collection(name).get()
    assert held["documents"] == [None] * 8
    for metadata in held["metadatas"] or []:
        assert all(len(key.encode()) <= 36 for key in metadata)
        assert sum(len(str(value).encode()) for value in metadata.values()) < 16_384
    assert all(len(passage_id.encode()) <= 128 for passage_id in held["ids"])
