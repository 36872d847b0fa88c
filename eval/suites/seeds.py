"""The ``seeds`` suite: cases of what a careful fact-checker asks, run through the assistant and scored.

It also runs a user's own cases: nothing here knows which articles they are about.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant import (
    Assistant,
    AssistantError,
    Json,
    Scope,
    Turn,
    VerdictLabel,
    answer_json,
    comparison_json,
    quotations_json,
    verification_json,
)
from eval.cases import Case, check_against, read_cases
from eval.judging import Shelf, deciding, score_case, verdict_of
from eval.metrics import Figure, Labelled, Score, macro_f1_of, mean_of
from eval.results import SuiteResult
from eval.trivial import RULES, trivial_scores
from index import IndexingError

METRICS = (
    "quote_exact",
    "forbidden_absent",
    "verdict_accuracy",
    "verdict_macro_f1",
    "status_accuracy",
    "stance_accuracy",
    "quote_found",
    "flag_recall",
    "flag_precision",
    "quotes_status",
    "completed",
)


def run_cases(assistant: Assistant, path: Path, *, name: str = "seeds") -> SuiteResult:
    """Run every case of ``path``. A case that raises is scored as not completed, and nowhere else.

    Raises BadInput for the first wrong case, before any is run.
    """
    numbered = read_cases(path)
    check_against(path, numbered, assistant)
    cases = [case for _, case in numbered]
    shelf = shelve(assistant, cases)
    sheet = Sheet(shelf)
    for case in cases:
        sheet.run(case, assistant)
    return SuiteResult(
        name,
        figures_of(sheet.scores, sheet.lazy, sheet.verdicts),
        tuple(sheet.scores),
        tuple(sheet.seconds),
        texts={case.id: case.text for case in cases},
        lazy=tuple(sheet.lazy),
        verdicts=tuple(sheet.verdicts),
        decides=sheet.decides,
        models=assistant.models(),
    )


@dataclass
class Sheet:
    """What is noted case by case."""

    shelf: Shelf
    scores: list[Score] = field(default_factory=list)
    lazy: list[Score] = field(default_factory=list)  # what the trivial rules score on the same cases
    verdicts: list[Labelled] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    decides: dict[str, str] = field(default_factory=dict)

    def run(self, case: Case, assistant: Assistant) -> None:
        began = time.perf_counter()
        try:
            result = run_case(assistant, case)
        except (AssistantError, IndexingError) as error:
            self.scores.append(Score(case.id, "completed", 0.0, f"{error.kind}: {error.message}", case.kind))
        else:
            self.scores.append(Score(case.id, "completed", 1.0, "", case.kind))
            self.scores.extend(score_case(case, result, self.shelf))
            self.decides[case.id] = deciding(case, result, self.shelf)
            if case.expect.verdict:
                self.verdicts.append(Labelled(case.id, frozenset(case.expect.verdict), verdict_of(result)))
        self.lazy.extend(trivial_scores(case, self.shelf))
        self.seconds.append(round(time.perf_counter() - began, 4))


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


def figures_of(scores: Sequence[Score], lazy: Sequence[Score], verdicts: Sequence[Labelled]) -> dict[str, Figure]:
    """Every metric of ``METRICS``, unscored ones too, with what its trivial rule scored beside it."""
    figures = {}
    for metric in METRICS:
        figure = mean_of([score for score in scores if score.metric == metric])
        simple = mean_of([score for score in lazy if score.metric == metric])
        if figure.value is not None and simple.value is not None:
            figure = replace(figure, baseline=simple.value, rule=RULES[metric][0])
        figures[metric] = figure
    figures["verdict_macro_f1"] = macro_f1_of(verdicts, VerdictLabel.NOT_ENOUGH_EVIDENCE)
    return figures
