"""What the grounding model makes of the best sentences: does this sentence answer the question?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.matching import Match
from assistant.answers.material import Material
from assistant.errors import NotJudged
from assistant.types import QuestionReader
from index import Sentence, Span

READ_OF_FEW = 14  # sentences that the model reads where the articles are few
_WORD = re.compile(r"\w")
AN_ANSWER = 0.6  # probability from which a sentence that it read answers
# An article is who tells the sentence, not whose words stand in it.
_BY_ARTICLES = re.compile(
    r"\bwhat (?:do|does|did) the articles? (?:say|report|write|mention|tell(?: us)?)(?= (?:about|on|of|regarding)\b)",
    re.IGNORECASE,
)


def read_answers(material: Material, question: str, matches: Sequence[Match]) -> list[float] | None:
    """The probability that each sentence answers, same order; None where the verifier does not read the question."""
    if not isinstance(material.verifier, QuestionReader) or not matches:
        return None
    sentences = [match.sentence for match in matches]
    spans = [Span(s.article_id, s.start, s.end, s.text) for s in sentences if _WORD.search(s.text)]
    try:
        read = iter(material.verifier.answers(as_read(question), spans) if spans else [])
    except NotJudged:
        return None  # in another language: words and meaning alone decide, as with a verifier that reads no questions
    return [next(read) if _WORD.search(s.text) else 0.0 for s in sentences]  # a row of marks answers nothing


def as_read(question: str) -> str:
    """The question as the model is asked it."""
    return _BY_ARTICLES.sub("What is said", question.rstrip(" ?")) + "?"


def told_by(material: Material, question: str, matches: Sequence[Match]) -> dict[Sentence, float]:
    """The probability that each sentence answers; empty where nothing is read."""
    told = read_answers(material, question, matches)
    return {match.sentence: one for match, one in zip(matches, told, strict=True)} if told is not None else {}
