"""What the REST and OpenAI-compatible interfaces take: bounded, and strict. What does not fit is a 422."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.ask import LONGEST_QUESTION

LONGEST_DRAFT = 2_000_000  # characters
MOST_TURNS = 200
MOST_FILES = 200

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]
Draft = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_DRAFT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class SafeJSON(JSONResponse):
    """JSON in ASCII: whatever a caller or an article holds, half a character too, can be sent back."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Scoped(_Given):
    """Which articles are consulted."""

    sources: list[Name] = Field(default=[], max_length=100, description="Names or ids of articles; empty: all.")
    since: date | None = Field(default=None, description="Nothing published before this day.")
    until: date | None = Field(default=None, description="Nothing published after this day.")
    as_of: date | None = Field(default=None, description="As if today were this day.")


class GivenTurn(_Given):
    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=LONGEST_DRAFT)]


class AskRequest(Scoped):
    question: Words
    history: list[GivenTurn] = Field(default=[], max_length=MOST_TURNS)
    model: Name | None = Field(
        default=None, description="provider:name of a language model that may phrase the answer."
    )


class VerifyRequest(Scoped):
    text: Draft


class CompareRequest(Scoped):
    topic: Words


class QuotesRequest(_Given):
    draft: Draft


class GivenFile(_Given):
    name: Name = Field(description="The file's name; folders in it are ignored.")
    content_base64: str = Field(description="The file's bytes in Base64.")


class IndexRequest(_Given):
    files: list[GivenFile] = Field(min_length=1, max_length=MOST_FILES)
    publisher: Name | None = None
    published: date | None = None


class ConversationChange(_Given):
    title: Name | None = None
    pinned: list[Name] | None = Field(default=None, max_length=100)


class MessageRequest(_Given):
    """One message of a conversation: a question, or /verify, /compare, /quotes and what they work on."""

    content: Draft
    model: Name | None = None


class ErrorBody(BaseModel):
    kind: str
    message: str
    next: str


class Refusal(BaseModel):
    """Every error has this shape."""

    error: ErrorBody


class OpenAIErrorBody(BaseModel):
    message: str
    type: str
    code: str | None
    param: str | None


class OpenAIRefusal(BaseModel):
    """Errors as OpenAI's clients read them; host, origin, key, size and rate are refused in our own shape."""

    error: OpenAIErrorBody


class ChatMessage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """The words of the message: text parts joined, images and other parts left out."""
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", "")) for part in self.content if part.get("type") == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatCompletionRequest(BaseModel):
    """OpenAI's request; what has no meaning here (temperature, tools …) is taken and ignored."""

    model_config = ConfigDict(extra="ignore")

    model: Name = "claimdesk"
    messages: list[ChatMessage] = Field(min_length=1, max_length=10_000)
    stream: bool = False
    stream_options: StreamOptions | None = None
