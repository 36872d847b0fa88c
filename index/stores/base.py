"""The seam between the index and whatever holds its vectors: one small Protocol, two implementations.

``ChromaStore`` (chroma.py) scales; ``ExactStore`` (exact.py) is the oracle, and answers small collections.
Vectors are a copy: they can always be built again from the blobs in store.db.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.types import FloatMatrix


@dataclass(frozen=True, slots=True)
class VectorRows:
    """Passages and their vectors, row for row. ``vectors``: float32, rows of length 1."""

    passage_ids: Sequence[str]
    article_ids: Sequence[str]
    vectors: FloatMatrix

    def __len__(self) -> int:
        return len(self.passage_ids)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage near a question. ``similarity`` is the cosine, -1 to 1."""

    passage_id: str
    similarity: float


class VectorStore(Protocol):
    """Vectors by passage id. Writing the same id twice keeps the later vector."""

    name: str

    def upsert(self, rows: VectorRows) -> None: ...

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Forget these passages; unknown ids are ignored."""
        ...

    def query(self, vector: FloatMatrix, *, limit: int, article_ids: frozenset[str] | None = None) -> list[Neighbour]:
        """The passages nearest to ``vector`` (shape (dimension,) or (1, dimension)), best first.

        Raises VectorsUnavailable when the store cannot answer.
        """
        ...

    def count(self) -> int: ...

    def passage_ids(self) -> set[str]: ...

    def close(self) -> None: ...
