"""A5: more callers than a server can take are told when to come back, at every door, while its health is answered."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx

from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from assistant.serve.service import LONGEST_QUEUE
from index import Collection, HashingEmbedder
from tests.model_server import model_server
from tests.serving import serving

CLAIM = "All piers were inspected."


async def crowd(address: str, begun: threading.Event, released: threading.Event) -> list[int]:
    """The statuses of a crowd of callers that came while the first was served slowly."""
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=httpx.Limits(max_connections=200)) as client:

        async def verify() -> httpx.Response:
            return await client.post("/api/v1/verify", json={"text": CLAIM})

        first = asyncio.create_task(verify())
        assert await asyncio.to_thread(begun.wait, 60)
        others = [asyncio.create_task(verify()) for _ in range(LONGEST_QUEUE)]
        done, _ = await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        (turned_away,) = (task.result() for task in done)
        asked = {"messages": [{"role": "user", "content": f"/verify {CLAIM}"}]}
        whole = await client.post("/v1/chat/completions", json=asked)
        streamed = await client.post("/v1/chat/completions", json={**asked, "stream": True})
        for answer in (turned_away, whole, streamed):
            assert (answer.status_code, answer.headers["retry-after"].isdigit()) == (429, True)
        assert (await client.get("/healthz")).json()["status"] == "ok"
        assert not first.done()
        released.set()
        return [answer.status_code for answer in await asyncio.gather(first, *others)]


def test_a5_a_queue_is_bounded_and_health_is_answered_all_the_while(tmp_path: Path) -> None:
    begun, released = threading.Event(), threading.Event()

    def says(_: str) -> Iterator[str]:
        begun.set()
        released.wait(60)
        yield "NEITHER"

    (tmp_path / "piers.txt").write_text("Piers closed\n\nPier 7 was closed on Monday.\n", encoding="utf-8")
    home = tmp_path / "desk"
    with Collection.open(home, embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "piers.txt")])
    with model_server(says) as model:
        settings = f'embedder = "hashing"\nverifier = "llm:{model.model()}"\n'
        (home / "config.toml").write_text(settings, encoding="utf-8")
        with serving(home, Protection(hosts=LOCAL_NAMES)) as address:
            statuses = asyncio.run(crowd(address, begun, released))
    assert sorted(statuses) == [200] * LONGEST_QUEUE + [429]
