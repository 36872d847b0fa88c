"""Sentences that speak of the matter and still answer nothing; whose words are asked for, and on what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.question_parts import unit_asked_for
from assistant.types import Answer, AnswerStatus, Scope
from assistant.verifier import load_verifier
from tests.memory_sources import MemorySources

Put = Callable[[str], Answer]

PIER = """Storm tears a hole in Sable Bay pier

The harbour master, Iris Fallon, closed the pier at Sable Bay on Monday after a storm tore a gap of nine metres in it.

Rosa Weller, 62, and a 34-year-old diver were rescued from the water. A former welder, who would not give a name, said the bolts were rusted.

Fallon, who took office in 2019, has not said which kiosks would reopen first. She dismissed talk of sabotage as nonsense.

Weller's sister, Dora Brandt, said the rescue took too long. "The boats were late," she said.

A new crane costing 2 million euros will be bought next year, the town said.

The kiosk owners asked a judge to order an inquiry. In a vote of the owners, Mara Conti led Jon Weller by 12 votes.
"""  # noqa: E501


@pytest.fixture(scope="module")
def ask(language: LanguageReader) -> Put:
    sources = MemorySources({"pier_1.txt": PIER})
    verifier = load_verifier("lexical")
    return lambda question: answer_question(
        question, sources=sources, reader=language, verifier=verifier, scope=Scope()
    )


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How old is the harbour master?", id="no age"),
        pytest.param("Which kiosks will reopen first?", id="not said yet"),
        pytest.param("Which judge ordered an inquiry?", id="only asked for"),
        pytest.param("How many votes did Jon Weller receive?", id="a lead is no count"),
        pytest.param("How much did the storm cost the town?", id="the price of another thing"),
        pytest.param("Who is the former welder?", id="nobody is named"),
        pytest.param("What did Rosa Weller say about the rescue?", id="another person of theirs says it"),
        pytest.param("What did Iris Fallon say about the crane?", id="the speaker, on another matter"),
    ],
)
def test_what_only_sounds_like_an_answer_is_refused(ask: Put, question: str) -> None:
    assert ask(question).status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("How old is Rosa Weller?", "Rosa Weller, 62", id="an age after a name"),
        pytest.param("How old is the diver?", "34-year-old diver", id="an age before a noun"),
        pytest.param("How long is the gap in the pier?", "a gap of nine metres", id="a length"),
        pytest.param("When did Fallon take office?", "took office in 2019", id="beside what has not been said"),
        pytest.param("Who is the harbour master?", "The harbour master, Iris Fallon", id="a name beside the role"),
        pytest.param("What did Fallon say about sabotage?", "dismissed talk of sabotage", id="a verb of judging"),
    ],
)
def test_what_is_said_is_told_alone(ask: Put, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [words in citation.span.quote for citation in answer.citations] == [True]


def test_how_long_and_how_old_ask_for_measures() -> None:
    asked = ("How long is the pier?", "How long did it last?", "How old is he?", "How heavy is the crane?")
    assert [unit_asked_for(question) for question in asked] == ["extent", "duration", "age", "weight"]
