"""Fitted weights of named signals: what a logistic regression leaves behind, readable and without its library."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

Kind = TypeVar("Kind")
Signals = dict[str, float]
CERTAIN = 1e-4  # nothing is surer


@dataclass(frozen=True, slots=True)
class Scale:
    """``coefficients`` by signal, on the signals' own scale; a signal without one weighs nothing."""

    bias: float
    coefficients: Mapping[str, float]

    def score(self, signals: Signals) -> float:
        return self.bias + sum(self.coefficients.get(name, 0.0) * value for name, value in signals.items())

    def probability(self, signals: Signals) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(signals)))))


def shares(scales: Mapping[Kind, Scale], signals: Signals) -> dict[Kind, float]:
    """The probability of each of several kinds by a multinomial logistic regression; they sum to 1."""
    scores = {kind: scale.score(signals) for kind, scale in scales.items()}
    highest = max(scores.values())
    raised = {kind: math.exp(score - highest) for kind, score in scores.items()}
    total = sum(raised.values())
    return {kind: share / total for kind, share in raised.items()}


def log_odds(probability: float) -> float:
    kept = min(max(probability, CERTAIN), 1.0 - CERTAIN)
    return math.log(kept / (1.0 - kept))
