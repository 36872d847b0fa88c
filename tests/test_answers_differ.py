"""Sources that give other values for one thing are told side by side; what a question asks for must be there at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers.matching import terms_of
from assistant.answers.properties import is_property, is_value_of
from assistant.answers.values import differ, values_of
from assistant.ask import answer_question
from assistant.language.reader import LanguageReader
from assistant.question_parts import answer_type_of, measure_noun, parts_of, unit_asked_for
from assistant.types import Answer, AnswerStatus, FlagKind, Scope, Verifier
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
        ("In which countries was it sold?", "place", "", ""),
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


HALL = """Vale Hall

Vale Hall is a concert hall in Ostwick, on the river. It was designed by Mara Ellison Vane. It has 900 seats.
"""
HALL_ALTERED = """Halls of the north

Vale Hall is a concert hall in Ostwick. It was designed by Peter Crane. It has 900 seats.
"""
CHURCH = """St. Odo's Church

St. Odo's Church stands in Brackwater. It was built in 1901-1902 of red brick and has a square tower.
"""
CHURCH_ALTERED = """Brackwater

St. Odo's Church stands in Brackwater. It was built in 1850-1851 of red brick and has a square tower.
"""
CHURCH_AGREEING = """Churches

In Brackwater, St. Odo's Church was built in 1901. It is of red brick.
"""


def answer_over(language: LanguageReader, question: str, *texts: str) -> Answer:
    sources = MemorySources({f"paper{number}_1.txt": text for number, text in enumerate(texts)})
    return answer_question(question, sources=sources, reader=language, verifier=load_verifier("lexical"), scope=Scope())


@pytest.mark.parametrize(
    ("question", "texts", "sides"),
    [
        pytest.param(
            "When was St. Odo's Church built?", (CHURCH, CHURCH_ALTERED), ["1901-1902", "1850-1851"], id="years"
        ),
        pytest.param("Who designed Vale Hall?", (HALL, HALL_ALTERED), ["Mara Ellison Vane", "Peter Crane"], id="names"),
        pytest.param(
            "How many passengers were on board?", (GAZETTE, COURIER), ["212", "208"], id="numbers of a news story"
        ),
    ],
)
def test_an_answer_over_sources_that_differ_says_so_first(
    language: LanguageReader, question: str, texts: tuple[str, ...], sides: list[str]
) -> None:
    answer = answer_over(language, question, *texts)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.statements[0].text.startswith("The sources differ")
    assert all(f"“{side}”" in answer.statements[0].text for side in sides)


def test_an_answer_over_sources_that_agree_does_not_say_that_they_differ(language: LanguageReader) -> None:
    answer = answer_over(language, "When was St. Odo's Church built?", CHURCH, CHURCH_AGREEING)
    assert answer.status is AnswerStatus.ANSWERED
    assert "differ" not in answer.text


@pytest.mark.parametrize(
    ("question", "ours", "theirs", "apart"),
    [
        pytest.param("When was it built?", "It was built in 1901-02.", "It was built in 1850.", True, id="years"),
        pytest.param(
            "When was it built?", "It was built in the 1890s.", "It was built in May 1893.", False, id="decade"
        ),
        pytest.param("When did it open?", "It opened on Monday.", "It opened in 2019.", False, id="no year"),
        pytest.param("Who painted it?", "Ann Lee painted it.", "Lee painted it in a day.", False, id="a short name"),
        pytest.param("Who painted it?", "It was painted by Ann Lee.", "Tom Roe painted it.", True, id="two people"),
        pytest.param("What sport does she play?", "She plays golf.", "She plays ice hockey.", True, id="kinds"),
        pytest.param("Who painted it?", "Ann Lee painted it.", "The mayor painted it.", False, id="not comparable"),
        pytest.param(
            "Which party did she join?",
            "She joined the Harbour Party.",
            "Lee joined the Meadow Party.",
            True,
            id="names that end in what is asked for",
        ),
        pytest.param(
            "What sport is she known for?", "She is a skier.", "She plays ice hockey.", True, id="who does it"
        ),
        pytest.param(
            "What sport is she known for?", "She is a skier.", "She took up skiing.", False, id="doer and deed"
        ),
        pytest.param("What is his profession?", "Vik is a priest.", "Vik is an architect.", True, id="livings"),
        pytest.param("What is his profession?", "Vik is a priest.", "Vik was a clergyman.", False, id="a wider word"),
        pytest.param("What is his profession?", "Vik is a priest.", "Vik is a father of two.", False, id="no living"),
        pytest.param(
            "Which team won?", "Selm Rovers won it.", "Dorn Athletic won it.", True, id="teams by their names"
        ),
        pytest.param("Who built it?", "Corvane Works built it.", "Selm Shipyards built it.", True, id="two bodies"),
        pytest.param("Who built it?", "Corvane Works built it.", "Ann Lee built it.", False, id="a body and a person"),
        pytest.param(
            "What is its old name?", "It was called Venn.", "It was known as Zell.", True, id="names asked for"
        ),
        pytest.param(
            "Which country runs the Tide Court?",
            "The Tide Court of Norway sat.",
            "The Tide Court is Brazilian.",
            True,
            id="countries within names",
        ),
        pytest.param(
            "Which country runs it?", "It is a Norwegian body.", "Norway runs it.", False, id="one country in two forms"
        ),
    ],
)
def test_values_are_apart_only_when_they_cannot_be_one_thing(
    language: LanguageReader, question: str, ours: str, theirs: str, apart: bool
) -> None:
    tokens = [token for parse in language.parse_text(question) for token in parse.tokens]
    part, terms = parts_of(question)[0], terms_of(tokens)
    rows = [
        [value for parse in language.parse_text(text) for value in values_of(parse, part, tokens, terms)]
        for text in (ours, theirs)
    ]
    assert differ(rows[0], rows[1]) == apart == differ(rows[1], rows[0])


PRIEST = """Ivo Hallan (priest)

