"""Fitting weights of named signals, and holding out events to see what the weights are worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.wording.scale import Scale, Signals

Kind = TypeVar("Kind")
Fitted = TypeVar("Fitted")
Matrix = NDArray[np.float64]


class OfEvent(Protocol):
    @property
    def event(self) -> str: ...


Row = TypeVar("Row", bound=OfEvent)


def left_out(rows: Sequence[Row], fit: Callable[[Sequence[Row]], Fitted], parts: int) -> list[tuple[Row, Fitted]]:
    """Each row with what was fitted without its event; the events are left out in ``parts``."""
    events = sorted({row.event for row in rows})
    found: list[tuple[Row, Fitted]] = []
    for part in range(parts):
        out = set(events[part::parts])
        by = fit([row for row in rows if row.event not in out])
        found += [(row, by) for row in rows if row.event in out]
    return found


def matrix_of(signals: Sequence[Signals], rarely: int) -> tuple[list[str], Matrix]:
    """The names of the signals that at least ``rarely`` rows have, sorted, and their values (rows, names)."""
    counts = Counter(name for row in signals for name, value in row.items() if value)
    names = sorted(name for name, count in counts.items() if count >= rarely)
    return names, np.array([[row.get(name, 0.0) for name in names] for row in signals])


def scale_of(names: Sequence[str], coefficients: Sequence[float] | Matrix, bias: float) -> Scale:
    """As it is written: four places."""
    rounded = {name: round(float(value), 4) for name, value in zip(names, coefficients, strict=True)}
    return Scale(round(bias, 4), rounded)


def scales_of(
    signals: Sequence[Signals], labels: Sequence[Kind], weights: Sequence[float], penalty: float, rarely: int
) -> dict[Kind, Scale]:
    """A multinomial logistic regression with a ridge (scikit-learn, C = 1 / ``penalty``): each label's weights on the
    signals' own scale. ``rarely``: rows that must have a signal for it to be weighed."""
    from sklearn.linear_model import LogisticRegression

    names, matrix = matrix_of(signals, rarely)
    mean, spread = matrix.mean(0), matrix.std(0) + 1e-6
    order = list(dict.fromkeys(labels))
    model = LogisticRegression(C=1 / penalty, max_iter=3000)
    model.fit((matrix - mean) / spread, [order.index(label) for label in labels], sample_weight=np.array(weights))
    return {
        order[place]: scale_of(names, coefficients, float(bias - (coefficients * mean).sum()))
        for place, coefficients, bias in zip(model.classes_, model.coef_ / spread, model.intercept_, strict=True)
    }
