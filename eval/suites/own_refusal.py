"""The ``refusal`` suite over a user's own cases: questions that say whether they should be answered or refused."""

from __future__ import annotations

import time
from pathlib import Path

from assistant import AnswerStatus, Assistant, AssistantError
from eval.cases import Case, check_against, read_cases
from eval.judging import Shelf, score_found
from eval.metrics import UNSCORED
from eval.results import SuiteResult
from eval.suites.refusal_figures import METRICS, Outcome, Question, against_threshold, figures_of, score_of
from eval.suites.seeds import run_case, shelve
from index import IndexingError

HARD = "hard"  # the kind of an unanswerable question whose story is in the articles


def run_own_refusal(assistant: Assistant, path: Path) -> SuiteResult:
    """Put every question of ``path`` that has an expected status. An answer is right when it cites what it should.

    Raises BadInput for the first wrong case, before any is run.
    """
    numbered = read_cases(path)
    check_against(path, numbered, assistant)
    cases = [case for _, case in numbered if case.mode == "ask" and case.expect.status]
    if not cases:
        why = f"no case of {path} is a question with `expect.status`"
        return SuiteResult("refusal", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    shelf = shelve(assistant, cases)
    outcomes, seconds = [], []
    for case in cases:
        began = time.perf_counter()
        outcomes.append(_put(assistant, case, shelf))
        seconds.append(round(time.perf_counter() - began, 4))
    return SuiteResult(
        "refusal",
        figures_of(outcomes),
        tuple(score_of(outcome) for outcome in outcomes),
        tuple(seconds),
        texts={case.id: case.text for case in cases},
        curves=(against_threshold(outcomes),),
    )


def _put(assistant: Assistant, case: Case, shelf: Shelf) -> Outcome:
    answerable = AnswerStatus.REFUSED not in case.expect.status
    wanted = tuple(quote.text for quote in case.expect.quotes) or ("an answer",)
    question = Question(case.id, case.text, None, wanted if answerable else (), case.kind == HARD)
    try:
        result = run_case(assistant, case)
    except (AssistantError, IndexingError) as error:
        return Outcome(question, refused=False, right=False, score=0.0, told=f"{error.kind}: {error.message}")
    refused = result["status"] == AnswerStatus.REFUSED
    found = all(score.value for score in score_found(case, result, shelf))
    return Outcome(question, refused, not refused and found, result["score"] or 0.0, result["answer"] or "refused")
