"""A model's sentence that leaves out what its row depends on is dropped; one that says the same in other words stays.

Every row is made up; beside it stands what a careless writer (guard_distorted.txt), or a careful one
(guard_faithful.txt), would make of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guard import Grounds, guard
from assistant.guard_clauses import told_in
from assistant.language.frames import frames_of_sentences
from assistant.language.reader import LanguageReader
from assistant.types import Citation
from assistant.verifier import load_verifier
from index import SectionKind, Sentence, Span

READER = LanguageReader(None)
VERIFIER = load_verifier("lexical")  # it knows words alone, so that what is dropped is dropped by the rules
NAMES = {"a" * 16: "Article 1"}


def pairs(name: str) -> list[tuple[str, str]]:
    """The row and the sentence of each line of a file beside this one."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [(row, sentence) for row, _, sentence in (line.partition(" | ") for line in lines)]


def checked(row: str, sentence: str):  # type: ignore[no-untyped-def]
    rows = (Citation(1, Span("a" * 16, 0, len(row), row), SectionKind.BODY),)
    return guard(f"{sentence.rstrip('.')} [1].", Grounds(rows, NAMES, VERIFIER, READER))


@pytest.mark.parametrize(("row", "sentence"), pairs("guard_distorted.txt"), ids=lambda text: text[:50])
def test_a_sentence_that_leaves_out_what_its_row_depends_on_is_dropped(row, sentence):  # type: ignore[no-untyped-def]
    result = checked(row, sentence)
    assert result.statements == ()
    assert "dropped: " in result.dropped[0]


@pytest.mark.parametrize(("row", "sentence"), pairs("guard_faithful.txt"), ids=lambda text: text[:50])
def test_a_sentence_that_says_what_its_row_says_stays(row, sentence):  # type: ignore[no-untyped-def]
    assert checked(row, sentence).dropped == ()


def test_the_whole_sentence_of_a_row_stays_however_it_is_put():  # type: ignore[no-untyped-def]
    row = "Gone, all of it, if you ask her."
    assert [part.text for part in checked(row, row).statements] == [
        "Article 1 says: “Gone, all of it, if you ask her”."
    ]


def test_a_row_is_read_in_its_article_where_its_speaker_may_stand_before_it():  # type: ignore[no-untyped-def]
    texts = ("The tenants' demands, chairwoman Ida Krol said:", "The boilers are broken in every house.")
    starts = (0, len(texts[0]) + 1)
    sentences = [
        Sentence("a" * 16, start, start + len(text), text, SectionKind.BODY, 0, bullet)
        for start, text, bullet in zip(starts, texts, (False, True), strict=True)
    ]
    parsed = READER.parse(sentences)
    frames = [frame for frame in frames_of_sentences(parsed) if frame.sentence_start == starts[1]]
    rows = (Citation(1, Span("a" * 16, starts[1], starts[1] + len(texts[1]), texts[1]), SectionKind.BODY),)
    grounds = Grounds(rows, NAMES, VERIFIER, READER, lambda _: told_in(parsed[1:], frames))
    assert guard("In every house the boilers are broken [1].", grounds).statements == ()
    assert guard("The boilers are broken in every house [1].", grounds).statements == ()
