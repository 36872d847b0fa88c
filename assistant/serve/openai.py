"""An OpenAI-compatible door, so that any chat client works unchanged: /v1/models and /v1/chat/completions.

Citations travel as ``url_citation`` annotations (nested form, offsets into the answer) and, for clients that ignore
those, as a Markdown list at the end.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.assistant import Assistant
from assistant.chat import Reply, reply
from assistant.errors import AssistantError, BadInput
from assistant.listener import Listener
from assistant.markdown import answer_prose, statement_prose
from assistant.serve.chores import do_chore, is_chore
from assistant.serve.rest import REFUSALS, STATUS, retry_after
from assistant.serve.schemas import ChatCompletionRequest, ChatMessage, OpenAIRefusal, Refusal, SafeJSON
from assistant.serve.waiting import heard, lane_of, while_connected
from assistant.types import Scope, Statement, Turn
from index import IndexingError

MODEL = "claimdesk"
OPENAI_REFUSALS: dict[int | str, dict[str, Any]] = {code: {"model": OpenAIRefusal | Refusal} for code in REFUSALS}
_CREATED = 1_700_000_000  # when the model was made is not a clock reading: the same answer has the same bytes


def router() -> APIRouter:
    """Both routes under /v1."""
    api = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], responses=OPENAI_REFUSALS)

    @api.get("/models")
    async def models(request: Request) -> dict[str, Any]:
        names = [MODEL, *(f"{MODEL}/{name}" for name in request.app.state.service.chat_models)]
        rows = [{"id": name, "object": "model", "created": _CREATED, "owned_by": "claimdesk"} for name in names]
        return {"object": "list", "data": rows}

    @api.post("/chat/completions", response_model=None)
    async def complete(given: ChatCompletionRequest, request: Request) -> JSONResponse | StreamingResponse:
        spoken = json.dumps([given.model, *((message.role, message.text) for message in given.messages)])
        identifier = "chatcmpl-" + hashlib.sha256(spoken.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        items = _told(given, request)
        if given.stream:
            # The first sentence is awaited here: what is refused is refused with its status, not within a stream.
            first = await while_connected(request, anext(items))
            return StreamingResponse(_chunks(identifier, given, first, items), media_type="text/event-stream")
        told = await while_connected(request, _last(items))
        message = {"role": "assistant", "content": told.markdown, "annotations": citation_annotations(told)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return SafeJSON(
            {
                "id": identifier,
                "object": "chat.completion",
                "created": _CREATED,
                "model": given.model,
                "choices": [choice],
                "usage": _usage(given.messages, told),
            }
        )

    return api


async def openai_error(_: Request, error: Exception) -> JSONResponse:
    """Errors as OpenAI's clients read them."""
    assert isinstance(error, (AssistantError, IndexingError))
    told = f"{error.message}{f' ({error.next_step})' if error.next_step else ''}"
    body = {"error": {"message": told, "type": "invalid_request_error", "code": error.kind, "param": None}}
    status = STATUS.get(error.kind, 400)
    return SafeJSON(body, status, headers=retry_after(status))


async def _told(given: ChatCompletionRequest, request: Request) -> AsyncGenerator[Statement | Reply, None]:
    """The sentences of a language model as they pass, then the whole reply. Raises BadInput before anything else."""
    talk = [message for message in given.messages if message.role in ("user", "assistant") and message.text.strip()]
    if not talk or talk[-1].role != "user":
        raise BadInput("the last message must be the user's", "send a user message")
    question = talk[-1].text
    if is_chore(question):
        yield Reply("task", {}, do_chore(question), {})
        return
    model = given.model.partition("/")[2] or None
    if model and model not in request.app.state.service.chat_models:
        raise BadInput(f"there is no model {given.model!r} here", "GET /v1/models")
    history = [Turn(message.role, message.text) for message in talk[:-1]]
    base = str(request.base_url).rstrip("/")

    def call(assistant: Assistant, listener: Listener) -> Reply:
        return reply(assistant, question, scope=Scope(), history=history, model=model, base=base, listener=listener)

    async with aclosing(heard(request, lane_of(question, model), call)) as items:
        async for item in items:
            yield item


async def _last(items: AsyncGenerator[Statement | Reply, None]) -> Reply:
    async with aclosing(items):
        return [item async for item in items if isinstance(item, Reply)][-1]


def citation_annotations(told: Reply) -> list[dict[str, Any]]:
    """One ``url_citation`` for each ``[n]`` in the answer that leads somewhere; indices count its characters."""
    by_number = {part["n"]: part for part in told.result.get("citations", [])}
    answer = answer_prose(told.result) if told.command == "ask" else ""
    found = []
    for match in re.finditer(r"\[(\d+)\]", answer):
        number = int(match.group(1))
        if number in told.links and number in by_number:
            cited = by_number[number]
            found.append(
                {
                    "type": "url_citation",
                    "url_citation": {
                        "start_index": match.start(),
                        "end_index": match.end(),
                        "url": told.links[number],
                        "title": cited["headline"] or cited["source"],
                    },
                }
            )
    return found


async def _chunks(
    identifier: str,
    given: ChatCompletionRequest,
    first: Statement | Reply,
    items: AsyncGenerator[Statement | Reply, None],
) -> AsyncIterator[str]:
    """The chunks of a stream: each sentence once it has passed, then what the reply adds to them."""

    def chunk(delta: dict[str, Any], reason: str | None = None) -> str:
        return _line({**_head(identifier, given.model), "choices": [_choice(delta, reason)]})

    async with aclosing(items):
        yield chunk({"role": "assistant", "content": ""})
        shown, item = "", first
        while isinstance(item, Statement):
            piece = (" " if shown else "") + statement_prose({"text": item.text, "citations": item.citations})
            yield chunk({"content": piece})
            shown, item = shown + piece, await anext(items)
        # What passed is how the reply begins; were it not, it is told whole.
        rest = item.markdown[len(shown) :] if item.markdown.startswith(shown) else f"\n\n{item.markdown}"
        for piece in re.findall(r"\S+\s*|\s+", rest):
            yield chunk({"content": piece})
        if citation_annotations(item):
            yield chunk({"annotations": citation_annotations(item)})
        yield chunk({}, "stop")
        if given.stream_options and given.stream_options.include_usage:
            yield _line({**_head(identifier, given.model), "choices": [], "usage": _usage(given.messages, item)})
        yield "data: [DONE]\n\n"


def _head(identifier: str, model: str) -> dict[str, Any]:
    return {"id": identifier, "object": "chat.completion.chunk", "created": _CREATED, "model": model}


def _choice(delta: dict[str, Any], reason: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}


def _line(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=True)}\n\n"


def _usage(messages: Sequence[ChatMessage], told: Reply) -> dict[str, int]:
    """Words, for want of tokens: clients only show or add them up."""
    asked, answered = sum(len(message.text.split()) for message in messages), len(told.markdown.split())
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}
