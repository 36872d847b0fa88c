"""The Chroma folder of a home: when it may be trusted, and how it is built again from the blobs in store.db.

A marker is set before Chroma is written and cleared on a clean close, which also seals the folder: name, size, time
and checksum of every file of its vectors. A folder whose files differ from their seal is set aside and built again. A
marked one is first opened in another process (a torn index may crash whoever opens it); unless that goes well, it is
set aside and built again too.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalog_read import CatalogReader
from index.errors import StoreDamaged, VectorsUnavailable
from index.probe import SAMPLES, ProbeResult
from index.seal import Seal
from index.stores.base import VectorStore
from index.stores.chroma import ChromaStore
from index.vector_place import fill, reconcile

FOLDER = "chroma"
ASIDE = "chroma.set-aside-"
DATABASE = "chroma.sqlite3"
WRITTEN_OUT = "index_metadata.pickle"  # stands beside the vectors once Chroma has written them out
PROBE_SECONDS = 120
BLOAT = 16  # a file may claim this many times its bytes on disk; more is a torn sparse file
BLOAT_FLOOR = 1 << 28  # bytes


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it stands: bytes, and when it was written (nanoseconds; 0 where that tells nothing)."""

    size: int
    time: int


class VectorFolder:
    """One home's Chroma folder, as a VectorPlace."""

    def __init__(self, home: Path, collection: str) -> None:
        self.home = home
        self.folder = home / FOLDER
        self.collection = collection
        self._seal = Seal(home, FOLDER)

    def is_untouched(self) -> bool:
        """Cleanly closed, and every file as it was then: it can be opened in this process.

        Copying a home changes the times: then the checksums decide.
        """
        vouched = self._seal.vouched()
        sealed = vouched.get("files")
        if (
            vouched.get("collection") != self.collection
            or not isinstance(sealed, dict)
            or not all(isinstance(entry, list) and len(entry) == 3 for entry in sealed.values())
        ):
            return False  # before the files are looked at: a writer may be at them
        try:
            found = self._files()
            return sealed.keys() == found.keys() and all(
                state.size == size and (state.time in (0, time) or _checksum(self.folder / name) == checksum)
                for name, (size, time, checksum) in sealed.items()
                for state in (found[name],)
            )
        except FileNotFoundError:
            return False  # a writer began to build it again meanwhile

    def is_trusted(self, catalog: CatalogReader) -> bool:
        return self.is_untouched() and self._seal.vouched().get("content") == catalog.content()

    def open_for_reading(self, catalog: CatalogReader) -> VectorStore:
        """Open, and look again once the index is in memory: a writer may have begun meanwhile."""
        if self.is_trusted(catalog):
            store = ChromaStore.in_folder(self.folder, self.collection)
            sample = catalog.vectors_sample(1)
            if len(sample):
                store.query(sample.vectors[0], limit=1)
            if self.is_trusted(catalog):
                return store
            store.close()
        raise VectorsUnavailable(f"{self.folder} is being written, or was left in the middle", "claimdesk doctor")

    def open_for_writing(self, catalog: CatalogReader, notes: list[str]) -> VectorStore:
        """Probe what is not untouched, set aside what is damaged, add and delete what differs. Sets the marker."""
        if not self.folder.exists() or not any(self.folder.iterdir()):
            if catalog.count_passages():
                notes.append("the vector index was missing: built again from store.db")
            return self.rebuild(catalog)
        if self._seal.vouched().get("collection", self.collection) != self.collection:
            notes.append("the vector index was of another model: built again from store.db")
            return self.rebuild(catalog)
        trusted = self.is_trusted(catalog)
        complaint = "" if self.is_untouched() else self.probe(catalog).complaint
        if complaint:
            aside = self.set_aside()
            notes.append(f"the vector index was damaged ({complaint}): set aside as {aside.name}, built again")
            return self.rebuild(catalog)
        self._seal.mark()
        store = ChromaStore.in_folder(self.folder, self.collection)
        if not trusted:
            reconcile(catalog, store, notes)
        return store

    def rebuild(self, catalog: CatalogReader) -> VectorStore:
        """A new folder from the blobs; what was there is deleted (``set_aside`` keeps it)."""
        self._seal.mark()
        if self.folder.exists():
            _delete(self.folder)
        store = ChromaStore.in_folder(self.folder, self.collection)
        fill(catalog, store)
        return store

    def distrust(self) -> None:
        if self.is_untouched():
            self._seal.tear()

    def rebuild_elsewhere(self, store_file: str) -> None:
        """Rebuild and close in a process that has read no article (see fresh.py). Raises VectorsUnavailable."""
        request = {"home": str(self.home), "store": store_file, "collection": self.collection, "parent": os.getpid()}
        done = _in_another_process("index.fresh", request, None)
        if done.returncode != 0:
            why = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            raise VectorsUnavailable(f"{self.folder} was not built again: {why[0]}", "claimdesk doctor --repair")

    def close(self, store: VectorStore, catalog: CatalogReader) -> None:
        store.close()
        self._seal.close({"collection": self.collection, "content": catalog.content(), "files": self._sealed()})

    def set_aside(self) -> Path:
        """Rename the folder, so that nobody opens it and nothing is lost."""
        self._seal.mark()
        aside = self.home / f"{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
        self.folder.rename(aside)
        return aside

    def set_aside_folders(self) -> list[Path]:
        return sorted(self.home.glob(f"{ASIDE}*"))

    def delete_everything(self) -> None:
        """The folder and all that were set aside: what is purged must not survive in one of them."""
        self._seal.mark()
        for folder in (self.folder, *self.set_aside_folders()):
            if folder.exists():
                _delete(folder)

    def bloated_files(self) -> list[str]:
        """Files that claim far more bytes than they hold: torn writes leave such sparse giants behind."""
        found = []
        for path in sorted(self.folder.rglob("*")):
            status = path.stat()
            held = status.st_blocks * 512
            if status.st_size > BLOAT_FLOOR and status.st_size > BLOAT * max(1, held):
                found.append(f"{path.name} claims {status.st_size:,} bytes and holds {held:,}")
        return found

    def probe(self, catalog: CatalogReader) -> ProbeResult:
        """Open, count and query the folder in another process: a crash there is an answer, not our end."""
        if not self.folder.exists():
            return ProbeResult("it is missing; answers come from store.db meanwhile")
        if self._seal.vouched() and not self.is_untouched():
            return ProbeResult("its files changed after they were closed")
        try:
            bloated = self.bloated_files()
        except FileNotFoundError:
            return ProbeResult("another process is building it again")
        if bloated:
            return ProbeResult(bloated[0])
        sample = catalog.vectors_sample(SAMPLES)
        request = {
            "folder": str(self.folder),
            "collection": self.collection,
            "passage_ids": list(sample.passage_ids),
            "vectors": base64.b64encode(sample.vectors.tobytes()).decode("ascii"),
        }
        try:
            done = _in_another_process("index.probe", request, PROBE_SECONDS)
        except subprocess.TimeoutExpired:
            return ProbeResult(f"opening it took more than {PROBE_SECONDS} seconds")
        if done.returncode != 0:
            reason = f"signal {-done.returncode}" if done.returncode < 0 else done.stderr.strip() or "no reason given"
            return ProbeResult(f"opening it failed: {reason.splitlines()[-1]}")
        answer = json.loads(done.stdout)
        return ProbeResult(**answer)

    def _sealed(self) -> dict[str, list[int]]:
        return {
            name: [state.size, state.time, _checksum(self.folder / name) if state.time else 0]
            for name, state in self._files().items()
        }

    def _files(self) -> dict[str, FileState]:
        """The files that hold vectors; of Chroma's own database the size alone: SQLite touches it at every opening.

        An index so small that Chroma has not written it out yet (it stands in the database) has files that mean
        nothing, and that every opening makes anew: they are left out.
        """
        found: dict[str, FileState] = {}
        for path in sorted(self.folder.rglob("*")):
            if path.name == DATABASE:
                found[DATABASE] = FileState(path.stat().st_size, 0)
            elif path.parent != self.folder and (path.parent / WRITTEN_OUT).exists():
                status = path.stat()
                found[str(path.relative_to(self.folder))] = FileState(status.st_size, status.st_mtime_ns)
        return found


def _in_another_process(
    module: str, request: Mapping[str, object], seconds: float | None
) -> subprocess.CompletedProcess[str]:
    """Run one of our modules with ``request`` on its stdin; it finds our packages where we found them."""
    return subprocess.run(
        [sys.executable, "-m", module],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        timeout=seconds,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
        check=False,
    )


def _checksum(path: Path) -> int:
    """CRC-32 of a file: tells damage, not malice."""
    value = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return value


def _delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise StoreDamaged(f"{folder} cannot be deleted: {error.strerror}", "check the folder's permissions") from error
