"""A stretch of writing: the lock is held, what a crash left is finished, and the vectors are sealed at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.embedder import Embedder
from index.errors import StoreDamaged, VectorsUnavailable
from index.lock import writer_lock
from index.recovery import finish_pending
from index.stores.base import VectorStore
from index.stores.chroma import collection_name
from index.vector_folder import VectorFolder


class WriteSession:
    """What a writer works with. Models and Chroma are opened when first needed."""

    def __init__(self, home: Path, catalog: Catalog, embedder: Callable[[], Embedder]) -> None:
        self.home = home
        self.catalog = catalog
        self.embedder = embedder
        self.notes: list[str] = []  # what was mended on the way
        self._store: VectorStore | None = None

    @property
    def folder(self) -> VectorFolder:
        return folder_of(self.home, self.catalog)

    def vectors(self) -> VectorStore:
        """The vector store, mended if it has to be, and marked as being written."""
        if self._store is None:
            self._store = self.folder.open_for_writing(self.catalog, self.notes)
        return self._store

    def ready_embedder(self) -> Embedder:
        """The collection's model; a new collection is bound to it here."""
        embedder = self.embedder()
        if self.catalog.manifest("fingerprint") is None:
            self.catalog.use_model(embedder.name, embedder.fingerprint, embedder.dimension)
        return embedder

    def recover(self) -> None:
        """Finish what an interrupted run left behind."""
        pending = len(self.catalog.pending_ids())
        if pending:
            finish_pending(self.catalog, self.ready_embedder(), self.vectors)
            self.notes.append(f"{pending:,} articles of an interrupted run finished")
        elif self.folder.was_interrupted():
            self.vectors()

    def purge(self) -> None:
        """Rewrite every file that held a deleted text. Vectors are built again: theirs must not tell either."""
        self.abandon()
        for folder in (self.folder.folder, *self.folder.set_aside_folders()):
            if folder.exists():
                shutil.rmtree(folder)
        self.catalog.shred()
        self._store = self.folder.rebuild(self.catalog)

    def finish(self) -> None:
        """Close cleanly."""
        if self._store is not None:
            self.folder.close(self._store)
            self._store = None

    def abandon(self) -> None:
        """Close without a seal: the next writer looks at the vectors before it trusts them."""
        if self._store is not None:
            self._store.close()
            self._store = None


def folder_of(home: Path, catalog: Catalog) -> VectorFolder:
    fingerprint = catalog.manifest("fingerprint") or "none"
    return VectorFolder(home, collection_name(catalog.manifest("home_id") or "", fingerprint))


@contextmanager
def writing(home: Path, catalog: Catalog, embedder: Callable[[], Embedder]) -> Iterator[WriteSession]:
    """Hold the lock, recover, hand out a session, close it. Raises StoreBusy, StoreDamaged, VectorsUnavailable."""
    with writer_lock(home):
        session = WriteSession(home, catalog, embedder)
        try:
            session.recover()
            yield session
        except (StoreDamaged, VectorsUnavailable):
            session.abandon()
            raise
        except BaseException:
            session.finish()
            raise
        session.finish()
