"""The ``pairs`` suite: the verifier alone, on benchmark pairs of claim and evidence that no release ships.

The threshold is the one that ships with the verifier: nothing is fitted here.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from assistant import BadInput, NotJudged
from eval.metrics import LEVEL, SEED, UNSCORED, Figure
from eval.pair_scores import (
    FLOORS,
    MACRO_SETS,
    SUPPORTED,
    JudgedPair,
    balanced_accuracy_of_sets,
    expected_calibration_error,
    macro,
)
from eval.results import Curve, SuiteResult

PAIRS = Path("pairs") / "bench_open.jsonl.gz"
METRICS = ("balanced_accuracy_macro", "ece")
RESAMPLES = 500  # of the rows of one bench: thousands of rows, so that more would change nothing
BATCH = 512  # pairs judged at once
BINS = 10


class JudgesPairs(Protocol):
    """What the suite needs of a verifier."""

    @property
    def verifier_id(self) -> str: ...
    @property
    def threshold(self) -> float: ...
    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Any]: ...


def run_pairs(data: Path | None, verifier: JudgesPairs) -> SuiteResult:
    """Judge every pair. Unscored without ``data``. Raises BadInput for a file of another form."""
    if data is None or not (data / PAIRS).is_file():
        why = f"needs {PAIRS} in the folder that CLAIMDESK_DATA names"
        return SuiteResult("pairs", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    rows = _read(data / PAIRS)
    began = time.perf_counter()
    pairs, unjudged = judged(rows, verifier)
    seconds = time.perf_counter() - began
    extra = {
        "verifier": verifier.verifier_id,
        "threshold": verifier.threshold,
        "pairs": len(pairs),
        "not_judged": unjudged,
        "overlap_auc": {bench: floor.overlap for bench, floor in FLOORS.items()},
        "clock": {"seconds": round(seconds, 1), "pairs_per_second": round(len(rows) / max(seconds, 1e-9), 1)},
    }
    return SuiteResult("pairs", figures_of(pairs, verifier.threshold), extra=extra, curves=(reliability(pairs),))


def judged(rows: Sequence[dict[str, str]], verifier: JudgesPairs) -> tuple[list[JudgedPair], int]:
    """Every row with its entailment, and how many could not be judged (empty claim or evidence)."""
    pairs, unjudged = [], 0
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        try:
            found = verifier.judge_pairs([(row["claim"], row["evidence"]) for row in batch])
        except NotJudged:
            found, batch, missing = _one_by_one(batch, verifier)
            unjudged += missing
        pairs += [JudgedPair(row["bench"], row["label"], one.entailment) for row, one in zip(batch, found, strict=True)]
    return pairs, unjudged


def _one_by_one(rows: Sequence[dict[str, str]], verifier: JudgesPairs) -> tuple[list[Any], list[dict[str, str]], int]:
    """A batch that holds a pair which cannot be judged: the others still can."""
    found, kept = [], []
    for row in rows:
        try:
            found.append(verifier.judge_pairs([(row["claim"], row["evidence"])])[0])
        except NotJudged:
            continue
        kept.append(row)
    return found, kept, len(rows) - len(kept)


def figures_of(pairs: Sequence[JudgedPair], threshold: float) -> dict[str, Figure]:
    """Balanced accuracy of each bench and its macro mean, with intervals; calibration over the same benches."""
    accuracy = balanced_accuracy_of_sets(pairs, threshold)
    draws = {bench: resampled([pair for pair in pairs if pair.bench == bench], threshold) for bench in accuracy}
    counts = {bench: sum(1 for pair in pairs if pair.bench == bench) for bench in accuracy}
    figures = {}
    for bench, value in accuracy.items():
        floor = FLOORS.get(bench)
        lazy = (floor.claim_only, "claim only") if floor else (None, "")
        figures[f"balanced_accuracy/{bench}"] = _figure(value, draws[bench], counts[bench], *lazy)
    mean = macro(accuracy)
    drawn = np.mean([draws[bench] for bench in MACRO_SETS], axis=0) if mean is not None else np.array([])
    lazy_mean = round(sum(FLOORS[bench].claim_only for bench in MACRO_SETS) / len(MACRO_SETS), 4)
    size = sum(counts.get(bench, 0) for bench in MACRO_SETS)
    figures["balanced_accuracy_macro"] = _figure(mean, drawn, size, lazy_mean, "claim only")
    kept = [pair for pair in pairs if pair.bench in MACRO_SETS]
    error = expected_calibration_error([p.entailment for p in kept], [p.label == SUPPORTED for p in kept], BINS)
    figures["ece"] = Figure(None if error is None else round(error, 4), None, None, len(kept))
    return figures


def resampled(pairs: Sequence[JudgedPair], threshold: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Balanced accuracy of RESAMPLES draws, the supported and the rest drawn apart. Empty when one is missing."""
    truth = np.array([pair.label == SUPPORTED for pair in pairs])
    right = np.array([pair.entailment >= threshold for pair in pairs]) == truth
    if truth.all() or not truth.any():
        return np.array([])
    random = np.random.default_rng(SEED)
    halves = []
    for chosen in (right[truth], right[~truth]):
        # a mean of n draws with replacement from zeros and ones is a binomial count over n
        halves.append(random.binomial(len(chosen), chosen.mean(), RESAMPLES) / len(chosen))
    return (halves[0] + halves[1]) / 2


def _figure(
    value: float | None, draws: np.ndarray[Any, np.dtype[np.float64]], n: int, lazy: float | None, rule: str
) -> Figure:
    if value is None or not draws.size:
        return Figure(value, None, None, n, lazy, rule)
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), n, lazy, rule)


def reliability(pairs: Sequence[JudgedPair]) -> Curve:
    """Said probability of support against the share that is supported, in ten bins."""
    bins: list[list[JudgedPair]] = [[] for _ in range(BINS)]
    for pair in pairs:
        bins[min(int(pair.entailment * BINS), BINS - 1)].append(pair)
    points = tuple(
        (sum(p.entailment for p in held) / len(held), sum(p.label == SUPPORTED for p in held) / len(held))
        for held in bins
        if held
    )
    return Curve("Reliability", "said probability of support", "share supported", {"verifier": points})


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
            return [{name: str(row[name]) for name in ("claim", "evidence", "label", "bench")} for row in rows]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is not a file of pairs: {error!r}", "set CLAIMDESK_DATA to the data folder") from error
