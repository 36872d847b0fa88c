"""Whatever an interrupted run left behind, finished; vectors by one model, exchanged for another's. Used by writers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from index.catalog import Catalog
from index.embedder import Embedder
from index.split import text_to_embed
from index.stores.base import VectorStore
from index.types import FloatMatrix, Passage

EMBED_AT_ONCE = 512  # passages between two signs of progress

OpenVectors = Callable[[], VectorStore]


def embed_passages(
    embedder: Embedder, passages: Sequence[tuple[Passage, str | None]]
) -> Iterator[tuple[list[Passage], FloatMatrix]]:
    """Embed (passage, headline) pairs, shortest first: texts of like length share a batch and waste no padding."""
    texts = [text_to_embed(passage, headline) for passage, headline in passages]
    order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
    for start in range(0, len(order), EMBED_AT_ONCE):
        part = order[start : start + EMBED_AT_ONCE]
        vectors = embedder.embed([texts[position] for position in part])
        yield [passages[position][0] for position in part], np.asarray(vectors, dtype=np.float32)


def finish_pending(
    catalog: Catalog, embedder: Embedder, open_vectors: OpenVectors, progress: Callable[[int], None] | None = None
) -> list[str]:
    """Embed and publish every pending article: blobs, then the vector store, then visible. Returns their ids.

    ``progress`` is called with the passages embedded so far.
    """
    pending = catalog.pending_ids()
    if not pending:
        return []
    done = 0
    for passages, vectors in embed_passages(embedder, catalog.unembedded(embedder.fingerprint)):
        catalog.store_vectors([passage.passage_id for passage in passages], vectors, embedder.fingerprint)
        done += len(passages)
        if progress:
            progress(done)
    store = open_vectors()
    store.upsert(catalog.pending_vectors())
    outdated = catalog.outdated_passages(pending)
    catalog.make_current(pending)
    if outdated:
        store.delete(outdated)
    return pending


def exchange_model(catalog: Catalog, embedder: Embedder) -> int:
    """Embed every current passage with another model and put its vectors in use. Returns how many were embedded.

    Interrupted, it goes on where it stopped; until the end the vectors before stay in use.
    """
    done = 0
    for passages, vectors in embed_passages(embedder, catalog.unembedded(embedder.fingerprint, "current")):
        catalog.store_vectors([passage.passage_id for passage in passages], vectors, embedder.fingerprint)
        done += len(passages)
    catalog.use_model(embedder.name, embedder.fingerprint, embedder.dimension)
    return done
