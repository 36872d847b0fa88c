"""A server that is told to stop: whoever waits gets an answer, and nothing is left behind."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.config import find_cache
from index import Collection

ROOT = Path(__file__).parents[1]
QUESTION = json.dumps({"question": "Where do talks continue?"}).encode()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_r15_a_server_that_is_stopped_answers_who_already_asks(
    seed_home: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(seed_home, home)
    command = [sys.executable, "-u", "-c", "from assistant.cli import main; main()", "serve", "--port", "0"]
    environment = {**os.environ, "CLAIMDESK_HOME": str(home)}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd=ROOT, text=True
    ) as process:
        assert process.stderr is not None
        told = re.search(r"http://([\d.]+):(\d+)/", process.stderr.readline())
        assert told is not None
        connection = http.client.HTTPConnection(told[1], int(told[2]), timeout=60)
        connection.putrequest("POST", "/api/v1/ask")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(QUESTION)))
        connection.putheader("Expect", "100-continue")
        connection.endheaders()
        assert connection.sock.recv(200).startswith(b"HTTP/1.1 100")  # the question has begun: the server reads it
        process.send_signal(number)
        connection.send(QUESTION)
        assert connection.getresponse().status in {200, 503}
        connection.close()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in errors
    with Collection.open(home, cache=find_cache()) as collection:  # nobody holds the writer's lock
        edited = collection.edit(collection.headers()[0].article_id, publisher="The Evening Desk")
    assert edited.publisher == "The Evening Desk"
