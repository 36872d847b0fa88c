"""The nouns of the index: articles, their parts, and what a search finds. No behaviour, no I/O.

Offsets are code points into ``Article.text``, half-open. ``Article.text`` is the decoded source with
newlines normalised once (CRLF and CR to LF), otherwise untouched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatMatrix = NDArray[np.float32]  # rows of length 1


class SectionKind(StrEnum):
    """Where in an article a stretch of text stands."""

    HEADLINE = "headline"
    BYLINE = "byline"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHeader:
    """All that is known of an article but its text. Metadata is never guessed across articles."""

    article_id: str  # sha256(source_key + NUL + text)[:16], hexadecimal
    source_key: str  # resolved absolute path, or URL, or id: one key, many versions
    source: str  # the path, URL or id as first given
    text_sha256: str  # equal hashes are copies: one voice
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None  # http(s) only
    added_at: str = ""  # ISO 8601, UTC: when this version entered the store
    sequence: int = 0  # order of entry; later wins among versions of one source_key
    passages: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleHeader):
    """One version of one source, with its text."""

    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headline, byline or body: ``article.text[start:end]``. Sections are ordered and do not overlap."""

    section: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or headline, or list item) of one article: ``text == article.text[start:end]``."""

    article_id: str
    start: int
    end: int
    text: str
    section: SectionKind
    paragraph: int  # counts from 0 over the article; a list item belongs to the paragraph of its lead-in
    bullet: bool = False  # a list item: it inherits speaker and predicate from its lead-in sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous slice of one article: ``text == article.text[start:end]``, never edited."""

    passage_id: str  # "<article_id>:<start>-<end>"
    article_id: str
    start: int
    end: int
    text: str
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Span:
    """A quotable stretch of one article: ``quote == article.text[start:end]``."""

    article_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. ``rank`` counts from 1 in the fused order."""

    passage: Passage
    similarity: float | None  # cosine to the question; None when only keywords found it and it was not compared
    keyword_score: float | None  # BM25, larger is better; None when keywords did not find it
    rank: int
    score: float = 0.0  # fused, about 0 to 1 (fusion.py)
    guaranteed: bool = False  # below the top, kept so that its source is heard
    similarity_rank: int | None = None  # place among the nearest passages, from 1; None when it was not among them
    keyword_rank: int | None = None  # place among the keyword matches


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which articles a search may return. Undated articles pass date filters (and are marked by callers)."""

    article_ids: frozenset[str] | None = None  # None: all
    since: date | None = None  # inclusive
    until: date | None = None  # inclusive


class Sources(Protocol):
    """What a reader of the index may ask of it; ``Collection`` is the real one.

    Only the newest version of each source is listed and searched; older versions stay readable by id.
    """

    def headers(self) -> Sequence[ArticleHeader]:
        """All current articles in order of entry."""
        ...

    def article(self, article_id: str) -> Article:
        """One article, any version. Raises UnknownSource."""
        ...

    def find_article(self, name: str) -> ArticleHeader:
        """The article meant by an id prefix (8+), source, file name, stem, stem up to its first ``_``, or publisher.

        Raises UnknownSource, or AmbiguousSource with the candidates.
        """
        ...

    def sections(self, article_id: str) -> Sequence[Section]: ...

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        """All sentences of one article in order."""
        ...

    def search(
        self, question: str, *, limit: int = 20, within: SearchFilter | None = None, per_source: int = 2
    ) -> Sequence[Hit]:
        """Dense and keyword search fused, best first, then up to ``per_source`` guaranteed hits of each
        source that has anything above the noise but no hit in the top (at most 12 sources' worth)."""
        ...

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        """Unit rows, float32, same order."""
        ...
