"""Of many articles a claim is put to those that come near it, and the rest are counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.types import Scope
from assistant.wording.consulted import EVERYBODY, FEWEST, choose_sources, sentences_for
from index import Collection, HashingEmbedder

CLAIM = "The ferry Hesper sank off Tarn Point with 40 people on board."
NEAR = {
    "coast.txt": "Ferry sinks\n\nThe ferry Hesper sank off Tarn Point with 40 people on board, the coast guard said.\n",
    "harbour.txt": "Hesper lost\n\nThe ferry Hesper, which sank off Tarn Point, had 38 people on board.\n",
    "owner.txt": "Owner speaks\n\nThe ferry Hesper that sank off Tarn Point was insured, its owner told people.\n",
    "line.txt": "Line denies sinking\n\nThe Hesper never went down, the shipping line said. She is in Lund harbour.\n",
    "court.txt": "Inquiry\n\nA court will hear why the ferry Hesper sank off Tarn Point with people on board.\n",
}
FAR = ("barley", "chess", "glacier", "opera", "taxes", "vaccine", "weather", "museum", "orchard", "railway", "school")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("many")
    for name, text in NEAR.items():
        (folder / name).write_text(text, encoding="utf-8")
    for subject in FAR:
        (folder / f"{subject}.txt").write_text(f"On {subject}\n\nSome people said more of {subject} on Friday.\n")
    with Collection.open(folder / "home", embedder=HashingEmbedder()) as collection:
        collection.index([str(folder)])
        yield collection


def names(collection: Collection, ids: frozenset[str] | set[str]) -> set[str]:
    return {Path(header.source).name for header in collection.headers() if header.article_id in ids}


def test_sources_that_name_something_of_the_claim_are_consulted_and_the_others_counted(shelf: Collection) -> None:
    consulted = choose_sources(CLAIM, shelf, Scope(), nearest=True)
    found = names(shelf, {header.article_id for header in consulted.headers})
    assert found == set(NEAR)
    assert consulted.not_consulted == len(FAR)


def test_a_few_are_consulted_however_far_they_are(shelf: Collection) -> None:
    claim = "Barley of the museum was sold on Friday, some people said."
    assert len(choose_sources(claim, shelf, Scope(), nearest=True).headers) >= FEWEST


def test_a_source_that_the_claim_names_is_consulted_however_far_it_is(shelf: Collection) -> None:
    consulted = choose_sources(f"According to chess.txt, {CLAIM.lower()}", shelf, Scope(), nearest=True)
    assert "chess.txt" in names(shelf, {header.article_id for header in consulted.headers})


def test_sources_that_the_user_names_are_all_consulted_and_read_whole(shelf: Collection) -> None:
    scope = Scope(names=("chess.txt", "opera.txt"))
    consulted = choose_sources(CLAIM, shelf, scope, nearest=True)
    read = sentences_for(CLAIM, consulted, shelf)
    assert len(consulted.headers) == 2 <= EVERYBODY
    assert {key: len(rows) for key, rows in read.items()} == {
        header.article_id: len(shelf.sentences(header.article_id)) for header in consulted.headers
    }


def test_of_many_sources_a_sentence_is_read_that_shares_no_more_than_a_name(shelf: Collection) -> None:
    read = sentences_for(CLAIM, choose_sources(CLAIM, shelf, Scope(), nearest=True), shelf)
    assert any("never went down" in row.text for rows in read.values() for row in rows)


def test_of_many_sources_one_that_the_claim_names_is_looked_through(shelf: Collection) -> None:
    claim = f"According to chess.txt, {CLAIM.lower()}"
    read = sentences_for(claim, choose_sources(claim, shelf, Scope(), nearest=True), shelf)
    assert any("chess" in row.text for rows in read.values() for row in rows)
