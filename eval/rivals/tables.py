"""What the steps of ``eval.side_by_side`` measured → Markdown tables, our own way first, losses shown as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.metrics import Figure, Score, mean_of, paired_difference
from eval.suites.retrieval import METRICS, Question, score_order

OURS = "claimdesk"


def markdown(folder: Path, questions: Sequence[Question]) -> str:
    """All tables that the files of ``folder`` give."""
    parts = (
        _search(_read(folder, "search"), questions),
        _quotations(_read(folder, "quotations")),
        _embedding(_read(folder, "embedding")),
    )
    return "\n".join(line for part in parts for line in part)


def _read(folder: Path, step: str) -> dict[str, Mapping[str, Any]]:
    """The files of one step by way, ours first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob(f"{step}-*.json"))]
    return {one["way"]: one for one in sorted(found, key=lambda one: (one["way"] != OURS, one["way"]))}


def _search(ways: Mapping[str, Mapping[str, Any]], questions: Sequence[Question]) -> Iterator[str]:
    held_out = [question for question in questions if not question.development]
    for title, chosen in ((f"all {len(questions)}", questions), (f"held-out {len(held_out)}", held_out)):
        yield f"| {title} questions | {' | '.join(METRICS)} | claimdesk's recall@5 less this one's |"
        yield "| --- |" + " ---: |" * len(METRICS) + " --- |"
        ours = scores_of(ways[OURS]["orders"], chosen) if OURS in ways else []
        for name, way in ways.items():
            scores = scores_of(way["orders"], chosen)
            figures = [_value(mean_of([one for one in scores if one.metric == metric])) for metric in METRICS]
            yield f"| {name} | {' | '.join(figures)} | {_lead(ours, scores) if name != OURS and ours else ''} |"
        yield ""
    yield "| way | pieces | seconds to index | MB on disk | milliseconds a question |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, way in ways.items():
        yield f"| {name} | {way['pieces']:,} | {way['index_seconds']} | {way['disk_mb']} | {way['milliseconds']} |"
    yield ""


def _quotations(ways: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Accepted of those put, by kind: all of the true ones should be, none of the others."""
    kinds = list(dict.fromkeys(kind for way in ways.values() for kind in way["kinds"]))
    true = [kind for kind in kinds if kind.startswith("true")]
    altered = [kind for kind in kinds if kind not in true]
    yield f"| rule | {' | '.join(true)} | altered | {' | '.join(altered)} | milliseconds |"
    yield "| --- |" + " ---: |" * (len(kinds) + 2)
    for name, way in ways.items():
        counts = way["kinds"]
        total = [sum(counts[kind][place] for kind in altered) for place in (0, 1)]
        shown = [counts[kind] for kind in true] + [total] + [counts[kind] for kind in altered]
        cells = " | ".join(f"{accepted} of {put}" for accepted, put in shown)
        yield f"| {name} | {cells} | {way['milliseconds']} |"
    yield ""


def _embedding(ways: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "| way to embed | passages a second | lowest cosine to claimdesk's |"
    yield "| --- | ---: | ---: |"
    for name, way in ways.items():
        yield f"| {name} | {way['passages_a_second']} | {way['cosine']:.5f} |"


def scores_of(orders: Mapping[str, Sequence[str]], questions: Sequence[Question]) -> list[Score]:
    """The scores of one way's orders."""
    return [score for question in questions for score in score_order(question, orders[question.id])]


def _lead(ours: Sequence[Score], theirs: Sequence[Score]) -> str:
    found = paired_difference(
        [one for one in ours if one.metric == "recall@5"], [one for one in theirs if one.metric == "recall@5"]
    )
    return f"{found.value:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


def _value(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value:.3f}"
