"""Scores → figures with intervals. Pure. What could not be measured is None, never 0."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

RESAMPLES = 2000
SEED = 20240112
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """One case on one metric: 1 right, 0 wrong, and why. A metric may score one case several times."""

    case: str
    metric: str
    value: float  # 0..1
    why: str = ""  # for a person: what was expected and what came
    kind: str = ""  # the case's kind


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its 95 % interval over ``n`` scores. ``value`` None: unscored."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    baseline: float | None = None  # what the trivial rule reaches on the same cases
    rule: str = ""  # the trivial rule, in words


UNSCORED = Figure(None, None, None, 0)


def mean_of(scores: Sequence[Score]) -> Figure:
    """The mean of ``scores``, resampled by case: scores of one case are not independent of each other.

    Unscored when there are none. The same scores give the same interval, to the byte.
    """
    if not scores:
        return UNSCORED
    cases = sorted({score.case for score in scores})
    place = {case: position for position, case in enumerate(cases)}
    total, count = np.zeros(len(cases)), np.zeros(len(cases))
    for score in scores:
        total[place[score.case]] += score.value
        count[place[score.case]] += 1
    digest = hashlib.sha256(f"{SEED}:{scores[0].metric}".encode()).digest()
    draws = np.random.default_rng(int.from_bytes(digest[:8])).integers(0, len(cases), (RESAMPLES, len(cases)))
    means = total[draws].sum(axis=1) / count[draws].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(round(float(total.sum() / count.sum()), 4), round(float(low), 4), round(float(high), 4), len(scores))


def paired_difference(ours: Sequence[Score], theirs: Sequence[Score]) -> Figure:
    """Mean of ours less theirs over the same cases, each drawn as a pair: one score a case and side, any order.

    Raises KeyError when a case is missing on the other side. Unscored without cases.
    """
    other = {score.case: score.value for score in theirs}
    return mean_of([replace(score, value=score.value - other[score.case]) for score in ours])


@dataclass(frozen=True, slots=True)
class Labelled:
    """What one case was called, and what it may be called."""

    case: str
    right: frozenset[str]
    given: str


def macro_f1(labelled: Sequence[Labelled]) -> float | None:
    """Mean F1 over the labels that are right somewhere; None without cases.

    Where several labels are right, the given one counts as right for its own label.
    """
    if not labelled:
        return None
    truth = [one.given if one.given in one.right else sorted(one.right)[0] for one in labelled]
    found = []
    for label in sorted(set(truth)):
        hits = sum(1 for want, one in zip(truth, labelled, strict=True) if want == label == one.given)
        said = sum(1 for one in labelled if one.given == label)
        found.append(2 * hits / (said + truth.count(label)))
    return sum(found) / len(found)


def macro_f1_of(labelled: Sequence[Labelled], always: str) -> Figure:
    """Macro-F1 with its interval over cases; beside it what calling everything ``always`` would reach."""
    value = macro_f1(labelled)
    if value is None:
        return UNSCORED
    random = np.random.default_rng(SEED)
    draws = random.integers(0, len(labelled), (RESAMPLES, len(labelled)))
    drawn = [macro_f1([labelled[place] for place in draw]) or 0.0 for draw in draws]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    lazy = macro_f1([replace(one, given=always) for one in labelled]) or 0.0
    figures = [round(float(number), 4) for number in (value, low, high, lazy)]
    return Figure(figures[0], figures[1], figures[2], len(labelled), figures[3], f"always {always}")


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 90th, 95th and 99th percentile of ``seconds``; empty without any."""
    if not len(seconds):
        return {}
    marks = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99}
    return {name: round(float(np.quantile(seconds, mark)), 3) for name, mark in marks.items()}
