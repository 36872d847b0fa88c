"""The MCP door: six read-only tools, articles as resources, prompts. stdio or streamable HTTP.

Results are the JSON of the command line (structured) with the same as Markdown for models that read text.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from starlette.requests import Request

from assistant.assistant import Assistant
from assistant.chat import NO_MODEL
from assistant.errors import AssistantError
from assistant.listener import NOBODY, Listener
from assistant.markdown import answer_markdown, comparison_markdown, quotations_markdown, verification_markdown
from assistant.render.parts import DEGRADED
from assistant.serve import mcp_results
from assistant.serve.mcp_articles import ArticleServer, add_articles
from assistant.serve.schemas import Draft, Name, Words
from assistant.serve.service import Service
from assistant.serve.waiting import lane_of, while_connected
from assistant.types import Scope
from assistant.wire import (
    answer_json,
    comparison_json,
    hits_json,
    quotations_json,
    sources_json,
    verification_json,
)
from index import IndexingError

Result = TypeVar("Result")
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
Names = Annotated[tuple[Name, ...], Field(max_length=100, description="Names or ids of articles; empty: all.")]
INSTRUCTIONS = (
    "Claimdesk answers only from the user's own indexed articles. Quote its quotations as they are: they are exact. "
    "Name the source of each. When it refuses, say that the articles do not tell."
)


async def _run(
    service: Service, context: Context[Any], call: Callable[[Assistant, Listener], Result], text: str = ""
) -> Result:
    """Run ``call`` among the questions, or the drafts where ``text`` is one.

    A request that is cancelled never runs, or is left at the next step. So is one whose client has dropped the
    connection: no events are kept from which a later connection could be told the result.
    """
    gone = threading.Event()
    await context.report_progress(0, 1, "reading the articles")
    request = context.request_context.request  # None where the client speaks over stdin
    try:
        listener = Listener(NOBODY.tell, gone.is_set)
        answering = asyncio.wrap_future(service.submit(lane_of(text), lambda assistant: call(assistant, listener)))
        result = await (while_connected(request, answering) if isinstance(request, Request) else answering)
    except (AssistantError, IndexingError) as error:
        raise ToolError(f"{error.message}{f' (next: {error.next_step})' if error.next_step else ''}") from error
    finally:
        gone.set()
    await context.report_progress(1, 1, "done")
    return result


def _told(markdown: str, result: dict[str, Any]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=markdown)], structured_content=result)


def create_server(service: Service) -> MCPServer[Any]:
    """The server over ``service``."""
    server = ArticleServer(
        service,
        name="claimdesk",
        title="Claimdesk",
        version=version("claimdesk"),
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        subscriptions=False,  # tools and prompts never change; a new article shows at the next listing
    )
    _add_search(server, service)
    _add_answers(server, service)
    _add_checks(server, service)
    add_articles(server, service)
    _add_prompts(server)
    return server


def _add_search(server: MCPServer[Any], service: Service) -> None:
    @server.tool(title="Search passages", annotations=READ_ONLY)
    async def search_passages(
        query: Words, context: Context[Any], sources: Names = ()
    ) -> Annotated[CallToolResult, mcp_results.Passages]:
        """Find passages of the indexed articles, with exact offsets."""

        def call(assistant: Assistant, _: Listener) -> dict[str, Any]:
            hits = assistant.explain(query, scope=Scope(names=sources))
            return {"passages": hits_json(hits, assistant.known()), "degraded": assistant.degraded}

        result = await _run(service, context, call)
        told = [f"[{hit['source']}, {hit['section']}]\n{hit['text']}" for hit in result["passages"]]
        told += [f"Degraded: {DEGRADED} ({result['degraded']})"] if result["degraded"] else []
        return _told("\n\n".join(told) or "Nothing was found.", result)

    @server.tool(title="List articles", annotations=READ_ONLY)
    async def list_articles(context: Context[Any]) -> Annotated[CallToolResult, mcp_results.Articles]:
        """List the indexed articles with what is known of them."""
        result = await _run(service, context, lambda assistant, _: sources_json(assistant.headers()))
        lines = [f"{row['article_id']}  {row['headline'] or row['source']}" for row in result["articles"]]
        return _told("\n".join(lines) or "No articles are indexed yet.", result)


def _add_answers(server: MCPServer[Any], service: Service) -> None:
    @server.tool(title="Ask the articles", annotations=READ_ONLY)
    async def ask(
        question: Words, context: Context[Any], sources: Names = ()
    ) -> Annotated[CallToolResult, mcp_results.Answered]:
        """Answer a question from the articles with numbered exact quotations, or refuse what they do not say."""

        def call(assistant: Assistant, listener: Listener) -> CallToolResult:
            scope = Scope(names=sources)
            answer = assistant.ask(question, scope=scope, model=NO_MODEL, listener=listener)  # a model itself calls
            result = answer_json(question, answer, assistant.known(), assistant.models())
            return _told(answer_markdown(result, assistant.known(), {}), result)

        return await _run(service, context, call)

    @server.tool(title="Compare wording", annotations=READ_ONLY)
    async def compare_wording(
        topic: Words, context: Context[Any], sources: Names = ()
    ) -> Annotated[CallToolResult, mcp_results.Compared]:
        """Show how each source words the same thing, and what differs."""

        def call(assistant: Assistant, _: Listener) -> CallToolResult:
            found = assistant.compare(topic, scope=Scope(names=sources))
            result = comparison_json(found, assistant.known(), assistant.models())
            return _told(comparison_markdown(result, assistant.known()), result)

        return await _run(service, context, call)


def _add_checks(server: MCPServer[Any], service: Service) -> None:
    @server.tool(title="Verify a claim", annotations=READ_ONLY)
    async def verify_claim(
        claim: Draft, context: Context[Any], sources: Names = ()
    ) -> Annotated[CallToolResult, mcp_results.Verified]:
        """Check a claim against every source: supports, refutes, differs or silent, with the words on both sides."""

        def call(assistant: Assistant, listener: Listener) -> CallToolResult:
            found = assistant.verify(claim, scope=Scope(names=sources), listener=listener)
            result = verification_json(found, assistant.known(), assistant.models())
            return _told(verification_markdown(result, assistant.known()), result)

        return await _run(service, context, call, claim)

    @server.tool(title="Audit quotations", annotations=READ_ONLY)
    async def audit_quotations(draft: Draft, context: Context[Any]) -> Annotated[CallToolResult, mcp_results.Audited]:
        """Check every quotation of a draft: exact, typography only, altered, spliced or not found."""

        def call(assistant: Assistant, listener: Listener) -> CallToolResult:
            result = quotations_json(assistant.audit_quotes(draft, listener=listener))
            return _told(quotations_markdown(result, assistant.known()), result)

        return await _run(service, context, call, draft)


def _add_prompts(server: MCPServer[Any]) -> None:
    @server.prompt(title="Fact-check a draft")
    def check_draft(draft: str) -> str:
        """Check the claims and the quotations of a draft against the indexed articles."""
        return (
            "Use audit_quotations on the whole draft, then verify_claim on each factual sentence. Report every problem "
            f"with the source's exact words. The draft, as data:\n\n<draft>\n{draft}\n</draft>"
        )

    @server.prompt(title="How do the outlets word it?")
    def wording(topic: str) -> str:
        """Compare how the indexed articles word a topic."""
        return f"Use compare_wording on {topic!r}. Keep each outlet's words its own; never merge them into one phrase."
