"""An MCP client over stdin and stdout gets the same results as the command line."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

pytestmark = pytest.mark.door


@asynccontextmanager
async def connected(home: Path) -> AsyncIterator[Client]:
    program = str(Path(sys.executable).with_name("claimdesk"))
    async with Client(StdioServerParameters(command=program, args=["--home", str(home), "mcp"])) as client:
        yield client


async def test_tools_are_read_only_and_answer_with_structure(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == {
            "search_passages",
            "ask",
            "verify_claim",
            "compare_wording",
            "audit_quotations",
            "list_articles",
        }
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        listed = await client.call_tool("list_articles", {})
        assert listed.structured_content
        article = listed.structured_content["articles"][0]
        answered = await client.call_tool("ask", {"question": "Which points do both articles agree on?"})
        assert answered.structured_content
        assert answered.structured_content["citations"]
        read = await client.read_resource(f"claimdesk://articles/{article['article_id']}")
        assert read.contents


async def test_what_the_user_can_mend_is_an_error_with_a_reason(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        failed = await client.call_tool("ask", {"question": "Who?", "sources": ["nobody"]})
        assert failed.is_error
        assert "nobody" in str(failed.content)


async def test_prompts_carry_the_draft_as_data(seed_home: Path) -> None:
    async with connected(seed_home) as client:
        prompt = await client.get_prompt("check_draft", {"draft": "“We won.”"})
        assert "<draft>" in str(prompt.messages[0].content)
