"""The reading side of a collection: everything that ``Sources`` promises. Takes no lock, writes nothing.

Models, Chroma and matrices come when they are first needed. What writers publish is noticed by the generation
counter. One object may serve many threads.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from index.catalog import Catalog
from index.changes import Revision, compare_sentences
from index.embedder import Embedder, open_embedder
from index.errors import StoreMismatch, VectorsUnavailable
from index.model_folder import DEFAULT_MODEL
from index.names import resolve_name
from index.search import search
from index.stores.base import VectorStore
from index.stores.exact import ExactStore
from index.types import Article, ArticleHeader, FloatMatrix, Hit, Passage, SearchFilter, Section, Sentence
from index.writing import place_of


class CollectionReader:
    """The articles of one home, read."""

    def __init__(
        self,
        home: Path,
        catalog: Catalog,
        embedder: Embedder | None,
        *,
        cache: Path,
        chroma_url: str | None,
        exact_up_to: int,
    ) -> None:
        self.home = home
        self.catalog = catalog
        self.degraded: str | None = None  # why the last request, or the last search outside one, had keywords alone
        self._embedder = embedder
        self._cache = cache
        self._url = chroma_url
        self._exact_up_to = exact_up_to
        self._guard = threading.RLock()  # over what follows; taken before the catalogue's own
        self._requests = 0  # under way, one within another
        self._vectors: VectorStore | None = None
        self._stand_in = False  # exact search in the place of a folder that cannot be trusted now
        self._generation = -1  # that vectors and headers belong to
        self._version = -1
        self._headers: list[ArticleHeader] | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One request: all that is read inside is the collection as it is now, whatever is indexed meanwhile.

        A Chroma server that did not answer is not asked again inside, and ``degraded`` says so until the next request.
        Threads that share this object take turns. Raises StoreDamaged, StoreBusy.
        """
        with self._guard, self.catalog.snapshot():
            if self._requests == 0:
                self.degraded = None
            self._requests += 1
            try:
                yield
            finally:
                self._requests -= 1

    def headers(self) -> Sequence[ArticleHeader]:
        """All current articles in order of entry."""
        with self._guard:
            self._refresh()
            if self._headers is None:
                self._headers = self.catalog.headers()
            return self._headers

    def article(self, article_id: str) -> Article:
        """One article, any version. Raises UnknownSource."""
        return self.catalog.article(article_id)

    def find_article(self, name: str) -> ArticleHeader:
        """The article that ``name`` means (see names.py). Raises UnknownSource or AmbiguousSource."""
        return resolve_name(name, self.headers(), self.catalog.ids_starting)

    def sections(self, article_id: str) -> Sequence[Section]:
        return self.catalog.sections(article_id)

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        """All sentences of one article in order. Raises UnknownSource."""
        return self.catalog.sentences(article_id)

    def passages(self, article_id: str) -> Sequence[Passage]:
        """All passages of one article in order."""
        return self.catalog.passages(article_id)

    def versions(self, name: str) -> Sequence[ArticleHeader]:
        """All versions of one source, oldest first. Raises UnknownSource or AmbiguousSource."""
        return self.catalog.versions(self.find_article(name).source_key)

    def revisions(self, name: str) -> list[Revision]:
        """What changed from each version of a source to the next, oldest first; empty when there is only one.

        Raises UnknownSource or AmbiguousSource.
        """
        versions = self.versions(name)
        return [
            Revision(
                older,
                newer,
                tuple(compare_sentences(self.sentences(older.article_id), self.sentences(newer.article_id))),
            )
            for older, newer in pairwise(versions)
        ]

    def search(
        self, question: str, *, limit: int = 20, within: SearchFilter | None = None, per_source: int = 2
    ) -> Sequence[Hit]:
        """Dense and keyword search fused, best first, then the guaranteed hits of sources not yet heard.

        While a Chroma server does not answer, keywords alone do, and ``degraded`` says why.
        Raises StoreMismatch, ModelUnavailable, StoreDamaged.
        """
        if self._requests == 0:
            self.degraded = None
        try:
            vectors = None if self.degraded else self.vectors()
            return self._search(vectors, question, limit, within, per_source)
        except VectorsUnavailable as error:
            if self._url is not None:
                self.degraded = error.message
                return self._search(None, question, limit, within, per_source)
            return self._search(self._compare_exactly(), question, limit, within, per_source)

    def _search(
        self, vectors: VectorStore | None, question: str, limit: int, within: SearchFilter | None, per_source: int
    ) -> Sequence[Hit]:
        return search(
            self.catalog, vectors, self.embedder(), question, limit=limit, within=within, per_source=per_source
        )

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        """Unit rows, float32, same order. Raises StoreMismatch when another model built the collection."""
        return self.embedder().embed(texts)

    def embedder(self) -> Embedder:
        """The model that built this collection, or will. Raises StoreMismatch, ModelUnavailable."""
        built_by = self.catalog.manifest("embedder")
        if self._embedder is None:
            self._embedder = open_embedder(built_by or DEFAULT_MODEL, cache=self._cache)
        fingerprint = self.catalog.manifest("fingerprint")
        if fingerprint is not None and fingerprint != self._embedder.fingerprint:
            raise StoreMismatch(
                f"{self.home} was built with the embedder {built_by!r}, not {self._embedder.name!r}: choose it, or "
                "have every article embedded again",
                "claimdesk doctor --repair",
            )
        return self._embedder

    def vectors(self) -> VectorStore:
        """What a search compares with: exact for a small collection or an unsealed folder, else Chroma.

        Raises VectorsUnavailable.
        """
        with self._guard:
            self._refresh()
            if self._stand_in and place_of(self.home, self.catalog, self._url).is_trusted(self.catalog):
                self._drop_vectors()
            if self._vectors is None:
                self._vectors = self._open_vectors()
            return self._vectors

    def _open_vectors(self) -> VectorStore:
        place = place_of(self.home, self.catalog, self._url)
        large = self.catalog.count_passages() > self._exact_up_to
        if self._url is not None or (large and place.is_trusted(self.catalog)):
            return place.open_for_reading(self.catalog)
        self._stand_in = large
        return ExactStore(self.catalog.vectors())

    def _compare_exactly(self) -> VectorStore:
        """A writer is at the folder: compare one by one until it is done."""
        with self._guard:
            self._drop_vectors()
            self._stand_in = True
            self._vectors = ExactStore(self.catalog.vectors())
            return self._vectors

    def _refresh(self) -> None:
        """Forget what was read before a writer published something."""
        version = self.catalog.data_version()
        if version == self._version:
            return
        generation = self.catalog.generation()
        if generation != self._generation:
            self._drop_vectors()
            self._headers = None
        self._generation, self._version = generation, version

    def _look_again(self) -> None:
        """After a write of our own: those do not change SQLite's data version."""
        self._version = -1

    def _drop_vectors(self) -> None:
        self._stand_in = False
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
