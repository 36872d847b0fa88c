"""Commands that stay open: chat, serve (page, REST, OpenAI-compatible API) and mcp."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from assistant.cli_shared import Desk, command

PANEL = "Doors"
TOKEN = "CLAIMDESK_TOKEN"

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen. Beyond this machine a key is required.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")]
Allowed = Annotated[
    list[str] | None, typer.Option("--allow-host", metavar="NAME", help="Answer to this host name too.")
]
Model = Annotated[
    str | None,
    typer.Option(metavar="PROVIDER:NAME", help="A language model that may phrase answers; it is sent what is quoted."),
]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    command(app, "chat", panel=PANEL)(chat)
    command(app, "serve", panel=PANEL)(serve)
    command(app, "mcp", panel=PANEL)(mcp)


def chat(desk: Desk, model: Model = None) -> None:
    """Talk with the articles in this terminal; earlier conversations are kept. /help lists what else can be done."""
    import readline  # noqa: F401 - gives input() its line editing

    from assistant.config import find_home
    from assistant.conversations import Conversations
    from assistant.talk import Talk

    if model:
        desk.note(f"Questions and the passages that are quoted are sent to {model}.")
    with desk.assistant(stays_open=True) as assistant:
        talk = Talk(assistant, Conversations(find_home(desk.given_home)), desk.console(), model=model)
        desk.note("Ask the articles; /help lists commands, Ctrl-D ends.")
        try:
            while talk.handle(input("› ")):
                pass
        except EOFError:
            desk.note("")


def serve(
    desk: Desk,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    allow_host: Allowed = None,
    model: Model = None,
) -> None:
    """Open the web page, the REST interface and the OpenAI-compatible API on this machine.

    A key in CLAIMDESK_TOKEN is asked of every caller; without one only this machine can be served.
    """
    from assistant.serve.run import serve_http

    serve_http(
        desk.given_home,
        host=host,
        port=port,
        hosts=frozenset(allow_host or ()),
        token=os.environ.get(TOKEN) or None,
        model=model,
        chroma_url=desk.chroma_url,
        say=desk.note,
    )


def mcp(
    desk: Desk,
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP instead of stdin and stdout.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8766,
) -> None:
    """Serve the tools to an MCP client, over stdin and stdout or over HTTP."""
    from assistant.serve.run import serve_mcp

    serve_mcp(
        desk.given_home,
        http=http,
        host=host,
        port=port,
        token=os.environ.get(TOKEN) or None,
        chroma_url=desk.chroma_url,
        say=desk.note,
    )
