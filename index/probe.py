"""Open a Chroma folder, count and query it, and say what was seen: run as a process of its own (python -m index.probe).

Reads one JSON object from stdin, writes one to stdout. It may crash: that is what it is for.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import numpy as np

from index.errors import VectorsUnavailable
from index.identity import sha256_of
from index.stores.chroma import ChromaStore
from index.types import FloatMatrix

_NONE = np.zeros((0, 0), dtype=np.float32)
NEIGHBOURS = 10
SEARCHES = 30  # of the sample's vectors are searched for; all are read back
ENOUGH = 0.5  # of the searches; they are approximate, and miss some among many near-copies


def probe(folder: Path, collection: str, passage_ids: list[str], vectors: FloatMatrix) -> dict[str, object]:
    """What the index counts and lists, whether it holds the sample's vectors, and how many of them find themselves.

    Raises VectorsUnavailable.
    """
    store = ChromaStore.in_folder(folder, collection)
    count, held = store.count(), store.passage_ids()
    # A crash may have come before some of the sample: those are no damage, reconciling adds them.
    sample = {passage_id: row for passage_id, row in zip(passage_ids, vectors, strict=True) if passage_id in held}
    kept = store.vectors_of(list(sample))
    changed = [p for p, row in sample.items() if p not in kept or not np.allclose(kept[p], row, atol=1e-3)]
    searched = list(sample.values())[:: max(1, len(sample) // SEARCHES)]
    found = sum(any(near.similarity > 0.99 for near in store.query(row, limit=NEIGHBOURS)) for row in searched)
    store.close()
    complaint = ""
    if len(held) != count:
        complaint = f"it counts {count} records and lists {len(held)}"
    elif changed:
        complaint = f"{len(changed)} of {len(sample)} vectors are lost or changed"
    elif found < ENOUGH * len(searched):
        complaint = f"only {found} of {len(searched)} passages find themselves"
    digest = sha256_of("\n".join(sorted(held)))
    return {"count": count, "complaint": complaint, "digest": digest, "asked": len(searched), "found": found}


def main() -> int:
    request = json.load(sys.stdin)
    data = base64.b64decode(request["vectors"])
    vectors = np.frombuffer(data, dtype=np.float32).reshape(len(request["passage_ids"]), -1) if data else _NONE
    try:
        answer = probe(Path(request["folder"]), request["collection"], request["passage_ids"], vectors)
    except VectorsUnavailable as error:
        answer = {"count": 0, "complaint": error.message, "digest": "", "asked": 0, "found": 0}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
