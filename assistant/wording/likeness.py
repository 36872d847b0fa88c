"""Which sentences of two texts may tell the same thing: what they share, weighed by how rare it is in the collection.

Cheap on purpose: stems, names and numbers only. What the sentences say to each other is for others to find out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.wording.matching import Side
from index import SectionKind

LOOKED_AT = 3  # counterparts of each sentence that are looked at closely
LEAST_SHARED = 2  # names, stems or numbers in common
OPENING = 2  # paragraphs, and sentences behind the headline, in which an article tells what it is about


@dataclass(frozen=True)
class Likeness:
    """Two sentences, and how far they go together. ``left`` and ``right`` are places among the sentences compared."""

    left: int
    right: int
    shared: float  # weight in common
    cover: float  # of both sentences' weight together, 0..1
    fuller: float  # share of the sentence that is covered better
    poorer: float
    rank_left: int  # 0: nothing on the right is more like the left one
    rank_right: int

    @property
    def score(self) -> float:
        return self.cover * math.log1p(self.shared)


def rarity_of(texts: Sequence[Sequence[Side]]) -> dict[str, float]:
    """Weight of each key: the logarithm of how many sentences there are to one that holds it."""
    total = sum(len(sides) for sides in texts)
    counts = Counter(key for sides in texts for side in sides for key in side.keys)
    return {key: math.log((total + 1) / count) for key, count in counts.items()}


def likely_pairs(lefts: Sequence[Side], rights: Sequence[Side], rarity: Mapping[str, float]) -> list[Likeness]:
    """For each sentence of either side its few likeliest counterparts on the other, and the other's opening for an
    opening; in order of place."""
    weights = [[sum(rarity[key] for key in side.keys) for side in sides] for sides in (lefts, rights)]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, side in enumerate(rights):
        for key in side.keys:
            holders[key].append(place)
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for place, side in enumerate(lefts):
        counts: Counter[int] = Counter()
        shared: dict[int, float] = defaultdict(float)
        for key in side.keys:
            for other in holders.get(key, ()):
                counts[other] += 1
                shared[other] += rarity[key]
        for other, count in counts.items():
            if count >= LEAST_SHARED or (opens(side, place) and opens(rights[other], other)):
                both = weights[0][place] + weights[1][other]
                found[place, other] = shared[other], 2 * shared[other] / both if both else 0.0
    scores = {pair: cover * math.log1p(weight) for pair, (weight, cover) in found.items()}
    forth, back = ranks(scores, 0), ranks(scores, 1)
    kept = [
        pair
        for pair in sorted(found)
        if min(forth[pair], back[pair]) < LOOKED_AT
        or (opens(lefts[pair[0]], pair[0]) and opens(rights[pair[1]], pair[1]))
    ]
    return [likeness(pair, found[pair], weights, forth[pair], back[pair]) for pair in kept]


def likeness(
    pair: tuple[int, int], measured: tuple[float, float], weights: Sequence[Sequence[float]], forth: int, back: int
) -> Likeness:
    shared, cover = measured
    shares = [shared / weights[side][pair[side]] if weights[side][pair[side]] else 0.0 for side in (0, 1)]
    return Likeness(*pair, shared, cover, max(shares), min(shares), forth, back)


def ranks(scores: Mapping[tuple[int, int], float], which: int) -> dict[tuple[int, int], int]:
    """The place of each pair among those with the same sentence on side ``which``; ties go to the earlier."""
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in scores:
        rows[pair[which]].append(pair)
    placed: dict[tuple[int, int], int] = {}
    for pairs in rows.values():
        pairs.sort(key=lambda pair: (-scores[pair], pair))
        placed |= {pair: rank for rank, pair in enumerate(pairs)}
    return placed


def opens(side: Side, place: int) -> bool:
    """Headline or first sentences: two articles on one event tell it there, in whatever words."""
    return is_headline(side) or (side.sentence.paragraph <= OPENING and place <= OPENING)


def is_headline(side: Side) -> bool:
    return side.sentence.section is SectionKind.HEADLINE
