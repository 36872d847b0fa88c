"""A whole home as one file: for back-ups and for moving. Vectors travel inside store.db; Chroma is built again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import uuid
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalog import Catalog
from index.database import SCHEMA_VERSION, Database, explained
from index.errors import EmptyCollection, StoreDamaged, StoreMismatch
from index.lock import writer_lock

STORE = "store.db"
ABOUT = "claimdesk.json"
SETTINGS = "config.toml"
CONVERSATIONS = "conversations.db"  # of whoever talks over the home: carried along, not understood
FORMAT = 1
BLOCK = 1 << 20
UNPACKING = ".claimdesk-import-"  # how the folder begins that an archive is unpacked in


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What an archive says about itself."""

    format: int
    schema: int
    created_at: str  # ISO 8601, UTC
    articles: int
    passages: int
    embedder: str
    store_bytes: int
    store_sha256: str


def export_home(home: Path, archive: Path) -> ArchiveInfo:
    """Write everything that cannot be made again into ``archive`` (a .zip), while readers and writers go on.

    The archive appears under its name only when it is whole. Raises EmptyCollection, StoreDamaged.
    """
    catalog = Catalog(home / STORE, readonly=True)
    try:
        with tempfile.TemporaryDirectory(dir=archive.absolute().parent, prefix=".claimdesk-export-") as folder:
            copy = Path(folder) / STORE
            catalog.copy_to(copy)
            info = _describe(catalog, copy)
            written = Path(folder) / "archive.zip"
            with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
                bundle.writestr(ABOUT, json.dumps(asdict(info), indent=1))
                bundle.write(copy, STORE)
                if (home / SETTINGS).is_file():
                    bundle.write(home / SETTINGS, SETTINGS)
                if (home / CONVERSATIONS).is_file():
                    bundle.write(_copy_of(home / CONVERSATIONS, Path(folder)), CONVERSATIONS)
            written.replace(archive)
    except OSError as error:
        raise StoreDamaged(f"{archive} cannot be written: {error.strerror}", "choose another place for it") from error
    finally:
        catalog.close()
    return info


def import_home(archive: Path, home: Path) -> ArchiveInfo:
    """Unpack an archive into a home that holds no articles yet. The vector index is built at the next opening.

    Nothing is put in place before it was checked. Raises StoreDamaged when the archive is torn or no archive, or
    ``home`` cannot be written; StoreMismatch when ``home`` holds articles or a newer Claimdesk wrote the archive.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with writer_lock(home), zipfile.ZipFile(archive) as bundle:
            _refuse_to_overwrite(home)
            delete_unpacked(home)
            info = _read_info(bundle, archive)
            needed = info.store_bytes + sum(part.file_size for part in bundle.infolist() if part.filename != STORE)
            if shutil.disk_usage(home).free < needed:
                raise StoreDamaged(f"{home} has no room for {needed / 1e9:.1f} GB", "free some space")
            with tempfile.TemporaryDirectory(dir=home, prefix=UNPACKING) as folder:
                unpacked = Path(folder) / STORE
                _unpack(bundle, info, unpacked, archive)
                _check(unpacked, archive)
                for name in {SETTINGS, CONVERSATIONS} & set(bundle.namelist()):
                    if not (home / name).exists():
                        Path(bundle.extract(name, folder)).replace(home / name)
                unpacked.replace(home / STORE)
    except zipfile.BadZipFile as error:
        raise _torn(archive, str(error)) from error
    except OSError as error:
        raise StoreDamaged(f"{error.filename or home}: {error.strerror or error}", "check the path") from error
    return info


def _copy_of(path: Path, folder: Path) -> Path:
    """A consistent copy of an SQLite file that others may be writing. Raises StoreDamaged, StoreBusy."""
    copy = folder / path.name
    try:
        with closing(sqlite3.connect(path, timeout=10)) as store:
            store.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise explained(error, path) from error
    return copy


def delete_unpacked(home: Path) -> None:
    """What an import that was killed left behind. The caller holds the writer's lock."""
    for left in home.glob(f"{UNPACKING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _describe(catalog: Catalog, copy: Path) -> ArchiveInfo:
    return ArchiveInfo(
        format=FORMAT,
        schema=SCHEMA_VERSION,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        articles=catalog.count_articles(),
        passages=catalog.count_passages(),
        embedder=catalog.manifest("embedder") or "",
        store_bytes=copy.stat().st_size,
        store_sha256=_digest(copy),
    )


def _refuse_to_overwrite(home: Path) -> None:
    if not (home / STORE).exists():
        return
    try:
        held = Database(home / STORE, readonly=True)
    except EmptyCollection:
        return
    articles = held.rows("SELECT count(*) FROM articles")[0][0]
    held.close()
    if articles:
        raise StoreMismatch(f"{home} holds {articles:,} articles already", "choose an empty folder with --home")


def _read_info(bundle: zipfile.ZipFile, archive: Path) -> ArchiveInfo:
    try:
        info = ArchiveInfo(**json.loads(bundle.read(ABOUT)))
    except (KeyError, ValueError, TypeError) as error:
        raise _torn(archive, "it does not say what it holds") from error
    if info.format > FORMAT or info.schema > SCHEMA_VERSION:
        raise StoreMismatch(f"{archive} was written by a newer Claimdesk", "upgrade Claimdesk")
    return info


def _unpack(bundle: zipfile.ZipFile, info: ArchiveInfo, path: Path, archive: Path) -> None:
    """Copy at most the bytes that the archive announced: a bomb stops there."""
    left = info.store_bytes
    with bundle.open(STORE) as packed, path.open("wb") as file:
        while block := packed.read(BLOCK):
            left -= len(block)
            if left < 0:
                raise _torn(archive, "it holds more than it says")
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if left or _digest(path) != info.store_sha256:
        raise _torn(archive, "its store differs from its checksum")


def _check(path: Path, archive: Path) -> None:
    database = Database(path)  # migrates an older one
    damage = database.check_integrity()
    database.set_manifest("home_id", uuid.uuid4().hex)  # two homes must not share a collection on one server
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    if damage:
        raise _torn(archive, damage[0])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _torn(archive: Path, why: str) -> StoreDamaged:
    return StoreDamaged(f"{archive} is no whole Claimdesk archive: {why}", "export it again, or take another back-up")
