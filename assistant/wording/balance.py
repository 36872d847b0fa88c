"""What all that was read of one article makes likely, by weights fitted on labelled events.

The table and the model judge sentence by sentence, each with its own limits. Here their findings in all sentences of an
article are weighed at once: a multinomial logistic regression over named signals, so that every weight can be read.
The weights stand in balance.json; ``python -m assistant.wording.fit_balance`` makes them, for one verifier.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Stance
from assistant.wording.opinion import Opinion
from assistant.wording.scale import Scale, Signals, shares
from assistant.wording.stance import MODEL
from assistant.wording.weigh import strange_names

WEIGHTS = "balance.json"
SMALLEST = 1e-4  # a probability nearer to 0 or 1 tells no more
SURE = 0.9  # probability from which each hundredth counts more
MANY = 2  # strange names that weigh as much as more of them


@dataclass(frozen=True, slots=True)
class Balance:
    """``verifier``: whose probabilities are weighed. ``supports``, ``refutes``: what must be reached to be said so."""

    verifier: str
    supports: float
    refutes: float
    scales: Mapping[Stance, Scale]

    def likelihood(self, signals: Signals) -> dict[Stance, float]:
        """The probability of each stance; they sum to 1."""
        return shares(self.scales, signals)

    def stance_of(self, likely: Mapping[Stance, float]) -> Stance:
        """Support or refutation, the likelier, where it reaches what it must; else the likelier of the other two."""
        said, denied = likely[Stance.SUPPORTS], likely[Stance.REFUTES]
        found, least = (Stance.SUPPORTS, self.supports) if said >= denied else (Stance.REFUTES, self.refutes)
        if likely[found] >= least:
            return found
        return Stance.DIFFERS if likely[Stance.DIFFERS] > likely[Stance.SILENT] else Stance.SILENT


@cache
def fitted_balance() -> Balance:
    read = json.loads(files("assistant.wording").joinpath(WEIGHTS).read_text("utf-8"))
    scales = {Stance(name): Scale(row["bias"], row["coefficients"]) for name, row in read["scales"].items()}
    return Balance(read["verifier"], read["supports"], read["refutes"], scales)


def balance_signals(opinions: Sequence[Opinion], stance: Stance, rule: str) -> Signals:
    """All that was found in one article, by name. ``stance`` and ``rule``: what the table made of it.

    Raises ValueError where nothing was read.
    """
    if not opinions:
        raise ValueError("nothing was read of the article")
    surest = max(opinions, key=lambda o: o.evidence.entailment)
    telling = max(opinions, key=lambda o: o.evidence.on_matter)
    otherwise = max(opinions, key=lambda o: o.evidence.differing)
    differed = sorted((opinion.evidence.differing for opinion in opinions), reverse=True)
    entailed = sorted((opinion.evidence.entailment for opinion in opinions), reverse=True)
    contradicted = sorted((opinion.evidence.contradiction for opinion in opinions), reverse=True)
    by = "" if stance is Stance.SILENT else f":{who_decided(rule)}"
    found = {
        f"table:{stance}{by}": 1.0,
        "entailment_second": log_odds(entailed[1] if len(entailed) > 1 else 0.0),
        "entailment_sure": 10 * max(0.0, entailed[0] - SURE),
        "contradiction": log_odds(contradicted[0]),
        "contradiction_second": log_odds(contradicted[1] if len(contradicted) > 1 else 0.0),
        "contradiction_sure": 10 * max(0.0, contradicted[0] - SURE),
        "differing_second": log_odds(differed[1] if len(differed) > 1 else 0.0),
        "torn": 1 - abs(entailed[0] - contradicted[0]),
        "coverage": max(opinion.alignment.coverage for opinion in opinions),
        "repeated": float(any(opinion.alignment.repetition for opinion in opinions)),
        "length": math.log(len(opinions[0].alignment.claim.sentence.tokens)),
    }
    parts = (("telling", telling), ("surest", surest), ("otherwise", otherwise))
    for name, opinion in parts:
        found |= signals_of(opinion, name)
    return found


def signals_of(opinion: Opinion, name: str) -> Signals:
    """One sentence: what the model reads in it, how much of the claim it carries, what the slots found."""
    evidence, coverage = opinion.evidence, opinion.alignment.coverage
    entailed, contradicted = log_odds(evidence.entailment), log_odds(evidence.contradiction)
    found = {
        f"{name}_entailment": entailed,
        f"{name}_contradiction": contradicted,
        f"{name}_differing": log_odds(evidence.differing),
        f"{name}_silent": log_odds(max(0.0, 1 - evidence.on_matter)),
        f"{name}_coverage": coverage,
        f"{name}_entailment_coverage": entailed * coverage,
        f"{name}_both": entailed * contradicted / 10,
        f"{name}_strange": float(min(MANY, len(strange_names(opinion.alignment)))),
        f"{name}_headline": float(opinion.headline),
    }
    return found | {f"{name}:{r.slot}.{r.relation}": 1.0 for r in opinion.alignment.relations}


def who_decided(rule: str) -> str:
    """In the table: the model, a rule that the model's reading let speak, or a rule alone."""
    return MODEL if rule == MODEL else "heard" if rule.endswith(f"+{MODEL}") else "rule"


def log_odds(probability: float) -> float:
    return math.log((probability + SMALLEST) / (1 - probability + SMALLEST))
