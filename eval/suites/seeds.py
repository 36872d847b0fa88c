"""The ``seeds`` suite: cases of what a careful fact-checker asks, run through the assistant and scored.

It also runs a user's own cases: nothing here knows which articles they are about.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import (
    Assistant,
    AssistantError,
    Json,
    Scope,
    Turn,
    answer_json,
    comparison_json,
    quotations_json,
    verification_json,
)
from eval.cases import Case, check_against, read_cases
from eval.judging import Shelf, score_case
from eval.metrics import UNSCORED, Figure, Score, mean_of
from eval.results import SuiteResult
from index import IndexingError

METRICS = (
    "quote_exact",
    "forbidden_absent",
    "verdict_accuracy",
    "status_accuracy",
    "stance_accuracy",
    "quote_found",
    "flag_recall",
    "flag_precision",
    "quotes_status",
    "completed",
)

# What the laziest program would say to everything: a figure means nothing without it.
TRIVIAL: dict[str, tuple[str, Callable[[Case], list[float]]]] = {
    "status_accuracy": ("always answered", lambda case: _always("answered", case.expect.status)),
    "verdict_accuracy": (
        "always not_enough_evidence",
        lambda case: _always("not_enough_evidence", case.expect.verdict),
    ),
    "stance_accuracy": (
        "always differs",
        lambda case: [value for right in case.expect.stance.values() for value in _always("differs", right)],
    ),
    "quotes_status": ("always not_found", lambda case: _always("not_found", case.expect.quote_status)),
    "flag_recall": (
        "always wording",
        lambda case: [float(kind == "wording") for kind in case.expect.flags or ()],
    ),
    "flag_precision": (
        "always wording",
        lambda case: [] if case.expect.flags is None else [float("wording" in case.expect.flags)],
    ),
}


def _always(label: str, right: Sequence[str]) -> list[float]:
    return [float(label in right)] if right else []


def run_cases(assistant: Assistant, path: Path, *, name: str = "seeds") -> SuiteResult:
    """Run every case of ``path``. A case that raises is scored as not completed, and nowhere else.

    Raises BadInput for the first wrong case, before any is run.
    """
    numbered = read_cases(path)
    check_against(path, numbered, assistant)
    cases = [case for _, case in numbered]
    shelf = shelve(assistant, cases)
    scores: list[Score] = []
    seconds: list[float] = []
    for case in cases:
        began = time.perf_counter()
        try:
            result = run_case(assistant, case)
        except (AssistantError, IndexingError) as error:
            scores.append(Score(case.id, "completed", 0.0, f"{error.kind}: {error.message}", case.kind))
        else:
            scores.append(Score(case.id, "completed", 1.0, "", case.kind))
            scores.extend(score_case(case, result, shelf))
        seconds.append(round(time.perf_counter() - began, 4))
    texts = {case.id: case.text for case in cases}
    return SuiteResult(name, figures_of(cases, scores), tuple(scores), tuple(seconds), texts=texts)


def run_case(assistant: Assistant, case: Case) -> Json:
    """One case's result in the wire's form."""
    scope = Scope(names=tuple(case.sources))
    if case.mode == "ask":
        turns = [Turn(turn.role, turn.content) for turn in case.history]
        answer = assistant.ask(case.text, scope=scope, history=turns)
        return answer_json(case.text, answer, assistant.known(), assistant.models())
    if case.mode == "verify":
        return verification_json(assistant.verify(case.text, scope=scope), assistant.known(), assistant.models())
    if case.mode == "compare":
        return comparison_json(assistant.compare(case.text, scope=scope), assistant.known(), assistant.models())
    return quotations_json(assistant.audit_quotes(case.text))


def shelve(assistant: Assistant, cases: Sequence[Case]) -> Shelf:
    """The collection's articles under their ids, and under every name that the cases use."""
    headers = assistant.headers()
    articles = {header.article_id: assistant.article(header.article_id) for header in headers}
    shelf = Shelf(articles, {key: assistant.sentences(key) for key in articles})
    for case in cases:
        names = {quote.source for quote in case.expect.quotes} | {item.source for item in case.expect.forbidden}
        for name in names | set(case.expect.stance):
            shelf.learn(name, assistant.article(name).article_id)
    return shelf


def figures_of(cases: Sequence[Case], scores: Sequence[Score]) -> dict[str, Figure]:
    """Every metric of ``METRICS``, unscored ones too, with its trivial rule beside it."""
    figures = {}
    for metric in METRICS:
        figure = mean_of([score for score in scores if score.metric == metric])
        if metric in TRIVIAL and figure is not UNSCORED:
            rule, reached = TRIVIAL[metric]
            values = [value for case in cases for value in reached(case)]
            lazy = round(sum(values) / len(values), 4) if values else None
            figure = Figure(figure.value, figure.low, figure.high, figure.n, lazy, rule)
        figures[metric] = figure
    return figures
