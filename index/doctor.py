"""Is the store sound? The catalogue against itself, against its vectors, against the disk; and what can be mended.

Examining changes nothing. Repairing never touches an article's text: what store.db holds is the truth, and all else
is made from it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.catalog import PURGING, Catalog
from index.embedder import Embedder, open_embedder
from index.errors import EmptyCollection, StoreDamaged, StoreMismatch, VectorsUnavailable
from index.identity import sha256_of
from index.lock import holder, is_locked
from index.model_folder import DEFAULT_MODEL
from index.probe import digest_of
from index.repair import mend
from index.vectors_check import check_vectors
from index.writing import place_of

STORE = "store.db"
ENOUGH_DISK = 200_000_000  # bytes free beside twice the store's own size: for VACUUM and a rebuild
REPAIR = "claimdesk doctor --repair"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``ok`` is False when something has to be done; ``next_step`` says what."""

    check: str  # store, texts, keywords, vectors, index, model, lock, set_aside, disk
    ok: bool
    message: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings, and what was mended before they were made."""

    findings: tuple[Finding, ...]
    repaired: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        return all(finding.ok for finding in self.findings)


def examine(
    home: Path, *, repair: bool = False, embedder: Embedder | None = None, chroma_url: str | None = None
) -> Diagnosis:
    """Look at a home, after mending it when ``repair``.

    ``embedder``: the model that the collection should have; repairing embeds everything again when another one built
    it. None: the one that built it.
    Raises EmptyCollection when nothing is there, StoreBusy when repairing while another process writes.
    """
    if not (home / STORE).exists():
        raise EmptyCollection(f"nothing is indexed in {home}", "claimdesk index PATH")
    try:
        catalog = Catalog(home / STORE, readonly=not repair)
    except (StoreDamaged, StoreMismatch) as error:
        return Diagnosis((Finding("store", False, error.message, error.next_step),))
    try:
        repaired: list[str] = []
        if repair:
            if damage := catalog.check_integrity():
                return Diagnosis((_damaged(home, damage),))
            built_by = catalog.manifest("embedder") or DEFAULT_MODEL
            repaired = mend(
                home, catalog, lambda: embedder or open_embedder(built_by, cache=home / "models"), chroma_url
            )
        return Diagnosis(tuple(_findings(home, catalog, embedder, chroma_url)), tuple(repaired))
    except StoreDamaged as error:
        return Diagnosis((Finding("store", False, error.message, error.next_step),))
    finally:
        catalog.close()


def _findings(home: Path, catalog: Catalog, embedder: Embedder | None, url: str | None) -> Iterator[Finding]:
    damage = catalog.check_integrity()
    if damage:
        yield _damaged(home, damage)
        return
    articles, passages = catalog.count_articles(), catalog.count_passages()
    yield Finding("store", True, f"{articles:,} articles, {passages:,} passages, store.db is sound")
    yield from _texts(catalog)
    yield _keywords(catalog)
    vectors = _vectors(catalog)
    yield vectors
    if embedder is not None:
        yield _model(catalog, embedder)
    if is_locked(home):
        yield Finding("lock", True, f"being written to by {holder(home)}: its vectors are not looked at")
    elif passages and vectors.ok:
        yield _index(home, catalog, url)
    if aside := sorted(path.name for path in home.glob("*.set-aside-*")):
        yield Finding("set_aside", True, f"damaged files kept aside, free to delete: {', '.join(aside)}")
    yield _disk(home)


def _damaged(home: Path, damage: list[str]) -> Finding:
    return Finding(
        "store",
        False,
        f"{home / STORE} is damaged: {damage[0]}",
        "claimdesk import ARCHIVE, or index again in a new home",
    )


def _texts(catalog: Catalog) -> Iterator[Finding]:
    """Every stored text against its hash, every passage against its text."""
    torn = []
    for article_id in catalog.all_ids():
        article = catalog.article(article_id)
        cut_from = all(article.text[p.start : p.end] == p.text for p in catalog.passages(article_id))
        if sha256_of(article.text) != article.text_sha256 or not cut_from:
            torn.append(article.source)
    if torn:
        named = ", ".join(torn[:5])
        yield Finding(
            "texts", False, f"{len(torn)} texts differ from what was indexed: {named}", "remove and index these again"
        )
    if catalog.manifest(PURGING):
        yield Finding(
            "texts", False, "a purge was interrupted: words of a removed article may be left in files", REPAIR
        )
    pending = len(catalog.pending_ids())
    if pending:
        yield Finding("texts", False, f"{pending:,} articles of an interrupted run wait to be finished", REPAIR)


def _keywords(catalog: Catalog) -> Finding:
    wanted, held = catalog.keyword_rows()
    if wanted == held:
        return Finding("keywords", True, f"all {wanted:,} passages can be found by keyword")
    return Finding("keywords", False, f"{held:,} of {wanted:,} passages are in the keyword index", REPAIR)


def _vectors(catalog: Catalog) -> Finding:
    """The blobs: one a passage, of the right length, pointing somewhere."""
    wanted = catalog.count_passages()
    held, bad = check_vectors(catalog)
    if held != wanted:
        return Finding("vectors", False, f"{held:,} of {wanted:,} passages have a vector in store.db", REPAIR)
    if bad:
        return Finding("vectors", False, f"{len(bad):,} vectors in store.db are not vectors of this model", REPAIR)
    return Finding("vectors", True, f"all {wanted:,} passages have a vector in store.db")


def _model(catalog: Catalog, embedder: Embedder) -> Finding:
    built_by, fingerprint = catalog.manifest("embedder"), catalog.manifest("fingerprint")
    if fingerprint in (None, embedder.fingerprint):
        return Finding("model", True, f"embedder {embedder.name}")
    return Finding(
        "model", False, f"built with the embedder {built_by}, not {embedder.name}", f"{REPAIR} embeds it again"
    )


def _index(home: Path, catalog: Catalog, url: str | None) -> Finding:
    """The vector index, looked at in another process, or over HTTP."""
    place = place_of(home, catalog, url)
    where = "the vector index" if url is None else f"the vector index at {url}"
    try:
        probe = place.probe(catalog)
    except VectorsUnavailable as error:
        return Finding("index", False, error.message, f"start the server at {url}")
    wanted = catalog.count_passages()
    if probe.complaint:
        return Finding("index", False, f"{where} cannot be used: {probe.complaint}", REPAIR)
    if probe.digest != digest_of(catalog.passage_ids()):
        return Finding(
            "index", False, f"{where} holds {probe.count:,} passages, not the {wanted:,} of store.db", REPAIR
        )
    if not place.is_trusted(catalog):
        return Finding("index", False, f"{where} was not closed cleanly", REPAIR)
    found = f"{probe.found} of {probe.asked} find themselves"
    return Finding("index", True, f"{where} holds the same {wanted:,} passages; {found}")


def _disk(home: Path) -> Finding:
    used = sum(path.stat().st_size for path in home.glob("store.db*"))
    free, wanted = shutil.disk_usage(home).free, 2 * used + ENOUGH_DISK
    return Finding(
        "disk",
        free >= wanted,
        f"{free / 1e9:.1f} GB free, {used / 1e9:.3f} GB used by store.db",
        "" if free >= wanted else f"free {(wanted - free) / 1e9:.1f} GB",
    )
