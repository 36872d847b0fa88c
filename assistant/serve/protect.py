"""What stands between the server and whoever calls it: host, origin, key, size, rate, and the page's headers.

A plain ASGI layer round the whole app, so that nothing reaches a route unchecked. OWASP ASVS 5, and the MCP
specification's advice against DNS rebinding.
"""

from __future__ import annotations

import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LARGEST_BODY = 8 * 1024 * 1024  # bytes
OPEN_PATHS = frozenset({"/healthz", "/", "/favicon.ico"})  # the page itself holds nothing; it asks for the key
OPEN_PREFIXES = ("/static/",)
MOST_CLIENTS = 1_000  # addresses remembered for the rate limit
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


COST_OF_WRONG_KEY = 20  # requests
TOO_MANY = (429, "TooMany", "too many requests: wait a few seconds")


def too_large(largest: int) -> tuple[int, str, str]:
    return 413, "TooLarge", f"a request may have {largest:,} bytes"


@dataclass(frozen=True, slots=True)
class Protection:
    """How a server is protected. ``hosts``: names it answers to, without port."""

    hosts: frozenset[str]
    token: str | None = None
    per_minute: int = 600  # requests of one address
    largest_body: int = LARGEST_BODY


def is_loopback(host: str) -> bool:
    """Whether a server bound to ``host`` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Protected:
    """``app`` behind ``protection``. Refusals are JSON errors of the usual shape."""

    def __init__(self, app: App, protection: Protection) -> None:
        self.app = app
        self.protection = protection
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # address → (tokens left, when)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        body = _Body(receive, self.protection.largest_body)
        answer = _Answer(send, body, self.protection.largest_body)
        await self.app(scope, body, answer)

    def _refusal(self, scope: Message, headers: Mapping[str, str]) -> tuple[int, str, str] | None:
        """Cheapest first: a flood is turned away before a key is compared, a key before a body is read."""
        host, path = headers.get("host", ""), scope["path"]
        if _name(host) not in self.protection.hosts:
            return 421, "WrongHost", "this server does not answer to that host name"
        if "origin" in headers and not _same_site(headers["origin"], host, self.protection.hosts):
            return 403, "WrongOrigin", "requests from other sites are refused"
        if path == "/healthz":
            return None
        address = str((scope.get("client") or ("?",))[0])
        if not self._admits(address, 1):
            return TOO_MANY
        open_path = path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)
        if self.protection.token and not open_path and not _authorised(headers, self.protection.token):
            self._admits(address, COST_OF_WRONG_KEY)  # guessing a key is slower than asking
            return 401, "Unauthorised", "send the key as «Authorization: Bearer KEY»"
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > self.protection.largest_body:
            return too_large(self.protection.largest_body)
        return None

    def _admits(self, address: str, cost: int) -> bool:
        """A token bucket an address: ``per_minute`` on average, as many at once after a quiet minute."""
        now = time.monotonic()
        left, before = self._buckets.pop(address, (float(self.protection.per_minute), now))
        left = min(self.protection.per_minute, left + (now - before) * self.protection.per_minute / 60)
        self._buckets[address] = (max(0.0, left - cost) if left >= 1 else left, now)
        while len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return left >= 1


class _Body:
    """The request's body, cut off past the limit: a client may send more than it announced."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self.receive = receive
        self.left = largest

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            return {"type": "http.disconnect"}
        return message


def _name(host: str) -> str:
    """A Host header without its port, in lower case: "[::1]:8000" → "::1"."""
    try:
        return (urlsplit(f"//{host}").hostname or "") if " " not in host else ""
    except ValueError:  # a bracket without its pair
        return ""


def _same_site(origin: str, host: str, hosts: frozenset[str]) -> bool:
    """Whether a page of ``origin`` is ours: one of our names, at the port that was called. "null" is nobody."""
    try:
        theirs, ours = urlsplit(origin), urlsplit(f"//{host}")
        return (theirs.hostname or "") in hosts and (theirs.port or 0) == (ours.port or 0)
    except ValueError:
        return False


def _authorised(headers: Mapping[str, str], token: str) -> bool:
    given = headers.get("authorization", "")
    scheme, _, key = given.partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(key.strip().encode(), token.encode())


class _Answer:
    """The app's answer with the headers of every answer; ours instead, once the body has been cut off."""

    def __init__(self, send: Send, body: _Body, largest: int) -> None:
        self.send, self.body, self.largest = send, body, largest
        self.refused = False

    async def __call__(self, message: Message) -> None:
        if self.refused:
            return
        if message["type"] == "http.response.start":
            if self.body.left < 0:
                self.refused = True
                await _refuse(self.send, *too_large(self.largest))
                return
            message["headers"] = [*message.get("headers", []), *HEADERS]
        await self.send(message)


async def _refuse(send: Send, status: int, kind: str, told: str) -> None:
    body = json.dumps({"error": {"kind": kind, "message": told, "next": ""}}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *HEADERS]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    if status == 429:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
