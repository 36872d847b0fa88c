"""A Chroma server as the place of a home's vectors: the same writing, mending and sealing, over HTTP."""

from __future__ import annotations

from pathlib import Path

from index.catalog_read import CatalogReader
from index.errors import VectorsUnavailable
from index.probe import SAMPLES, ProbeResult, look_at
from index.seal import Seal
from index.stores.base import VectorStore
from index.stores.chroma import RETRIES, TIMEOUT, ChromaStore
from index.vector_place import fill, reconcile

NAME = "server"
READING_TIMEOUT = 10.0  # seconds: someone waits for an answer, which keywords can give too


class VectorServer:
    """One collection on one server, named after home and model, as a VectorPlace."""

    def __init__(
        self, home: Path, url: str, collection: str, *, retries: int = RETRIES, timeout: float = TIMEOUT
    ) -> None:
        self.url = url
        self.collection = collection
        self._retries = retries
        self._timeout = timeout
        self._seal = Seal(home, NAME)

    def is_trusted(self, catalog: CatalogReader) -> bool:
        """The last writer finished there. Whether the server still holds it is seen when it is opened."""
        return self._seal.vouched() == self._state(catalog)

    def probe(self, catalog: CatalogReader) -> ProbeResult:
        store = self._open(self._timeout)
        result = look_at(store, catalog.vectors_sample(SAMPLES))
        store.close()
        return result

    def open_for_reading(self, catalog: CatalogReader) -> VectorStore:
        """Raises VectorsUnavailable when the server is down, or holds fewer vectors than there are passages."""
        store = self._open(min(self._timeout, READING_TIMEOUT))
        count, wanted = store.count(), catalog.count_passages()
        if count < wanted:
            store.close()
            raise VectorsUnavailable(
                f"{self.url} holds {count:,} of {wanted:,} vectors", "claimdesk doctor --repair fills it again"
            )
        return store

    def open_for_writing(self, catalog: CatalogReader, notes: list[str]) -> VectorStore:
        """Look at what was not left cleanly; write anew what is damaged, else add and delete what differs."""
        store = self._open(self._timeout)
        if self.is_trusted(catalog) and store.count() == catalog.count_passages():
            self._seal.mark()
            return store
        self._seal.mark()
        complaint = look_at(store, catalog.vectors_sample(SAMPLES)).complaint
        if complaint:
            notes.append(f"the vectors at {self.url} were damaged ({complaint}): written again from store.db")
            store.clear()
        reconcile(catalog, store, [] if complaint else notes)
        return store

    def rebuild(self, catalog: CatalogReader) -> VectorStore:
        store = self._open(self._timeout)
        self._seal.mark()
        store.clear()
        fill(catalog, store)
        return store

    def distrust(self) -> None:
        self._seal.tear()

    def close(self, store: VectorStore, catalog: CatalogReader) -> None:
        store.close()
        self._seal.close(self._state(catalog))

    def _open(self, timeout: float) -> ChromaStore:
        return ChromaStore.at_url(self.url, self.collection, retries=self._retries, timeout=timeout)

    def _state(self, catalog: CatalogReader) -> dict[str, object]:
        return {"url": self.url, "collection": self.collection, "content": catalog.content()}
