"""The Chroma folder of a home: when it may be trusted, and how it is built again from the blobs in store.db.

A marker is set before Chroma is written and cleared on a clean close, which also seals the folder: the name, size
and time of every file of its vectors. A marked folder, or one that differs from its seal, is first opened in another
process (a torn index may crash whoever opens it); unless that goes well, it is set aside and built again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalog import Catalog
from index.catalog_read import CatalogReader
from index.errors import StoreDamaged, VectorsUnavailable
from index.stores.base import VectorRows, VectorStore
from index.stores.chroma import ChromaStore

FOLDER = "chroma"
MARKER = "chroma.dirty"
SEAL = "chroma.seal.json"
ASIDE = "chroma.set-aside-"
PROBE_SAMPLES = 20
PROBE_SECONDS = 120
BLOAT = 16  # a file may claim this many times its bytes on disk, or is a torn sparse file
BLOAT_FLOOR = 1 << 30


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What a process that opened the folder saw. ``complaint`` is empty when all is well."""

    complaint: str
    count: int = 0


class VectorFolder:
    """One home's Chroma folder. Only the holder of the writer's lock may write, rebuild or seal."""

    def __init__(self, home: Path, collection: str) -> None:
        self.home = home
        self.folder = home / FOLDER
        self.collection = collection
        self._marker = home / MARKER
        self._seal = home / SEAL

    def is_trusted(self) -> bool:
        """Cleanly closed and untouched since: it can be opened in this process."""
        return not self._marker.exists() and self._seal.exists() and self._read_seal() == self._seen()

    def was_interrupted(self) -> bool:
        """A writer died, or was stopped by a full disk, between marking the folder and sealing it."""
        return self._marker.exists()

    def open_for_reading(self) -> VectorStore:
        """Raises VectorsUnavailable when the folder cannot be trusted (a reader mends nothing)."""
        if not self.is_trusted():
            raise VectorsUnavailable(
                f"{self.folder} is being written or was left in the middle", "claimdesk doctor --repair"
            )
        return ChromaStore.in_folder(self.folder, self.collection)

    def open_for_writing(self, catalog: Catalog, notes: list[str]) -> VectorStore:
        """Open, after mending what is broken: ``notes`` says what was done. Sets the marker."""
        if not self.folder.exists() or not any(self.folder.iterdir()):
            if catalog.count_passages():
                notes.append("the vector index was missing: built again")
                return self.rebuild(catalog)
            self.mark()
            return ChromaStore.in_folder(self.folder, self.collection)
        trusted = self.is_trusted()
        if not trusted:
            probe = self.probe(catalog.vectors_sample(PROBE_SAMPLES))
            if probe.complaint:
                aside = self.set_aside()
                notes.append(
                    f"the vector index was damaged ({probe.complaint}): set aside as {aside.name}, built again"
                )
                return self.rebuild(catalog)
        self.mark()
        store = ChromaStore.in_folder(self.folder, self.collection)
        if not trusted or store.count() != catalog.count_passages():
            reconcile(catalog, store, notes)
        return store

    def close(self, store: VectorStore) -> None:
        """Close cleanly: seal the folder, clear the marker."""
        store.close()
        self._write(self._seal, {"collection": self.collection, "files": self._files()})
        self._marker.unlink(missing_ok=True)

    def mark(self) -> None:
        """Say, before anything is written, that a write has begun."""
        self._write(self._marker, {"pid": os.getpid(), "since": _now()})

    def rebuild(self, catalog: Catalog) -> VectorStore:
        """A new folder from the blobs. The one before must have been set aside or be empty."""
        self.mark()
        store = ChromaStore.in_folder(self.folder, self.collection)
        for rows in catalog.vectors_in_batches():
            store.upsert(rows)
        return store

    def set_aside(self) -> Path:
        """Rename the folder, so that nobody opens it and nothing is lost."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        aside = self.home / f"{ASIDE}{stamp}"
        self.mark()
        self.folder.rename(aside)
        return aside

    def set_aside_folders(self) -> list[Path]:
        return sorted(self.home.glob(f"{ASIDE}*"))

    def bloated_files(self) -> list[str]:
        """Files that claim far more bytes than they hold: torn writes leave such sparse giants behind."""
        found = []
        for path in sorted(self.folder.rglob("*")):
            status = path.stat()
            if status.st_size > BLOAT_FLOOR and status.st_size > BLOAT * max(1, status.st_blocks * 512):
                found.append(f"{path.name} claims {status.st_size:,} bytes and holds {status.st_blocks * 512:,}")
        return found

    def probe(self, sample: VectorRows) -> ProbeResult:
        """Open, count and query the folder in another process: a crash there is an answer, not our end."""
        bloated = self.bloated_files()
        if bloated:
            return ProbeResult(bloated[0])
        request = {
            "folder": str(self.folder),
            "collection": self.collection,
            "passage_ids": list(sample.passage_ids),
            "vectors": sample.vectors.tolist(),
        }
        # The child finds our packages where we found them, installed or not.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "index.probe"],
                input=json.dumps(request),
                capture_output=True,
                text=True,
                timeout=PROBE_SECONDS,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ProbeResult(f"opening it took more than {PROBE_SECONDS} seconds")
        if done.returncode != 0:
            reason = f"signal {-done.returncode}" if done.returncode < 0 else (done.stderr.strip() or "no reason given")
            return ProbeResult(f"opening it failed: {reason.splitlines()[-1]}")
        answer = json.loads(done.stdout)
        return ProbeResult(str(answer["complaint"]), int(answer["count"]))

    def _files(self) -> dict[str, list[int]]:
        """Name → size and time of the vector files; of Chroma's own database only that it is there.

        SQLite touches that one at every opening.
        """
        found: dict[str, list[int]] = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_dir() or path.name.startswith("chroma.sqlite3-"):
                continue
            status = path.stat()
            timed = path.name != "chroma.sqlite3"
            found[str(path.relative_to(self.folder))] = [status.st_size, status.st_mtime_ns] if timed else [0, 0]
        return found

    def _seen(self) -> Mapping[str, object]:
        return {"collection": self.collection, "files": self._files()}

    def _read_seal(self) -> object:
        try:
            return json.loads(self._seal.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None  # a torn seal vouches for nothing: the folder is probed

    def _write(self, path: Path, value: Mapping[str, object]) -> None:
        """Write and sync, file and folder, so that the order of writes survives a power cut."""
        try:
            with path.open("w", encoding="utf-8") as file:
                json.dump(value, file)
                file.flush()
                os.fsync(file.fileno())
            directory = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)
        except OSError as error:
            raise StoreDamaged(
                f"{path} cannot be written: {error.strerror}", "free some space, then try again"
            ) from error


def reconcile(catalog: CatalogReader, store: VectorStore, notes: list[str]) -> None:
    """Add the vectors that the store lacks, delete those that the catalogue does not know."""
    wanted, held = catalog.passage_ids(), store.passage_ids()
    orphans, missing = sorted(held - wanted), sorted(wanted - held)
    if orphans:
        store.delete(orphans)
        notes.append(f"{len(orphans):,} vectors of no article deleted")
    for start in range(0, len(missing), 5_000):
        store.upsert(catalog.vectors_of_passages(missing[start : start + 5_000]))
    if missing:
        notes.append(f"{len(missing):,} missing vectors added from store.db")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
