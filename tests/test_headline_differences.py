"""Headline against text, the shared number, whose words, whose estimate: put to two invented articles on one event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.types import Answer, AnswerStatus, FlagKind, QuestionKind, Scope
from assistant.verifier import load_verifier
from tests.memory_sources import MemorySources

NORTH = """Judges scrap bridge toll of 9 crowns

By Ola Brandt – Fjord Gazette

The district court ordered the city on Monday to suspend the bridge toll and refund the tickets of March.

Drivers have won a historic triumph over the tax hunters of Lindholm.

The toll brought in 14 million crowns last year. Mayor Eva Strand said the ruling could close up to 30 bus lines.

Mayor Eva Strand called the ruling a "painful step backwards". They should be ashamed of themselves.
"""
SOUTH = """Court suspends toll on Lindholm bridge

By Per Lund, South Coast Post

The district court suspended the toll on Lindholm bridge on Monday, according to the news agency Fjordnet.

The toll brought in 14 million crowns last year, the city's annual report says.

Mayor Eva Strand has warned that 30 bus lines will be closed.
Jan Moe of the drivers told the news agency Fjordnet that he was glad.
"""


@pytest.fixture(scope="module")
def ask(language: LanguageReader) -> Callable[[str], Answer]:
    sources = MemorySources({"north_1.txt": NORTH, "south_2.txt": SOUTH})
    verifier = load_verifier("lexical")

    def put(question: str) -> Answer:
        return answer_question(question, sources=sources, reader=language, verifier=verifier, scope=Scope())

    return put


def cited(answer: Answer) -> str:
    return " | ".join(citation.span.quote for citation in answer.citations)


def kinds(answer: Answer) -> set[FlagKind]:
    return {flag.kind for flag in answer.flags}


def test_a_headline_that_names_another_act_than_the_text_is_flagged(ask: Callable[[str], Answer]) -> None:
    answer = ask("Does article north's headline match its body on what the judges decided?")
    assert answer.reading.kind is QuestionKind.HEADLINE_BODY
    assert FlagKind.HEADLINE_BODY in kinds(answer)
    assert "to suspend the bridge toll" in cited(answer)


def test_headlines_alone_are_set_side_by_side(ask: Callable[[str], Answer]) -> None:
    answer = ask("How do the two headlines describe the ruling?")
    assert {citation.span.quote for citation in answer.citations} == {NORTH.splitlines()[0], SOUTH.splitlines()[0]}
    assert FlagKind.WORDING in kinds(answer)


def test_what_she_called_it_is_found_by_who_speaks(ask: Callable[[str], Answer]) -> None:
    answer = ask("What did Eva Strand call the decision, in her own words?")
    assert answer.status is AnswerStatus.ANSWERED
    assert 'Mayor Eva Strand called the ruling a "painful step backwards".' in cited(answer)


def test_agreement_on_a_size_is_the_shared_number(ask: Callable[[str], Answer]) -> None:
    answer = ask("What do both articles agree on about the size of the toll?")
    assert answer.status is AnswerStatus.ANSWERED
    assert all("14 million" in citation.span.quote for citation in answer.citations)
    assert len({citation.span.article_id for citation in answer.citations}) == 2


def test_firmness_beside_one_number_is_flagged(ask: Callable[[str], Answer]) -> None:
    answer = ask("How does each article put what Strand says about the 30 bus lines?")
    assert answer.reading.kind is QuestionKind.DESCRIBE
    assert FlagKind.MODALITY in kinds(answer)


def test_a_word_in_the_articles_own_voice_is_nobody_elses(ask: Callable[[str], Answer]) -> None:
    answer = ask("Which article speaks of a 'historic triumph', and are those the mayor's words?")
    assert answer.reading.kind is QuestionKind.WORD_USE
    assert FlagKind.OPINION in kinds(answer)
    assert "credited to nobody" in answer.text


def test_every_place_that_credits_an_introduced_outlet_is_told(ask: Callable[[str], Answer]) -> None:
    text = cited(ask("Are the two articles independent of each other?"))
    assert "according to the news agency Fjordnet" in text
    assert "told the news agency Fjordnet" in text


def test_what_ought_to_be_is_the_articles_own_opinion(ask: Callable[[str], Answer]) -> None:
    answer = ask("List the opinionated wording in article north in its own voice.")
    assert "They should be ashamed of themselves." in cited(answer)
