"""Fitted weights of named signals: what a logistic regression leaves behind, readable and without its library."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Signals = dict[str, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """``coefficients`` by signal, on the signals' own scale; a signal without one weighs nothing."""

    bias: float
    coefficients: Mapping[str, float]

    def score(self, signals: Signals) -> float:
        return self.bias + sum(self.coefficients.get(name, 0.0) * value for name, value in signals.items())

    def probability(self, signals: Signals) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(signals)))))
