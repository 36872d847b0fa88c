"""Questions of every kind, put to two invented articles on one event: who says it, in whose words, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.ask import LONGEST_QUESTION, answer_question, one_line
from assistant.errors import BadInput
from assistant.language.reader import LanguageReader
from assistant.types import Answer, AnswerStatus, FlagKind, QuestionKind, Scope, Stance, Turn
from assistant.verifier import load_verifier
from index import EmptyCollection, UnknownSource
from tests.memory_sources import MemorySources

WEST = """Council caves in to 40,000 squatters over harbour homes

By Ida Holm

The harbour council in Port Ellan has agreed to let about 40,000 harbour residents keep their homes, the Coast Herald reports.

Mayor Ruth Adeyemi begged the port company for more time on Monday. "We cannot empty a quarter of this city by spring," Adeyemi said.

The company's demands:
- Payment of $12 million for the old quay
- A new road to the northern docks

What a mess! The plan would cost the city $30 million, according to the council.

The company has not accepted the mayor's offer.
"""  # noqa: E501
EAST = """The harbour council voted on Monday to allow at least 40,000 people living in boats and sheds on the quay to stay, the Coast Herald said.

Mayor Ruth Adeyemi asked the port company for more time. She said that a quarter of the city could not be emptied by spring.

The port company wants $12 million for the old quay and a new road to the northern docks.

