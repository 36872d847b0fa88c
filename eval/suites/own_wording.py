"""The ``wording`` suite over a user's own cases: the differences that `compare` should tell of their articles."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import Assistant
from eval.cases import Case, ExpectedDifference, Words, check_against, read_cases
from eval.metrics import UNSCORED, Score
from eval.results import SuiteResult
from eval.suites.seeds import run_case
from eval.wording_scores import figures_of, predictions_of, scores_of

METRICS = ("recall", "kind_right", "look_alike_avoided", "precision", "precision_floor")


def run_own_wording(assistant: Assistant, path: Path) -> SuiteResult:
    """Compare the topic of every case with ``expect.differences``. Only what is listed can be right.

    ``precision_floor`` therefore counts what is told and not listed as wrong; ``precision`` only where a listed pair
    of sentences is concerned. Raises BadInput for the first wrong case, before any is run.
    """
    numbered = read_cases(path)
    check_against(path, numbered, assistant)
    cases = [case for _, case in numbered if case.mode == "compare" and case.expect.differences]
    if not cases:
        why = f"no case of {path} is a comparison with `expect.differences`"
        return SuiteResult("wording", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    scores: list[Score] = []
    seconds: list[float] = []
    urls = {article_id: article_id for article_id in assistant.known()}
    for case in cases:
        began = time.perf_counter()
        report = run_case(assistant, case)
        seconds.append(round(time.perf_counter() - began, 4))
        predicted = [
            replace(one, told=_sides(difference, report))
            for one, difference in zip(predictions_of(case.id, report, urls), report["differences"], strict=True)
        ]
        found_of_case = scores_of(predicted, list(_rows(case, assistant)))
        scores += [replace(one, kind=case.kind) for one in found_of_case if one.metric in METRICS]
    figures = dict.fromkeys(METRICS, UNSCORED) | figures_of(scores)
    texts = {case.id: case.text for case in cases}
    return SuiteResult("wording", figures, tuple(scores), tuple(seconds), texts=texts)


def _sides(difference: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """A difference in words: kind, then both files with what each has."""
    names = {row["article_id"]: row["source"].rsplit("/", 1)[-1] for row in report["rows"]}
    sides = [
        (names.get(side["article_id"], "the other"), side["quote"])
        for side in (difference["left"], difference["right"])
    ]
    return f"{difference['kind']}, " + " against ".join(f"{name} “{quote}”" for name, quote in sides)


def _rows(case: Case, assistant: Assistant) -> Iterator[Mapping[str, Any]]:
    """The case's pairs in the form of eval/wording_scores.py, an article's id for its URL."""
    for number, pair in enumerate(case.expect.differences):
        yield {
            "event_id": case.id,
            "row_id": f"{case.id}.{number}",
            "label": "agreement" if pair.same else "difference",
            "kind": str(pair.kind) if pair.kind else None,
            "note": _told(pair),
            "left": _place(pair.left, assistant),
            "right": _place(pair.right, assistant),
        }


def _told(pair: ExpectedDifference) -> str:
    return f"{pair.left.source} “{pair.left.text}” against {pair.right.source} “{pair.right.text}”"


def _place(words: Words, assistant: Assistant) -> dict[str, Any]:
    """Where the words stand, and from the first to the last of their sentences."""
    article = assistant.article(words.source)
    start = article.text.index(words.text)
    end = start + len(words.text)
    around = [part for part in assistant.sentences(article.article_id) if part.start < end and start < part.end]
    return {
        "url": article.article_id,
        "start": start,
        "end": end,
        "sentence_start": min([start, *(part.start for part in around)]),
        "sentence_end": max([end, *(part.end for part in around)]),
    }
