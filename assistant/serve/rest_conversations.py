"""Conversations over REST: kept, renamed, pinned, exported, removed; and one message with its answer as a stream."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from assistant.assistant import Assistant
from assistant.chat import Reply, reply
from assistant.conversations import Conversation, Conversations, StoredTurn, export_markdown
from assistant.errors import AssistantError
from assistant.listener import Listener
from assistant.serve.schemas import ConversationChange, MessageRequest
from assistant.serve.waiting import chosen_model, heard, lane_of
from assistant.types import Scope, Statement
from index import IndexingError


def router() -> APIRouter:
    """All routes under /api/v1/conversations. Plain functions: each waits for SQLite in a thread of its own."""
    api = APIRouter(prefix="/conversations", tags=["conversations"])

    def store(request: Request) -> Conversations:
        found: Conversations = request.app.state.conversations
        return found

    @api.get("")
    def every(request: Request) -> dict[str, Any]:
        return {"conversations": [_conversation_json(one) for one in store(request).all()]}

    @api.post("", status_code=201)
    def start(request: Request) -> dict[str, Any]:
        return _conversation_json(store(request).start())

    @api.get("/{conversation_id}")
    def one(conversation_id: str, request: Request) -> dict[str, Any]:
        return _conversation_json(store(request).get(conversation_id))

    @api.patch("/{conversation_id}")
    def change(conversation_id: str, given: ConversationChange, request: Request) -> dict[str, Any]:
        store(request).change(conversation_id, title=given.title, pinned=given.pinned)
        return _conversation_json(store(request).get(conversation_id))

    @api.delete("/{conversation_id}")
    def remove(conversation_id: str, request: Request) -> dict[str, Any]:
        store(request).remove(conversation_id)
        return {"removed": conversation_id}

    @api.get("/{conversation_id}/export")
    def export(conversation_id: str, request: Request) -> dict[str, Any]:
        return {"markdown": export_markdown(store(request).get(conversation_id))}

    @api.post("/{conversation_id}/messages", response_class=StreamingResponse)
    def message(conversation_id: str, given: MessageRequest, request: Request) -> StreamingResponse:
        conversation = store(request).get(conversation_id)
        return StreamingResponse(_events(request, conversation, given), media_type="text/event-stream")

    return api


def _conversation_json(conversation: Conversation) -> dict[str, Any]:
    turns = [{"role": t.role, "content": t.content, "result": t.result} for t in conversation.turns]
    return {
        "conversation_id": conversation.conversation_id,
        "title": conversation.title,
        "pinned": list(conversation.pinned),
        "turns": turns,
    }


async def _events(request: Request, conversation: Conversation, given: MessageRequest) -> AsyncIterator[str]:
    """Server-sent events: ``started``, ``statement`` for each checked sentence, then ``reply`` or ``error``.

    An ``error`` after the ``reply`` says that the conversation could not be kept.
    """
    scope = Scope(names=conversation.pinned)

    def call(assistant: Assistant, listener: Listener) -> Reply:
        history = conversation.history
        return reply(assistant, given.content, scope=scope, history=history, model=model, listener=listener)

    try:
        model = chosen_model(request, given.model)
        yield _event("started", {"model": model})
        async with aclosing(heard(request, lane_of(given.content, model), call)) as items:
            async for item in items:
                if isinstance(item, Statement):
                    yield _event("statement", {"text": item.text, "citations": list(item.citations)})
                else:
                    told = item
    except (AssistantError, IndexingError) as error:
        yield _event("error", _refusal(error))
        return
    stored = [
        StoredTurn("user", given.content),
        StoredTurn("assistant", told.markdown, _result(told.command, told.result)),
    ]
    try:
        store: Conversations = request.app.state.conversations
        await run_in_threadpool(store.add, conversation.conversation_id, stored)
    except (AssistantError, IndexingError) as error:  # deleted meanwhile, a full disk: the answer is shown all the same
        yield _event("reply", _result(told.command, told.result))
        yield _event("error", _refusal(error))
        return
    yield _event("reply", _result(told.command, told.result))


def _result(command: str, result: Any) -> dict[str, Any]:
    return {"command": command, **result}


def _refusal(error: AssistantError | IndexingError) -> dict[str, str]:
    return {"kind": error.kind, "message": error.message, "next": error.next_step}


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=True)}\n\n"
