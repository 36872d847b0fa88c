"""In what kind of thing a source departs from a claim, by weights fitted on labelled pairs.

The table names a kind where a slot shows it. Most that a model reads as told otherwise no slot shows; what the slots
did find, what the verifier reads and what the pair reader makes of claim and sentence are weighed at once, by a
multinomial logistic regression. The weights stand in departures.json; ``python -m assistant.wording.fit_departures``
makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.differing import KINDS, Reading
from assistant.types import FlagKind, Stance
from assistant.wording.opinion import Opinion
from assistant.wording.scale import Scale, Signals, log_odds, shares

WEIGHTS = "departures.json"


@dataclass(frozen=True, slots=True)
class Departures:
    """``least``: the probability from which a kind is named."""

    least: float
    scales: Mapping[FlagKind, Scale]

    def kind_of(self, signals: Signals) -> FlagKind | None:
        """The likeliest kind; None where no kind is likely enough."""
        likely = shares(self.scales, signals)
        best = max(likely, key=lambda kind: likely[kind])
        return best if likely[best] >= self.least else None


def departure_signals(opinion: Opinion, stance: Stance, reading: Reading) -> Signals:
    """What is known of claim and sentence, by name. ``stance``: of the source; ``reading``: of claim and sentence."""
    evidence, alignment = opinion.evidence, opinion.alignment
    found = {
        "refutes": float(stance is Stance.REFUTES),
        "coverage": alignment.coverage,
        "entailment": log_odds(evidence.entailment),
        "contradiction": log_odds(evidence.contradiction),
        "differing": log_odds(evidence.differing),
        **{f"{relation.slot}.{relation.relation}": 1.0 for relation in alignment.relations},
    }
    surest = reading.cells.max(axis=(1, 2))
    read = {f"read:{kind}": log_odds(float(surest[place])) for place, kind in enumerate(KINDS)}
    return found | read | {"one_fact": reading.one_fact}


@cache
def fitted_departures() -> Departures:
    read = json.loads(files("assistant.wording").joinpath(WEIGHTS).read_text("utf-8"))
    scales = {FlagKind(kind): Scale(row["bias"], row["coefficients"]) for kind, row in read["scales"].items()}
    return Departures(read["least"], scales)
