"""Whoever goes while a text is checked takes the work along: the next caller does not wait for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from assistant.assistant import Assistant
from assistant.listener import Gone, Listener
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from index import Collection, HashingEmbedder
from tests.model_server import model_server
from tests.serving import serving

CLAIMS = 400
STORY = "Harbour piers closed\n\nPier 7 was closed on Monday, the harbour company said. All piers were inspected.\n"
DRAFT = " ".join(f"Pier {number} was closed on Monday." for number in range(1, CLAIMS + 1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "piers.txt").write_text(STORY, encoding="utf-8")
    desk = tmp_path / "desk"
    with Collection.open(desk, embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "piers.txt")])
    (desk / "config.toml").write_text('embedder = "hashing"\nverifier = "lexical"\n', encoding="utf-8")
    return desk


def test_a7_a_client_that_goes_leaves_the_verification(home: Path) -> None:
    begun = threading.Event()

    def slowly(_: str) -> Iterator[str]:
        begun.set()
        threading.Event().wait(0.05)
        yield "NEITHER"

    with model_server(slowly) as model:
        settings = f'embedder = "hashing"\nverifier = "llm:{model.model()}"\n'
        (home / "config.toml").write_text(settings, encoding="utf-8")
        with serving(home, Protection(hosts=LOCAL_NAMES)) as address:
            connection = HTTPConnection(address.removeprefix("http://"), timeout=60)
            connection.request(
                "POST", "/api/v1/verify", json.dumps({"text": DRAFT}), {"Content-Type": "application/json"}
            )
            assert begun.wait(30)
            connection.close()
            assert httpx.get(f"{address}/api/v1/sources", timeout=60).status_code == 200  # it waits its turn
            assert len(model.asked) < CLAIMS


def test_a_verification_that_nobody_waits_for_is_left_before_the_next_claim(home: Path) -> None:
    looks = iter([False] * 8)
    with Assistant.open(home) as assistant, pytest.raises(Gone):
        assistant.verify(DRAFT, listener=Listener(lambda _: None, lambda: next(looks, True)))
