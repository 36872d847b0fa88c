"""Scores of claim–evidence pairs: balanced accuracy for each benchmark, the mean over sets, calibration. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

SUPPORTED = "supported"  # against every other label
MACRO_SETS = (
    "wice",
    "summedits",
    "fever_symmetric",
    "healthver",
    "averitec",
    "news_summ_cliff_goyal",
    "qags_cnndm",
    "attributionbench",
    "citint",
    "factcheckgpt",
    "climate_fever",
    "covidfact",
    "anli",
)


@dataclass(frozen=True, slots=True)
class Floor:
    """What needs no model: AUC of word overlap, balanced accuracy of a model that sees the claim alone."""

    overlap: float
    claim_only: float


FLOORS: Mapping[str, Floor] = {
    "wice": Floor(0.72, 0.49),
    "summedits": Floor(0.47, 0.72),
    "fever_symmetric": Floor(0.65, 0.45),
    "healthver": Floor(0.58, 0.55),
    "averitec": Floor(0.56, 0.63),
    "news_summ_cliff_goyal": Floor(0.73, 0.67),
    "qags_cnndm": Floor(0.61, 0.55),
    "begin_cmu_tc": Floor(0.95, 0.68),  # near-solvable by overlap
    "attributionbench": Floor(0.68, 0.61),
    "citint": Floor(0.67, 0.59),
    "covidfact": Floor(0.54, 0.20),
    "anli": Floor(0.41, 0.57),
    "negnli_diag": Floor(0.58, 0.54),
    "breaking_nli_diag": Floor(0.61, 0.91),  # the claim alone solves it
    "factcheckgpt": Floor(0.67, 0.59),
    "climate_fever": Floor(0.60, 0.55),
}


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """One row of a benchmark and the entailment that a verifier gave it."""

    bench: str
    label: str  # supported | refuted | nei | unsupported
    entailment: float  # in [0, 1]


def balanced_accuracy(truth: Sequence[bool], said: Sequence[bool]) -> float | None:
    """Mean of the shares that are right among the true and among the false; None when one of them is missing.

    >>> balanced_accuracy([True, True, False, False], [True, False, False, False])
    0.75
    """
    positive = [given for wanted, given in zip(truth, said, strict=True) if wanted]
    negative = [not given for wanted, given in zip(truth, said, strict=True) if not wanted]
    if not positive or not negative:
        return None
    return (sum(positive) / len(positive) + sum(negative) / len(negative)) / 2


def balanced_accuracy_of_sets(pairs: Sequence[JudgedPair], threshold: float) -> dict[str, float | None]:
    """Balanced accuracy of supported against the rest for each bench; ``entailment >= threshold`` supports."""
    return {
        bench: balanced_accuracy(
            [pair.label == SUPPORTED for pair in rows], [pair.entailment >= threshold for pair in rows]
        )
        for bench, rows in _by_set(pairs).items()
    }


def _by_set(pairs: Sequence[JudgedPair]) -> dict[str, list[JudgedPair]]:
    """Pairs by bench, names sorted."""
    found: dict[str, list[JudgedPair]] = {bench: [] for bench in sorted({pair.bench for pair in pairs})}
    for pair in pairs:
        found[pair.bench].append(pair)
    return found


def auc(truth: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Share of (true, false) pairs in which the true one scores higher, ties half; None when one is missing.

    >>> auc([True, True, False, False], [0.9, 0.4, 0.4, 0.1])
    0.875
    """
    positive = sum(truth)
    negative = len(truth) - positive
    if not positive or not negative:
        return None
    members: dict[float, list[bool]] = defaultdict(list)
    for wanted, score in zip(truth, scores, strict=True):
        members[score].append(wanted)
    below, wins = 0, 0.0
    for score in sorted(members):
        true, false = sum(members[score]), len(members[score]) - sum(members[score])
        wins += true * (below + false / 2)
        below += false
    return wins / (positive * negative)


def auc_of_sets(pairs: Sequence[JudgedPair]) -> dict[str, float | None]:
    """How well entailment ranks supported above the rest, for each bench."""
    return {
        bench: auc([pair.label == SUPPORTED for pair in rows], [pair.entailment for pair in rows])
        for bench, rows in _by_set(pairs).items()
    }


def macro(scores: Mapping[str, float | None], sets: Sequence[str] = MACRO_SETS) -> float | None:
    """Plain mean over ``sets``; None when one of them is missing or unscored, so that no mean hides a gap."""
    values = [scores.get(name) for name in sets]
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def expected_calibration_error(probabilities: ArrayLike, outcomes: ArrayLike, bins: int = 10) -> float | None:
    """Mean distance of said probability and observed share over equal bins, weighted by size; None of none.

    >>> expected_calibration_error([0.25, 0.25, 0.25, 0.25], [True, False, False, False])
    0.0
    """
    said = np.asarray(probabilities, dtype=float)
    if not said.size:
        return None
    places = np.minimum((said * bins).astype(int), bins - 1)
    gaps = np.bincount(places, weights=said - np.asarray(outcomes, dtype=float))
    return float(np.abs(gaps).sum() / len(said))
