"""What the grounding model makes of the best sentences: does this sentence answer the question?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from assistant.answers.matching import Match
from assistant.answers.material import Material
from assistant.errors import NotJudged
from index import Sentence, Span

READ_OF_FEW = 14  # sentences that the model reads where the articles are few
AN_ANSWER = 0.6  # probability from which a sentence that it read answers
UNSURE = 1e-4  # probabilities are read no nearer to 0 and 1


@runtime_checkable
class QuestionReader(Protocol):
    """A verifier that was trained on questions too."""

    def answers(self, question: str, spans: Sequence[Span]) -> list[float]:
        """The probability that each span answers the question, same order. Raises NotJudged."""
        ...


def read_answers(material: Material, question: str, matches: Sequence[Match]) -> list[float] | None:
    """Log odds that each sentence answers, same order; None where the verifier reads no questions, or not this one."""
    if not isinstance(material.verifier, QuestionReader) or not matches:
        return None
    question = question.rstrip(" ?") + "?"
    spans = [Span(m.sentence.article_id, m.sentence.start, m.sentence.end, m.sentence.text) for m in matches]
    try:
        return [log_odds_of(probability) for probability in material.verifier.answers(question, spans)]
    except NotJudged:
        return None  # in another language: words and meaning alone decide, as with a verifier that reads no questions


def log_odds_of(probability: float) -> float:
    kept = min(max(probability, UNSURE), 1 - UNSURE)
    return math.log(kept / (1 - kept))


def told_by(material: Material, question: str, matches: Sequence[Match]) -> dict[Sentence, float]:
    """The probability that each sentence answers; empty where nothing is read."""
    odds = read_answers(material, question, matches)
    return {m.sentence: 1 / (1 + math.exp(-o)) for m, o in zip(matches, odds, strict=True)} if odds is not None else {}
