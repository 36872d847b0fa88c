import pytest

from assistant.extract import extract_claims
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
