"""The ``wording`` suite: does `compare` find the differences that a reader wrote down, and only those?

30 events of two or three outlets, annotated before `compare` had run on them (docs/wording_annotations.md). The
articles are under $CLAIMDESK_DATA and never shipped: without them the suite is unscored. Figures are of the reported
split; the development split, on which the weights were fitted, stands beside them under ``extra``.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from assistant import Assistant, BadInput, comparison_json
from eval.annotate import EVENT_SETS, AnnotationError, Event, articles_jsonl, chosen_from, problems, read_rows
from eval.metrics import UNSCORED, Score
from eval.results import SuiteResult, figure_json
from eval.wording_scores import Predicted, figures_of, predictions_of, predictions_of_rows, scores_of

ROWS, JUDGEMENTS, SECOND = "wording_annotations.jsonl", "wording_judgements.jsonl", "wording_annotations_b.jsonl"
REPORTED, DEVELOPMENT = "reported", "development"
METRICS = ("precision", "precision_floor", "judged", "recall", "recall_words", "kind_right", "look_alike_avoided")
BETWEEN_READERS = ("precision", "precision_floor", "recall", "recall_words", "kind_right")

Row = Mapping[str, Any]
Rows = Sequence[Row]


def run_wording(
    data: Path | None, folder: Path, open_over: Callable[[Path], AbstractContextManager[Assistant]]
) -> SuiteResult:
    """Compare every annotated event, each over its own articles alone, and score it. ``folder`` holds the rows.

    Raises BadInput when the articles under ``data`` are not those that were annotated.
    """
    if data is None or not all((data / "news" / f"{name}.jsonl.gz").is_file() for name in EVENT_SETS):
        why = "needs the news events in the folder that CLAIMDESK_DATA names"
        return SuiteResult("wording", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    rows, events = _read(data, folder)
    judgements = {row["key"]: bool(row["true"]) for row in read_rows(folder / JUDGEMENTS)}
    predicted: list[Predicted] = []
    seconds: list[float] = []
    for event in events:
        began = time.perf_counter()
        predicted += _compared(event, open_over)
        seconds.append(round(time.perf_counter() - began, 3))
    parts = {split: _scores(split, predicted, rows, judgements) for split in (DEVELOPMENT, REPORTED)}
    figures = dict.fromkeys(METRICS, UNSCORED) | figures_of(parts[REPORTED])
    extra = {
        DEVELOPMENT: {name: figure_json(figure) for name, figure in figures_of(parts[DEVELOPMENT]).items()},
        "second_reader": _agreement(rows, read_rows(folder / SECOND)),
    }
    texts = {event.event_id: event.topic for event in events}
    return SuiteResult("wording", figures, tuple(parts[REPORTED]), tuple(seconds), extra=extra, texts=texts)


def _read(data: Path, folder: Path) -> tuple[Rows, list[Event]]:
    try:
        events = chosen_from(data)
        rows = read_rows(folder / ROWS)
        wrong = problems(rows, {telling.url: telling for event in events for telling in event.tellings})
    except (AnnotationError, OSError, KeyError, ValueError) as error:
        raise BadInput(f"the annotated events cannot be read: {error}", "check CLAIMDESK_DATA") from error
    if wrong:
        raise BadInput(f"{wrong[0]} ({len(wrong)} such)", "check CLAIMDESK_DATA")
    return rows, events


def _compared(event: Event, open_over: Callable[[Path], AbstractContextManager[Assistant]]) -> list[Predicted]:
    with tempfile.TemporaryDirectory(prefix="claimdesk-wording-") as place:
        articles = Path(place) / "event.jsonl"
        articles.write_text(articles_jsonl(event), encoding="utf-8")
        with open_over(articles) as assistant:
            known = assistant.known()
            report = comparison_json(assistant.compare(event.topic), known, assistant.models())
    return predictions_of(event.event_id, report, {key: str(header.url) for key, header in known.items()})


def _scores(split: str, predicted: Sequence[Predicted], rows: Rows, judgements: Mapping[str, bool]) -> list[Score]:
    own = [row for row in rows if row["split"] == split]
    events = {row["event_id"] for row in own}
    return scores_of([one for one in predicted if one.event_id in events], own, judgements)


def _agreement(first: Rows, second: Rows) -> dict[str, Any]:
    """How far two readers agree, by the measure that `compare` faces, each in turn taken for right."""
    events = {row["event_id"] for row in second}
    ours = [row for row in first if row["event_id"] in events]
    ways = {"second_by_first": (second, ours), "first_by_second": (ours, second)}
    found: dict[str, Any] = {"events": len(events)}
    for name, (said, gold) in ways.items():
        figures = figures_of(scores_of(predictions_of_rows(said), gold))
        found[name] = {metric: figure_json(figures[metric]) for metric in BETWEEN_READERS if metric in figures}
    return found
