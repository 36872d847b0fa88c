"""Which files each source was read from: what ``index --prune`` and ``remove --purge`` go by.

Articles known by a URL do not say which file they came from, and one article may stand in several files.
"""

from __future__ import annotations

import fnmatch
import glob
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.catalog import Catalog
from index.readers import Draft, ReadFailure
from index.types import ArticleHeader

STDIN = "-"
UPLOADS = "uploads"  # in the home: files that a server was given


@dataclass(slots=True)
class FilesRead:
    """What one run found in which file. A file with a fault may hold more than was read."""

    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by file: source keys
    faulty: set[str] = field(default_factory=set)

    def note(self, result: Draft | ReadFailure) -> None:
        if isinstance(result, ReadFailure):
            self.faulty.add(result.file)
        elif result.file:
            self.keys[result.file].add(result.source_key)


def record(catalog: Catalog, read: FilesRead) -> None:
    """Remember which source stands in which file, in one transaction; nothing is written when all is known."""
    rows = [(key, file) for file, keys in read.keys.items() for key in sorted(keys)]
    known = set(catalog.rows("SELECT source_key, file FROM origins"))
    if new := [row for row in rows if row not in known]:
        with catalog.transaction():
            catalog.run_many("INSERT OR IGNORE INTO origins VALUES (?, ?)", new)


def vanished(catalog: Catalog, inputs: Sequence[str], read: FilesRead) -> list[ArticleHeader]:
    """Articles that no file holds any longer: deleted files among ``inputs``, lines dropped from those that were read.

    A file that could not be read keeps its articles, and so does another file that holds them too. Changes nothing.
    """
    patterns = [_pattern(given) for given in inputs if given != STDIN]
    left: dict[str, int] = defaultdict(int)  # by source key: files that may hold it still
    for key, file in catalog.rows("SELECT source_key, file FROM origins"):
        left[key] += not _lost(key, file, patterns, read)
    return [header for header in catalog.headers() if left.get(header.source_key) == 0]


def kept_back(catalog: Catalog, read: FilesRead) -> list[str]:
    """What to say of files that may hold articles which this run could not read: nothing of theirs is pruned."""
    known = {row[0] for row in catalog.rows("SELECT DISTINCT file FROM origins")}
    return [f"{file}: nothing was pruned, for some of it could not be read" for file in sorted(read.faulty & known)]


def forget_lost(catalog: Catalog, inputs: Sequence[str], read: FilesRead) -> None:
    """Forget that these files once held what they hold no longer."""
    patterns = [_pattern(given) for given in inputs if given != STDIN]
    rows = catalog.rows("SELECT source_key, file FROM origins")
    if lost := [row for row in rows if _lost(row[0], row[1], patterns, read)]:
        with catalog.transaction():
            catalog.run_many("DELETE FROM origins WHERE source_key = ? AND file = ?", lost)


def uploads_of(home: Path, catalog: Catalog, source_key: str) -> list[Path]:
    """Files that a server was given and kept in the home, and that this source was read from."""
    kept = home.resolve() / UPLOADS
    files = [Path(row[0]) for row in catalog.rows("SELECT file FROM origins WHERE source_key = ?", (source_key,))]
    return [file for file in files if file.is_relative_to(kept)]


def _lost(key: str, file: str, patterns: Sequence[str], read: FilesRead) -> bool:
    if file in read.faulty:
        return False
    if file in read.keys:
        return key not in read.keys[file]
    inside = any(file == root or file.startswith(f"{root}/") or fnmatch.fnmatch(file, root) for root in patterns)
    return inside and not Path(file).exists()


def _pattern(given: str) -> str:
    path = Path(given).expanduser()
    return str(path.absolute()) if glob.has_magic(given) and not path.exists() else str(path.resolve())
