"""Who may come in, how often, and with how much: named after the rows of the fault list (A1 … A5)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.serve.protect import COST_OF_WRONG_KEY, Message, Protected, Protection, Receive, Send, _authorised
from assistant.serve.run import LOCAL_NAMES, protection_for

KEY = "a-key-of-more-than-sixteen-characters"
REACHED: list[str] = []


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """Reads the whole body and says its length."""
    REACHED.append(scope["path"])
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps({"length": length}).encode()})


@pytest.fixture(autouse=True)
def nothing_reached() -> None:
    REACHED.clear()


def called(protection: Protection, *requests: dict[str, Any]) -> list[httpx.Response]:
    """Each request in turn through one protected app."""

    async def all_of_them() -> list[httpx.Response]:
        transport = httpx.ASGITransport(Protected(app, protection))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
            return [await client.request(**{"method": "GET", "url": "/api/v1/sources", **given}) for given in requests]

    return asyncio.run(all_of_them())


def headers(**given: str) -> dict[str, Any]:
    return {"headers": {name.replace("_", "-"): value.encode("latin-1") for name, value in given.items()}}


OPEN = Protection(hosts=LOCAL_NAMES)
LOCKED = Protection(hosts=LOCAL_NAMES, token=KEY)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="none"),
        pytest.param(headers(authorization=f"Bearer {KEY}x"), id="longer"),
        pytest.param(headers(authorization=f"Bearer {KEY[:-1]}"), id="shorter"),
        pytest.param(headers(authorization=f"Basic {KEY}"), id="another scheme"),
        pytest.param(headers(authorization="Bearer"), id="empty"),
        pytest.param(headers(authorization="Bearer ß€".encode().decode("latin-1")), id="not ASCII"),
        pytest.param({"url": f"/api/v1/sources?token={KEY}"}, id="in the address"),
    ],
)
def test_a1_a_wrong_key_is_refused_before_anything_is_read(given: dict[str, Any]) -> None:
    (answer,) = called(LOCKED, given)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert REACHED == []


def test_a2_how_much_of_a_guess_is_right_takes_no_time_to_tell() -> None:
    assert "compare_digest" in _authorised.__code__.co_names


def test_a2_a_key_never_comes_back() -> None:
    for answer in called(LOCKED, {}, headers(authorization=f"Bearer {KEY}"), headers(authorization="Bearer guess")):
        assert KEY not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        pytest.param(headers(host="evil.example:8765"), 421, id="rebound name"),
        pytest.param(headers(host="127.0.0.1.evil.example"), 421, id="a name that begins like ours"),
        pytest.param(headers(host="user@127.0.0.1 evil"), 421, id="not a name"),
        pytest.param(headers(host="[::1"), 421, id="half a bracket"),
        pytest.param(headers(host="LOCALHOST:8765"), 200, id="capitals"),
        pytest.param(headers(host="[::1]:8765"), 200, id="IPv6"),
        pytest.param(headers(origin="https://evil.example"), 403, id="another site"),
        pytest.param(headers(origin="null"), 403, id="a sandboxed page or a file"),
        pytest.param(headers(origin="http://127.0.0.1:3000"), 403, id="another server of this machine"),
        pytest.param(headers(origin="http://127.0.0.1:8765"), 200, id="our own page"),
        pytest.param(headers(origin="http://localhost:8765"), 200, id="our own page by its other name"),
    ],
)
def test_a3_only_our_names_and_our_page(given: dict[str, Any], status: int) -> None:
    assert [answer.status_code for answer in called(OPEN, given)] == [status]


def test_a3_names_are_allowed_in_any_case_and_with_brackets() -> None:
    protection = protection_for("0.0.0.0", frozenset({"Desk.Example.ORG", "[FD00::7]"}), KEY)
    assert {"desk.example.org", "fd00::7", "localhost"} <= protection.hosts
    key = {"authorization": f"Bearer {KEY}"}
    allowed = called(protection, {"headers": {"host": "desk.example.org", **key}})
    assert [answer.status_code for answer in allowed] == [200]


async def in_pieces(length: int) -> AsyncIterator[bytes]:
    for _ in range(length // 1000):
        yield b"x" * 1000


@pytest.mark.parametrize(("length", "status"), [(5_000, 200), (50_000, 413)])
def test_a4_a_body_that_does_not_say_its_length_is_cut_off(length: int, status: int) -> None:
    (answer,) = called(
        Protection(hosts=LOCAL_NAMES, largest_body=10_000), {"method": "POST", "content": in_pieces(length)}
    )
    assert answer.status_code == status
    assert status == 200 or answer.json()["error"]["kind"] == "TooLarge"


@pytest.mark.parametrize("length", [b"-1", b"1e9", b"9" * 20, b"\xb2"])
def test_a4_a_length_that_is_none_or_too_much_is_refused_unread(length: bytes) -> None:
    sent = {"method": "POST", "headers": {"content-length": length}, "content": b"x"}
    assert [answer.status_code for answer in called(OPEN, sent)] == [413]
    assert REACHED == []


def test_a5_a_flood_is_turned_away_before_its_keys_are_looked_at() -> None:
    answers = called(Protection(hosts=LOCAL_NAMES, token=KEY, per_minute=100), *[{}] * 8)
    wrong = 100 // (1 + COST_OF_WRONG_KEY) + 1
    assert [answer.status_code for answer in answers] == [401] * wrong + [429] * (8 - wrong)
    assert answers[-1].headers["retry-after"]


def test_a5_health_is_answered_all_the_while() -> None:
    asked: list[dict[str, Any]] = [{}] * 4 + [{"url": "/healthz"}]
    assert [a.status_code for a in called(Protection(hosts=LOCAL_NAMES, per_minute=2), *asked)] == [
        200,
        200,
        429,
        429,
        200,
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_host_and_origin_is_let_in_or_refused_and_nothing_else(host: str, origin: str) -> None:
    async def once() -> int:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        async def send(message: Message) -> None:
            sent.append(message)

        given = [(b"host", host.encode("utf-8", "replace")), (b"origin", origin.encode("utf-8", "replace"))]
        await Protected(app, OPEN)({"type": "http", "path": "/", "headers": given}, receive, send)
        return int(sent[0]["status"])

    assert asyncio.run(once()) in (200, 403, 421)
