"""Sources that give other values for one thing are told side by side; what a question asks for must be there at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers.properties import is_property, is_value_of
from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.question_parts import answer_type_of, measure_noun, unit_asked_for
from assistant.types import Answer, AnswerStatus, FlagKind, Scope
from assistant.verifier import load_verifier
from tests.memory_sources import MemorySources

Put = Callable[[str], Answer]
GAZETTE = """Ferry runs aground off Tarn Head

The ferry Alda ran aground off Tarn Head on Monday morning with 212 passengers on board.

Mayor Ilse Brandt visited the passengers in the school hall. The ferry was painted by Otto Lind in the spring.

Repairs to the harbour wall, which the ferry hit, cost 4.2 million euros, the port authority said. It said the wall would be closed until June.

The mayor's husband, Karl Brandt, works for the shipping company.
"""  # noqa: E501
COURIER = """The Alda, a ferry of the Nordline company, hit the harbour wall at Tarn Head on Monday.

All 208 passengers were taken ashore, police said. The ferry was painted by Rosa Vik in the spring.

Taxpayers paid 5.1 million euros for the repairs to the harbour wall, the opposition says.
"""


@pytest.fixture(scope="module")
def ask(language: LanguageReader) -> Put:
    sources = MemorySources({"gazette_1.txt": GAZETTE, "courier_2.txt": COURIER})
    verifier = load_verifier("lexical")
    return lambda question: answer_question(
        question, sources=sources, reader=language, verifier=verifier, scope=Scope()
    )


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        pytest.param("How many passengers were on board?", ["212", "208"], id="a number"),
        pytest.param(
            "What did the repairs to the harbour wall cost?",
            ["cost 4.2 million euros", "paid 5.1 million euros"],
            id="one deal, told from either side",
        ),
        pytest.param("Who painted the ferry?", ["Otto Lind", "Rosa Vik"], id="a copy in which a name was changed"),
    ],
)
def test_no_side_is_taken_where_sources_differ(ask: Put, question: str, sides: list[str]) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert len({citation.span.article_id for citation in answer.citations}) == 2
    for side in sides:
        assert side in answer.text
    assert (FlagKind.QUANTITY in {flag.kind for flag in answer.flags}) == (answer.reading.answer_type == "number")


def test_whether_they_say_how_much_is_answered_by_what_each_says(ask: Put) -> None:
    answer = ask("Do both articles say what the repairs to the harbour wall cost?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text.count("Yes: ") == 2
    assert (
        "No: Article gazette does not say."
        in ask("Does either article say when the Nordline company was founded?").text
    )


@pytest.mark.parametrize("question", ["What colour was the harbour wall?", "Who is the mayor's wife?"])
def test_what_has_no_word_in_any_source_is_refused(ask: Put, question: str) -> None:
    assert ask(question).status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    ("question", "words"),
    [("Who is the mayor's husband?", "Karl Brandt"), ("Who is the mayor of Tarn Head?", "Mayor Ilse Brandt")],
)
def test_who_somebody_is_stands_beside_the_noun(ask: Put, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert words in answer.text


def test_nothing_is_said_by_a_pronoun(ask: Put) -> None:
    answer = ask("Who says the wall would be closed until June?")
    assert "by “It”" not in answer.text
    assert "the port authority said" in answer.text


@pytest.mark.parametrize(
    ("question", "kind", "unit", "measure"),
    [
        ("What did the audit cost?", "number", "money", ""),
        ("What did the city pay for the land?", "number", "money", ""),
        ("What did the city pay attention to?", "thing", "", ""),
        ("What is the population of the town?", "number", "", "population"),
        ("What share of the workers voted?", "number", "percent", ""),
        ("What happened to the toll?", "thing", "", "toll"),
    ],
)
def test_what_measures_an_answer_is_read_from_the_question(question: str, kind: str, unit: str, measure: str) -> None:
    assert (answer_type_of(question), unit_asked_for(question), measure_noun(question)) == (kind, unit, measure)


def test_a_property_has_values() -> None:
    assert is_property("color")
    assert is_property("shape")
    assert not is_property("company")
    assert is_value_of("blue", "color")
    assert not is_value_of("harbour", "color")
