"""Make again whatever can be made from the texts in store.db: keywords, vectors, the vector index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.catalog import PURGING, Catalog
from index.embedder import Embedder
from index.recovery import exchange_model, finish_pending
from index.vectors_check import check_vectors
from index.writing import WriteSession, writing


def mend(home: Path, catalog: Catalog, embedder: Callable[[], Embedder], url: str | None) -> list[str]:
    """Mend a home whose store.db is sound; says what was done. Raises StoreBusy, StoreDamaged, ModelUnavailable."""
    with writing(home, catalog, embedder, url=url, recover=False) as session:
        if catalog.manifest(PURGING):
            session.purge()
            session.notes.append("an interrupted purge was finished")
        session.place.distrust()  # a clean seal does not prove that nothing rotted since: look
        wanted, held = catalog.keyword_rows()
        if wanted != held:
            catalog.rebuild_keywords()
            session.notes.append("the keyword index was built again")
        _mend_vectors(session)
        if catalog.count_passages():
            session.vectors()
    return session.notes


def _mend_vectors(session: WriteSession) -> None:
    """Blobs that are missing, wrong, pending or by another model."""
    catalog, embedder = session.catalog, session.embedder()
    held, bad = check_vectors(catalog)
    catalog.drop_vectors(bad)
    complete = held == catalog.count_passages() and not bad
    before = catalog.manifest("fingerprint")
    if before != embedder.fingerprint or not complete:
        count = exchange_model(catalog, embedder)
        session.notes.append(f"{count:,} passages embedded with {embedder.name}")
    if before != embedder.fingerprint:
        session.rebuild()
    finished = finish_pending(catalog, embedder, session.vectors)
    if finished:
        session.notes.append(f"{len(finished):,} articles of an interrupted run finished")
