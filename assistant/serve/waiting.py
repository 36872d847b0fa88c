"""What a request does while the answer is made: it waits, hears sentences as they pass, and notices who has gone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

from fastapi import Request

from assistant.assistant import Assistant
from assistant.errors import BadInput
from assistant.listener import Gone, Listener
from assistant.serve.service import Lane, Service
from assistant.types import Statement

Result = TypeVar("Result")
LOOK_EVERY = 0.5  # seconds between two looks at whether the client is still there
LONG_TEXT = 500  # characters: more than a claim or a question of a few sentences
_END = object()


async def run(request: Request, lane: Lane, call: Callable[[Assistant, Listener], Result]) -> Result:
    """The result of ``call`` in its lane. When the client goes, it never runs, or is left at the next step."""
    gone = threading.Event()
    service: Service = request.app.state.service
    future = service.submit(lane, lambda assistant: call(assistant, Listener(_ignore, gone.is_set)))
    try:
        return await while_connected(request, asyncio.wrap_future(future))
    finally:
        gone.set()


async def heard(
    request: Request, lane: Lane, call: Callable[[Assistant, Listener], Result]
) -> AsyncGenerator[Statement | Result, None]:
    """Each checked sentence of the language model, then the result. Closing the iterator leaves it as ``run`` does."""
    loop = asyncio.get_running_loop()
    gone = threading.Event()
    items: asyncio.Queue[object] = asyncio.Queue()

    def put(item: object) -> None:
        if not gone.is_set():
            loop.call_soon_threadsafe(items.put_nowait, item)

    service: Service = request.app.state.service
    future = service.submit(lane, lambda assistant: call(assistant, Listener(put, gone.is_set)))
    future.add_done_callback(lambda _: put(_END))
    try:
        while isinstance(item := await items.get(), Statement):
            yield item
        result: Result = await asyncio.wrap_future(future)
        yield result
    finally:
        gone.set()
        future.cancel()


async def while_connected(request: Request, awaited: Awaitable[Result]) -> Result:
    """The awaited result; cancelled when the client goes, for whom Gone is raised."""
    waiting = asyncio.ensure_future(awaited)
    while not waiting.done():
        await asyncio.wait({waiting}, timeout=LOOK_EVERY)
        if not waiting.done() and await request.is_disconnected():
            waiting.cancel()
            raise Gone("the client has gone")
    return waiting.result()


def chosen_model(request: Request, named: str | None) -> str | None:
    """The language model that phrases: one that this server offers, the first when none is named, or none at all.

    Raises BadInput for another one: a caller does not choose whom the articles' text is sent to.
    """
    service: Service = request.app.state.service
    if named is None:
        return next(iter(service.chat_models), None)
    if named in ("", "extractive"):
        return None
    if named not in service.chat_models:
        raise BadInput(f"this server does not offer the model {named!r}", "GET /api/v1/models")
    return named


def lane_of(text: str, model: str | None = None) -> Lane:
    """Where a text is answered or checked: a draft among drafts, whatever model is behind it."""
    if len(text) > LONG_TEXT:
        return Lane.DRAFTS
    return Lane.MODEL if model else Lane.QUESTIONS


def _ignore(_: Statement) -> None:
    return None
