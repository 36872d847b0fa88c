"""The model reads sentences beside the question: an answer in other words is found, what only looks like one is not."""

from __future__ import annotations

import pytest

from assistant.answers.reads import as_read
from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.types import AnswerStatus, Scope, Verifier
from tests.memory_sources import MemorySources

TRAM = """Tram leaves rails on Kaiser Square

A tram carrying 61 people came off the rails on Kaiser Square at half past seven on Monday morning.

Nobody had to go to hospital, although a cyclist who braked hard broke her thumb.

Lothar Quandt, who runs the depot, blamed a set of points that had frozen overnight.

Replacement buses will run until the track has been checked, which the operator expects to take three days.

The operator declined to say what the repair would cost.
"""


@pytest.fixture(scope="module")
def tram() -> MemorySources:
    return MemorySources({"tram.txt": TRAM})


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What does the head of the depot think caused the derailment?", "points that had frozen"),
        ("Was anyone hurt?", "broke her thumb"),
        pytest.param(
            "How long will passengers have to take the bus?",
            "three days",
            marks=pytest.mark.xfail(
                strict=True, reason="grounding-4 does not read the answer in the subordinate clause"
            ),
        ),
        ("What does each article say about the buses?", "Replacement buses will run"),
        ("How many passengers were on board?", "61 people"),
    ],
)
def test_an_answer_in_other_words_is_found(
    question: str, held: str, tram: MemorySources, language: LanguageReader, grounding: Verifier
) -> None:
    answer = answer_question(question, sources=tram, reader=language, verifier=grounding, scope=Scope())
    assert answer.status is AnswerStatus.ANSWERED
    assert any(held in citation.span.quote for citation in answer.citations)


def test_a_row_of_marks_among_the_sentences_does_not_keep_the_others_from_being_read(
    language: LanguageReader, grounding: Verifier
) -> None:
    sources = MemorySources({"tram.txt": TRAM.replace("\n\nNobody", "\n\n* * *\n\n— — —\n\nNobody")})
    answer = answer_question("Was anyone hurt?", sources=sources, reader=language, verifier=grounding, scope=Scope())
    assert any("broke her thumb" in citation.span.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question", ["How much will the repair cost?", "Who was driving the tram?", "How old is the cyclist?"]
)
def test_a_sentence_on_the_same_matter_is_no_answer(
    question: str, tram: MemorySources, language: LanguageReader, grounding: Verifier
) -> None:
    answer = answer_question(question, sources=tram, reader=language, verifier=grounding, scope=Scope())
    assert answer.status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What do the articles say about the crew", "What is said about the crew?"),
        ("What does the article report on the strike?", "What is said on the strike?"),
        ("Does the article about the fire mention arson?", "Does the article about the fire mention arson?"),
        ("What does the article on the strike call it?", "What does the article on the strike call it?"),
        ("What did the mayor say about the strike?", "What did the mayor say about the strike?"),
    ],
)
def test_what_an_article_says_is_read_as_what_is_said(question: str, read: str) -> None:
    assert as_read(question) == read
