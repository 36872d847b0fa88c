"""What store.db knows, read: articles, their parts, keywords and stored vectors. Writes nothing.

Only indexed articles are visible. ``current`` versions are listed and searched; older ones are read by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from index.database import Database, Row
from index.errors import StoreDamaged, UnknownSource
from index.fusion import TermCount
from index.stores.base import VectorRows
from index.types import (
    Article,
    ArticleHeader,
    FloatMatrix,
    Passage,
    SearchFilter,
    Section,
    SectionKind,
    Sentence,
)

_HEADER = (
    "article_id, source_key, source, text_sha256, headline, byline, publisher, published, url, added_at, sequence, "
    "passages, words"
)
_VISIBLE = "state = 'indexed'"
_CURRENT = "state = 'indexed' AND current = 1"
# The vectors in use, with their passages and articles.
VECTORS = (
    "FROM embeddings e JOIN passages p USING (passage_key) JOIN articles a USING (article_key)"
    " WHERE e.fingerprint = (SELECT value FROM manifest WHERE name = 'fingerprint')"
)
_PASSAGE = "p.passage_id, a.article_id, p.start, p.stop, p.text, p.section"


def header_of(row: Row) -> ArticleHeader:
    (article_id, source_key, source, text_sha256, headline, byline, publisher, published, url) = row[:9]
    return ArticleHeader(
        article_id=article_id,
        source_key=source_key,
        source=source,
        text_sha256=text_sha256,
        headline=headline,
        byline=byline,
        publisher=publisher,
        published=date.fromisoformat(published) if published else None,
        url=url,
        added_at=row[9],
        sequence=row[10],
        passages=row[11],
        words=row[12],
    )


def with_text(header: ArticleHeader, text: str) -> Article:
    values = {name: getattr(header, name) for name in ArticleHeader.__dataclass_fields__}
    return Article(text=text, **values)


def passage_of(row: Row) -> Passage:
    return Passage(row[0], row[1], row[2], row[3], row[4], SectionKind(row[5]))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


class CatalogReader(Database):
    """Reading side of the catalogue."""

    def headers(self) -> list[ArticleHeader]:
        """The current articles in order of entry."""
        return [
            header_of(row) for row in self.rows(f"SELECT {_HEADER} FROM articles WHERE {_CURRENT} ORDER BY sequence")
        ]

    def versions(self, source_key: str) -> list[ArticleHeader]:
        """All indexed versions of one source, oldest first."""
        statement = f"SELECT {_HEADER} FROM articles WHERE {_VISIBLE} AND source_key = ? ORDER BY sequence"
        return [header_of(row) for row in self.rows(statement, (source_key,))]

    def ids_starting(self, prefix: str) -> list[ArticleHeader]:
        """Indexed articles, older versions too, whose id starts with ``prefix`` (hexadecimal)."""
        statement = f"SELECT {_HEADER} FROM articles WHERE {_VISIBLE} AND article_id BETWEEN ? AND ? ORDER BY sequence"
        return [header_of(row) for row in self.rows(statement, (prefix, prefix + "g"))]

    def article(self, article_id: str) -> Article:
        """One article with its text, any version. Raises UnknownSource."""
        statement = (
            f"SELECT {_HEADER}, text FROM articles JOIN texts USING (article_key) WHERE {_VISIBLE} AND article_id = ?"
        )
        found = self.rows(statement, (article_id,))
        if not found:
            raise UnknownSource(f"no article has the id {article_id!r}", "claimdesk sources")
        return with_text(header_of(found[0]), found[0][13])

    def sections(self, article_id: str) -> list[Section]:
        statement = (
            "SELECT s.section, s.start, s.stop FROM sections s JOIN articles USING (article_key)"
            " WHERE article_id = ? ORDER BY s.start"
        )
        return [Section(SectionKind(kind), start, stop) for kind, start, stop in self.rows(statement, (article_id,))]

    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of one article in order. Raises UnknownSource."""
        text = self.article(article_id).text
        statement = (
            "SELECT s.start, s.stop, s.section, s.paragraph, s.bullet FROM sentences s"
            " JOIN articles USING (article_key) WHERE article_id = ? ORDER BY s.start"
        )
        return [
            Sentence(article_id, start, stop, text[start:stop], SectionKind(section), paragraph, bool(bullet))
            for start, stop, section, paragraph, bullet in self.rows(statement, (article_id,))
        ]

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of one article in order."""
        statement = (
            f"SELECT {_PASSAGE} FROM passages p JOIN articles a USING (article_key)"
            " WHERE a.article_id = ? ORDER BY p.passage_key"
        )
        return [passage_of(row) for row in self.rows(statement, (article_id,))]

    def passages_by_id(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Passages of current articles; ids that are unknown or outdated are left out."""
        wanted = list(passage_ids)
        statement = (
            f"SELECT {_PASSAGE} FROM passages p JOIN articles a USING (article_key)"
            f" WHERE {_CURRENT} AND p.passage_id IN ({_marks(wanted)})"
        )
        return {row[0]: passage_of(row) for row in self.rows(statement, wanted)}

    def article_ids_within(self, within: SearchFilter | None) -> frozenset[str] | None:
        """The current articles that the filter lets through; None when it lets all through.

        Undated articles pass the date filters.
        """
        if within is None or within == SearchFilter():
            return None
        since = within.since.isoformat() if within.since else ""
        until = within.until.isoformat() if within.until else "9999-12-31"
        statement = (
            f"SELECT article_id FROM articles WHERE {_CURRENT} AND (published IS NULL OR published BETWEEN ? AND ?)"
        )
        found = frozenset(str(row[0]) for row in self.rows(statement, (since, until)))
        return found if within.article_ids is None else found & within.article_ids

    def keyword_search(
        self,
        expression: str,
        *,
        limit: int,
        article_ids: frozenset[str] | None = None,
        headline_weight: float = 0.0,
    ) -> list[tuple[Passage, float]]:
        """Passages of current articles that match an FTS5 expression, best first, with BM25 (larger is better).

        The expression is the caller's: every term of a user must be quoted. ``headline_weight`` weighs the words of
        the article's headline beside the passage's own (1.0).
        """
        narrowed = "" if article_ids is None else f" AND a.article_id IN ({_marks(sorted(article_ids))})"
        statement = (
            f"SELECT {_PASSAGE}, -bm25(keywords, 1.0, ?) AS score FROM keywords"
            " JOIN passages p ON p.passage_key = keywords.rowid JOIN articles a USING (article_key)"
            f" WHERE keywords MATCH ? AND {_CURRENT}{narrowed} ORDER BY score DESC, p.passage_key LIMIT ?"
        )
        values = (headline_weight, expression, *sorted(article_ids or ()), limit)
        return [(passage_of(row), float(row[6])) for row in self.rows(statement, values)]

    def passages_holding(self, expression: str, *, article_ids: frozenset[str] | None = None) -> dict[str, TermCount]:
        """For each current article with a passage whose own text matches an FTS5 expression: how many such passages."""
        narrowed = "" if article_ids is None else f" AND a.article_id IN ({_marks(sorted(article_ids))})"
        statement = (
            "SELECT a.article_id, held.found, a.passages FROM (SELECT p.article_key, count(*) AS found FROM keywords"
            " JOIN passages p ON p.passage_key = keywords.rowid WHERE keywords MATCH ? GROUP BY p.article_key) held"
            f" JOIN articles a USING (article_key) WHERE {_CURRENT}{narrowed}"
        )
        values = (f"text : ({expression})", *sorted(article_ids or ()))
        return {row[0]: TermCount(row[1], row[2]) for row in self.rows(statement, values)}

    def vectors(self, article_ids: Iterable[str] | None = None) -> VectorRows:
        """The stored vectors of current articles (or of some of them), in order of entry."""
        wanted = None if article_ids is None else list(article_ids)
        narrowed = "" if wanted is None else f" AND a.article_id IN ({_marks(wanted)})"
        statement = (
            f"SELECT p.passage_id, a.article_id, e.vector {VECTORS} AND {_CURRENT}{narrowed} ORDER BY e.passage_key"
        )
        return vector_rows(self.rows(statement, wanted or ()))

    def vectors_of_passages(self, passage_ids: Iterable[str]) -> VectorRows:
        """The stored vectors of these passages, in order of entry; unknown ids are left out."""
        wanted = list(passage_ids)
        statement = (
            f"SELECT p.passage_id, a.article_id, e.vector {VECTORS} AND p.passage_id IN ({_marks(wanted)})"
            " ORDER BY e.passage_key"
        )
        return vector_rows(self.rows(statement, wanted))

    def vectors_sample(self, size: int) -> VectorRows:
        """Up to ``size`` stored vectors of current articles, spread over the whole collection."""
        keys = [row[0] for row in self.rows(f"SELECT e.passage_key {VECTORS} AND {_CURRENT} ORDER BY e.passage_key")]
        chosen = keys[:: -max(1, len(keys) // max(1, size))][:size]  # from the end: what was written last is torn first
        return vector_rows(
            self.rows(
                f"SELECT p.passage_id, a.article_id, e.vector {VECTORS} AND e.passage_key IN ({_marks(chosen)})"
                " ORDER BY e.passage_key",
                chosen,
            )
        )

    def vectors_in_batches(self, size: int = 5_000) -> Iterator[VectorRows]:
        """All vectors in use of current articles, in order of entry, at most ``size`` at a time."""
        for rows in self._vector_pages(size):
            yield vector_rows(rows)

    def blobs_in_batches(self, size: int = 5_000) -> Iterator[tuple[list[str], list[bytes]]]:
        """The same as (passage ids, blobs), whatever the blobs hold."""
        for rows in self._vector_pages(size):
            yield [row[0] for row in rows], [row[2] for row in rows]

    def _vector_pages(self, size: int) -> Iterator[list[Row]]:
        last = -1
        while True:
            rows = self.rows(
                f"SELECT p.passage_id, a.article_id, e.vector, e.passage_key {VECTORS} AND {_CURRENT}"
                " AND e.passage_key > ? ORDER BY e.passage_key LIMIT ?",
                (last, size),
            )
            if not rows:
                return
            last = rows[-1][3]
            yield rows

    def all_ids(self) -> list[str]:
        """Every indexed version, in order of entry."""
        return [str(row[0]) for row in self.rows(f"SELECT article_id FROM articles WHERE {_VISIBLE} ORDER BY sequence")]

    def keyword_rows(self) -> tuple[int, int]:
        """Passages that the keyword index should hold, and those that it holds."""
        wanted = self.rows(
            "SELECT count(*) FROM passages p JOIN articles a USING (article_key)"
            " WHERE a.current = 1 OR a.state = 'pending'"
        )
        return int(wanted[0][0]), int(self.rows("SELECT count(*) FROM keywords_docsize")[0][0])

    def content(self) -> int:
        """Grows when the set of searchable passages or their vectors change, not with metadata."""
        return int(self.manifest("content") or 0)

    def count_articles(self) -> int:
        return int(self.rows(f"SELECT count(*) FROM articles WHERE {_CURRENT}")[0][0])

    def count_passages(self) -> int:
        """Passages that a search can find."""
        return int(self.rows(f"SELECT coalesce(sum(passages), 0) FROM articles WHERE {_CURRENT}")[0][0])

    def passage_ids(self) -> set[str]:
        """Ids of all passages that a search can find: what the vector store must hold, no more and no less."""
        statement = f"SELECT p.passage_id FROM passages p JOIN articles a USING (article_key) WHERE {_CURRENT}"
        return {str(row[0]) for row in self.rows(statement)}


def vector_rows(rows: Sequence[Row]) -> VectorRows:
    """(passage id, article id, blob) rows as one matrix. Raises StoreDamaged when they are not of one length."""
    if not rows:
        return VectorRows([], [], np.zeros((0, 0), dtype=np.float32))
    if len({len(row[2]) for row in rows}) > 1:
        raise StoreDamaged("vectors in store.db are torn", "claimdesk doctor --repair")
    matrix: FloatMatrix = np.frombuffer(b"".join(row[2] for row in rows), dtype="<f4").reshape(len(rows), -1)
    return VectorRows([row[0] for row in rows], [row[1] for row in rows], matrix)
