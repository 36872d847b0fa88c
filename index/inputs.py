"""What a run's inputs mean for the collection: how many there are, and which indexed articles they no longer hold."""

from __future__ import annotations

import fnmatch
import glob
import gzip
import zlib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from index.readers import ReadFailure, readers
from index.readers.expand import FoundFile, expand
from index.types import ArticleHeader

STDIN = "-"
_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def count_inputs(inputs: Sequence[str]) -> int | None:
    """How many articles and failures reading will give, for a progress bar; None when stdin is among them."""
    if STDIN in inputs:
        return None
    suffixes = [suffix for name in readers.names() for suffix in readers.get(name)().suffixes]
    return sum(_count(found) for found in expand(list(inputs), suffixes))


def _count(found: FoundFile | ReadFailure) -> int:
    """Lines of a JSON lines file, else one. What cannot be read will be one failure."""
    if isinstance(found, ReadFailure) or not found.path.name.lower().endswith(_LINES):
        return 1
    try:
        with gzip.open(found.path) if found.path.name.endswith(".gz") else found.path.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")) or 1
    except (OSError, EOFError, zlib.error):
        return 1


def gone(headers: Iterable[ArticleHeader], inputs: Sequence[str], seen: Collection[str]) -> list[ArticleHeader]:
    """Articles that came from ``inputs`` once and are no longer there: deleted files, dropped lines with an id.

    ``seen``: the source keys read in this run. A file that is there but could not be read is not gone; articles
    known by a URL alone do not say which file they came from, and stay.
    """
    patterns = [_pattern(given) for given in inputs if given != STDIN]
    found = []
    for header in headers:
        path, hash_sign, _name = header.source_key.partition("#")
        if header.source_key in seen or not path.startswith("/"):
            continue
        inside = any(path == root or path.startswith(f"{root}/") or fnmatch.fnmatch(path, root) for root in patterns)
        read = hash_sign and any(key.startswith(f"{path}#") for key in seen)
        if inside and (read or not Path(path).exists()):
            found.append(header)
    return found


def _pattern(given: str) -> str:
    path = Path(given).expanduser()
    return str(path.absolute()) if glob.has_magic(given) and not path.exists() else str(path.resolve())
