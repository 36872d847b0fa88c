"""Who waits for an answer: is told each sentence of a language model once it has passed, and may go away meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.types import Statement


@dataclass(frozen=True, slots=True)
class Listener:
    """``tell`` is called in the thread that answers, in order; ``gone`` says that nobody waits any more."""

    tell: Callable[[Statement], None]
    gone: Callable[[], bool]


NOBODY = Listener(tell=lambda _: None, gone=lambda: False)
