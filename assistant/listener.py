"""Who waits for an answer: is told each sentence of a language model once it has passed, and may go away meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.types import Evidence, QuestionReader, Statement, Verifier
from index import Span

AT_ONCE = 256  # spans between two looks at whether anybody waits: enough for each core, or a device, to be at work


class Gone(AssistantError):
    """Nobody waits for the answer any more: it was left."""


@dataclass(frozen=True, slots=True)
class Listener:
    """``tell`` is called in the thread that answers, in order; ``gone`` says that nobody waits any more."""

    tell: Callable[[Statement], None]
    gone: Callable[[], bool]

    def stay(self) -> None:
        """Between two pieces of work. Raises Gone when nobody waits."""
        if self.gone():
            raise Gone("nobody waits for the answer any more")


NOBODY = Listener(tell=lambda _: None, gone=lambda: False)


@dataclass(frozen=True, slots=True)
class WhileWaited:
    """``verifier``, as long as somebody waits for what it reads; where nobody listens, all spans are one call."""

    verifier: Verifier
    listener: Listener

    @property
    def verifier_id(self) -> str:
        return self.verifier.verifier_id

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        """See Verifier. Raises Gone."""
        if self.listener is NOBODY:
            return self.verifier.judge(claim, spans)
        found: list[Evidence] = []
        for first in range(0, len(spans), AT_ONCE):
            self.listener.stay()
            found += self.verifier.judge(claim, spans[first : first + AT_ONCE])
        return found


@dataclass(frozen=True, slots=True)
class ReadWhileWaited(WhileWaited):
    """The same of a verifier that reads questions too."""

    reader: QuestionReader

    def answers(self, question: str, spans: Sequence[Span]) -> list[float]:
        """See QuestionReader. Raises Gone."""
        self.listener.stay()
        return self.reader.answers(question, spans)


def while_waited(verifier: Verifier, listener: Listener) -> WhileWaited:
    """``verifier``, as long as somebody waits; one that reads questions still reads them."""
    if isinstance(verifier, QuestionReader):
        return ReadWhileWaited(verifier, listener, verifier)
    return WhileWaited(verifier, listener)
