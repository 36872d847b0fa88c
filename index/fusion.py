"""Two rankings → one. Pure: passage ids and scores in, an order out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RANK_CONSTANT = 60  # of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passage ids, best first, and how much this ranking counts."""

    order: Sequence[str]
    weight: float = 1.0

    def ranks(self) -> Mapping[str, int]:
        """Rank from 1 by passage id."""
        return {passage_id: rank for rank, passage_id in enumerate(self.order, start=1)}


def fuse(rankings: Sequence[Ranking], constant: int = RANK_CONSTANT) -> list[tuple[str, float]]:
    """Passage ids with the weighted sum of their reciprocal ranks, best first; ties in the order of the ids."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for passage_id, rank in ranking.ranks().items():
            scores[passage_id] += ranking.weight / (constant + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
