"""The ``events`` suite: invented events, each told by two or three invented outlets, with cases as in ``seeds``.

Nothing in them is known to the code: they show whether what holds for the bundled articles holds for other stories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from assistant import Assistant
from eval.metrics import Labelled, Score
from eval.results import SuiteResult
from eval.suites.seeds import figures_of, run_cases

CASES = "cases.jsonl"


def run_events(folder: Path, open_over: Callable[[Path], AbstractContextManager[Assistant]]) -> SuiteResult:
    """Run the cases of every event in ``folder``, each over its own articles alone. ``open_over`` indexes a folder.

    Raises BadInput for a wrong case or an article that cannot be read.
    """
    scores: list[Score] = []
    lazy: list[Score] = []
    verdicts: list[Labelled] = []
    seconds: list[float] = []
    texts: dict[str, str] = {}
    decides: dict[str, str] = {}
    models: Mapping[str, str | None] = {}
    for event in sorted(path.parent for path in folder.glob(f"*/{CASES}")):
        with open_over(event) as assistant:
            found = run_cases(assistant, event / CASES)
        scores += [replace(score, case=f"{event.name}/{score.case}") for score in found.scores]
        texts |= {f"{event.name}/{case}": text for case, text in found.texts.items()}
        lazy += [replace(score, case=f"{event.name}/{score.case}") for score in found.lazy]
        verdicts += [replace(one, case=f"{event.name}/{one.case}") for one in found.verdicts]
        decides |= {f"{event.name}/{case}": told for case, told in found.decides.items()}
        seconds += found.seconds
        models = found.models
    figures = figures_of(scores, lazy, verdicts)
    return SuiteResult("events", figures, tuple(scores), tuple(seconds), texts=texts, decides=decides, models=models)
