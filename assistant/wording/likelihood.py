"""How likely a candidate is a difference that a careful reader would write down, by weights fitted on read events.

The weights stand in likelihood.json; ``python -m assistant.wording.fit_likelihood`` makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate
from assistant.wording.likeness import Likeness, is_headline

WEIGHTS = "likelihood.json"
RESTING = ("gap_noun", "gap_verb", "mood", "own_voice", "noun_kin", "verb", "number", "speaker_unnamed")
COVERED = ("gap_noun", "gap_verb", "modifier", "verb", "number", "mood", "own_voice", "speakers_of_sentence")
SURE = frozenset({"sign:same_number", "sign:number_hedged"})  # one number: the rest needs no weighing
SURE_COVER = 0.2
MOST = 2  # differences told of two sentences


@dataclass(frozen=True, slots=True)
class Weights:
    """``coefficients`` by feature, on the features' own scale; a candidate below ``threshold`` is not told."""

    bias: float
    threshold: float
    coefficients: dict[str, float]


@cache
def weights() -> Weights:
    read = json.loads(files("assistant.wording").joinpath(WEIGHTS).read_text("utf-8"))
    return Weights(read["bias"], read["threshold"], read["coefficients"])


def features(pair: Aligned, alike: Likeness, candidate: Candidate) -> dict[str, float]:
    """What is known of a candidate, by name; what is not named is 0."""
    heads = (is_headline(pair.left), is_headline(pair.right))
    within = pair.left.sentence.article_id == pair.right.sentence.article_id
    found = {
        "cover": alike.cover,
        "shared": math.log1p(alike.shared),
        "fuller": alike.fuller,
        "poorer": alike.poorer,
        "rank_left": 1 / (1 + alike.rank_left),
        "rank_right": 1 / (1 + alike.rank_right),
        "best_of_both": float(alike.rank_left == alike.rank_right == 0),
        "headlines": float(all(heads)),
        "headline": float(any(heads) and not all(heads) and not within),
        "within": float(within),
        "early_left": 1 / (1 + alike.left),
        "early_right": 1 / (1 + alike.right),
        "support": candidate.support,
        "length_left": math.log1p(candidate.ours.end - candidate.ours.start),
        "length_right": math.log1p(candidate.theirs.end - candidate.theirs.start),
        f"sign:{candidate.sign}": 1.0,
    }
    if candidate.sign in RESTING:
        found[f"support:{candidate.sign}"] = candidate.support
    if candidate.sign in COVERED:
        found[f"cover:{candidate.sign}"] = alike.cover
    return found


def likelihood(found: dict[str, float], by: Weights) -> float:
    """Probability, 0..1."""
    sign = next(name for name in found if name.startswith("sign:"))
    if sign in SURE and found["cover"] >= SURE_COVER:
        return 1.0
    if sign not in by.coefficients:
        return 0.0  # never seen where the weights were fitted: nothing is known of it
    total = by.bias + sum(by.coefficients.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def told(rated: Sequence[tuple[float, Candidate]], threshold: float, most: int = MOST) -> list[Candidate]:
    """The likeliest candidates of two sentences, none on the words of another."""
    kept: list[Candidate] = []
    for rate, candidate in sorted(rated, key=lambda row: (-row[0], row[1].ours.start, row[1].theirs.start)):
        if rate < threshold or len(kept) == most:
            break
        if not any(overlap(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def overlap(one: Candidate, other: Candidate) -> bool:
    return (one.ours.start < other.ours.end and other.ours.start < one.ours.end) or (
        one.theirs.start < other.theirs.end and other.theirs.start < one.theirs.end
    )


def kind_of(candidate: Candidate, pair: Aligned) -> FlagKind:
    within = pair.left.sentence.article_id == pair.right.sentence.article_id
    return FlagKind.HEADLINE_BODY if within else candidate.kind
