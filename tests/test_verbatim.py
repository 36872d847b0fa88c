import pytest

from assistant.language.reader import LanguageReader
from assistant.wording.verbatim import find_repetition

SOURCE = "On Tuesday, the port of Hallmark said that at least 40 ships were delayed by the strike, but none was lost."


def repetition_of(claim: str, language: LanguageReader) -> list[tuple[str, str]] | None:
    (ours,), (theirs,) = language.parse_text(claim), language.parse_text(SOURCE)
    found = find_repetition(ours.tokens, theirs.tokens)
    if found is None:
        return None
    return [(" ".join(t.text for t in e.ours), " ".join(t.text for t in e.theirs)) for e in found.edits]


@pytest.mark.parametrize(
    ("claim", "edits"),
    [
        ("The port of Hallmark said that at least 40 ships were delayed by the strike.", []),
        ("the port of Hallmark said that at least 40 ships were delayed by the strike", []),
        ("The port of Hallmark said that at least 90 ships were delayed by the strike.", [("90", "40")]),
        ("The port of Hallmark said that 40 ships were delayed by the strike.", [("", "at least")]),
        ("The port of Hallmark said that at least 40 ships were not delayed by the strike.", [("not", "")]),
    ],
)
def test_a_repetition_shows_every_changed_word(
    language: LanguageReader, claim: str, edits: list[tuple[str, str]]
) -> None:
    assert repetition_of(claim, language) == edits


@pytest.mark.parametrize("claim", ["Ships sank.", "The union of Hallmark called for a strike at the weekend."])
def test_other_words_are_no_repetition(language: LanguageReader, claim: str) -> None:
    assert repetition_of(claim, language) is None
