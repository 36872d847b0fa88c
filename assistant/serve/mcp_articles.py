"""Articles as MCP resources: the newest ones listed, every one readable, their ids completed as they are typed."""

from __future__ import annotations

import asyncio
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    Completion,
    CompletionArgument,
    GetPromptResult,
    InputRequiredResult,
    PromptReference,
    Resource,
    ResourceTemplateReference,
)

from assistant.errors import AssistantError
from assistant.render.escape import one_line
from assistant.serve.service import Lane, Service
from index import ArticleHeader, EmptyCollection, IndexingError

ADDRESS = "claimdesk://articles/{article_id}"
MOST_LISTED = 500  # a client shows them in a menu; ``list_articles`` names all
MOST_COMPLETED = 100  # the specification's bound


class ArticleServer(MCPServer[Any]):
    """An MCP server whose resources are the articles as they are when it is asked."""

    def __init__(self, service: Service, **settings: Any) -> None:
        super().__init__(**settings)
        self._service = service

    async def list_resources(self) -> list[Resource]:
        """The newest articles, and whatever else was added."""
        newest = list(reversed(await headers_of(self._service)))[:MOST_LISTED]
        return [*await super().list_resources(), *(resource_of(header) for header in newest)]

    async def get_prompt(
        self, name: str, arguments: dict[str, Any] | None = None, context: Context[Any] | None = None
    ) -> GetPromptResult | InputRequiredResult:
        """Raises MCPError for a name that there is not: the SDK takes it for a crash."""
        known = [prompt.name for prompt in await self.list_prompts()]
        if name not in known:
            raise MCPError(code=INVALID_PARAMS, message=f"there is no prompt {name!r}: there are {', '.join(known)}")
        return await super().get_prompt(name, arguments, context)


async def headers_of(service: Service) -> list[ArticleHeader]:
    """All current articles in order of entry; none where nothing is indexed yet. Raises IndexingError, Busy."""
    try:
        return list(await asyncio.wrap_future(service.submit(Lane.QUESTIONS, lambda assistant: assistant.headers())))
    except EmptyCollection:
        return []


def resource_of(header: ArticleHeader) -> Resource:
    told = [part for part in (header.publisher, header.published and header.published.isoformat()) if part]
    return Resource(
        uri=ADDRESS.format(article_id=header.article_id),
        name=header.article_id,
        title=one_line(header.headline or header.source),
        description=one_line(", ".join(told)) or None,
        mime_type="text/plain",
    )


def add_articles(server: MCPServer[Any], service: Service) -> None:
    """Let articles be read, and their ids be completed."""

    @server.resource(
        ADDRESS,
        name="article",
        title="An indexed article",
        description="The text of one article, exactly as indexed: quotations' offsets count its code points.",
        mime_type="text/plain",
    )
    async def article(article_id: str) -> str:
        try:
            call = service.submit(Lane.QUESTIONS, lambda assistant: assistant.article(article_id).text)
            return await asyncio.wrap_future(call)
        except (AssistantError, IndexingError) as error:
            raise ResourceNotFoundError(error.message) from error

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]
    async def complete(
        reference: PromptReference | ResourceTemplateReference,
        argument: CompletionArgument,
        context: Any,  # noqa: ARG001 - the SDK's signature
    ) -> Completion | None:
        if not isinstance(reference, ResourceTemplateReference) or reference.uri != ADDRESS:
            return None
        typed = argument.value.casefold()
        found = [
            header.article_id
            for header in await headers_of(service)
            if header.article_id.startswith(typed) or typed in (header.headline or header.source).casefold()
        ]
        return Completion(values=found[:MOST_COMPLETED], total=len(found), has_more=len(found) > MOST_COMPLETED)
