"""MCP clients over stdin and stdout, and over HTTP, get the same results as the command line."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import ResourceTemplateReference

from index import Collection, HashingEmbedder
from tests.conformance_server import conformance_server
from tests.model_server import ModelServer, model_server

pytestmark = pytest.mark.door
PROGRAM = str(Path(sys.executable).with_name("claimdesk"))
TOOLS = {"search_passages", "ask", "verify_claim", "compare_wording", "audit_quotations", "list_articles"}
CLAIMS = 120
QUESTION = "Which points do both articles agree on?"


@asynccontextmanager
async def connected(home: Path) -> AsyncIterator[Client]:
    async with Client(StdioServerParameters(command=PROGRAM, args=["--home", str(home), "mcp"])) as client:
        yield client


async def test_tools_are_read_only_and_answer_with_the_structure_that_they_publish(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == TOOLS
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        assert all(tool.output_schema for tool in tools.values())
        given: dict[str, dict[str, Any]] = {
            "search_passages": {"query": "talks"},
            "ask": {"question": QUESTION},
            "verify_claim": {"claim": "Talks continue in Washington."},
            "compare_wording": {"topic": "the talks"},
            "audit_quotations": {"draft": "He said “talks continue”."},
            "list_articles": {},
        }
        for name, arguments in given.items():
            result = await client.call_tool(name, arguments)  # the client checks it against the schema
            assert not result.is_error, result.content
            assert result.structured_content


async def test_articles_are_listed_read_and_completed(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        listed = (await client.list_resources()).resources
        assert len(listed) == 2
        assert all(resource.title for resource in listed)
        first = listed[0]
        assert (await client.read_resource(first.uri)).contents
        template = (await client.list_resource_templates()).resource_templates[0]
        reference = ResourceTemplateReference(type="ref/resource", uri=template.uri_template)
        typed = {"name": "article_id", "value": first.name[:5]}
        assert (await client.complete(reference, typed)).completion.values == [first.name]


async def test_what_the_user_can_mend_is_an_error_with_a_reason(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        failed = await client.call_tool("ask", {"question": "Who?", "sources": ["nobody"]})
        assert failed.is_error
        assert "nobody" in str(failed.content)


async def test_prompts_carry_the_draft_as_data(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        prompt = await client.get_prompt("check_draft", {"draft": "“We won.”"})
        assert "<draft>" in str(prompt.messages[0].content)


async def test_over_http_progress_is_told_and_a_call_that_is_left_harms_nobody(seed_home: Path) -> None:
    told: list[float] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        told.append(progress)

    with conformance_server(seed_home) as url:
        async with Client(url) as client:
            result = await client.call_tool("ask", {"question": QUESTION}, progress_callback=hear)
            assert result.structured_content
            assert told == [0, 1]
            left = asyncio.create_task(client.call_tool("ask", {"question": QUESTION}))
            await asyncio.sleep(0)
            left.cancel()
            assert (await client.call_tool("list_articles", {})).structured_content


@contextmanager
def slow_desk(folder: Path) -> Iterator[tuple[Path, ModelServer, threading.Event]]:
    """A home whose verifier takes its time, that verifier, and an event that says when it was first asked."""
    begun = threading.Event()

    def slowly(_: str) -> Iterator[str]:
        begun.set()
        threading.Event().wait(0.2)
        yield "NEITHER"

    (folder / "piers.txt").write_text("Piers closed\n\nPier 7 was closed on Monday, the company said.\n", "utf-8")
    desk = folder / "desk"
    with Collection.open(desk, embedder=HashingEmbedder()) as collection:
        collection.index([str(folder / "piers.txt")])
    with model_server(slowly) as model:
        settings = f'embedder = "hashing"\nverifier = "llm:{model.model()}"\n'
        (desk / "config.toml").write_text(settings, encoding="utf-8")
        yield desk, model, begun


DRAFT = " ".join(f"Pier {number} was closed on Monday." for number in range(1, CLAIMS + 1))


async def test_a_verification_that_the_client_cancels_is_left(tmp_path: Path) -> None:
    with slow_desk(tmp_path) as (desk, model, begun):
        async with connected(desk) as client:
            left = asyncio.create_task(client.call_tool("verify_claim", {"claim": DRAFT}))
            assert await asyncio.to_thread(begun.wait, 60)
            left.cancel()
            assert (await client.call_tool("audit_quotations", {"draft": DRAFT})).structured_content  # in its turn
            assert len(model.asked) < CLAIMS // 2


def opening(version: str = "2025-11-25") -> tuple[dict[str, Any], dict[str, Any]]:
    """The two messages with which a client begins: the request ``initialize`` with id 0, and that it is done."""
    hello = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    return (
        {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
    )


def call(number: int, tool: str, **arguments: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


@pytest.mark.parametrize("version", ["2025-06-18", "2025-11-25"])
async def test_a7_a_client_that_drops_the_connection_leaves_its_work(version: str, tmp_path: Path) -> None:
    initialize, initialized = opening(version)
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": version}
    with slow_desk(tmp_path) as (desk, model, begun), conformance_server(desk) as url:
        async with httpx.AsyncClient(timeout=60, headers=headers) as client:
            session = (await client.post(url, json=initialize)).headers["mcp-session-id"]
            client.headers["mcp-session-id"] = session
            await client.post(url, json=initialized)
            async with client.stream("POST", url, json=call(1, "verify_claim", claim=DRAFT)) as answer:
                assert answer.status_code == 200
                assert await asyncio.to_thread(begun.wait, 60)
            after = await client.post(url, json=call(2, "audit_quotations", draft=DRAFT))  # it waits its turn
            assert after.status_code == 200
            assert '"quotations"' in after.text
        assert len(model.asked) < CLAIMS // 2


def test_a7_a_program_whose_client_has_gone_leaves_its_work_and_ends(tmp_path: Path) -> None:
    lines = [json.dumps(message) for message in (*opening(), call(2, "verify_claim", claim=DRAFT))]
    with slow_desk(tmp_path) as (desk, model, begun):
        program = subprocess.Popen(
            [PROGRAM, "--home", str(desk), "mcp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert program.stdin
        program.stdin.write("\n".join(lines) + "\n")
        program.stdin.flush()
        assert begun.wait(60)
        program.stdin.close()
        assert program.wait(timeout=60) == 0
        assert len(model.asked) < CLAIMS // 2


@pytest.mark.parametrize("header", ["Host", "Origin"])
async def test_a3_a_page_of_another_site_reaches_nothing_over_http(header: str, seed_home: Path) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    value = "evil.example" if header == "Host" else "http://evil.example"
    with conformance_server(seed_home) as url:
        async with httpx.AsyncClient() as client:
            answer = await client.post(url, json=request, headers={header: value, "Accept": "application/json"})
    assert answer.status_code in (403, 421)


def test_a8_garbage_on_stdin_is_survived_and_stdout_carries_messages_alone(seed_home: Path) -> None:
    lines = [
        "no JSON at all \x00\ufffd",
        '{"jsonrpc": "2.0", "id": 7}',
        *(json.dumps(message) for message in opening()),
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "no/such/method"}),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "ping"}),
    ]
    program = subprocess.Popen(
        [PROGRAM, "--home", str(seed_home), "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert program.stdin
    assert program.stdout
    program.stdin.write("\n".join(lines) + "\n")
    program.stdin.flush()
    answers: dict[Any, Any] = {}
    while 3 not in answers:
        message = json.loads(program.stdout.readline())
        answers[message.get("id")] = message
    program.stdin.close()
    assert program.wait(timeout=30) == 0
    assert answers[0]["result"]["serverInfo"]["name"] == "claimdesk"
    assert answers[2]["error"]["code"] == -32601
    assert answers[3]["result"] == {}
