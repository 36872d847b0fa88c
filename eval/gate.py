"""Compare a run with a committed baseline. Pure but for reading the file.

A baseline is made of a run: ``claimdesk eval SUITE… --json | python -m eval.gate > eval/baselines/NAME.json`` keeps its
figures with their intervals. A figure is a regression when it is worse than the baseline's interval allows.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import BadInput
from eval.results import Run


@dataclass(frozen=True, slots=True)
class Regression:
    """One figure that fell below what the baseline asks."""

    suite: str
    metric: str
    value: float | None
    bound: float

    @property
    def told(self) -> str:
        given = "unscored" if self.value is None else f"{self.value:.4f}"
        return f"{self.suite} {self.metric}: {given}, the baseline asks for {self.bound:.4f}"


Bounds = dict[str, dict[str, tuple[float, float]]]  # suite → metric → (least, most) that the baseline allows


def read_bounds(path: Path) -> Bounds:
    """What ``path`` asks for. Also reads an earlier run's JSON: there the ends of its intervals count.

    Raises BadInput when the file is neither.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {suite: dict(_bounds(found)) for suite, found in content["suites"].items()}
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", "claimdesk eval --baseline FILE") from error
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f'{path} is no baseline: expected {{"suites": {{"seeds": {{"metrics": {{"quote_exact": 1.0}}}}}}}}',
            "claimdesk eval --json > baseline.json writes one",
        ) from error


def _bounds(suite: dict[str, Any]) -> Iterator[tuple[str, tuple[float, float]]]:
    for metric, figure in suite["metrics"].items():
        if isinstance(figure, dict):
            if figure["low"] is not None:
                yield metric, (float(figure["low"]), float(figure["high"]))
        else:
            yield metric, (float(figure), float(figure))


def regressions(run: Run, bounds: Bounds) -> list[Regression]:
    """What of ``run`` is worse than its bound. A suite that was not run is not judged; an unscored figure fails."""
    found = []
    for suite in run.suites:
        for metric, (least, most) in bounds.get(suite.name, {}).items():
            value = suite.figures[metric].value if metric in suite.figures else None
            unwanted = metric in suite.unwanted
            if value is None or (value > most if unwanted else value < least):
                found.append(Regression(suite.name, metric, value, most if unwanted else least))
    return found


def baseline_of(run: dict[str, Any]) -> dict[str, Any]:
    """The figures of an earlier run's JSON and nothing else: what is committed as a baseline."""
    kept = ("value", "low", "high", "n")
    return {
        "suites": {
            suite: {
                "metrics": {
                    metric: {name: figure[name] for name in kept}
                    for metric, figure in found["metrics"].items()
                    if figure["value"] is not None
                }
            }
            for suite, found in run["suites"].items()
        }
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(baseline_of(json.load(sys.stdin)), indent=1) + "\n")
