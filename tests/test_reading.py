"""Questions are read by rules into ten kinds; what is not recognised is about the content."""

from __future__ import annotations

import pytest

from assistant.naming import find_named_sources
from assistant.question_parts import answer_type_of, parts_of
from assistant.reading import alternatives_of, as_statement, quoted_words, read_question, without_names
from tests.memory_sources import MemorySources

HEADERS = MemorySources(
    {"w1_ferry.txt": "The ferry sank.", "e2_ferry.txt": "A ferry went down."}, publishers={"e2_ferry.txt": "The Herald"}
).headers()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which article uses the word 'sunk'?", "word_use"),
        ("Does the Herald ever say 'disaster'?", "word_use"),
        ("How does each article describe the passengers?", "describe"),
        ("What do the articles call the crew?", "describe"),
        ("What does the Herald call the crew?", "describe"),
        ("What did the captain call the crew?", "content"),
        ("How are the owners described?", "describe"),
        ("List the opinionated wording in article w1.", "describe"),
        ("Was it a collision or an accident?", "alternatives"),
        ("Did the owners accept or reject the offer?", "alternatives"),
        ("Does the headline of article w1 match its text?", "headline_body"),
        ("Where do the two articles differ?", "agreement"),
        ("What do they agree on?", "agreement"),
        ("Do the articles contradict each other on the number of dead?", "agreement"),
        ("Are they independent of each other?", "independence"),
        ("What is the original source of these reports?", "independence"),
        ("Quote the captain's exact words.", "quotation"),
        ("What did the captain say, word for word?", "quotation"),
        ("Who says that the ferry was overloaded?", "attribution"),
        ("Does article w1 attribute the figure to the coastguard?", "attribution"),
        ("Who wrote article w1?", "metadata"),
        ("When was the Herald story published?", "metadata"),
        ("How many articles are there?", "metadata"),
        ("Which outlet reports that the ferry was overloaded?", "content"),
        ("Do w1 and e2 give the same number of passengers?", "agreement"),
        ("How does w1's account of the collision differ from e2's?", "agreement"),
        ("What is the difference between how w1 and e2 describe the crew?", "describe"),
        ("Which article is more cautious about the number of dead?", "describe"),
        ("Which phrases in w1 are opinion rather than fact?", "describe"),
        ("Does e2 quote the captain directly or paraphrase him?", "quotation"),
        ("Where did w1 get its figure for the passengers?", "attribution"),
        ("Is 'hardline' w1's own word or is it quoting someone?", "word_use"),
        ("How many passengers were on board?", "content"),
        ("Did the owners agree to pay?", "content"),
        ("Who claimed responsibility?", "content"),
        ("blub", "content"),
    ],
)
def test_kind(question, kind, language):  # type: ignore[no-untyped-def]
    assert read_question(question, language.parse_text(question), HEADERS).kind == kind


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("What does article w1 say?", ["w1_ferry.txt"], id="stem"),
        pytest.param("What does The Herald say?", ["e2_ferry.txt"], id="publisher"),
        pytest.param("What do both articles say?", [], id="both"),
        pytest.param("How many people died?", [], id="none"),
    ],
)
def test_named_sources(question, names, language):  # type: ignore[no-untyped-def]
    sources = read_question(question, language.parse_text(question), HEADERS).sources
    assert [header.source for header in HEADERS if header.article_id in sources] == names


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who owns the ferry?", "person"), ("How many died?", "number"), ("What percentage was lost?", "number"),
        ("When did it sail?", "date"), ("Which year was it built?", "date"), ("Where did it sink?", "place"),
        ("In which city was it built?", "place"), ("Why did it sink?", "reason"), ("Did it sink?", "yes_no"),
        ("How did it sink?", "manner"), ("What sank?", "thing"), ("Which captain left first?", "thing"),
    ],
)  # fmt: skip
def test_answer_type(question, wanted):  # type: ignore[no-untyped-def]
    assert answer_type_of(question) == wanted


def test_a_question_of_two_parts_has_two():  # type: ignore[no-untyped-def]
    parts = parts_of("Who owns the ferry, and when was it built?")
    assert [part.text for part in parts] == ["Who owns the ferry", "when was it built"]


def test_a_sentence_that_asks_nothing_is_known():  # type: ignore[no-untyped-def]
    assert [part.asks for part in parts_of("A ferry sank this week. Who owned it?")] == [False, True]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was it a collision or an accident?", ("collision", "accident")),
        ("Were these conditions, demands or requests?", ("conditions", "demands", "requests")),
        ("Did the owners accept or reject the offer?", ("accept", "reject")),
        ("Is it early next week or late next week?", ("early next week", "late next week")),
        ("Who asked for it: the captain, the owners, or the crew?", ("captain", "owners", "crew")),
        ("Who sank?", ()),
    ],
)
def test_alternatives(question, words, language):  # type: ignore[no-untyped-def]
    tokens = [token for parse in language.parse_text(question) for token in parse.tokens]
    assert tuple(word.removeprefix("the ") for word in alternatives_of(question, tokens)) == words


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Did the owners accept the offer?", "the owners did accept the offer"),
        ("Was the ferry overloaded?", "the ferry was overloaded"),
        ("Will the ferry sail again?", "the ferry will sail again"),
        ("Why did the captain leave the ship?", "the captain did leave the ship"),
    ],
)
def test_a_question_is_turned_into_the_statement_it_asks_about(question, statement, language):  # type: ignore[no-untyped-def]
    assert as_statement(language.parse_text(question)[-1]) == statement


@pytest.mark.parametrize(
    "question", ["Does it say “sunk”?", 'Does it say "sunk"?', "Does it say 'sunk'?", "Does it say ‘sunk’?"]
)
def test_words_in_any_quotation_marks_are_words_asked_about(question):  # type: ignore[no-untyped-def]
    assert quoted_words(question) == ("sunk",)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("What does the Herald report on the crew?", "What does the article report on the crew?"),
        ("What did the Herald report?", "What did the article report?"),
        ("What does the Herald report say about the crew?", "What does the article say about the crew?"),
        ("What does the Herald say about the crew?", "What does the article say about the crew?"),
    ],
)
def test_what_an_outlet_reports_stays_a_verb_where_its_name_is_left_out(question: str, bare: str) -> None:
    assert without_names(question, find_named_sources(question, HEADERS)) == bare
