"""A1 … A4, A11 and A12 at the programs as a terminal starts them: ``claimdesk serve`` and ``claimdesk mcp --http``."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client

from index import Collection, HashingEmbedder
from tests.conformance_server import conformance_server

pytestmark = pytest.mark.door
PROGRAM = str(Path(sys.executable).with_name("claimdesk"))
KEY = "a-key-of-more-than-sixteen-characters"
SECRET = "quartermaster"  # stands in the article, in what is asked and in nothing else
DOORS = {"serve": "/v1/chat/completions", "mcp": "/mcp"}


@dataclass(frozen=True)
class Door:
    url: str
    name: str
    log: Path

    def post(self, content: bytes | None = None, query: str = "", **headers: str) -> httpx.Response:
        """The question to this door, or ``content`` instead; ``headers`` in place of those of a good client."""
        asked: dict[str, Any] = {"messages": [{"role": "user", "content": f"Did the {SECRET} resign?"}]}
        hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": SECRET, "version": "1"}}
        begin = {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}
        good = {"Authorization": f"Bearer {KEY}", "Accept": "application/json, text/event-stream"}
        body = {"content": content} if content is not None else {"json": asked if self.name == "serve" else begin}
        given = {**good, "Content-Type": "application/json", **headers}
        return httpx.post(self.url + query, headers={k: v for k, v in given.items() if v}, timeout=60, **body)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    (folder / "story.txt").write_text(f"Staff leave\n\nThe {SECRET} resigned on Monday.\n", encoding="utf-8")
    with Collection.open(folder / "desk", embedder=HashingEmbedder()) as collection:
        collection.index([str(folder / "story.txt")])
    (folder / "desk" / "config.toml").write_text('embedder = "hashing"\nverifier = "lexical"\n', encoding="utf-8")
    return folder / "desk"


@pytest.fixture(scope="module", params=DOORS)
def door(home: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Door]:
    """The program, reachable from everywhere, so with a key; all that it writes goes to one file."""
    log = tmp_path_factory.mktemp("log") / "log.txt"
    words = [request.param, *(["--http"] if request.param == "mcp" else []), "--host", "0.0.0.0", "--port", "0"]
    with log.open("wb") as written:
        program = subprocess.Popen(
            [PROGRAM, "--home", str(home), *words],
            env=os.environ | {"CLAIMDESK_TOKEN": KEY},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        while "http://0.0.0.0:" not in log.read_text("utf-8"):
            assert program.poll() is None, log.read_text("utf-8")
            threading.Event().wait(0.05)
        port = log.read_text("utf-8").partition("http://0.0.0.0:")[2].partition("/")[0]
        yield Door(f"http://127.0.0.1:{port}{DOORS[request.param]}", request.param, log)
    finally:
        program.terminate()
        program.wait(timeout=30)


@pytest.mark.parametrize("words", [("serve",), ("mcp", "--http")], ids=DOORS)
@pytest.mark.parametrize("key", ["", "short"])
def test_a1_it_is_not_opened_to_others_without_a_good_key(home: Path, words: tuple[str, ...], key: str) -> None:
    ran = subprocess.run(
        [PROGRAM, "--home", str(home), *words, "--host", "0.0.0.0", "--port", "0"],
        env=os.environ | {"CLAIMDESK_TOKEN": key},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 1
    assert "CLAIMDESK_TOKEN=$(openssl rand" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        pytest.param({}, "", 200, id="a1 the key"),
        pytest.param({"Authorization": ""}, "", 401, id="a1 no key"),
        pytest.param({"Authorization": f"Bearer {KEY}x"}, "", 401, id="a1 a wrong key"),
        pytest.param({"Authorization": ""}, f"?token={KEY}", 401, id="a2 the key in the address"),
        pytest.param({"Host": "evil.example"}, "", 421, id="a3 a rebound name"),
        pytest.param({"Origin": "https://evil.example"}, "", 403, id="a3 another site"),
        pytest.param({"Content-Type": "text/plain"}, "", 400, id="a3 a form's type"),
    ],
)
def test_a1_a2_a3_only_who_has_the_key_is_heard(door: Door, headers: dict[str, str], query: str, status: int) -> None:
    answer = door.post(None, query, **headers)
    assert answer.status_code in ({400, 422} if status == 400 else {status}), answer.text
    assert "access-control-allow-origin" not in answer.headers
    assert KEY not in answer.text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe", id="bytes"),
        pytest.param(b'{"jsonrpc": "2.0", "messages": ' + b"[" * 100_000, id="deep"),
        pytest.param(b" " * (9 * 1024 * 1024), id="9 MB"),
        pytest.param(b'{"jsonrpc": "2.0", "id": NaN, "messages": NaN}', id="not a number"),
        pytest.param(b'{"messages": [], "messages": 7, "id": 1, "id": {}}', id="the same key twice"),
    ],
)
def test_a4_a_body_that_is_no_request_is_refused(door: Door, content: bytes) -> None:
    answer = door.post(content)
    assert answer.status_code in (400, 413, 422)
    assert "Traceback" not in answer.text
    assert "site-packages" not in answer.text


def test_a2_a12_its_log_holds_neither_keys_nor_questions_nor_articles(door: Door) -> None:
    assert door.post().status_code == 200
    door.post(query=f"?token={KEY}")
    door.post(f'{{"{SECRET}": '.encode())
    written = door.log.read_text("utf-8")
    assert not any(word in written for word in (KEY, SECRET, "Traceback"))


async def test_a4_a11_over_mcp_whatever_is_asked_is_words_and_too_much_is_an_error(home: Path) -> None:
    operators = ['a"b', "NEAR(a, b)", "*", "text:staff", "^staff", "staff AND", "'); DROP TABLE articles;--", "a\x00b"]
    with conformance_server(home) as url:
        async with Client(url) as client:
            for words in operators:
                for tool, field in (("search_passages", "query"), ("ask", "question"), ("verify_claim", "claim")):
                    assert not (await client.call_tool(tool, {field: f"{words} staff"})).is_error
            for tool, field in (("search_passages", "query"), ("ask", "question"), ("compare_wording", "topic")):
                refused = await client.call_tool(tool, {field: "staff " * 20_000})
                assert refused.is_error
                assert len(str(refused.content)) < 1000
            told = await client.call_tool("verify_claim", {"claim": "staff " * 4_000})
            assert told.structured_content
            assert (told.structured_content["claims"], len(told.structured_content["unchecked"])) == ([], 1)
            listed = (await client.call_tool("list_articles", {})).structured_content
            assert listed
            assert len(listed["articles"]) == 1
