"""The server: page, REST, OpenAI-compatible API and MCP in one ASGI app, behind one protection."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from assistant.config import find_home
from assistant.conversations import Conversations
from assistant.errors import AssistantError
from assistant.serve import openai, rest
from assistant.serve.ahead import Ahead
from assistant.serve.protect import App, Protected, Protection
from assistant.serve.schemas import SafeJSON
from assistant.serve.service import Service
from index import IndexingError

WEB = Path(__file__).parent / "web"
# The page writes text, never markup: no trusted type is allowed, so no script can turn a string into HTML.
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def create_app(service: Service, protection: Protection, ahead: Ahead | None = None) -> App:
    """The ASGI app over ``service``. Closing the app closes the service, and what reads ahead for it."""
    app = FastAPI(
        title="Claimdesk",
        version=version("claimdesk"),
        summary="Exact quotations, a verdict for every source, refusal of what the sources do not say.",
        lifespan=_lifespan(service, ahead),
        default_response_class=SafeJSON,
        docs_url=None,  # its page loads scripts from a CDN; /openapi.json is for any viewer
        redoc_url=None,
    )
    home = find_home(service.home)
    app.state.service = service
    app.state.uploads = home / "uploads"
    app.state.conversations = Conversations(home)
    app.add_exception_handler(AssistantError, _refuse)
    app.add_exception_handler(IndexingError, _refuse)
    app.add_exception_handler(HTTPException, _refuse_protocol)
    app.add_exception_handler(RequestValidationError, _refuse_body)
    app.include_router(rest.router())
    app.include_router(openai.router())
    _add_page(app)
    _add_health(app, ahead)
    return Protected(app, protection)


def _lifespan(service: Service, ahead: Ahead | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if ahead is not None:
            ahead.start()
        yield
        if ahead is not None:
            ahead.close()
        service.close()

    return lifespan


def _add_health(app: FastAPI, ahead: Ahead | None) -> None:
    @app.get("/healthz", tags=["operations"])
    async def health() -> dict[str, Any]:
        # every article has been read: first questions are as quick as later ones
        read = ahead is not None and ahead.done
        return {"status": "ok", "version": version("claimdesk"), "read_ahead": read}


def _add_page(app: FastAPI) -> None:
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")

    @app.get("/", include_in_schema=False)
    async def page() -> HTMLResponse:
        nonce = secrets.token_urlsafe(16)
        markup = (WEB / "index.html").read_text(encoding="utf-8").replace("{{nonce}}", nonce)
        return HTMLResponse(markup, headers={"Content-Security-Policy": POLICY.format(nonce=nonce)})

    @app.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return Response((WEB / "static" / "icon.svg").read_bytes(), media_type="image/svg+xml")


async def _refuse_protocol(_: Request, error: Exception) -> JSONResponse:
    """No such path, no such method, a body that is no JSON: in the shape of every other refusal."""
    assert isinstance(error, HTTPException)
    body = {"error": {"kind": "BadRequest", "message": str(error.detail), "next": "GET /openapi.json"}}
    return SafeJSON(body, error.status_code, headers=error.headers)


async def _refuse_body(_: Request, error: Exception) -> JSONResponse:
    """A body that does not fit: where and why, without what was sent (it may be no JSON: NaN, half a character)."""
    assert isinstance(error, RequestValidationError)
    detail = [{name: part[name] for name in ("loc", "msg", "type")} for part in error.errors()]
    return SafeJSON({"detail": detail}, 422)


async def _refuse(request: Request, error: Exception) -> JSONResponse:
    """Each door has its own shape of errors."""
    if request.url.path.startswith("/v1/"):
        return await openai.openai_error(request, error)
    return await rest.refuse(request, error)
