"""The one small Protocol of a language model, and the bounds that every model's output is held to."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Protocol

from assistant.errors import BadConfig, ModelFailed

DEADLINE = 60.0  # seconds for the whole answer
LONGEST = 8_000  # characters of output; more is an endless stream
_END, _LATE, _GONE = object(), object(), object()
LOOK_EVERY = 0.2  # seconds between two looks at whether anybody still waits


class ChatModel(Protocol):
    """A model that continues a prompt."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: str) -> Iterator[str]:
        """Pieces of text as they come. Raises ModelFailed."""
        ...


def load_chat_model(name: str) -> ChatModel | None:
    """``"extractive"`` or ``""`` is no model at all; ``"provider:model"`` is LangChain's. Raises BadConfig."""
    if name in ("", "extractive"):
        return None
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise BadConfig(
            f"{name!r} is no chat model: write provider:model, or extractive", "claimdesk ask --model openai:…"
        )
    from assistant.chat_models.langchain_model import LangChainModel  # LangChain takes seconds: only when asked for

    return LangChainModel(name)


def bounded_text(model: ChatModel, prompt: str, *, deadline: float = DEADLINE, longest: int = LONGEST) -> str:
    """All that the model says to ``prompt``, within ``deadline`` seconds and ``longest`` characters.

    Raises ModelFailed when it fails, is too slow, says too much, or says nothing.
    """
    return "".join(bounded_stream(model, prompt, deadline=deadline, longest=longest))


def bounded_stream(
    model: ChatModel,
    prompt: str,
    *,
    deadline: float = DEADLINE,
    longest: int = LONGEST,
    gone: Callable[[], bool] = lambda: False,
) -> Generator[str, None, None]:
    """The same, piece by piece as the model says it; to close the iterator leaves the model.

    Raises ModelFailed as ``bounded_text``, after the pieces that came before, and once ``gone`` says that nobody waits.
    """
    pieces: queue.Queue[object] = queue.Queue(maxsize=256)
    stopped = threading.Event()
    # A daemon thread: a model that hangs in a socket read cannot be interrupted, and must not keep the process alive.
    threading.Thread(target=_pump, args=(model, prompt, pieces, stopped), daemon=True).start()
    length, said, ends = 0, False, time.monotonic() + deadline
    try:
        while (piece := _next(pieces, ends, gone)) is not _END:
            if piece is _GONE:
                raise ModelFailed(f"{model.name} was stopped: nobody waits for its answer")
            if piece is _LATE:
                raise ModelFailed(f"{model.name} gave no whole answer within {deadline:g} s")
            if isinstance(piece, ModelFailed):
                raise piece
            text = str(piece)
            length, said = length + len(text), said or bool(text.strip())
            if length > longest:
                raise ModelFailed(f"{model.name} said more than {longest} characters")
            yield text
    finally:
        stopped.set()
    if not said:
        raise ModelFailed(f"{model.name} said nothing")


def _next(pieces: queue.Queue[object], ends: float, gone: Callable[[], bool]) -> object:
    """The next piece; ``_LATE`` once the clock has reached ``ends``, however many are waiting; ``_GONE``."""
    while not gone():
        left = ends - time.monotonic()
        if left <= 0:
            return _LATE
        try:
            return pieces.get(timeout=min(left, LOOK_EVERY))
        except queue.Empty:
            continue
    return _GONE


def _pump(model: ChatModel, prompt: str, pieces: queue.Queue[object], stopped: threading.Event) -> None:
    """Move the model's pieces into the queue until it ends, fails or is stopped."""
    ended: object = _END
    try:
        for piece in model.stream(prompt):
            if not _put(pieces, piece, stopped):
                return
    except ModelFailed as failure:
        ended = failure
    _put(pieces, ended, stopped)


def _put(pieces: queue.Queue[object], piece: object, stopped: threading.Event) -> bool:
    while not stopped.is_set():
        try:
            pieces.put(piece, timeout=0.2)
        except queue.Full:
            continue
        return True
    return False
