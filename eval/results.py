"""What a suite gives back, and what a whole run is. No behaviour but the JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eval.metrics import Figure, Labelled, Score


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a plot: points in [0, 1] × [0, 1], in order of x."""

    title: str
    across: str  # what x is
    up: str  # what y is
    lines: Mapping[str, tuple[tuple[float, float], ...]]  # a name for each line


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """One suite's figures. ``unscored`` says in one line why there are none, where there are none."""

    name: str
    figures: Mapping[str, Figure]
    scores: tuple[Score, ...] = ()
    seconds: tuple[float, ...] = ()  # one a case, in the cases' order
    unscored: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)  # JSON: what else was measured
    texts: Mapping[str, str] = field(default_factory=dict)  # case → what was asked, for the report
    curves: tuple[Curve, ...] = ()
    unwanted: frozenset[str] = frozenset()  # metrics of what should not happen: 0 is right
    lazy: tuple[Score, ...] = ()  # what the trivial rules scored on the same cases
    verdicts: tuple[Labelled, ...] = ()
    decides: Mapping[str, str] = field(default_factory=dict)  # case → the articles' sentences that decided it
    models: Mapping[str, str | None] = field(default_factory=dict)  # what the assistant ran with

    @property
    def kinds(self) -> dict[str, list[Score]]:
        """The scores by kind of case, in the order in which the kinds come."""
        found: dict[str, list[Score]] = {}
        for score in self.scores:
            found.setdefault(score.kind, []).append(score)
        return found

    @property
    def failures(self) -> list[Score]:
        """The scores that are not what they should be, in order."""
        return [score for score in self.scores if self.failed(score)]

    def failed(self, score: Score) -> bool:
        return score.value > 0 if score.metric in self.unwanted else score.value < 1


@dataclass(frozen=True, slots=True)
class Run:
    """All suites of one run, and what they were run with."""

    suites: tuple[SuiteResult, ...]
    about: Mapping[str, Any]  # versions, models, hashes, seeds; "clock" holds what differs between equal runs


def figure_json(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n}
    if figure.rule:
        found["baseline"] = {"value": figure.baseline, "rule": figure.rule}
    return found


def run_json(run: Run) -> dict[str, Any]:
    """The JSON contract of ``eval``."""
    suites: dict[str, Any] = {}
    for suite in run.suites:
        suites[suite.name] = {
            "metrics": {name: figure_json(figure) for name, figure in suite.figures.items()},
            "failures": [
                {"case": score.case, "metric": score.metric, "why": score.why, "kind": score.kind}
                for score in suite.failures
            ],
        }
        if suite.unscored:
            suites[suite.name]["unscored"] = suite.unscored
        if suite.extra:
            suites[suite.name]["extra"] = dict(suite.extra)
    return {"suites": suites, "run": dict(run.about)}
