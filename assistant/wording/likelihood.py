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
# Signs of one sort are weighed alike beside their own weight: few read events hold many of any single one.
FAMILIES = {
    "noun": "gap_noun filler_object filler_oblique filler_subject noun_kin same_number gap_adjective modifiers",
    "verb": "gap_verb gap_verb_kin verb verb_kin act act_ladder verb_ladder gap_verb_ladder",
    "saying": "verb_saying gap_verb_saying verb_asking gap_verb_asking",
    "mood": "mood firmness negated",
    "narrower": "modifier modifier_status modifiers_status modifier_hedging modifiers_hedging modifier_extent "
    "modifiers_extent manner",
    "judging": "tone modifier_judging modifiers_judging manners gap_adverb",
    "speaker": "speakers_of_sentence speaker speaker_unnamed asker own_voice voice_of_sentence",
    "number": "number number_hedged",
    "time": "time time_finer time_of_sentence",
    "quoted": "quoted",
}
FAMILY = {sign: family for family, signs in FAMILIES.items() for sign in signs.split()}
ALIKE = 0.3  # share of both sentences' weight in common from which they plainly tell one thing
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
    family = FAMILY[candidate.sign]
    return {
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
        "letters_left": math.log1p(len(pair.left.sentence.text)),
        "letters_right": math.log1p(len(pair.right.sentence.text)),
        "length_left": math.log1p(candidate.ours.end - candidate.ours.start),
        "length_right": math.log1p(candidate.theirs.end - candidate.theirs.start),
        f"sign:{candidate.sign}": 1.0,
        f"family:{family}": 1.0,
        f"cover:{family}": alike.cover,
        "alike": float(alike.cover >= ALIKE),
        "cover_of_best": alike.cover * float(alike.rank_left == alike.rank_right == 0),
    }


def likelihood(found: dict[str, float], by: Weights) -> float:
    """Probability, 0..1."""
    sign = next(name for name in found if name.startswith("sign:"))
    if sign in SURE and found["cover"] >= SURE_COVER:
        return 1.0
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