Talks are set to go on in Port Ellan on Friday. Police said 17 people were arrested during a protest at the quay.
"""  # noqa: E501


@pytest.fixture(scope="module")
def sources() -> MemorySources:
    return MemorySources({"west_1.txt": WEST, "east_2.txt": EAST}, dates={"east_2.txt": date(2031, 3, 4)})


@pytest.fixture(scope="module")
def ask(sources: MemorySources, language: LanguageReader) -> Iterator[object]:
    verifier = load_verifier("lexical")

    def put(question: str, *, scope: Scope = Scope(), history: Sequence[Turn] = ()) -> Answer:  # noqa: B008
        return answer_question(
            question, sources=sources, reader=language, verifier=verifier, scope=scope, history=history
        )

    return put  # type: ignore[return-value]


def quotes_of(answer: Answer) -> str:
    return " | ".join(citation.span.quote for citation in answer.citations)


def kinds_of(answer: Answer) -> set[FlagKind]:
    return {flag.kind for flag in answer.flags}


@pytest.mark.parametrize(
    ("question", "kind", "status", "quoted"),
    [
        pytest.param("How many people were arrested?", "content", "answered", ["17 people were arrested"], id="number"),
        pytest.param("Who begged the port company?", "content", "answered", ["Mayor Ruth Adeyemi begged"], id="who"),
        pytest.param("Where will talks go on?", "content", "answered", ["Port Ellan on Friday"], id="where"),
        pytest.param(
            "Has the company accepted the mayor's offer?", "content", "answered", ["has not accepted"], id="no"
        ),
        pytest.param("Did the mayor resign?", "content", "refused", [], id="not said"),
        pytest.param("How much money does the mayor earn?", "content", "refused", [], id="no sum of money"),
        pytest.param(
            "How many people were arrested under Mayor Tom Blau?", "content", "refused", [], id="of another time"
        ),
        pytest.param(
            "When does west say the council agreed?", "content", "refused", ["agreed to let"], id="nearest of a refusal"
        ),
        pytest.param("What is the population of Port Ellan?", "content", "refused", [], id="no figure"),
        pytest.param(
            "How does each article describe the 40,000 people?",
            "describe",
            "answered",
            ["about 40,000 harbour residents", "at least 40,000 people living in boats", "40,000 squatters"],
            id="describe",
        ),
        pytest.param(
            "Does article west ever use the word 'squatters'?", "word_use", "answered", ["squatters"], id="use"
        ),
        pytest.param(
            "Did the mayor beg the company for time or ask for it?",
            "alternatives",
            "answered",
            ["begged the port company", "asked the port company"],
            id="alternatives",
        ),
        pytest.param(
            "Does article west's headline match its text on the 40,000?",
            "headline_body",
            "answered",
            ["40,000 squatters", "about 40,000 harbour residents"],
            id="headline",
        ),
        pytest.param(
            "Which points do both articles agree on?",
            "agreement",
            "answered",
            ["$12 million for the old quay"],
            id="agree",
        ),
        pytest.param(
            "Are the two articles independent?", "independence", "answered", ["Coast Herald"], id="independent"
        ),
        pytest.param(
            "Quote the mayor's exact words about emptying the city.",
            "quotation",
            "answered",
            ["We cannot empty a quarter of this city by spring"],
            id="exact words",
        ),
        pytest.param(
            "Who says the plan would cost $30 million?",
            "attribution",
            "answered",
            ["according to the council"],
            id="who says",
        ),
        pytest.param("When were these articles published?", "metadata", "partial", [], id="dates"),
        pytest.param(
            "List the loaded wording in article west in the author's own voice.",
            "describe",
            "answered",
            ["What a mess!"],
            id="loaded",
        ),
    ],
)
def test_each_kind_of_question_is_read_and_answered(ask, question, kind, status, quoted):  # type: ignore[no-untyped-def]
    answer = ask(question)
    assert (answer.reading.kind, answer.status) == (QuestionKind(kind), AnswerStatus(status))
    for words in quoted:
        assert words in quotes_of(answer)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        pytest.param("How does each article describe the 40,000 people?", {"wording", "headline_body"}, id="describe"),
        pytest.param("Are the two articles independent?", {"secondhand"}, id="one upstream outlet"),
        pytest.param("How many people were arrested?", set(), id="a plain question of fact"),
        pytest.param(
            "How many people were arrested, and which article says so?", {"single_source"}, id="one source alone"
        ),
        pytest.param("Why did the mayor resign?", {"false_premise"}, id="nobody says that she did"),
        pytest.param("When were these articles published?", {"time"}, id="no date"),
        pytest.param(
            "Does article west's headline match its text on the 40,000?", {"headline_body", "qualifier"}, id="hedge"
        ),
        pytest.param("What exact words did the Coast Herald itself use?", {"secondhand"}, id="its text is not here"),
    ],
)
def test_flags_say_what_a_reader_must_know(ask, question, kinds):  # type: ignore[no-untyped-def]
    assert kinds_of(ask(question)) == {FlagKind(kind) for kind in kinds}


def test_a_question_that_assumes_what_nobody_says_is_refused(ask):  # type: ignore[no-untyped-def]
    answer = ask("Why did the mayor resign?")
    assert answer.status is AnswerStatus.REFUSED
    assert answer.missing


def test_a_follow_up_means_the_other_article_and_the_thing_asked_about(ask):  # type: ignore[no-untyped-def]
    history = [Turn("user", "How does article west describe the 40,000 people?"), Turn("assistant", "…")]
    answer = ask("And what does the other one call them?", history=history)
    assert "at least 40,000 people living in boats and sheds" in quotes_of(answer)
    assert "residents" not in answer.text


def test_every_source_has_a_row_even_a_silent_one(ask, sources):  # type: ignore[no-untyped-def]
    answer = ask("How many people were arrested?")
    assert [row.article_id for row in answer.sources] == [header.article_id for header in sources.headers()]
    assert [row.stance for row in answer.sources] == [Stance.SILENT, None]


def test_only_the_sources_in_scope_are_asked(ask, sources):  # type: ignore[no-untyped-def]
    answer = ask("How many people were arrested?", scope=Scope(names=("west",)))
    assert answer.status is AnswerStatus.REFUSED
    assert len(answer.sources) == 1


def test_nothing_later_than_the_day_of_asking_is_consulted(ask, sources):  # type: ignore[no-untyped-def]
    answer = ask("How many people were arrested?", scope=Scope(as_of=date(2031, 3, 3)))
    assert answer.status is AnswerStatus.REFUSED  # the article that says so is of the day after


@pytest.mark.parametrize("question", ["", "   ", "?!", "\x00\x07", "word " * 20_000])
def test_a_question_without_words_or_without_end_is_bad_input(ask, question):  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput):
        ask(question)


def test_what_is_counted_of_a_question_is_what_is_read() -> None:
    assert one_line("the bri\u200bdge\u00ad\x07 \n" + " " * LONGEST_QUESTION, "topic") == "the bridge"
    assert len(one_line("x" * LONGEST_QUESTION, "topic")) == LONGEST_QUESTION
    with pytest.raises(BadInput, match=r"The topic has 2,001 characters, at most 2,000 are read"):
        one_line("x" * (LONGEST_QUESTION + 1), "topic")


@pytest.mark.parametrize(
    "question",
    [
        '"; DROP TABLE articles; --',
        "NEAR(quay homes)",
        "quay* OR col:x ^2",
        "¿Cuántas personas viven allí?",
        "港口有多少人？",
        "\x1b[31mwho?",
        "(((((" + "a",
    ],
)
def test_hostile_questions_are_refused_or_answered_never_failed(ask, question):  # type: ignore[no-untyped-def]
    assert ask(question).status in AnswerStatus


def test_an_article_that_does_not_exist_is_named(ask):  # type: ignore[no-untyped-def]
    with pytest.raises(UnknownSource):
        ask("What does article 77 say?")


def test_an_empty_collection_cannot_be_asked(language):  # type: ignore[no-untyped-def]
    with pytest.raises(EmptyCollection):
        answer_question(
            "Who?", sources=MemorySources({}), reader=language, verifier=load_verifier("lexical"), scope=Scope()
        )


WORDS = [
    "mayor",
    "quay",
    "who",
    "how many",
    "describe",
    "40,000",
    "agree",
    "quote",
    "or",
    "headline",
    "why",
    "did",
    "?",
    "'homes'",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))
def test_whatever_is_asked_quotations_are_the_sources_own_words(ask, sources, words):  # type: ignore[no-untyped-def]
    answer = ask(" ".join(words) + " quay?")
    texts = {header.article_id: sources.article(header.article_id).text for header in sources.headers()}
    by_number = {citation.n: citation.span for citation in answer.citations}
    for span in by_number.values():
        assert texts[span.article_id][span.start : span.end] == span.quote
    for statement in answer.statements:
        cited = {by_number[n].article_id for n in statement.citations}
        for quoted in re.findall("“([^“”]*)”", statement.text):
            assert any(quoted in texts[article_id] for article_id in cited)
