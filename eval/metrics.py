"""Scores → figures with intervals. Pure. What could not be measured is None, never 0."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

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


def macro_f1(pairs: Sequence[tuple[frozenset[str], str]]) -> float | None:
    """Mean F1 over the labels that are right somewhere; a pair is (labels that are right, label given).

    Where several labels are right, the given one counts as right for its own label. None without pairs.
    """
    if not pairs:
        return None
    truth = [given if given in right else sorted(right)[0] for right, given in pairs]
    found = []
    for label in sorted(set(truth)):
        hits = sum(1 for want, (_, given) in zip(truth, pairs, strict=True) if want == label == given)
        said = sum(1 for _, given in pairs if given == label)
        found.append(2 * hits / (said + truth.count(label)))
    return round(sum(found) / len(found), 4)
