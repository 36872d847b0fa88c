"""A home's articles, as one object: what readers may ask (``Sources``), and what writers may do.

Writers hold the home's lock while they write; everyone else reads on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

from index.build import Builder, remove_articles
from index.catalog import PURGING, Catalog
from index.collection_read import CollectionReader
from index.embedder import Embedder
from index.errors import IndexingError, StoreBusy
from index.inputs import count_inputs
from index.lock import WAIT
from index.origins import forget_lost, kept_back, uploads_of, vanished
from index.readers import Draft, ReadFailure, ReadOptions, read_sources
from index.report import IndexOptions, IndexReport, ProgressCallback
from index.types import ArticleHeader
from index.writing import WriteSession, place_of, writing

STORE = "store.db"
EXACT_PASSAGES = 50_000  # so many are read and compared one by one faster than Chroma is imported


class Collection(CollectionReader):
    """The articles of one home. Use it as a context manager, or ``close`` it."""

    notes: tuple[str, ...] = ()  # what opening had to finish or mend

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
            try:
                collection._recover()
            except IndexingError:
                collection.close()
                raise
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
                options.group_passages,
            )
            report = builder.run(drafts)
            if options.prune and not report.stopped:
                pruned = vanished(self.catalog, inputs, builder.files)
                notes = (*report.notes, *kept_back(self.catalog, builder.files))
                report = replace(report, removed=len(pruned), notes=notes)
                self._remove(session, pruned)
                forget_lost(self.catalog, inputs, builder.files)
        return replace(report, notes=(*self.notes, *session.notes, *report.notes))

    def index_drafts(self, drafts: Iterable[Draft | ReadFailure]) -> IndexReport:
        """Index what was read already. Raises as ``index`` does."""
        with self._writing() as session:
            report = Builder(self.catalog, session.ready_embedder(), session.vectors).run(drafts)
        return replace(report, notes=(*session.notes, *report.notes))

    def remove(self, name: str, *, purge: bool = False) -> ArticleHeader:
        """Take a source out, with all its versions; ``purge`` also wipes its text from every file of the home.

        Returns what was removed. A purge interrupted before the article is gone is begun again by asking for it again,
        later by the next writer. Raises UnknownSource, AmbiguousSource, StoreBusy (a reader holds on to the old text:
        purge pending), StoreDamaged.
        """
        header = self.find_article(name)
        with self._writing() as session:
            if purge:
                session.delete_uploads(uploads_of(self.home, self.catalog, header.source_key))
            self._remove(session, [header], purge=purge)
            if purge:
                session.purge()
        return header

    def _remove(self, session: WriteSession, headers: Sequence[ArticleHeader], *, purge: bool = False) -> None:
        versions = [version.article_id for header in headers for version in self.catalog.versions(header.source_key)]
        if versions:
            remove_articles(self.catalog, versions, session.vectors, purge=purge)

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
        waiting = self.catalog.pending_ids() or self.catalog.manifest(PURGING)
        if not waiting and (not passages or place.is_trusted(self.catalog)):
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
            self._look_again()


def reading_of(options: IndexOptions) -> ReadOptions:
    """The part of the options that readers need."""
    return ReadOptions(publisher=options.publisher, published=options.published, headline=options.headline)
