import pytest

from assistant.extract import LONGEST_CLAIM, LONGEST_SENTENCE, extract_claims
from assistant.language.reader import LanguageReader


@pytest.mark.parametrize(
    "text",
    [
        "The port hired 300 workers.",
        "The port hired workers and bought cranes.",
        "Norvania will help with the repairs.",
        "The minister said the port was safe and that ships could leave.",
        "“We left, and they stayed,” Lind said.",
    ],
)
def test_one_sentence_is_one_claim(language: LanguageReader, text: str) -> None:
    claims, unchecked = extract_claims(text, language)
    assert [claim.text for claim in claims] == [text]
    assert unchecked == []


def test_finite_clauses_with_subjects_of_their_own_are_claims_of_their_own(language: LanguageReader) -> None:
    text = "The port hired 300 workers, and the union called a strike."
    claims, _ = extract_claims(text, language)
    assert [claim.text for claim in claims] == ["The port hired 300 workers", "the union called a strike."]
    assert all(text[claim.start : claim.end] == claim.text for claim in claims)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Was the port closed?", "question"),
        ("I think the port is safe.", "opinion"),
        ("The plan is terrible.", "judgement"),
        ("Congress should close the port.", "ought"),
        ("The talks will probably fail.", "prediction"),
        ("Please close the port.", "command"),
        ("## Draft of Tuesday", "heading"),
        ("| Who | Dead |", "table"),
    ],
)
def test_what_cannot_be_checked_is_listed_with_the_reason(language: LanguageReader, text: str, word: str) -> None:
    claims, unchecked = extract_claims(text, language)
    assert claims == []
    assert [item.text for item in unchecked] == [text]
    assert word in unchecked[0].why


def test_marks_without_letters_are_no_claims(language: LanguageReader) -> None:
    assert extract_claims("-- 42 --", language) == ([], [])


def test_a4_only_the_statement_that_is_too_long_is_left_out(language: LanguageReader) -> None:
    listed = ", ".join(["a crane"] * 260)
    text = f"The port hired 300 workers, and the union called a strike, and the owner sold {listed}."
    claims, unchecked = extract_claims(text, language)
    assert [claim.text for claim in claims][:2] == ["The port hired 300 workers", "the union called a strike"]
    assert all(len(part.text) > LONGEST_CLAIM for part in unchecked)
    assert ["too long" in part.why for part in unchecked] == [True]


def test_a4_a_long_sentence_of_shorter_statements_is_checked(language: LanguageReader) -> None:
    first = "The port hired 300 workers, " + "who repaired the old bridge, " * 40
    second = "the union called a strike, " + "which closed the old bridge, " * 44 + "on Monday."
    claims, unchecked = extract_claims(f"{first}and {second}", language)
    assert len(first) + len(second) > LONGEST_CLAIM
    assert [claim.text[:12] for claim in claims] == ["The port hir", "the union ca"]
    assert unchecked == []


def test_a4_a_sentence_as_long_as_an_article_is_not_divided(language: LanguageReader) -> None:
    text = "The port hired 300 workers, " + "and the bridge fell, " * 1_000 + "and the union called a strike."
    claims, unchecked = extract_claims(f"The port was shut. {text}", language)
    assert len(text) > LONGEST_SENTENCE
    assert [claim.text for claim in claims] == ["The port was shut."]
    assert [(part.text, "too long" in part.why) for part in unchecked] == [(text, True)]
