"""Is a vector index what it should be? Count it, list it, read a sample back, and have the sample find itself.

A folder that may be torn is looked at in a process of its own (python -m index.probe): it may crash, that is what it
is for. It reads one JSON object from stdin and writes one to stdout. A server is looked at from here.
"""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.errors import VectorsUnavailable
from index.identity import sha256_of
from index.stores.base import VectorRows
from index.stores.chroma import ChromaStore
from index.types import FloatMatrix

_NONE = np.zeros((0, 0), dtype=np.float32)
SAMPLES = 500  # vectors read back
NEIGHBOURS = 10
SEARCHES = 30  # of the sample's vectors are searched for
ENOUGH = 0.5  # of the searches; they are approximate, and miss some among many near-copies


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What was seen. ``complaint`` is empty when all is well."""

    complaint: str
    count: int = 0
    digest: str = ""  # of the sorted passage ids
    asked: int = 0  # passages of the sample that were searched for
    found: int = 0  # of these, how many are among their own nearest


def digest_of(passage_ids: set[str]) -> str:
    """The same for the same set of ids."""
    return sha256_of("\n".join(sorted(passage_ids)))


def look_at(store: ChromaStore, sample: VectorRows) -> ProbeResult:
    """What the index counts and lists, whether it holds the sample's vectors, and how many of them find themselves.

    Raises VectorsUnavailable.
    """
    count, held = store.count(), store.passage_ids()
    # A crash may have come before some of the sample: those are no damage, reconciling adds them.
    rows = {key: row for key, row in zip(sample.passage_ids, sample.vectors, strict=True) if key in held}
    kept = store.vectors_of(list(rows))
    changed = [key for key, row in rows.items() if key not in kept or not np.allclose(kept[key], row, atol=1e-3)]
    searched = list(rows.values())[:: max(1, len(rows) // SEARCHES)]
    found = sum(any(near.similarity > 0.99 for near in store.query(row, limit=NEIGHBOURS)) for row in searched)
    complaint = ""
    if len(held) != count:
        complaint = f"it counts {count} records and lists {len(held)}"
    elif changed:
        complaint = f"{len(changed)} of {len(rows)} vectors are lost or changed"
    elif found < ENOUGH * len(searched):
        complaint = f"only {found} of {len(searched)} passages find themselves"
    return ProbeResult(complaint, count, digest_of(held), len(searched), found)


def main() -> int:
    request = json.load(sys.stdin)
    data = base64.b64decode(request["vectors"])
    ids = request["passage_ids"]
    vectors: FloatMatrix = np.frombuffer(data, dtype=np.float32).reshape(len(ids), -1) if data else _NONE
    try:
        store = ChromaStore.in_folder(Path(request["folder"]), request["collection"])
        result = look_at(store, VectorRows(ids, ids, vectors))
        store.close()
    except VectorsUnavailable as error:
        result = ProbeResult(error.message)
    json.dump(asdict(result), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
