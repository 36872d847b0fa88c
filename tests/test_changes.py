"""What changed between two versions, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Change, Collection, HashingEmbedder, SectionKind, Sentence, UnknownSource
from index.changes import compare_sentences


def sentences(texts: Sequence[str]) -> list[Sentence]:
    found, start = [], 0
    for text in texts:
        found.append(Sentence("a" * 16, start, start + len(text), text, SectionKind.BODY, 0))
        start += len(text) + 1
    return found


def words(changes: Sequence[Change]) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind, c.before.quote if c.before else None, c.after.quote if c.after else None) for c in changes]


def test_a_correction_shows_both_wordings() -> None:
    before = ["The bridge closed.", "Repairs cost 3 million.", "The mayor agreed."]
    after = ["The bridge closed.", "Repairs cost 9 million.", "The mayor agreed.", "It opens in May."]
    assert words(compare_sentences(sentences(before), sentences(after))) == [
        ("rewritten", "Repairs cost 3 million.", "Repairs cost 9 million."),
        ("added", None, "It opens in May."),
    ]


def test_a_dropped_sentence_is_removed_and_white_space_is_no_change() -> None:
    before, after = ["One.", "Two  is\nhere.", "Three."], ["Two is here.", "Three."]
    assert words(compare_sentences(sentences(before), sentences(after))) == [("removed", "One.", None)]


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_the_changes_account_for_every_sentence(before: list[str], after: list[str]) -> None:
    changes = compare_sentences(sentences(before), sentences(after))
    removed = sum(change.after is None for change in changes)
    added = sum(change.before is None for change in changes)
    assert len(before) - removed == len(after) - added
    assert changes == [] or before != after


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    report = tmp_path / "report.txt"
    with Collection.open(tmp_path / "home", embedder=HashingEmbedder(64)) as opened:
        for cost in (3, 9):
            report.write_text(f"Bridge closes\n\nThe bridge closed on Monday. Repairs cost {cost} million crowns.\n")
            opened.index([str(report)])
        yield opened


def test_revisions_quote_both_versions_exactly(collection: Collection) -> None:
    [revision] = collection.revisions("report.txt")
    [change] = revision.changes
    assert change.before is not None
    assert change.after is not None
    for span in (change.before, change.after):
        assert collection.article(span.article_id).text[span.start : span.end] == span.quote
    assert (change.before.article_id, change.after.article_id) == (
        revision.older.article_id,
        revision.newer.article_id,
    )


def test_a_source_without_corrections_has_no_revisions(collection: Collection, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Snow falls\n\nIt snowed all night.\n")
    collection.index([str(other)])
    assert collection.revisions("other.txt") == []
    with pytest.raises(UnknownSource):
        collection.revisions("none")
