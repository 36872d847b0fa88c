"""What the network read of two sentences, as phrases that can be shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from assistant.differing import KINDS, Reading
from assistant.language.reader import LanguageReader
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned
from assistant.wording.library import open_library, read_articles
from assistant.wording.read import read_candidates
from index import ArticleHeader
from tests.memory_sources import MemorySources

Read = Callable[[FlagKind, str, str, str, str], list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def read(language: LanguageReader) -> Read:
    """Sign and words of what comes of two bodies when the grid says that ``ours`` and ``theirs`` differ."""

    def found(kind: FlagKind, left: str, ours: str, right: str, theirs: str) -> list[tuple[str, str, str]]:
        sources = MemorySources({"a.txt": f"Notes of the day\n\n{left}", "b.txt": f"Seen in town\n\n{right}"})
        headers: list[ArticleHeader] = list(sources.headers())
        sentences = {header.article_id: sources.sentences(header.article_id) for header in headers}
        library = open_library(headers, read_articles(sentences, language), [])
        first, second = (article.sides[1] for article in library.articles)
        if first.sentence.text != left:
            first, second = second, first
        pair = Aligned(first, second, library.names)
        return [
            (c.sign, c.ours.text, c.theirs.text) for c in read_candidates(pair, grid(kind, left, ours, right, theirs))
        ]

    return found


def grid(kind: FlagKind, left: str, ours: str, right: str, theirs: str) -> Reading:
    """Certain on the words given, nothing elsewhere."""
    places = [[match.span() for match in re.finditer(r"\w+|[^\w\s]", text)] for text in (left, right)]
    inside = [
        [text.index(words) <= start and end <= text.index(words) + len(words) for start, end in tokens]
        for text, words, tokens in ((left, ours, places[0]), (right, theirs, places[1]))
    ]
    cells = np.zeros((len(KINDS), len(places[0]), len(places[1])), dtype=np.float32)
    cells[KINDS.index(kind)] = 0.9 * np.outer(inside[0], inside[1])
    return Reading(cells, places[0], places[1], 1.0)


@pytest.mark.parametrize(
    ("left", "ours", "right", "theirs", "wanted"),
    [
        (
            "The clinic dismissed four additional senior nurses in May.",
            "four additional senior",
            "The clinic dismissed the whole ward in May.",
            "whole",
            ("four additional senior nurses", "whole ward"),
        ),
        (
            "The board indicated that the plan was dead.",
            "indicated that the",
            "The board insisted the plan was dead.",
            "insisted",
            ("indicated", "insisted"),
        ),
        (
            "The mayor carried out the threat.",
            "carried out",
            "The mayor made good on the threat.",
            "made good",
            ("carried out", "made good"),
        ),
        (
            "They cut 1,500 jobs.",
            "500",
            "The mill didn’t close.",
            "didn",
            ("1,500 jobs", "didn’t"),
        ),
        (
            "They met “the butchers”, he said.",
            "“the butchers”,",
            "They met officers.",
            "officers.",
            ("the butchers", "officers"),
        ),
    ],
)
def test_a_stretch_ends_where_its_phrase_ends(
    read: Read, left: str, ours: str, right: str, theirs: str, wanted: tuple[str, str]
) -> None:
    assert read(FlagKind.WORDING, left, ours, right, theirs) == [("read", *wanted)]


CLOSED, TOLD = "The mill will be closed in May.", "The mill will be closed in May, the union's leader Ada Quill said."


def test_nothing_is_attributed_where_nobody_speaks(read: Read) -> None:
    assert read(FlagKind.ATTRIBUTION, CLOSED, "closed", "The mill is to be closed in May.", "closed") == []


def test_what_one_says_in_its_own_voice_is_marked_so(read: Read) -> None:
    ((sign, ours, theirs),) = read(FlagKind.ATTRIBUTION, CLOSED, "closed", TOLD, "the union's leader Ada Quill said")
    assert (sign, ours) == ("read_voice", "closed")
    assert "Ada Quill" in theirs


def test_somebody_outside_the_stretch_still_speaks(read: Read) -> None:
    told = "The mill will be closed in May, the owner Otto Brandt said."
    assert read(FlagKind.ATTRIBUTION, told, "closed", TOLD, "the union's leader Ada Quill said") == []


def test_headline_against_body_is_of_one_article(read: Read) -> None:
    assert read(FlagKind.HEADLINE_BODY, CLOSED, "closed", TOLD, "closed") == []
    assert read(FlagKind.SCOPE, CLOSED, "May", TOLD, "closed")
