"""A stretch of writing: the lock is held, what a crash left is finished, and the vectors are sealed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.archive import delete_unpacked
from index.catalog import PURGING, Catalog
from index.catalog_read import CatalogReader
from index.embedder import Embedder
from index.errors import ModelUnavailable, StoreMismatch, UnknownSource
from index.leftovers import delete, delete_leftovers
from index.lock import WAIT, writer_lock
from index.recovery import finish_pending
from index.stores.base import VectorStore
from index.stores.chroma import collection_name
from index.vector_folder import VectorFolder
from index.vector_place import VectorPlace, reconcile
from index.vector_server import VectorServer


def place_of(home: Path, catalog: CatalogReader, url: str | None) -> VectorPlace:
    """Where the vectors of this home and its model stand: on the server at ``url``, else in its own folder."""
    return folder_of(home, catalog) if url is None else VectorServer(home, url, _collection(catalog))


def folder_of(home: Path, catalog: CatalogReader) -> VectorFolder:
    return VectorFolder(home, _collection(catalog))


def _collection(catalog: CatalogReader) -> str:
    return collection_name(catalog.manifest("home_id") or "", catalog.manifest("fingerprint") or "none")


class WriteSession:
    """What a writer works with. Models and Chroma are opened when first needed."""

    def __init__(self, home: Path, catalog: Catalog, embedder: Callable[[], Embedder], url: str | None) -> None:
        self.home = home
        self.catalog = catalog
        self.embedder = embedder
        self.notes: list[str] = []  # what was mended on the way
        self._url = url
        self._store: VectorStore | None = None

    @property
    def place(self) -> VectorPlace:
        return place_of(self.home, self.catalog, self._url)

    def vectors(self) -> VectorStore:
        """The vector store, mended if it has to be, and marked as being written."""
        if self._store is None:
            self._store = self.place.open_for_writing(self.catalog, self.notes)
        return self._store

    def ready_embedder(self) -> Embedder:
        """The collection's model; a new collection is bound to it here."""
        embedder = self.embedder()
        if self.catalog.manifest("fingerprint") is None:
            self.catalog.use_model(embedder.name, embedder.fingerprint, embedder.dimension)
        return embedder

    def recover(self) -> None:
        """Finish what an interrupted run left behind, and mend the vectors if they cannot be trusted."""
        delete_unpacked(self.home)
        if self.catalog.manifest(PURGING):
            self.purge()
            self.notes.append("an interrupted purge was finished")
        pending = len(self.catalog.pending_ids())
        if pending:
            finish_pending(self.catalog, self.ready_embedder(), self.vectors)
            self.notes.append(f"{pending:,} articles of an interrupted run finished")
        elif self.catalog.count_passages() and not self.place.is_trusted(self.catalog):
            self.vectors()

    def delete_uploads(self, files: Iterable[Path]) -> None:
        """Delete files of the home that an article was read from; their other articles stay. Raises StoreDamaged."""
        for file in files:
            delete(file)
            self.catalog.rows("DELETE FROM origins WHERE file = ?", (str(file),))

    def purge(self) -> None:
        """Rewrite every file that held a deleted text, and make the vector index anew where no text was read.

        Interrupted, it is begun again by the next writer. Raises StoreBusy, StoreDamaged, VectorsUnavailable.
        """
        self.abandon()
        folder_of(self.home, self.catalog).delete_everything()
        self.catalog.shred()  # waits for readers, whose parses would come after the next line
        delete_leftovers(self.home)
        if self._url is None:
            folder_of(self.home, self.catalog).rebuild_elsewhere(self.catalog.path.name)
        else:
            self.rebuild()
        self.catalog.end_purge()

    def rebuild(self) -> None:
        """Build the vector index again from store.db."""
        self.abandon()
        self._store = self.place.rebuild(self.catalog)

    def finish(self) -> None:
        """Close cleanly, holding exactly what the catalogue holds."""
        if self._store is not None:
            if self._store.count() != self.catalog.count_passages():
                reconcile(self.catalog, self._store, self.notes)  # stopped after one write and before the next
            store, self._store = self._store, None
            self.place.close(store, self.catalog)

    def abandon(self) -> None:
        """Close without a seal: the next writer looks at the vectors before it trusts them."""
        if self._store is not None:
            store, self._store = self._store, None
            store.close()


@contextmanager
def writing(
    home: Path,
    catalog: Catalog,
    embedder: Callable[[], Embedder],
    *,
    url: str | None = None,
    wait: float = WAIT,
    recover: bool = True,
) -> Iterator[WriteSession]:
    """Hold the lock, recover, hand out a session, close it. Raises StoreBusy, StoreDamaged, VectorsUnavailable."""
    with writer_lock(home, wait=wait):
        session = WriteSession(home, catalog, embedder, url)
        clean = False
        try:
            if recover:
                session.recover()
            yield session
            clean = True
        except (KeyboardInterrupt, SystemExit, UnknownSource, ModelUnavailable, StoreMismatch):
            clean = True  # stopped between two writes: what was written is whole
            raise
        finally:
            if clean:
                session.finish()
            else:
                session.abandon()
