"""Where an article has a figure from, and when one of the articles consulted is another's origin."""

from __future__ import annotations

import pytest

from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.reading import read_question
from assistant.types import Answer, AnswerStatus, FlagKind, QuestionKind, Scope
from assistant.verifier import load_verifier
from tests.memory_sources import MemorySources

HERALD = """Landslide buries Ormes

By Ida Falk, Herald

At least 14 people died in the landslide at Ormes on Tuesday, according to the news agency Nord Union. Rescue teams
worked through the night. The mayor, Per Ask, said that 60 homes were gone.
"""
NORD_UNION = """14 dead in landslide

By Nord Union correspondents

At least 14 people were killed when a hillside came down on the village of Ormes on Tuesday, the county police said.
"""
VALLEY = """Ormes mourns

By Kai Berg, Valley News

The coroner counted 15 dead in the landslide on Wednesday. The Baltic News Agency first reported the landslide.
"""
ARTICLES = {"herald.txt": HERALD, "nord-union.txt": NORD_UNION, "valley.txt": VALLEY}


def ask(question: str, language: LanguageReader) -> Answer:
    return answer_question(
        question, sources=MemorySources(ARTICLES), reader=language, verifier=load_verifier("lexical"), scope=Scope()
    )


@pytest.mark.parametrize(
    "question",
    [
        "Where does article herald take its death toll from?",
        "Where did article herald get its number of people who died?",
        "Where does the article herald have the toll of the landslide from?",
    ],
)
def test_the_sentence_that_names_the_origin_of_a_figure_is_shown_as_second_hand(
    question: str, language: LanguageReader
) -> None:
    answer = ask(question, language)
    assert (answer.reading.kind, answer.status) == (QuestionKind.ATTRIBUTION, AnswerStatus.ANSWERED)
    assert any("according to the news agency Nord Union" in citation.span.quote for citation in answer.citations)
    assert FlagKind.SECONDHAND in {flag.kind for flag in answer.flags}


def test_an_official_who_is_named_is_no_second_hand_origin(language: LanguageReader) -> None:
    answer = ask("Where does article herald take its number of homes from?", language)
    assert any("Per Ask" in citation.span.quote for citation in answer.citations)
    assert FlagKind.SECONDHAND not in {flag.kind for flag in answer.flags}


def test_a_sourced_neighbour_is_not_the_origin_of_an_unsourced_figure(language: LanguageReader) -> None:
    text = (
        "Tunnel opens\n\nThe harbour tunnel cost 500 million and took nine years. "
        "Some 3,000 cars a day use the harbour tunnel, the news agency Nord Union reported.\n"
    )
    question = "Where does article vellpost take its figure for the cost of the harbour tunnel from?"
    sources = MemorySources({"vellpost.txt": text})
    answer = answer_question(
        question, sources=sources, reader=language, verifier=load_verifier("lexical"), scope=Scope()
    )
    assert FlagKind.SECONDHAND not in {flag.kind for flag in answer.flags}
    assert not any("cars" in citation.span.quote for citation in answer.citations)


def test_where_a_town_takes_its_water_from_is_no_question_about_the_articles(language: LanguageReader) -> None:
    question = "Where does the village of Ormes take its water from?"
    reading = read_question(question, language.parse_text(question), [])
    assert reading.kind is QuestionKind.CONTENT


def test_an_article_that_credits_another_one_consulted_is_no_voice_of_its_own(language: LanguageReader) -> None:
    answer = ask("Are the articles independent of each other?", language)
    assert "which is among them" in answer.text
    assert FlagKind.SECONDHAND in {flag.kind for flag in answer.flags}


def test_an_agency_does_not_credit_itself(language: LanguageReader) -> None:
    answer = ask("Where does article nord-union get its information from?", language)
    assert "credits no other outlet" in answer.text
