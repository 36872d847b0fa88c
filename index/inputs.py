"""How many articles a run's inputs will give, for a progress bar."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence

from index.readers import ReadFailure, readers
from index.readers.expand import FoundFile, expand

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
