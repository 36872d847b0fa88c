"""The ``pairs`` suite: the verifier alone, on benchmark pairs of claim and evidence that no release ships.

The threshold is the one that ships with the verifier: nothing is fitted here. Every claim is also put to it without its
evidence, because a set that the claim alone solves says nothing about reading.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import BadInput
from eval.kept_scores import JudgesPairs, KeptScores
from eval.metrics import LEVEL, SEED, UNSCORED, Figure
from eval.pair_scores import (
    FLOORS,
    MACRO_SETS,
    SUPPORTED,
    JudgedPair,
    auc_of_sets,
    balanced_accuracy_of_sets,
    expected_calibration_error,
    macro,
)
from eval.results import Curve, SuiteResult

PAIRS = Path("pairs") / "bench_open.jsonl.gz"
METRICS = ("balanced_accuracy_macro", "ece")
RESAMPLES = 500  # of the rows of one bench: thousands of rows, so that more would change nothing
BINS = 10
NOTHING = "No evidence was found."


def run_pairs(file: Path | None, verifier: JudgesPairs, kept: Path | None = None, each: int = 0) -> SuiteResult:
    """Judge every pair of ``file``, with its evidence and without. Unscored without a file.

    ``kept``: a folder for scores, so that a stopped run goes on; ``each``: no more rows of a bench than these, drawn by
    hash. Raises BadInput for a file of another form.
    """
    if file is None or not file.is_file():
        why = f"needs --data FILE, or {PAIRS} in the folder that CLAIMDESK_DATA names"
        return SuiteResult("pairs", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    rows, scores = drawn_rows(_read(file), each), KeptScores(verifier, kept)
    already = len(scores.known)
    began = time.perf_counter()
    pairs = judged(rows, scores.of([(row["claim"], row["evidence"]) for row in rows]))
    alone = judged(rows, scores.of([(row["claim"], NOTHING) for row in rows]))
    seconds = time.perf_counter() - began
    new = len(scores.known) - already
    extra = {
        "verifier": verifier.verifier_id,
        "threshold": verifier.threshold,
        "pairs": len(pairs),
        "not_judged": len(rows) - len(pairs),
        "clock": {"seconds": round(seconds, 1), "pairs_per_second": round(new / max(seconds, 1e-9), 1)},
    }
    figures = figures_of(pairs, verifier.threshold) | claim_alone(alone, verifier.threshold)
    return SuiteResult("pairs", figures, extra=extra, curves=(reliability(pairs),))


def drawn_rows(rows: Sequence[dict[str, str]], each: int) -> list[dict[str, str]]:
    """The first ``each`` rows of each bench in the order of their hashes, so that more rows hold the fewer; 0: all."""

    def place(row: dict[str, str]) -> str:
        return hashlib.sha256(f"7{row['claim']}{row['evidence']}".encode()).hexdigest()

    seen: Counter[str] = Counter()
    chosen = []
    for row in sorted(rows, key=place) if each else rows:
        seen[row["bench"]] += 1
        if not each or seen[row["bench"]] <= each:
            chosen.append(row)
    return chosen


def judged(rows: Sequence[Mapping[str, str]], entailments: Sequence[float | None]) -> list[JudgedPair]:
    """Rows with their entailments; those that the verifier would not judge are left out."""
    return [
        JudgedPair(row["bench"], row["label"], value)
        for row, value in zip(rows, entailments, strict=True)
        if value is not None
    ]


def figures_of(pairs: Sequence[JudgedPair], threshold: float) -> dict[str, Figure]:
    """Balanced accuracy of each bench and its macro mean, with intervals; how well each ranks; calibration."""
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
    for bench, value in auc_of_sets(pairs).items():
        overlap = FLOORS[bench].overlap if bench in FLOORS else None
        drawn = resampled_auc([pair for pair in pairs if pair.bench == bench])
        figures[f"auc/{bench}"] = _figure(value, drawn, counts[bench], overlap, "word overlap" if overlap else "")
    figures["ece"] = calibration([pair for pair in pairs if pair.bench in MACRO_SETS])
    return figures


def calibration(pairs: Sequence[JudgedPair]) -> Figure:
    """Expected calibration error with its interval over rows; beside it that of saying one half of everything."""
    said = np.array([pair.entailment for pair in pairs])
    truth = np.array([pair.label == SUPPORTED for pair in pairs])
    error = expected_calibration_error(said, truth, BINS)
    if error is None:
        return UNSCORED
    random = np.random.default_rng(SEED)
    picks = (random.integers(0, len(pairs), len(pairs)) for _ in range(RESAMPLES))
    drawn = np.array([expected_calibration_error(said[pick], truth[pick], BINS) for pick in picks])
    return _figure(error, drawn, len(pairs), round(abs(float(truth.mean()) - 0.5), 4), "always one half")


def claim_alone(pairs: Sequence[JudgedPair], threshold: float) -> dict[str, Figure]:
    """What the verifier makes of the claims without evidence: the nearer to a half, the more it reads."""
    accuracy, ranking = balanced_accuracy_of_sets(pairs, threshold), auc_of_sets(pairs)
    size = sum(1 for pair in pairs if pair.bench in MACRO_SETS)
    rounded = {
        "claim_alone/balanced_accuracy_macro": _rounded(macro(accuracy)),
        "claim_alone/auc_macro": _rounded(macro(ranking)),
    }
    figures = {name: Figure(value, None, None, size, 0.5, "chance") for name, value in rounded.items()}
    for bench, value in ranking.items():
        held = [pair for pair in pairs if pair.bench == bench]
        figures[f"claim_alone/auc/{bench}"] = _figure(value, resampled_auc(held), len(held), 0.5, "chance")
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


def resampled_auc(pairs: Sequence[JudgedPair]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """AUC of RESAMPLES draws, the supported and the rest drawn apart. Empty when one is missing."""
    supported = np.array([pair.entailment for pair in pairs if pair.label == SUPPORTED])
    others = np.array([pair.entailment for pair in pairs if pair.label != SUPPORTED])
    if not supported.size or not others.size:
        return np.array([])
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(RESAMPLES):
        below = np.sort(random.choice(others, others.size))
        above = random.choice(supported, supported.size)
        wins = np.searchsorted(below, above, "left") + np.searchsorted(below, above, "right")
        drawn.append(float(wins.mean()) / (2 * others.size))
    return np.array(drawn)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


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
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
            return [{name: str(row[name]) for name in ("claim", "evidence", "label", "bench")} for row in rows]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is not a file of pairs: {error!r}", "give a .jsonl or .jsonl.gz of pairs") from error
