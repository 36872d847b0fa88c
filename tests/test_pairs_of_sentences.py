"""Which pairs of sentences are read, and how a pair stands among the others of its sentences."""

from __future__ import annotations

import pytest

from assistant.differing import PairReader, open_pair_reader
from assistant.language.reader import LanguageReader
from assistant.wording.library import open_library, read_articles
from assistant.wording.opened import find_pairs, read_pairs
from assistant.wording.pair import LIKELY, Pair
from index import ArticleHeader
from tests.memory_sources import MemorySources

HERALD = """Tram derails in Lomsey

Two people were hurt when a tram left the rails in Lomsey on Monday.

The tram company in Lomsey said that the rails had been checked in March.
"""
MAIL = """Three hurt as Lomsey tram derails

Three people were hurt on Monday when a tram in Lomsey derailed.

Rails in Lomsey were last checked in March, according to the tram company.
"""


@pytest.fixture(scope="module")
def pairs(language: LanguageReader) -> list[Pair]:
    sources = MemorySources({"a.txt": HERALD, "b.txt": MAIL})
    headers: list[ArticleHeader] = list(sources.headers())
    sentences = {header.article_id: sources.sentences(header.article_id) for header in headers}
    library = open_library(headers, read_articles(sentences, language), [])
    return find_pairs({article.header.article_id: article.sides for article in library.articles}, library)


@pytest.fixture(scope="module")
def reader() -> PairReader:
    return open_pair_reader()


def of_words(pairs: list[Pair], left: str, right: str) -> Pair:
    """The pair whose sentences hold these words, one each, in either order."""
    for pair in pairs:
        texts = [side.sentence.text for side in (pair.aligned.left, pair.aligned.right)]
        if any(left in one and right in other for one, other in (texts, texts[::-1])):
            return pair
    raise AssertionError(f"no pair of {left!r} and {right!r}")


def test_only_likely_pairs_are_read_and_only_so_many(pairs: list[Pair], reader: PairReader) -> None:
    read = read_pairs(pairs, reader, len(pairs))
    assert [pair.reading is not None for pair in read] == [pair.one_fact >= LIKELY for pair in pairs]
    few = read_pairs(pairs, reader, most=1)
    (likeliest,) = (n for n, pair in enumerate(few) if pair.reading is not None)
    assert few[likeliest].one_fact == max(pair.one_fact for pair in few)


def test_two_sentences_of_one_fact_stand_before_their_rivals(pairs: list[Pair], reader: PairReader) -> None:
    read = read_pairs(pairs, reader, len(pairs))
    one = of_words(read, "left the rails", "derailed.").standing
    other = of_words(read, "left the rails", "last checked").standing
    assert one["fact_best"] == one["fact_left"] == one["fact_right"] == 1.0
    assert other["fact_best"] == 0.0
    assert one["fact_gap"] > 0 > other["fact_gap"]


def test_no_pairs_stay_no_pairs(reader: PairReader) -> None:
    assert read_pairs([], reader, 32) == []
