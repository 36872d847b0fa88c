"""Our MCP server behind our own protection, with what the official suite calls by name added to it.

The suite's scenarios call tools, resources and prompts of fixed names ("test_image_content"): they stand here, so that
our transport, protection and settings are measured, beside the product's own tools.
"""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.prompts.base import UserMessage
from mcp.types import (
    AudioContent,
    CallToolResult,
    ContentBlock,
    EmbeddedResource,
    ImageContent,
    TextContent,
    TextResourceContents,
)

from assistant.serve.mcp import create_server
from assistant.serve.protect import Protected
from assistant.serve.run import protection_for
from assistant.serve.service import Service

HOST = "127.0.0.1"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SILENCE = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="


def text(words: str) -> TextContent:
    return TextContent(type="text", text=words)


def image() -> ImageContent:
    return ImageContent(type="image", data=PIXEL, mime_type="image/png")


def embedded(uri: str) -> EmbeddedResource:
    words = TextResourceContents(uri=uri, mime_type="text/plain", text="Embedded text.")
    return EmbeddedResource(type="resource", resource=words)


def add_tools(server: MCPServer[Any]) -> None:
    """One tool for each kind of content, one that fails, one that tells how far it is."""
    contents: dict[str, list[ContentBlock]] = {
        "test_simple_text": [text("This is a simple text response for testing.")],
        "test_image_content": [image()],
        "test_audio_content": [AudioContent(type="audio", data=SILENCE, mime_type="audio/wav")],
        "test_embedded_resource": [embedded("test://embedded-resource")],
        "test_multiple_content_types": [text("Mixed."), image(), embedded("test://mixed-content-resource")],
    }

    def telling(content: list[ContentBlock]) -> Any:
        def tool() -> CallToolResult:
            return CallToolResult(content=content)

        return tool

    for name, content in contents.items():
        server.add_tool(telling(content), name=name, description="Give one kind of content.")

    @server.tool()
    def test_error_handling() -> str:
        """Fail."""
        raise ToolError("This tool intentionally returns an error for testing")

    @server.tool()
    async def test_tool_with_progress(context: Context[Any]) -> str:
        """Tell of progress three times."""
        for done in (0, 50, 100):
            await context.report_progress(done, 100, f"{done} of 100")
            await asyncio.sleep(0.05)
        return "done"


def add_resources(server: MCPServer[Any]) -> None:
    @server.resource("test://static-text", mime_type="text/plain")
    def static_text() -> str:
        return "The text of a resource."

    @server.resource("test://static-binary", mime_type="image/png")
    def static_binary() -> bytes:
        return base64.b64decode(PIXEL)

    @server.resource("test://template/{id}/data", mime_type="application/json")
    def template(id: str) -> str:  # noqa: A002 - the suite's name
        return f'{{"id": "{id}"}}'


def add_prompts(server: MCPServer[Any]) -> None:
    @server.prompt()
    def test_simple_prompt() -> str:
        """Say one thing."""
        return "This is a simple prompt for testing."

    @server.prompt()
    def test_prompt_with_arguments(arg1: str, arg2: str) -> str:
        """Say two things."""
        return f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"

    @server.prompt()
    def test_prompt_with_embedded_resource(resourceUri: str) -> list[UserMessage]:  # noqa: N803 - the suite's name
        """Show a resource."""
        return [UserMessage(embedded(resourceUri)), UserMessage("Please process it.")]

    @server.prompt()
    def test_prompt_with_image() -> list[UserMessage]:
        """Show an image."""
        return [UserMessage(image()), UserMessage("Please analyse it.")]


@contextmanager
def conformance_server(home: Path) -> Iterator[str]:
    """The server's address while it runs, over the articles in ``home``."""
    service = Service(home)
    server = create_server(service)
    add_tools(server)
    add_resources(server)
    add_prompts(server)
    app = Protected(server.streamable_http_app(host=HOST), protection_for(HOST, frozenset(), None))
    running = uvicorn.Server(uvicorn.Config(app, host=HOST, port=0, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        thread.join(0.05)
    yield f"http://{HOST}:{running.servers[0].sockets[0].getsockname()[1]}/mcp"
    running.should_exit = True
    thread.join(20)
    service.close()
