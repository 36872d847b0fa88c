"""What the doors publish as the longest question and topic is what is read; more is refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mcp import Client

from assistant.assistant import Assistant
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from index import Collection, HashingEmbedder
from tests.conformance_server import conformance_server
from tests.serving import serving

WORDS = "Did the quarry at Dunholt reopen? " * 1_000
FIELDS = [
    pytest.param("ask", "AskRequest", "question", id="question"),
    pytest.param("compare", "CompareRequest", "topic", id="topic"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = tmp_path_factory.mktemp("desk")
    (desk / "config.toml").write_text('embedder = "hashing"\nverifier = "lexical"\n')
    article = desk.parent / "quarry.txt"
    article.write_text("Quarry reopens\n\nThe quarry at Dunholt reopened on Monday.\n")
    with Collection.open(desk, embedder=HashingEmbedder()) as collection:
        assert collection.index([str(article)]).failed == ()
    return desk


@pytest.fixture(scope="module")
def door(home: Path) -> Iterator[httpx.Client]:
    with serving(home, Protection(hosts=LOCAL_NAMES)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.mark.parametrize(("path", "model", "field"), FIELDS)
def test_a4_over_rest(door: httpx.Client, path: str, model: str, field: str) -> None:
    longest = door.get("/openapi.json").json()["components"]["schemas"][model]["properties"][field]["maxLength"]
    assert door.post(f"/api/v1/{path}", json={field: WORDS[:longest]}).status_code == 200
    refused = door.post(f"/api/v1/{path}", json={field: "x" * (longest + 1)})
    assert refused.status_code == 422
    assert f"at most {longest} characters" in refused.text


async def test_a4_over_mcp(home: Path) -> None:
    with conformance_server(home) as url:
        async with Client(url) as client:
            published = {tool.name: tool.input_schema["properties"] for tool in (await client.list_tools()).tools}
            for tool, field in (("ask", "question"), ("compare_wording", "topic"), ("search_passages", "query")):
                longest = published[tool][field]["maxLength"]
                assert not (await client.call_tool(tool, {field: WORDS[:longest]})).is_error
                refused = await client.call_tool(tool, {field: "x" * (longest + 1)})
                assert refused.is_error
                assert f"at most {longest} characters" in str(refused.content)


def test_a4_a_topic_is_counted_as_a_question_is(home: Path) -> None:
    with Assistant.open(home) as assistant:
        assert assistant.compare("the quarry" + " " * 3_000 + "at Dunholt").topic == "the quarry at Dunholt"
