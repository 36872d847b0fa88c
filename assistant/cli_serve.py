"""Commands that stay open: chat, serve (page, REST, OpenAI-compatible API) and mcp."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_shared import Desk, command

if TYPE_CHECKING:
    from assistant.talk import Talk

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

Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="PROVIDER:NAME",
        help="A language model that callers may choose to phrase answers; it is sent what is quoted. Repeatable.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    command(app, "chat", panel=PANEL)(chat)
    command(app, "serve", panel=PANEL)(serve)
    command(app, "mcp", panel=PANEL)(mcp)


def chat(desk: Desk, model: Model = None) -> None:
    """Talk with the articles in this terminal; earlier conversations are kept. /help lists what else can be done."""
    from assistant.chat import sent_note
    from assistant.config import find_home
    from assistant.conversations import Conversations
    from assistant.talk import Talk

    store = Conversations(find_home(desk.given_home))
    with desk.assistant(stays_open=True) as assistant:
        chosen = assistant.phrasing_model(model)
        talk = Talk(assistant, store, desk.console(), model=chosen)
        if chosen:
            desk.note(sent_note(chosen))
        desk.note("Ask the articles; /help lists commands, Ctrl-D ends.")
        earlier = store.all()[:1]
        turns = [turn for talk in earlier for turn in store.get(talk.conversation_id).turns if turn.role == "user"]
        if turns:
            desk.note(f"Last time: {earlier[0].title} (/resume 1 goes on with it)")
        _recall([turn.content for turn in turns])
        _talk(talk, desk)


def _talk(talk: Talk, desk: Desk) -> None:
    """Line by line until the end. Ctrl-C stops what is running; at an empty line it says how to leave."""
    while True:
        try:
            if not talk.handle(input("› ")):
                return
        except EOFError:
            desk.note("")
            return
        except KeyboardInterrupt:
            desk.note("\nStopped. What was said is kept; Ctrl-D or /quit ends.")


def _recall(lines: Sequence[str]) -> None:
    """Line editing, with what was asked before at the up arrow."""
    import readline

    for line in lines:
        if "\n" not in line:
            readline.add_history(line)


def serve(
    desk: Desk,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    allow_host: Allowed = None,
    model: Models = None,
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
        models=tuple(model or ()),
        chroma_url=desk.chroma_url,
        say=desk.note,
    )


def mcp(
    desk: Desk,
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP instead of stdin and stdout.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8766,
    allow_host: Allowed = None,
) -> None:
    """Serve the tools to an MCP client, over stdin and stdout or over HTTP."""
    from assistant.serve.run import serve_mcp

    serve_mcp(
        desk.given_home,
        http=http,
        host=host,
        port=port,
        hosts=frozenset(allow_host or ()),
        token=os.environ.get(TOKEN) or None,
        chroma_url=desk.chroma_url,
        say=desk.note,
    )
