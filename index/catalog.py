"""The catalogue: store.db with its writing side. It knows articles and vectors as rows, not how to make them.

An article enters as ``pending`` with all its parts in one transaction, and becomes visible as ``indexed`` in
another, after its vectors are safe: a reader never sees half an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.catalog_read import VECTORS, CatalogReader, header_of, passage_of, vector_rows
from index.errors import StoreBusy
from index.stores.base import VectorRows
from index.types import Article, ArticleHeader, FloatMatrix, Passage, Section, Sentence

PURGING = "purging"  # in the manifest from the moment that a text is deleted until no file holds it any longer
EDITABLE = ("publisher", "published", "headline", "byline", "url")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its parts, ready to be stored."""

    article: Article
    sections: Sequence[Section]
    sentences: Sequence[Sentence]
    passages: Sequence[Passage]
    edited: str = ""  # fields that the user set by hand, comma-separated


@dataclass(frozen=True, slots=True)
class Stored:
    """What the catalogue holds at one source key, current or pending."""

    article_id: str
    state: str
    current: bool
    header: ArticleHeader
    edited: frozenset[str]  # fields that the user set by hand: indexing again keeps them


class Catalog(CatalogReader):
    """Reading and writing. Writers hold the home's lock; the catalogue itself does not ask for it."""

    def stored(self, article_id: str) -> Stored | None:
        """One version, whatever its state; None when the catalogue has never seen it."""
        columns = "article_id, source_key, source, text_sha256, headline, byline, publisher, published, url, added_at"
        found = self.rows(
            f"SELECT {columns}, sequence, passages, words, state, current, edited FROM articles WHERE article_id = ?",
            (article_id,),
        )
        if not found:
            return None
        row = found[0]
        return Stored(row[0], row[13], bool(row[14]), header_of(row), frozenset(filter(None, row[15].split(","))))

    def current_at(self, source_key: str) -> Stored | None:
        """The current version of a source; None when there is none."""
        found = self.rows("SELECT article_id FROM articles WHERE source_key = ? AND current = 1", (source_key,))
        return self.stored(found[0][0]) if found else None

    def add_pending(self, prepared: Sequence[Prepared]) -> None:
        """Store articles that nobody sees yet. Replaces an older row of the same id."""
        with self.transaction():
            for item in prepared:
                self._forget([item.article.article_id])
                self._add(item)

    def _add(self, item: Prepared) -> None:
        article = item.article
        published = article.published.isoformat() if article.published else None
        row: tuple[object, ...] = (
            *(article.article_id, article.source_key, article.source, article.text_sha256, article.headline),
            *(article.byline, article.publisher, published, article.url, article.added_at),
            *(len(article.text.split()), len(item.passages), item.edited),
        )
        key = self.rows(
            "INSERT INTO articles (article_id, source_key, source, text_sha256, headline, byline, publisher, published,"
            " url, added_at, words, passages, edited, sequence, state, current)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            " (SELECT coalesce(max(sequence), 0) + 1 FROM articles), 'pending', 0) RETURNING article_key",
            row,
        )[0][0]
        self.rows("INSERT INTO texts VALUES (?, ?)", (key, article.text))
        self.run_many(
            "INSERT INTO sections VALUES (?, ?, ?, ?)",
            [(key, part.start, part.end, part.section.value) for part in item.sections],
        )
        self.run_many(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
            [(key, s.start, s.end, s.section.value, s.paragraph, int(s.bullet)) for s in item.sentences],
        )
        self.run_many(
            "INSERT INTO passages (article_key, passage_id, start, stop, section, text) VALUES (?, ?, ?, ?, ?, ?)",
            [(key, p.passage_id, p.start, p.end, p.section.value, p.text) for p in item.passages],
        )
        self._add_keywords(key)

    def _add_keywords(self, article_key: int) -> None:
        self.rows(
            "INSERT INTO keywords (rowid, text, headline) SELECT passage_key, text, headline FROM passage_texts"
            " WHERE passage_key IN (SELECT passage_key FROM passages WHERE article_key = ?)",
            (article_key,),
        )

    def _drop_keywords(self, article_key: int) -> None:
        """Must run before the passages or the headline change: the index is told what it held."""
        self.rows(
            "INSERT INTO keywords (keywords, rowid, text, headline) SELECT 'delete', passage_key, text, headline"
            " FROM passage_texts WHERE passage_key IN (SELECT passage_key FROM passages WHERE article_key = ?)",
            (article_key,),
        )

    def store_vectors(self, passage_ids: Sequence[str], vectors: FloatMatrix, fingerprint: str) -> None:
        """Keep the vectors of stored passages, row for row."""
        blobs = [row.tobytes() for row in np.ascontiguousarray(vectors, dtype="<f4")]
        with self.transaction():
            self.run_many(
                "INSERT OR REPLACE INTO embeddings (passage_key, fingerprint, vector)"
                " SELECT passage_key, ?, ? FROM passages WHERE passage_id = ?",
                [(fingerprint, blob, passage_id) for passage_id, blob in zip(passage_ids, blobs, strict=True)],
            )

    def pending_ids(self) -> list[str]:
        """Articles that an interrupted run left behind, in order of entry."""
        return [
            str(row[0])
            for row in self.rows("SELECT article_id FROM articles WHERE state = 'pending' ORDER BY sequence")
        ]

    def unembedded(self, fingerprint: str, state: str = "pending") -> list[tuple[Passage, str | None]]:
        """Passages of pending (or of current) articles without a vector by this model, each with its headline."""
        which = "a.state = 'pending'" if state == "pending" else "a.current = 1"
        rows = self.rows(
            "SELECT p.passage_id, a.article_id, p.start, p.stop, p.text, p.section, a.headline FROM passages p"
            " JOIN articles a USING (article_key) LEFT JOIN embeddings e"
            " ON e.passage_key = p.passage_key AND e.fingerprint = ?"
            f" WHERE {which} AND e.passage_key IS NULL ORDER BY p.passage_key",
            (fingerprint,),
        )
        return [(passage_of(row), row[6]) for row in rows]

    def pending_vectors(self) -> VectorRows:
        """The vectors in use of pending articles."""
        return vector_rows(
            self.rows(
                f"SELECT p.passage_id, a.article_id, e.vector {VECTORS} AND a.state = 'pending' ORDER BY e.passage_key"
            )
        )

    def outdated_passages(self, article_ids: Iterable[str]) -> list[str]:
        """Passage ids of the current versions that these pending articles will replace."""
        found: list[str] = []
        for article_id in article_ids:
            found += [
                str(row[0])
                for row in self.rows(
                    "SELECT p.passage_id FROM passages p JOIN articles a USING (article_key) WHERE a.current = 1"
                    " AND a.source_key = (SELECT source_key FROM articles WHERE article_id = ?)",
                    (article_id,),
                )
            ]
        return found

    def make_current(self, article_ids: Sequence[str]) -> None:
        """Pending articles become visible, in one transaction; the versions before them stay, unsearched."""
        with self.transaction():
            for article_id in article_ids:
                key, source_key = self.rows(
                    "SELECT article_key, source_key FROM articles WHERE article_id = ?", (article_id,)
                )[0]
                for (old,) in self.rows(
                    "SELECT article_key FROM articles WHERE source_key = ? AND current = 1 AND article_key <> ?",
                    (source_key, key),
                ):
                    self._drop_keywords(old)
                    self._drop_vectors(old)
                    self.rows("UPDATE articles SET current = 0 WHERE article_key = ?", (old,))
                self.rows("UPDATE articles SET state = 'indexed', current = 1 WHERE article_key = ?", (key,))
            self.next_generation()

    def _drop_vectors(self, article_key: int) -> None:
        self.rows(
            "DELETE FROM embeddings WHERE passage_key IN (SELECT passage_key FROM passages WHERE article_key = ?)",
            (article_key,),
        )

    def _forget(self, article_ids: Sequence[str]) -> None:
        """Delete rows of articles, with their parts. Unknown ids are ignored."""
        for article_id in article_ids:
            for key, state, current in self.rows(
                "SELECT article_key, state, current FROM articles WHERE article_id = ?", (article_id,)
            ):
                if state == "pending" or current:
                    self._drop_keywords(key)  # an outdated version is not in the keyword index
                self.rows("DELETE FROM articles WHERE article_key = ?", (key,))

    def _forget_origins(self) -> None:
        """Of sources without any version left."""
        self.rows("DELETE FROM origins WHERE source_key NOT IN (SELECT source_key FROM articles)")

    def forget(self, article_ids: Sequence[str], *, purge: bool = False) -> None:
        """Delete versions for good, with all their parts, in one transaction; ``purge``: note that more must follow."""
        with self.transaction():
            if purge:
                self.set_manifest(PURGING, "1")
            self._forget(article_ids)
            self._forget_origins()
            self.next_generation()

    def edit(self, article_id: str, changes: Mapping[str, str | None], *, by_hand: bool) -> None:
        """Set metadata of one version (see EDITABLE; dates as ISO). The text is never touched.

        What was set by hand is remembered, and survives indexing the same source again.
        """
        unknown = set(changes) - set(EDITABLE)
        if unknown:
            raise ValueError(f"not editable: {sorted(unknown)}")
        with self.transaction():
            key, state, current, edited = self.rows(
                "SELECT article_key, state, current, edited FROM articles WHERE article_id = ?", (article_id,)
            )[0]
            searched = state == "pending" or bool(current)
            if searched:
                self._drop_keywords(key)
            for name, value in changes.items():
                self.rows(f"UPDATE articles SET {name} = ? WHERE article_key = ?", (value, key))
            if by_hand:
                names = ",".join(sorted({*filter(None, edited.split(",")), *changes}))
                self.rows("UPDATE articles SET edited = ? WHERE article_key = ?", (names, key))
            if searched:
                self._add_keywords(key)
            self.next_generation(content=False)

    def passages_of_articles(self, article_ids: Sequence[str]) -> list[str]:
        """Ids of all passages of these articles."""
        return [p.passage_id for article_id in article_ids for p in self.passages(article_id)]

    def use_model(self, name: str, fingerprint: str, dimension: int) -> None:
        """From now on the vectors of this model are in use; those of any other are deleted."""
        with self.transaction():
            for key, value in (("embedder", name), ("fingerprint", fingerprint), ("dimension", str(dimension))):
                self.set_manifest(key, value)
            self.rows("DELETE FROM embeddings WHERE fingerprint <> ?", (fingerprint,))
            self.next_generation()

    def rebuild_keywords(self) -> None:
        """Make the keyword index again from the passages."""
        with self.transaction():
            self.rows("DROP TABLE keywords")
            self.create_keywords()
            for (key,) in self.rows("SELECT article_key FROM articles WHERE current = 1 OR state = 'pending'"):
                self._add_keywords(key)
            self.next_generation(content=False)

    def drop_vectors(self, passage_ids: Sequence[str]) -> None:
        """Delete the vectors of these passages: they will be made again."""
        with self.transaction():
            self.run_many(
                "DELETE FROM embeddings WHERE passage_key = (SELECT passage_key FROM passages WHERE passage_id = ?)",
                [(passage_id,) for passage_id in passage_ids],
            )

    def shred(self) -> None:
        """Rewrite the file so that no byte of a deleted text remains in it or in its log.

        Raises StoreBusy when a reader is in the middle of a request that began before, for longer than SQLite waits.
        """
        self.rows("INSERT INTO keywords (keywords) VALUES ('optimize')")
        self.rows("VACUUM")
        busy, _frames, _written = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        if busy:
            raise StoreBusy(
                f"what was removed is gone from every search, but a reader still holds {self.path} as it was",
                "wait until it has answered, then: claimdesk doctor --repair",
            )

    def end_purge(self) -> None:
        """No file holds a purged text any longer."""
        self.rows("DELETE FROM manifest WHERE name = ?", (PURGING,))
