"""A home's articles, as one object: what readers may ask (``Sources``), and what writers may do.

Opening costs a few milliseconds: models, Chroma and numpy matrices come when they are first needed. Readers take no
lock; they notice what writers publish by the generation counter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

from index.build import Builder, remove_articles
from index.catalog import Catalog
from index.embedder import Embedder, open_embedder
from index.errors import StoreBusy, StoreMismatch, VectorsUnavailable
from index.inputs import count_inputs, gone
from index.lock import WAIT
from index.model_folder import DEFAULT_MODEL
from index.names import resolve_name
from index.readers import Draft, ReadFailure, ReadOptions, read_sources
from index.report import IndexOptions, IndexReport, ProgressCallback
from index.search import search
from index.stores.base import VectorStore
from index.stores.exact import ExactStore
from index.types import Article, ArticleHeader, FloatMatrix, Hit, Passage, SearchFilter, Section, Sentence
from index.writing import WriteSession, place_of, writing

STORE = "store.db"
EXACT_PASSAGES = 20_000  # up to so many passages are compared one by one, without Chroma


class Collection:
    """The articles of one home. Use it as a context manager, or ``close`` it."""

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
        self.degraded: str | None = None  # why the last search had keywords alone
        self.notes: tuple[str, ...] = ()  # what opening had to finish or mend
        self._embedder = embedder
        self._cache = cache
        self._url = chroma_url
        self._exact_up_to = exact_up_to
        self._vectors: VectorStore | None = None
        self._seen = -1  # generation that the readers' vectors and headers belong to
        self._version = -1
        self._headers: list[ArticleHeader] | None = None

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        embedder: Embedder | None = None,
        readonly: bool = False,
        cache: Path | None = None,
        chroma_url: str | None = None,
        exact_up_to: int = EXACT_PASSAGES,
    ) -> Collection:
        """Open the collection in ``home``. Not ``readonly``: make it when it is missing, finish an interrupted run.

        ``embedder``: None opens the one that built the collection, else the default. ``cache``: where an embedder
        keeps what it computes once; ``home/models`` when None. ``chroma_url``: the vectors stand on that Chroma
        server. ``exact_up_to``: so many passages are compared one by one, without Chroma (never with a server).

        Raises EmptyCollection, StoreDamaged, StoreMismatch.
        """
        home = Path(home)
        catalog = Catalog(home / STORE, readonly=readonly)
        collection = cls(
            home, catalog, embedder, cache=cache or home / "models", chroma_url=chroma_url, exact_up_to=exact_up_to
        )
        if not readonly:
            collection._recover()
        return collection

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files. Closing twice is harmless."""
        self._drop_vectors()
        self.catalog.close()

    # Reading

    def headers(self) -> Sequence[ArticleHeader]:
        """All current articles in order of entry."""
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

    def search(
        self, question: str, *, limit: int = 20, within: SearchFilter | None = None, per_source: int = 2
    ) -> Sequence[Hit]:
        """Dense and keyword search fused, best first, then the guaranteed hits of sources not yet heard.

        While the vector index does not answer, keywords alone do, and ``degraded`` says why.
        Raises StoreMismatch, ModelUnavailable.
        """
        self.degraded = None
        try:
            vectors = self.vectors()
            return search(
                self.catalog, vectors, self.embedder(), question, limit=limit, within=within, per_source=per_source
            )
        except VectorsUnavailable as error:
            self._drop_vectors()
            if self._url is None:
                self._vectors = ExactStore(self.catalog.vectors())  # a writer is at the folder: compare one by one
                return self.search(question, limit=limit, within=within, per_source=per_source)
            self.degraded = error.message
            return search(
                self.catalog, None, self.embedder(), question, limit=limit, within=within, per_source=per_source
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
                f"{self.home} was built with the embedder {built_by!r}, not {self._embedder.name!r}",
                "claimdesk doctor --repair embeds it again; or choose the embedder that built it",
            )
        return self._embedder

    def _refresh(self) -> None:
        """Forget what was read before a writer published something."""
        version = self.catalog.data_version()
        if version == self._version:
            return
        generation = self.catalog.generation()
        if generation != self._seen:
            self._drop_vectors()
            self._headers = None
        self._seen, self._version = generation, version

    def _drop_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    def vectors(self) -> VectorStore:
        """What a search compares with: exact for a small collection or an unsealed folder, else Chroma."""
        self._refresh()
        if self._vectors is None:
            self._vectors = self._open_vectors()
        return self._vectors

    def _open_vectors(self) -> VectorStore:
        place = place_of(self.home, self.catalog, self._url)
        if self._url is not None:
            return place.open_for_reading(self.catalog)
        if self.catalog.count_passages() > self._exact_up_to and place.is_trusted(self.catalog):
            return place.open_for_reading(self.catalog)
        return ExactStore(self.catalog.vectors())

    # Writing

    def index(
        self,
        inputs: Sequence[str],
        options: IndexOptions | None = None,
        *,
        progress: ProgressCallback | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> IndexReport:
        """Read articles in. Only what changed is embedded; one bad input never stops the rest.

        ``should_stop`` is asked before every input: what was read before it is published, and the run ends.
        Raises StoreBusy, StoreDamaged, StoreMismatch, ModelUnavailable, VectorsUnavailable.
        """
        options = options or IndexOptions()
        drafts = read_sources(inputs, reading_of(options))
        with self._writing() as session:
            builder = Builder(
                self.catalog,
                session.ready_embedder(),
                session.vectors,
                progress,
                should_stop,
                count_inputs(inputs) if progress else None,
            )
            report = builder.run(drafts)
            if options.prune and not report.stopped:
                pruned = gone(self.catalog.headers(), inputs, builder.seen)
                report = replace(report, removed=len(pruned))
                self._remove(session, pruned)
        return replace(report, notes=(*self.notes, *session.notes))

    def index_drafts(self, drafts: Iterable[Draft | ReadFailure]) -> IndexReport:
        """Index what was read already. Raises as ``index`` does."""
        with self._writing() as session:
            report = Builder(self.catalog, session.ready_embedder(), session.vectors).run(drafts)
        return replace(report, notes=tuple(session.notes))

    def remove(self, name: str, *, purge: bool = False) -> ArticleHeader:
        """Take a source out, with all its versions; ``purge`` also wipes its text from every file.

        Returns what was removed. Raises UnknownSource, AmbiguousSource, StoreBusy, StoreDamaged.
        """
        header = self.find_article(name)
        with self._writing() as session:
            self._remove(session, [header])
            if purge:
                session.purge()
        return header

    def _remove(self, session: WriteSession, headers: Sequence[ArticleHeader]) -> None:
        versions = [version.article_id for header in headers for version in self.catalog.versions(header.source_key)]
        if versions:
            remove_articles(self.catalog, versions, session.vectors)

    def edit(
        self,
        name: str,
        *,
        publisher: str | None = None,
        published: date | None = None,
        headline: str | None = None,
    ) -> ArticleHeader:
        """Set what is known of an article; None leaves it, an empty text takes it away. The text is never touched.

        Raises UnknownSource, AmbiguousSource, StoreBusy, StoreDamaged.
        """
        header = self.find_article(name)
        changes: dict[str, str | None] = {}
        if publisher is not None:
            changes["publisher"] = publisher.strip() or None
        if headline is not None:
            changes["headline"] = headline.strip() or None
        if published is not None:
            changes["published"] = published.isoformat()
        if changes:
            with self._writing():
                self.catalog.edit(header.article_id, changes, by_hand=True)
        return self.catalog.article(header.article_id)

    def _recover(self) -> None:
        """Finish an interrupted run now, unless another writer is at it."""
        place = place_of(self.home, self.catalog, self._url)
        passages = self.catalog.count_passages()
        if not self.catalog.pending_ids() and (not passages or place.is_trusted(self.catalog)):
            return
        with suppress(StoreBusy), self._writing(wait=0.0) as session:
            self.notes = tuple(session.notes)

    @contextmanager
    def _writing(self, wait: float = WAIT) -> Iterator[WriteSession]:
        try:
            with writing(self.home, self.catalog, self.embedder, url=self._url, wait=wait) as session:
                self._drop_vectors()
                yield session
        finally:
            self._version = -1  # our own commits do not change data_version: look again


def reading_of(options: IndexOptions) -> ReadOptions:
    """The part of the options that readers need."""
    return ReadOptions(publisher=options.publisher, published=options.published, headline=options.headline)
