"""Start the servers. Outside loopback nothing starts without a key."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.chat import NO_MODEL, sent_note
from assistant.config import find_home, load_config
from assistant.errors import BadInput
from assistant.serve.ahead import Ahead
from assistant.serve.protect import Protected, Protection, is_loopback
from assistant.serve.service import Service

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_TOKEN = 16  # characters
MOST_CONNECTIONS = 500
COLLECT_AFTER = (50_000, 20, 100)  # objects: a claim makes as many and lets them go; the usual 700 cost it 30 ms
UVICORN: Mapping[str, Any] = {
    "log_level": "warning",  # no line for each request: questions and articles stay out of logs
    "server_header": False,
    "timeout_graceful_shutdown": 15,
    "limit_concurrency": MOST_CONNECTIONS,
}


def protection_for(host: str, hosts: frozenset[str], token: str | None) -> Protection:
    """The protection of a server bound to ``host``.

    Raises BadInput when it can be reached from outside without a key, or with one that is easily guessed.
    """
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise BadInput(f"the key has {len(token)} characters, fewer than {SHORTEST_TOKEN}", _new_token())
    if not is_loopback(host) and token is None:
        raise BadInput(f"{host} can be reached from outside this machine, and there is no key", _new_token())
    names = {name.strip("[]").lower() for name in (host, *hosts)}
    return Protection(hosts=LOCAL_NAMES | names, token=token)


def _new_token() -> str:
    return "export CLAIMDESK_TOKEN=$(openssl rand -hex 24)"


def models_offered(home: Path | None, named: Sequence[str]) -> tuple[str, ...]:
    """The language models that callers may choose: those named, else the configured one. Raises BadConfig."""
    configured = load_config(find_home(home)).chat_model
    offered = tuple(named) or ((configured,) if configured else ())
    return tuple(name for name in dict.fromkeys(offered) if name != NO_MODEL)


def serve_http(
    home: Path | None,
    *,
    host: str,
    port: int,
    hosts: frozenset[str],
    token: str | None,
    models: Sequence[str],
    chroma_url: str | None,
    say: Callable[[str], None],
) -> None:
    """Serve page, REST and OpenAI-compatible API until interrupted. Raises BadInput when the address cannot be had."""
    import uvicorn  # 0.2 s, and FastAPI behind it

    from assistant.serve.app import create_app

    gc.set_threshold(*COLLECT_AFTER)
    protection = protection_for(host, hosts, token)
    offered = models_offered(home, models)
    service = Service(home, chat_models=offered, chroma_url=chroma_url)
    app = create_app(service, protection, Ahead(find_home(home)))
    listening = _listen(host, port)
    say(f"Claimdesk listens on http://{host}:{listening.getsockname()[1]}/ (Ctrl-C stops it)")
    for model in offered:
        say(sent_note(model))
    config = uvicorn.Config(app, **UVICORN)
    uvicorn.Server(config).run(sockets=[listening])


def serve_mcp(
    home: Path | None,
    *,
    http: bool,
    host: str,
    port: int,
    hosts: frozenset[str],
    token: str | None,
    chroma_url: str | None,
    say: Callable[[str], None],
) -> None:
    """Serve MCP over stdin and stdout, or over HTTP behind the same protection, until the client goes."""
    from assistant.serve.mcp import create_server

    gc.set_threshold(*COLLECT_AFTER)
    service = Service(home, chroma_url=chroma_url)
    server = create_server(service)
    try:
        if not http:
            server.run("stdio")
            return
        import uvicorn
        from mcp.server.transport_security import TransportSecuritySettings

        protection = protection_for(host, hosts, token)
        listening = _listen(host, port)
        say(f"Claimdesk serves MCP on http://{host}:{listening.getsockname()[1]}/mcp")
        # Ours knows the names that were allowed; the SDK's own check knows this machine's alone.
        unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        app = Protected(server.streamable_http_app(host=host, transport_security=unchecked), protection)
        config = uvicorn.Config(app, **UVICORN)
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        service.close()


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket: ``port`` 0 takes a free one. Raises BadInput when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        listening.listen()  # who comes before the server is up waits instead of being refused
    except OSError as error:
        listening.close()
        raise BadInput(f"cannot listen on {host}:{port}: {error.strerror}", "claimdesk serve --port 0") from error
    return listening
