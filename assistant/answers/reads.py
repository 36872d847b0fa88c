"""What the grounding model makes of the best sentences: does this sentence answer the question?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from assistant.answers.matching import Match
from assistant.answers.material import Material
from assistant.errors import NotJudged
from index import Sentence, Span

READ_OF_FEW = 14  # sentences that the model reads where the articles are few
AN_ANSWER = 0.6  # probability from which a sentence that it read answers


@runtime_checkable
class QuestionReader(Protocol):
    """A verifier that was trained on questions too."""

    def answers(self, question: str, spans: Sequence[Span]) -> list[float]:
        """The probability that each span answers the question, same order. Raises NotJudged."""
        ...


def read_answers(material: Material, question: str, matches: Sequence[Match]) -> list[float] | None:
    """The probability that each sentence answers, same order; None where the verifier does not read the question."""
    if not isinstance(material.verifier, QuestionReader) or not matches:
        return None
    question = question.rstrip(" ?") + "?"
    spans = [Span(m.sentence.article_id, m.sentence.start, m.sentence.end, m.sentence.text) for m in matches]
    try:
        return material.verifier.answers(question, spans)
    except NotJudged:
        return None  # in another language: words and meaning alone decide, as with a verifier that reads no questions


def told_by(material: Material, question: str, matches: Sequence[Match]) -> dict[Sentence, float]:
    """The probability that each sentence answers; empty where nothing is read."""
    told = read_answers(material, question, matches)
    return {match.sentence: one for match, one in zip(matches, told, strict=True)} if told is not None else {}