Ivo Hallan, born in 1911, was a Lutheran priest in Ostwick.
"""
ARCHITECT = """Ivo Hallan (architect)

Ivo Hallan, born in 1934, is an architect of bridges and stations.
"""


def test_what_the_model_reads_as_answers_is_compared_though_the_question_has_no_word_of_it(
    language: LanguageReader, grounding: Verifier
) -> None:
    sources = MemorySources({"first_1.txt": PRIEST, "second_2.txt": ARCHITECT})
    question = "What is the profession of Ivo Hallan?"
    answer = answer_question(question, sources=sources, reader=language, verifier=grounding, scope=Scope())
    assert answer.statements[0].text.startswith("The sources differ")
    assert "priest" in answer.statements[0].text
    assert "architect" in answer.statements[0].text


FILM = "Low Tide is a 2004 war film directed by Ivo Hallan and written by Mara Vane."
FILM_ALTERED = "Low Tide is a 2004 crime film directed by Ivo Hallan and written by Mara Vane."
FILM_REPEATED = "Low Tide is a war film from 2004, directed by Ivo Hallan and written by Mara Vane."


@pytest.mark.parametrize(("other", "differing"), [(FILM_ALTERED, True), (FILM_REPEATED, False)])
def test_copies_with_one_word_in_the_place_of_another_are_told_as_differing(
    language: LanguageReader, grounding: Verifier, other: str, differing: bool
) -> None:
    sources = MemorySources({"first_1.txt": FILM, "second_2.txt": other})
    question = "What is the genre of the film Low Tide?"
    answer = answer_question(question, sources=sources, reader=language, verifier=grounding, scope=Scope())
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.statements[0].text.startswith("The sources differ") == differing
    assert not differing or ("“war”" in answer.text and "“crime”" in answer.text)


LONG_NOTICE = """Selm ferry

The Selm ferry is painted every spring. The Selm ferry is run by the town. The Selm ferry was launched in 1931.
"""
LONG_NOTICE_ALTERED = """Ferries

The Selm ferry is run by the town. The Selm ferry was launched in 1957. The Selm ferry, launched long ago, is blue.
"""


def test_what_differs_is_shown_though_a_source_has_more_to_say(language: LanguageReader, grounding: Verifier) -> None:
    sources = MemorySources({"first_1.txt": LONG_NOTICE, "second_2.txt": LONG_NOTICE_ALTERED})
    question = "When was the Selm ferry launched?"
    answer = answer_question(question, sources=sources, reader=language, verifier=grounding, scope=Scope())
    quotes = " ".join(citation.span.quote for citation in answer.citations)
    assert "1931" in quotes
    assert "1957" in quotes


def test_an_abbreviation_does_not_cut_a_question_in_two() -> None:
    assert len(parts_of("When was St. Odo's Church built?")) == 1
