"""A language model's server on a free port of this machine, saying what a test wants in three providers' protocols.

It speaks the protocols as they are documented, over real HTTP; nothing is patched.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Says = Callable[[str], Iterator[str]]  # a prompt → pieces of text


@dataclass
class ModelServer:
    """Where it is, and what it was asked."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        return [str(request["messages"][-1]["content"]) for request in self.asked]

    def model(self, provider: str = "openai") -> str:
        """The name to give to ``--model``."""
        return f"{provider}:tiny@{self.address}{'/v1' if provider == 'openai' else ''}"


def saying(text: str, size: int = 9) -> Says:
    """A model that says ``text`` whatever it is asked, in pieces of ``size`` characters."""
    return lambda _: (text[start : start + size] for start in range(0, len(text), size))


@contextmanager
def model_server(says: Says, *, status: int = 200, body: bytes | None = None) -> Iterator[ModelServer]:
    """Serve ``says``; or answer every request with ``status`` and ``body``."""
    with _listening(_handler(says, status, body)) as found:
        yield found


@contextmanager
def tool_model_server(answers: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[ModelServer]:
    """Serve whole messages in OpenAI's protocol, calls of tools among them: ``answers`` a request with a message."""

    def message(request: dict[str, Any]) -> bytes:
        choice = {"index": 0, "message": {"role": "assistant", **answers(request)}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        head = {"id": "c1", "object": "chat.completion", "created": 1, "model": "tiny"}
        return json.dumps({**head, "choices": [choice], "usage": usage}).encode()

    with _listening(_handler(saying(""), 200, message)) as found:
        yield found


def _handler(
    says: Says, status: int, body: bytes | Callable[[dict[str, Any]], bytes] | None
) -> Callable[[ModelServer], type[BaseHTTPRequestHandler]]:
    def listening_for(found: ModelServer) -> type[BaseHTTPRequestHandler]:

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                """Say nothing."""

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                found.asked.append(request)
                lines = _protocol(self.path)
                if status != 200 or body is not None or lines is None:
                    told = body(request) if callable(body) else body
                    self._refuse(status if lines else 404, told or b'{"error": {"message": "no"}}')
                    return
                kind, spoken = lines
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for line in spoken(says(str(request["messages"][-1]["content"]))):
                        self.wfile.write(line.encode())
                        self.wfile.flush()
                except (BrokenPipeError, ConnectionResetError):
                    return  # the client has gone

            def _refuse(self, code: int, told: bytes) -> None:
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

        return Handler

    return listening_for


@contextmanager
def _listening(handler: Callable[[ModelServer], type[BaseHTTPRequestHandler]]) -> Iterator[ModelServer]:
    found = ModelServer("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(found))
    server.daemon_threads = True
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _protocol(path: str) -> tuple[str, Callable[[Iterator[str]], Iterator[str]]] | None:
    protocols = {
        "/v1/chat/completions": ("text/event-stream", _openai),
        "/api/chat": ("application/x-ndjson", _ollama),
        "/v1/messages": ("text/event-stream", _anthropic),
    }
    return protocols.get(path)


def _openai(pieces: Iterator[str]) -> Iterator[str]:
    def chunk(delta: dict[str, Any], reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}
        return f"data: {json.dumps({**head, 'choices': [choice]})}\n\n"

    yield chunk({"role": "assistant", "content": ""})
    for piece in pieces:
        yield chunk({"content": piece})
    yield chunk({}, "stop")
    yield "data: [DONE]\n\n"


def _ollama(pieces: Iterator[str]) -> Iterator[str]:
    head = {"model": "tiny", "created_at": "2026-01-01T00:00:00Z"}
    for piece in pieces:
        yield json.dumps({**head, "message": {"role": "assistant", "content": piece}, "done": False}) + "\n"
    last = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    yield json.dumps({**head, **last}) + "\n"


def _anthropic(pieces: Iterator[str]) -> Iterator[str]:
    def event(name: str, **data: Any) -> str:
        return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n"

    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "m1", "type": "message", "role": "assistant", "model": "tiny", "content": [], "usage": usage}
    yield event("message_start", message={**message, "stop_reason": None, "stop_sequence": None})
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for piece in pieces:
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    yield event("content_block_stop", index=0)
    yield event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage=usage)
    yield event("message_stop")
