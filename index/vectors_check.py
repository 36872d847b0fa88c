"""Are the vectors in store.db vectors of the model in use? One place for the question, asked by doctor and repair."""

from __future__ import annotations

import numpy as np

from index.catalog_read import CatalogReader

LENGTH_TOLERANCE = 0.01  # vectors have length 1


def check_vectors(catalog: CatalogReader) -> tuple[int, list[str]]:
    """How many passages have a vector in use, and the ids of those whose vector has no length 1 or a wrong size."""
    dimension = int(catalog.manifest("dimension") or 0)
    held = 0
    bad: list[str] = []
    for passage_ids, blobs in catalog.blobs_in_batches():
        held += len(passage_ids)
        for passage_id, blob in zip(passage_ids, blobs, strict=True):
            if len(blob) != 4 * dimension:
                bad.append(passage_id)
            else:
                length = float(np.linalg.norm(np.frombuffer(blob, dtype="<f4")))
                if not abs(length - 1) < LENGTH_TOLERANCE:  # written so that NaN is bad too
                    bad.append(passage_id)
    return held, bad
