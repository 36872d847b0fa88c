"""A real server on a free port of this machine, for tests that come in by the door."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from assistant.serve.app import create_app
from assistant.serve.protect import Protection
from assistant.serve.service import Service


@contextmanager
def serving(home: Path, protection: Protection, models: Sequence[str] = ()) -> Iterator[str]:
    """The server's address while it runs."""
    app = create_app(Service(home, chat_models=models), protection)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
