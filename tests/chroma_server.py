"""A real Chroma server of one's own, on a free port of this machine, for tests and by hand."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

PROGRAM = Path(sys.executable).with_name("chroma")
PATIENCE = 60.0  # seconds until a server must answer


class ChromaServer:
    """``chroma run`` over one folder. Stopping it and starting it again keeps port and data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        command = [str(PROGRAM), "run", "--host", "127.0.0.1", "--port", str(self.port), "--path", str(self.folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError("the Chroma server did not start")
            time.sleep(0.05)

    def stop(self) -> None:
        """Kill it, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat", timeout=1, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


class FlakyProxy:
    """Stands before a server and spoils requests: each entry of ``faults`` spoils one, in turn.

    ``refuse`` answers 500, ``drop`` closes the connection, ``swallow`` passes the request on and drops the answer.
    """

    def __init__(self, url: str) -> None:
        self.faults: list[str] = []
        self.seen = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.seen += 1
                fault = outer.faults.pop(0) if outer.faults else ""
                if fault == "refuse":
                    self._answer(500, b'{"error":"InternalError","message":"out of order"}')
                    return
                if fault == "drop":
                    self.close_connection = True
                    return
                answer = httpx.request(
                    self.command,
                    f"{url}{self.path}",
                    content=body,
                    headers={"Content-Type": "application/json"},
                    trust_env=False,
                    timeout=30,
                )
                if fault == "swallow":
                    self.close_connection = True
                    return
                self._answer(answer.status_code, answer.content)

            def _answer(self, status: int, content: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 - the names that http.server calls

            def log_message(self, *_arguments: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
