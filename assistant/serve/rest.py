"""The REST interface: the same verbs and the same JSON as the command line."""

from __future__ import annotations

import base64
import binascii
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.assistant import Assistant
from assistant.chat import NO_MODEL, sent_note
from assistant.errors import AssistantError, BadInput
from assistant.listener import Listener
from assistant.serve import rest_conversations
from assistant.serve.schemas import (
    AskRequest,
    CompareRequest,
    IndexRequest,
    QuotesRequest,
    Refusal,
    SafeJSON,
    Scoped,
    VerifyRequest,
)
from assistant.serve.service import Lane
from assistant.serve.waiting import chosen_model, lane_of, run
from assistant.types import Scope, Turn
from assistant.wire import (
    answer_json,
    article_json,
    comparison_json,
    quotations_json,
    report_json,
    sources_json,
    verification_json,
)
from index import IndexingError

STATUS = {
    "UnknownSource": 404,
    "AmbiguousSource": 409,
    "EmptyCollection": 409,
    "StoreBusy": 503,
    "StoreDamaged": 503,
    "ConversationsDamaged": 503,
    "StoreMismatch": 503,
    "ModelUnavailable": 503,
    "VerifierUnavailable": 503,
    "ModelFailed": 502,
    "Busy": 429,
}
REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": Refusal} for code in (400, 401, 403, 404, 409, 413, 421, 429, 502, 503)
}


def scope_of(given: Scoped) -> Scope:
    return Scope(names=tuple(given.sources), since=given.since, until=given.until, as_of=given.as_of)


async def refuse(_: Request, error: Exception) -> JSONResponse:
    """AssistantError and IndexingError as JSON of the contract's shape."""
    assert isinstance(error, (AssistantError, IndexingError))
    body = {"error": {"kind": error.kind, "message": error.message, "next": error.next_step}}
    status = STATUS.get(error.kind, 400)
    return SafeJSON(body, status, headers=retry_after(status))


def retry_after(status: int) -> dict[str, str] | None:
    """The header that says when to come back, of a refusal that will pass."""
    return {"Retry-After": "5"} if status in (429, 503) else None


def router() -> APIRouter:
    """All routes under /api/v1."""
    api = APIRouter(prefix="/api/v1", responses=REFUSALS)
    _add_verbs(api)
    _add_articles(api)

    @api.get("/models", summary="The language models that may phrase an answer, and what is sent to them")
    async def models(request: Request) -> dict[str, Any]:
        offered = request.app.state.service.chat_models
        return {"models": [{"name": name, "note": sent_note(name)} for name in offered]}

    api.include_router(rest_conversations.router())
    return api


def _add_verbs(api: APIRouter) -> None:
    @api.post("/ask", summary="Answer a question from the articles, or refuse")
    async def ask(given: AskRequest, request: Request) -> dict[str, Any]:
        model = chosen_model(request, given.model)
        history = [Turn(turn.role, turn.content) for turn in given.history]

        def call(assistant: Assistant, listener: Listener) -> dict[str, Any]:
            answer = assistant.ask(
                given.question, scope=scope_of(given), history=history, model=model or NO_MODEL, listener=listener
            )
            return answer_json(given.question, answer, assistant.known(), assistant.models())

        return await run(request, lane_of(given.question, model), call)

    @api.post("/verify", summary="Check each claim of a text against every source")
    async def verify(given: VerifyRequest, request: Request) -> dict[str, Any]:
        def call(assistant: Assistant, listener: Listener) -> dict[str, Any]:
            found = assistant.verify(given.text, scope=scope_of(given), listener=listener)
            return verification_json(found, assistant.known(), assistant.models())

        return await run(request, lane_of(given.text), call)

    @api.post("/compare", summary="How each source words a topic")
    async def compare(given: CompareRequest, request: Request) -> dict[str, Any]:
        def call(assistant: Assistant, _: Listener) -> dict[str, Any]:
            found = assistant.compare(given.topic, scope=scope_of(given))
            return comparison_json(found, assistant.known(), assistant.models())

        return await run(request, Lane.QUESTIONS, call)

    @api.post("/quotes", summary="Audit every quotation of a draft")
    async def quotes(given: QuotesRequest, request: Request) -> dict[str, Any]:
        def call(assistant: Assistant, listener: Listener) -> dict[str, Any]:
            return quotations_json(assistant.audit_quotes(given.draft, listener=listener))

        return await run(request, lane_of(given.draft), call)


def _add_articles(api: APIRouter) -> None:
    @api.get("/sources", summary="All articles")
    async def sources(request: Request) -> dict[str, Any]:
        return await run(request, Lane.QUESTIONS, lambda assistant, _: sources_json(assistant.headers()))

    @api.get("/sources/{name}", summary="One article with its text")
    async def show(name: str, request: Request) -> dict[str, Any]:
        def call(assistant: Assistant, _: Listener) -> dict[str, Any]:
            article = assistant.article(name)
            return article_json(article, assistant.sections(article.article_id))

        return await run(request, Lane.QUESTIONS, call)

    @api.post("/index", summary="Index files")
    async def index(given: IndexRequest, request: Request) -> dict[str, Any]:
        files = [(_safe_name(file.name), _decoded(file.name, file.content_base64)) for file in given.files]

        def call(assistant: Assistant, _: Listener) -> dict[str, Any]:
            paths = _store_uploads(request.app.state.uploads, files)
            return report_json(assistant.index(paths, publisher=given.publisher, published=given.published))

        return await run(request, Lane.INDEXING, call)


def _safe_name(name: str) -> str:
    """The last part of a file's name. Raises BadInput when nothing is left of it."""
    safe = PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "").strip()
    if safe in ("", ".", ".."):
        raise BadInput(f"{name!r} is not the name of a file")
    return safe[-200:]


def _decoded(name: str, content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput(f"{name}: content_base64 is not Base64 ({error})") from error


def _store_uploads(folder: Path, files: list[tuple[str, bytes]]) -> list[str]:
    """Keep the files in the home under their own names: the same name again is a new version of the same source."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".partial-", delete=False) as partial:
            partial.write(content)
        paths.append(str(Path(partial.name).replace(folder / name)))
    return paths
