"""How likely a candidate is a difference that a careful reader would write down, by weights fitted on read events.

Two questions, each with its own weights: do two sentences likely tell one fact, by their words (those are read by the
network), and do two stretches of them differ in it, by all that is known of both. The weights stand in
likelihood.json; ``python -m assistant.wording.fit_likelihood`` makes them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.differing import KINDS
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate
from assistant.wording.pair import Pair
from assistant.wording.scale import Scale, Signals, log_odds
from assistant.wording.signals import candidate_signals

WEIGHTS = "likelihood.json"
# Signs of one sort are weighed alike beside their own weight: few read events hold many of any single one.
FAMILIES = {
    "noun": "gap_noun filler_oblique filler_subject same_number gap_adjective modifiers",
    "verb": "gap_verb gap_verb_kin verb verb_kin act act_ladder verb_ladder gap_verb_ladder",
    "saying": "verb_saying gap_verb_saying verb_asking gap_verb_asking",
    "mood": "mood",
    "narrower": "modifier modifier_status modifier_hedging modifiers_hedging modifier_extent modifiers_extent",
    "judging": "modifier_judging modifiers_judging manners gap_adverb",
    "speaker": "speakers_of_sentence speaker speaker_unnamed asker own_voice voice_of_sentence",
    "number": "number number_hedged",
    "time": "time time_finer",
    "quoted": "quoted",
    "read": "read read_voice",
}
FAMILY = {sign: family for family, signs in FAMILIES.items() for sign in signs.split()}
READ = (
    "read_kind", "read_any", "read_fact", "one_fact", "fact_left", "fact_right", "fact_best", "fact_gap",
)  # fmt: skip
WITH_FAMILY = ("cover", "soft_min", "edges", "anchors", "local", "support", "within", "headlines", "definite", *READ)
SURE = frozenset({"same_number", "number_hedged"})  # one number: the rest needs no weighing
SURE_COVER = 0.2
MOST = 3  # differences told of two sentences


@dataclass(frozen=True, slots=True)
class Weights:
    """``one_fact``: of two sentences; ``differs``: of a candidate in them, told from the ``threshold`` on."""

    threshold: float
    one_fact: Scale
    differs: Scale


@cache
def weights() -> Weights:
    read = json.loads(files("assistant.wording").joinpath(WEIGHTS).read_text("utf-8"))
    one_fact, differs = (Scale(read[name]["bias"], read[name]["coefficients"]) for name in ("one_fact", "differs"))
    return Weights(read["threshold"], one_fact, differs)


def features(pair: Pair, candidate: Candidate) -> Signals:
    """All that is known of a candidate, by name."""
    family = FAMILY[candidate.sign]
    found = pair.signals | {"one_fact": log_odds(pair.one_fact)}
    found |= candidate_signals(pair.aligned, candidate) | reading_signals(pair, candidate)
    found |= {f"{name}:{family}": found.get(name, 0.0) for name in WITH_FAMILY}
    named = {f"sign:{candidate.sign}": 1.0, f"family:{family}": 1.0, f"{family}:{candidate.kind}": 1.0}
    return found | named


def reading_signals(pair: Pair, candidate: Candidate) -> Signals:
    """What the network makes of the pair, and of a candidate's stretches under its kind and under any (log odds)."""
    if pair.reading is None:
        return {"unread": 1.0}
    left, right = pair.aligned.left.sentence.start, pair.aligned.right.sentence.start
    ours = (candidate.ours.start - left, candidate.ours.end - left)
    mean = pair.reading.mean_over(ours, (candidate.theirs.start - right, candidate.theirs.end - right))
    fact = pair.reading.one_fact
    return {
        "read_kind": log_odds(float(mean[KINDS.index(candidate.kind)])),
        "read_any": log_odds(float(mean.max())),
        "read_fact": fact,
        "read_two_facts": min(fact, 0.0),
        **pair.standing,
    }


def likelihood(found: Signals, candidate: Candidate, by: Weights) -> float:
    """Probability, 0..1, that two sentences tell one fact and that a candidate's stretches differ in it."""
    if candidate.sign in SURE and found["cover"] >= SURE_COVER:
        return 1.0
    return by.differs.probability(found)


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
