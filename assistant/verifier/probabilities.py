"""What a verifier says of one (claim, evidence) pair, and how windows and claim sentences are put together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.types import Evidence, Verifier
from index import Span

SURE = 0.5


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Entailment, contradiction, neutral: calibrated, each in [0, 1], adding up to 1.

    ``differing``: the part of neutral that is on the claim's matter and tells it otherwise, where the model knows it.
    """

    entailment: float
    contradiction: float
    neutral: float
    differing: float = 0.0


class PairVerifier(Verifier, Protocol):
    """A verifier that also judges many pairs at once, and names the entailment from which it calls a pair supported."""

    @property
    def threshold(self) -> float: ...

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One result for each (claim, evidence), same order. Raises NotJudged."""
        ...


def best_of(windows: Sequence[Probabilities], threshold: float) -> Probabilities:
    """The window that supports most; when none reaches ``threshold``, the one that surely contradicts, if any, else the
    one that surely tells it otherwise."""
    supporting = max(windows, key=lambda window: window.entailment)
    against = max(windows, key=lambda window: window.contradiction)
    otherwise = max(windows, key=lambda window: window.differing)
    if supporting.entailment >= threshold:
        return supporting
    if against.contradiction > SURE:
        return against
    return otherwise if otherwise.differing > SURE else supporting


def weakest_of(parts: Sequence[Probabilities]) -> Probabilities:
    """A claim of several sentences is carried only as far as its least supported sentence."""
    return min(parts, key=lambda part: part.entailment)


def evidence_of(spans: Sequence[Span], judged: Sequence[Probabilities], verifier_id: str) -> list[Evidence]:
    """Spans with their probabilities, same order."""
    return [
        Evidence(span, one.entailment, one.contradiction, one.neutral, verifier_id, differing=one.differing)
        for span, one in zip(spans, judged, strict=True)
    ]
