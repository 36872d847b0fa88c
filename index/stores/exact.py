"""Exact search over vectors in memory: the oracle of the tests, and the store of small collections."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.stores.base import Neighbour, VectorRows
from index.types import FloatMatrix


class ExactStore:
    """Every vector is compared: 100,000 × 384 take some 20 ms. Nothing is written to disk."""

    name = "exact"

    def __init__(self, rows: VectorRows) -> None:
        self._ids = list(rows.passage_ids)
        self._articles = np.array(rows.article_ids, dtype="<U16")
        self._vectors = rows.vectors

    def upsert(self, rows: VectorRows) -> None:
        """Copies the matrix: meant for tests and small additions."""
        self.delete(rows.passage_ids)
        self._ids.extend(rows.passage_ids)
        self._articles = np.concatenate([self._articles, np.array(rows.article_ids, dtype="<U16")])
        self._vectors = np.vstack([self._vectors, rows.vectors]) if self._vectors.size else rows.vectors

    def delete(self, passage_ids: Sequence[str]) -> None:
        gone = set(passage_ids)
        kept = [row for row, passage_id in enumerate(self._ids) if passage_id not in gone]
        if len(kept) == len(self._ids):
            return
        self._ids = [self._ids[row] for row in kept]
        self._articles = self._articles[kept]
        self._vectors = self._vectors[kept]

    def query(self, vector: FloatMatrix, *, limit: int, article_ids: frozenset[str] | None = None) -> list[Neighbour]:
        """The nearest passages, best first; equal similarities in order of passage id."""
        if not self._ids or limit < 1:
            return []
        similarities = self._vectors @ vector.reshape(-1)
        rows = np.arange(len(self._ids))
        if article_ids is not None:
            rows = rows[np.isin(self._articles, np.array(sorted(article_ids), dtype="<U16"))]
        found = similarities[rows]
        if len(rows) > limit:
            best = np.argpartition(-found, limit - 1)[:limit]
            rows, found = rows[best], found[best]
        pairs = sorted(zip(rows, found, strict=True), key=lambda pair: (-pair[1], self._ids[pair[0]]))
        return [Neighbour(self._ids[row], float(similarity)) for row, similarity in pairs]

    def count(self) -> int:
        return len(self._ids)

    def passage_ids(self) -> set[str]:
        return set(self._ids)

    def close(self) -> None:
        """Nothing to let go of: the matrix belongs to the caller."""
