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


def probe(folder: Path, collection: str, passage_ids: list[str], vectors: FloatMatrix) -> dict[str, object]:
    """The count, and a complaint when a stored vector does not find itself. Raises VectorsUnavailable."""
    store = ChromaStore.in_folder(folder, collection)
    count = store.count()
    held = store.passage_ids()
    complaint = "" if len(held) == count else f"it counts {count} records and lists {len(held)}"
    for passage_id, vector in zip(passage_ids, vectors, strict=True):
        if passage_id not in held:
            continue  # a crash may have come before it: reconciling adds it
        nearest = store.query(vector, limit=1)
        if not nearest or nearest[0].similarity < 0.99:
            complaint = complaint or f"passage {passage_id} does not find itself"
    store.close()
    return {"count": count, "complaint": complaint, "digest": sha256_of("\n".join(sorted(held)))}


def main() -> int:
    request = json.load(sys.stdin)
    vectors = np.array(request["vectors"], dtype=np.float32)
    try:
        answer = probe(Path(request["folder"]), request["collection"], request["passage_ids"], vectors)
    except VectorsUnavailable as error:
        answer = {"count": 0, "complaint": error.message, "digest": ""}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
