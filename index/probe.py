"""Open a Chroma folder, count and query it, and say what was seen: run as a process of its own (python -m index.probe).

Reads one JSON object from stdin, writes one to stdout. It may crash: that is what it is for.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from index.errors import VectorsUnavailable
from index.identity import sha256_of
from index.stores.chroma import ChromaStore
from index.types import FloatMatrix

NEIGHBOURS = 10
ENOUGH = 0.5  # of the sample; the search is approximate, and misses some among many near-copies


def probe(folder: Path, collection: str, passage_ids: list[str], vectors: FloatMatrix) -> dict[str, object]:
    """What the index counts and lists, and the share of the sample that finds itself. Raises VectorsUnavailable."""
    store = ChromaStore.in_folder(folder, collection)
    count, held = store.count(), store.passage_ids()
    asked = found = 0
    for passage_id, vector in zip(passage_ids, vectors, strict=True):
        if passage_id not in held:
            continue  # a crash may have come before it: reconciling adds it
        asked += 1
        found += any(near.similarity > 0.99 for near in store.query(vector, limit=NEIGHBOURS))
    store.close()
    complaint = ""
    if len(held) != count:
        complaint = f"it counts {count} records and lists {len(held)}"
    elif found < ENOUGH * asked:
        complaint = f"only {found} of {asked} passages find themselves"
    digest = sha256_of("\n".join(sorted(held)))
    return {"count": count, "complaint": complaint, "digest": digest, "asked": asked, "found": found}


def main() -> int:
    request = json.load(sys.stdin)
    vectors = np.array(request["vectors"], dtype=np.float32)
    try:
        answer = probe(Path(request["folder"]), request["collection"], request["passage_ids"], vectors)
    except VectorsUnavailable as error:
        answer = {"count": 0, "complaint": error.message, "digest": "", "asked": 0, "found": 0}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
