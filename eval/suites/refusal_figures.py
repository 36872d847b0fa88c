"""What became of questions that should be answered or refused, and the figures of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import numpy as np

from eval.metrics import LEVEL, RESAMPLES, SEED, UNSCORED, Figure, Score
from eval.results import Curve

METRICS = (
    "refusal_precision",
    "refusal_recall",
    "refusal_f1",
    "answer_precision",
    "answer_recall",
    "answer_f1",
    "refusal_recall/hard",
    "auroc",
)


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    day: date | None  # None: today
    answers: tuple[str, ...]  # empty: no article answers it
    hard: bool
    elsewhere: tuple[str, ...] = ()  # the quiz's own answers where no article is said to give one

    @property
    def held_out(self) -> bool:
        return sha256(self.id.encode()).hexdigest() >= "8"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    question: Question
    refused: bool
    right: bool  # answered, and one of the right answers stands in it
    score: float  # how strongly the sources carry the answer; 0 when it was not measured
    told: str
    found: bool = False  # answered with what a reader found, where no article is said to answer

    @property
    def answerable(self) -> bool:
        return bool(self.question.answers)


def score_of(outcome: Outcome) -> Score:
    """1 for a right answer to what can be answered, and for a refusal of what cannot."""
    question = outcome.question
    kind = "answerable" if outcome.answerable else ("hard" if question.hard else "unanswerable")
    good = outcome.right if outcome.answerable else outcome.refused
    wanted = " or ".join(question.answers) if outcome.answerable else "a refusal"
    why = "" if good else f"expected {wanted}; came: {outcome.told[:300]}"
    return Score(question.id, "refusal", float(good), why, kind)


def figures_of(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    """Every metric with its interval, resampled by question; beside it what answering everything would reach."""
    table = _table(outcomes)
    values = ratios(table)
    random = np.random.default_rng(SEED)
    draws = [ratios(table[random.integers(0, len(table), len(table))]) for _ in range(RESAMPLES)] if outcomes else []
    lazy = ratios(np.column_stack([table[:, 0], np.ones(len(table), bool), np.zeros(len(table), bool), table[:, 3]]))
    eager = ratios(np.column_stack([table[:, 0], np.zeros(len(table), bool), table[:, 2], table[:, 3]]))
    figures = {}
    for name, value in values.items():
        simple, rule = (
            (lazy, "always refuses") if name.startswith("refusal") else (eager, "never refuses, no more right")
        )
        figures[name] = _figure(value, [draw[name] for draw in draws], len(outcomes))
        figures[name] = replace(figures[name], baseline=simple[name], rule=rule if simple[name] is not None else "")
    figures["auroc"] = _area(outcomes)
    return figures


def values_of(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """The same metrics without intervals."""
    found = {name: None if value is None else round(value, 4) for name, value in ratios(_table(outcomes)).items()}
    return found | {"auroc": auroc([o.score for o in outcomes], [o.answerable for o in outcomes])}


def _table(outcomes: Sequence[Outcome]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """As ``ratios`` reads it."""
    return np.array(
        [[not o.answerable, o.refused, o.right, o.question.hard and not o.answerable] for o in outcomes], dtype=bool
    ).reshape(len(outcomes), 4)


def _area(outcomes: Sequence[Outcome]) -> Figure:
    """AUROC with its interval: answerable and unanswerable questions are drawn apart."""
    scores = np.array([outcome.score for outcome in outcomes])
    answerable = np.array([outcome.answerable for outcome in outcomes], dtype=bool)
    area = auroc(scores.tolist(), answerable.tolist())
    if area is None:
        return UNSCORED
    random = np.random.default_rng(SEED)
    ours, theirs = scores[answerable], scores[~answerable]
    above = (ours[:, None] > theirs) + (ours[:, None] == theirs) / 2  # one row an answerable question
    drawn = [
        above[random.integers(0, len(ours), len(ours))][:, random.integers(0, len(theirs), len(theirs))].mean()
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(area, round(float(low), 4), round(float(high), 4), len(outcomes), 0.5, "chance")


def ratios(table: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> dict[str, float | None]:
    """Columns: unanswerable, refused, answered right, hard. None where a ratio has no denominator."""
    unanswerable, refused, right, hard = table.T

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    found = {
        "refusal_precision": share(int((refused & unanswerable).sum()), int(refused.sum())),
        "refusal_recall": share(int((refused & unanswerable).sum()), int(unanswerable.sum())),
        "answer_precision": share(int((right & ~unanswerable).sum()), int((~refused).sum())),
        "answer_recall": share(int((right & ~unanswerable).sum()), int((~unanswerable).sum())),
        "refusal_recall/hard": share(int((refused & hard).sum()), int(hard.sum())),
    }
    for name in ("refusal", "answer"):
        found[f"{name}_f1"] = _f1(found[f"{name}_precision"], found[f"{name}_recall"])
    return {name: found[name] for name in METRICS if name in found}


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _figure(value: float | None, draws: Sequence[float | None], n: int) -> Figure:
    known = [draw for draw in draws if draw is not None]
    if value is None or not known:
        return Figure(value, None, None, n if value is not None else 0)
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), n)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Chance that a positive scores above a negative; ties count half. None when one of them is missing.

    >>> auroc([0.9, 0.4, 0.1], [True, True, False])
    1.0
    """
    ours = np.array([score for score, good in zip(scores, positive, strict=True) if good])
    theirs = np.array([score for score, good in zip(scores, positive, strict=True) if not good])
    if not len(ours) or not len(theirs):
        return None
    above = (ours[:, None] > theirs).mean() + (ours[:, None] == theirs).mean() / 2
    return round(float(above), 4)


def against_threshold(outcomes: Sequence[Outcome]) -> Curve:
    """Precision and recall of refusing whatever scores below a threshold from 0 to 1."""
    precision, recall = [], []
    missing = sum(1 for outcome in outcomes if not outcome.answerable)
    for step in range(21):
        below = [outcome for outcome in outcomes if outcome.score < step / 20]
        good = sum(1 for outcome in below if not outcome.answerable)
        if below:
            precision.append((step / 20, good / len(below)))
        if missing:
            recall.append((step / 20, good / missing))
    lines = {"precision": tuple(precision), "recall": tuple(recall)}
    return Curve("Refusing below a score", "score below which to refuse", "precision, recall of refusing", lines)
