"""Where a home keeps its vectors: a folder of its own, or a Chroma server. One seam for writers and readers."""

from __future__ import annotations

from typing import Protocol

from index.catalog_read import CatalogReader
from index.probe import ProbeResult
from index.stores.base import VectorStore

BATCH = 5_000  # passages read from store.db at once


class VectorPlace(Protocol):
    """Opens, mends and seals a vector store. Only the holder of the writer's lock may write."""

    def is_trusted(self, catalog: CatalogReader) -> bool:
        """Cleanly closed, untouched since, and holding what the catalogue holds."""
        ...

    def probe(self, catalog: CatalogReader) -> ProbeResult:
        """Open, count, query: what is seen. Changes nothing. Raises VectorsUnavailable when a server is down."""
        ...

    def open_for_reading(self, catalog: CatalogReader) -> VectorStore:
        """Raises VectorsUnavailable when it does not answer or cannot be trusted: a reader mends nothing."""
        ...

    def open_for_writing(self, catalog: CatalogReader, notes: list[str]) -> VectorStore:
        """Open, after mending what is broken; ``notes`` says what was done. Raises VectorsUnavailable, StoreDamaged."""
        ...

    def rebuild(self, catalog: CatalogReader) -> VectorStore:
        """Empty it and build it again from the vectors in store.db, without embedding anything."""
        ...

    def distrust(self) -> None:
        """Have the next writer look at every vector, however cleanly it was closed."""
        ...

    def close(self, store: VectorStore, catalog: CatalogReader) -> None:
        """Close cleanly, and vouch for it."""
        ...


def fill(catalog: CatalogReader, store: VectorStore) -> None:
    """All vectors of the catalogue into an empty store."""
    for rows in catalog.vectors_in_batches(BATCH):
        store.upsert(rows)


def reconcile(catalog: CatalogReader, store: VectorStore, notes: list[str]) -> None:
    """Add the vectors that the store lacks, delete those that the catalogue does not know."""
    wanted, held = catalog.passage_ids(), store.passage_ids()
    orphans, missing = sorted(held - wanted), sorted(wanted - held)
    if orphans:
        store.delete(orphans)
        notes.append(f"{len(orphans):,} vectors of no article deleted")
    for start in range(0, len(missing), BATCH):
        store.upsert(catalog.vectors_of_passages(missing[start : start + BATCH]))
    if missing:
        notes.append(f"{len(missing):,} missing vectors added from store.db")
