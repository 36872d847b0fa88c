"""Compare a run with a committed baseline. Pure but for reading the file."""

from __future__ import annotations

import json
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
    floor: float

    @property
    def told(self) -> str:
        given = "unscored" if self.value is None else f"{self.value:.4f}"
        return f"{self.suite} {self.metric}: {given}, the baseline asks for {self.floor:.4f}"


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Suite → metric → least value. Also reads an earlier run's JSON: there the low end of its interval counts.

    Raises BadInput when the file is neither.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {suite: dict(_floors(found)) for suite, found in content["suites"].items()}
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", "claimdesk eval --baseline FILE") from error
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f'{path} is no baseline: expected {{"suites": {{"seeds": {{"metrics": {{"quote_exact": 1.0}}}}}}}}',
            "claimdesk eval --json > baseline.json writes one",
        ) from error


def _floors(suite: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for metric, figure in suite["metrics"].items():
        if isinstance(figure, dict):
            if figure["low"] is not None:
                yield metric, float(figure["low"])
        else:
            yield metric, float(figure)


def regressions(run: Run, floors: dict[str, dict[str, float]]) -> list[Regression]:
    """What of ``run`` lies below its floor. A suite that was not run is not judged; an unscored figure fails."""
    found = []
    for suite in run.suites:
        for metric, floor in floors.get(suite.name, {}).items():
            value = suite.figures[metric].value if metric in suite.figures else None
            if value is None or value < floor:
                found.append(Regression(suite.name, metric, value, floor))
    return found
