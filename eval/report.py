"""A run, for people in a terminal: the figures with their intervals, then a table a kind with each failing case."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant import indented, one_line
from eval.gate import Regression
from eval.metrics import Figure, Score
from eval.results import Run, SuiteResult

SLOW = 0.95


def show(console: Console, run: Run, regressions: Sequence[Regression]) -> None:
    """Print every suite, then what fell below the baseline."""
    for suite in run.suites:
        console.print(Text(suite.name, "heading"))
        if suite.unscored:
            console.print(indented(Text(f"unscored: {suite.unscored}", "mixed"), 2))
        console.print(indented(_figures(suite), 2))
        console.print()
        for kind, scores in suite.kinds.items():
            _kind(console, kind, scores, [score for score in scores if suite.failed(score)])
        if suite.seconds:
            ordered = sorted(suite.seconds)
            slowest = ordered[min(len(ordered) - 1, int(SLOW * len(ordered)))]
            told = f"seconds a case: median {ordered[len(ordered) // 2]:.2f}, 95 % within {slowest:.2f}"
            console.print()
            console.print(indented(Text(told, "quiet"), 2))
    for regression in regressions:
        console.print(Text(f"BELOW THE BASELINE  {regression.told}", "bad"))


def percent(value: float | None) -> str:
    return "unscored" if value is None else f"{value:.3f}"


def _figures(suite: SuiteResult) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet")
    table.add_column("metric", no_wrap=True)
    table.add_column("value", justify="right")
    table.add_column("95 % interval", justify="right")
    table.add_column("n", justify="right")
    table.add_column("trivial rule")
    for name, figure in suite.figures.items():
        table.add_row(name, percent(figure.value), _interval(figure), str(figure.n), _lazy(figure))
    return table


def _interval(figure: Figure) -> str:
    return "" if figure.low is None else f"{figure.low:.3f}–{figure.high:.3f}"


def _lazy(figure: Figure) -> str:
    return f"{percent(figure.baseline)} ({figure.rule})" if figure.rule else ""


def _kind(console: Console, kind: str, scores: Sequence[Score], failed: Sequence[Score]) -> None:
    """One kind of case: how many of its scores are full, then each case that failed, and why."""
    cases = len({score.case for score in scores})
    style = "mixed" if failed else "good"
    counted = f"{len(scores) - len(failed)} of {len(scores)} checks passed in {cases} case{'s' if cases > 1 else ''}"
    console.print(indented(Text.assemble((f"{kind}  ", "heading"), (counted, style)), 2))
    if not failed:
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="name")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for score in failed:
        table.add_row(score.case, score.metric, Text(one_line(score.why)))
    console.print(indented(table, 4))
