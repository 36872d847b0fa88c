"""General rules of the kinds of answers, on two invented accounts of one event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.types import Answer, AnswerStatus, FlagKind, QuestionKind, Scope
from assistant.verifier import load_verifier
from tests.memory_sources import MemorySources

Put = Callable[[str], Answer]

BEACON = """Governor lied about the tunnel fire, engineers claim

Governor Nadia Brandt admitted on Tuesday that the Lowen tunnel was opened without a safety permit.

There are no reports that a truck was involved in the fire. Firefighters said a cable had burned.

"We opened it too soon. I will answer for that," Brandt told the Lowen Mirror.

Brandt spoke after a hearing in the state parliament. "The tunnel stays shut until 4 May," she said.

Dozens of engineers have signed a petition. The petition was signed by 61 engineers of the state railway.

Police held six workers for questioning.
"""
MIRROR = """Governor Nadia Brandt said on Tuesday that the Lowen tunnel was opened before its permit was issued.

Drivers may not use the tunnel before a new inspection, the road agency said. It wants to calm the public before voters go to the polls.

The engineers asked the state to pay for a new alarm, according to the Coast Agency.

"Nobody lied to anybody," a spokesman for the governor said.
"""  # noqa: E501


@pytest.fixture(scope="module")
def ask(language: LanguageReader) -> Put:
    sources = MemorySources({"beacon_1.txt": BEACON, "lowenmirror_2.txt": MIRROR})
    verifier = load_verifier("lexical")
    return lambda question: answer_question(
        question, sources=sources, reader=language, verifier=verifier, scope=Scope()
    )


def cited(answer: Answer) -> str:
    return " | ".join(citation.span.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        pytest.param(
            "Which article says Brandt 'admitted' it, and what verb does the other use?",
            "word_use",
            ["admitted on Tuesday", "said on Tuesday that the Lowen tunnel was opened before"],
            id="how the others put it",
        ),
        pytest.param(
            "Quote the governor's exact words about opening it too soon.",
            "quotation",
            ["We opened it too soon. I will answer for that"],
            id="a quotation that runs on is cited whole",
        ),
        pytest.param(
            "What exactly did Brandt say about 4 May?",
            "quotation",
            ["The tunnel stays shut until 4 May"],
            id="she said",
        ),
        pytest.param(
            "Beacon's headline says the governor lied about the fire. Does its text bear that out?",
            "headline_body",
            ["Governor lied about the tunnel fire", "no reports that a truck was involved in the fire"],
            id="what a headline states",
        ),
        pytest.param(
            "How does each article describe the engineers who signed the petition?",
            "describe",
            ["Dozens of engineers", "61 engineers of the state railway"],
            id="the same people with another number",
        ),
        pytest.param(
            "How long will the tunnel stay shut?",
            "content",
            ["stays shut until 4 May"],
            id="a date ends a span of time",
        ),
        pytest.param(
            "Is the aim to punish drivers or to calm the public before voters go to the polls?",
            "alternatives",
            ["calm the public before voters go to the polls"],
            id="an alternative of several words",
        ),
    ],
)
def test_the_sentences_that_decide_are_cited(ask: Put, question: str, kind: str, words: list[str]) -> None:
    answer = ask(question)
    assert (answer.reading.kind, answer.status) == (QuestionKind(kind), AnswerStatus.ANSWERED)
    for each in words:
        assert each in cited(answer)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("Why was a truck involved in the fire?", "no reports that a truck was involved", id="denied"),
        pytest.param("Why did the road agency inspect the engineers?", "", id="nobody did"),
        pytest.param("Which of the six workers confessed to the fire?", "", id="one of several"),
    ],
)
def test_what_no_source_says_is_a_false_premise(ask: Put, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.REFUSED
    assert FlagKind.FALSE_PREMISE in {flag.kind for flag in answer.flags}
    assert words in cited(answer)


def test_whom_words_are_given_to_is_read_from_the_quotation_marks(ask: Put) -> None:
    answer = ask("Whose words are 'I will answer for that'?")
    assert "they are given to" in answer.text
    assert FlagKind.OPINION not in {flag.kind for flag in answer.flags}


def test_an_outlet_whose_article_is_here_can_be_the_origin_of_another(ask: Put) -> None:
    answer = ask("Are the two articles independent confirmation of what Brandt said about opening the tunnel?")
    assert answer.reading.kind is QuestionKind.INDEPENDENCE
    assert answer.status is AnswerStatus.ANSWERED
    assert len({citation.span.article_id for citation in answer.citations}) == 2


def test_what_a_named_article_does_not_say_is_an_answer(ask: Put) -> None:
    assert ask("Does lowenmirror say that the governor resigned?").status is AnswerStatus.ANSWERED
    assert ask("Is there any mention of a petition in either article?").status is AnswerStatus.ANSWERED


def test_bare_words_are_no_question_and_are_met_by_themselves_alone(ask: Put) -> None:
    assert ask('NEAR("; DROP').status is AnswerStatus.REFUSED
    assert "tunnel" in cited(ask("tunnel permit"))
