"""An OpenAI-compatible door, so that any chat client works unchanged: /v1/models and /v1/chat/completions.

Citations travel as ``url_citation`` annotations (nested form, offsets into the answer) and, for clients that ignore
those, as a Markdown list at the end.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.chat import Reply, reply
from assistant.errors import AssistantError, BadInput
from assistant.markdown import answer_prose
from assistant.serve.rest import REFUSALS, STATUS, run
from assistant.serve.schemas import ChatCompletionRequest, ChatMessage, OpenAIRefusal, Refusal
from assistant.serve.service import Lane
from assistant.types import Scope, Turn
from index import IndexingError

MODEL = "claimdesk"
OPENAI_REFUSALS: dict[int | str, dict[str, Any]] = {code: {"model": OpenAIRefusal | Refusal} for code in REFUSALS}
_TASK = re.compile(r"^#{1,4}\s*Task:", re.MULTILINE)
_FIRST_QUESTION = re.compile(r"(?:USER|user|User):\s*(.+)")
_CREATED = 1_700_000_000  # when the model was made is not a clock reading: the same answer has the same bytes


def router() -> APIRouter:
    """Both routes under /v1."""
    api = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], responses=OPENAI_REFUSALS)

    @api.get("/models")
    async def models(request: Request) -> dict[str, Any]:
        names = [MODEL]
        if request.app.state.service.chat_model:
            names.append(f"{MODEL}/{request.app.state.service.chat_model}")
        rows = [{"id": name, "object": "model", "created": _CREATED, "owned_by": "claimdesk"} for name in names]
        return {"object": "list", "data": rows}

    @api.post("/chat/completions", response_model=None)
    async def complete(given: ChatCompletionRequest, request: Request) -> JSONResponse | StreamingResponse:
        told = await _told(given, request)
        identifier = "chatcmpl-" + hashlib.sha256(f"{given.model}\0{told.markdown}".encode()).hexdigest()[:24]
        if given.stream:
            usage = bool(given.stream_options and given.stream_options.include_usage)
            chunks = _chunks(identifier, given.model, told, usage)
            return StreamingResponse(chunks, media_type="text/event-stream")
        message = {"role": "assistant", "content": told.markdown, "annotations": citation_annotations(told)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return JSONResponse(
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
    return JSONResponse(body, STATUS.get(error.kind, 400))


async def _told(given: ChatCompletionRequest, request: Request) -> Reply:
    talk = [message for message in given.messages if message.role in ("user", "assistant") and message.text.strip()]
    if not talk or talk[-1].role != "user":
        raise BadInput("the last message must be the user's", "send a user message")
    question = talk[-1].text
    if _TASK.search(question):
        return Reply("task", {}, housekeeping(question), {})
    model = given.model.partition("/")[2] or None
    if model and model != request.app.state.service.chat_model:
        raise BadInput(f"there is no model {given.model!r} here", "GET /v1/models")
    history = [Turn(message.role, message.text) for message in talk[:-1]]
    base = str(request.base_url).rstrip("/")
    return await run(
        request,
        Lane.MODEL if model else Lane.QUESTIONS,
        lambda assistant: reply(assistant, question, scope=Scope(), history=history, model=model, base=base),
    )


def housekeeping(prompt: str) -> str:
    """A cheap answer to a chat client's own request for a title, tags or follow-ups: nothing is searched."""
    first = _FIRST_QUESTION.search(prompt)
    words = " ".join((first.group(1) if first else "Claims and sources").split()[:6])
    if '"follow_ups"' in prompt:
        return json.dumps({"follow_ups": []})
    if '"tags"' in prompt:
        return json.dumps({"tags": ["News"]})
    if '"queries"' in prompt:
        return json.dumps({"queries": []})
    return json.dumps({"title": words}, ensure_ascii=False)


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


async def _chunks(identifier: str, model: str, told: Reply, usage: bool) -> AsyncIterator[str]:
    def chunk(delta: dict[str, Any], reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
        return _line(
            {
                "id": identifier,
                "object": "chat.completion.chunk",
                "created": _CREATED,
                "model": model,
                "choices": [choice],
            }
        )

    yield chunk({"role": "assistant", "content": ""})
    for piece in re.findall(r"\S+\s*|\s+", told.markdown):
        yield chunk({"content": piece})
    if citation_annotations(told):
        yield chunk({"annotations": citation_annotations(told)})
    yield chunk({}, "stop")
    if usage:
        empty = {"id": identifier, "object": "chat.completion.chunk", "created": _CREATED, "model": model}
        yield _line({**empty, "choices": [], "usage": _usage([], told)})
    yield "data: [DONE]\n\n"


def _line(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=True)}\n\n"


def _usage(messages: Sequence[ChatMessage], told: Reply) -> dict[str, int]:
    """Words, for want of tokens: clients only show or add them up."""
    asked, answered = sum(len(message.text.split()) for message in messages), len(told.markdown.split())
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}
