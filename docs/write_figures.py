"""Put measured figures into the docs or the model card: ``python docs/write_figures.py NAME MEASURED``.

NAME is a suite (MEASURED: the report.md that ``claimdesk eval NAME --report DIR`` wrote), ``start`` (the JSON of
eval.bench_start), ``side`` (the Markdown of ``eval.side_by_side table``), ``growth`` (the folder of
eval.bench_growth, whose plot becomes docs/growth.svg), ``serve`` (the JSON that ``eval.bench_serve --figures`` keeps,
for docs/operations.md) or ``card`` (the report.json of ``claimdesk eval pairs``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from eval.growth_plot import svg, tables
from eval.pair_scores import MACRO_SETS
from eval.serve_figures import markdown

PAGE = Path(__file__).with_name("evaluation.md")
CARD = Path(__file__).parents[1] / "assistant" / "verifier" / "weights" / "README.md"
OPERATIONS = Path(__file__).with_name("operations.md")
PLOT = Path(__file__).with_name("growth.svg")
END = "<!-- end of figures -->"


def table_of(report: str, suite: str) -> str:
    """The table of one suite in a Markdown report, which may hold several."""
    part = report.split(f"## {suite}\n", 1)[-1].split("\n## ", 1)[0]
    return "\n".join(line for line in part.splitlines() if line.startswith("|"))


def start_table(measured: str) -> str:
    """The table of a start-up measurement: wall and processor seconds, and their ratio to the yardstick."""
    seconds = json.loads(measured)["seconds"]
    yardstick = seconds["yardstick"]["processor"]
    rows = ["| command | seconds | processor seconds | of the yardstick's |", "| --- | ---: | ---: | ---: |"]
    rows += [
        f"| {name} | {found['wall']:.2f} | {found['processor']:.2f} | {found['processor'] / yardstick:.2f} |"
        for name, found in seconds.items()
    ]
    return "\n".join(rows)


def card_table(measured: str) -> str:
    """The model card's table: each benchmark set beside what needs no model, and the mean of the thirteen sets."""
    metrics = json.loads(measured)["suites"]["pairs"]["metrics"]
    head = ["set", "balanced accuracy", "interval", "rows", "claim only", "AUC", "word overlap", "AUC without evidence"]
    rows = [f"| {' | '.join(head)} |", "| --- |" + " ---: |" * 7]
    others = [name.split("/")[1] for name in metrics if name.startswith("balanced_accuracy/")]
    for bench in [*MACRO_SETS, *(name for name in others if name not in MACRO_SETS)]:
        found, ranking = metrics[f"balanced_accuracy/{bench}"], metrics[f"auc/{bench}"]
        label = bench if bench in MACRO_SETS else f"{bench} (not in the mean)"
        rows.append(card_row(label, found, ranking, metrics[f"claim_alone/auc/{bench}"]))
    ranked = [metrics[f"auc/{bench}"] for bench in MACRO_SETS]
    mean = {
        "value": sum(one["value"] for one in ranked) / len(ranked),
        "baseline": {"value": sum(one["baseline"]["value"] for one in ranked) / len(ranked)},
    }
    label = "**mean of the 13 sets**"
    return "\n".join(
        [*rows, card_row(label, metrics["balanced_accuracy_macro"], mean, metrics["claim_alone/auc_macro"])]
    )


def card_row(label: str, found: dict[str, Any], ranking: dict[str, Any], alone: dict[str, Any]) -> str:
    """One row: a set without a published floor has an empty cell there."""
    floors = [f"{one['baseline']['value']:.2f}" if one.get("baseline") else "" for one in (found, ranking)]
    interval = f"{found['low']:.3f}–{found['high']:.3f}"
    cells = [label, f"{found['value']:.3f}", interval, str(found["n"]), floors[0], f"{ranking['value']:.3f}", floors[1]]
    return f"| {' | '.join(cells)} | {alone['value']:.3f} |"


def with_figures(page: str, name: str, table: str) -> str:
    """``page`` with ``table`` between the markers of ``name``. Raises ValueError when there are none."""
    begin = f"<!-- figures: {name} -->"
    first = page.index(begin) + len(begin)
    return f"{page[:first]}\n{table}\n{page[page.index(END, first) :]}"


def measured_table(name: str, measured: Path) -> str:
    """What stands between the markers of ``name``."""
    if name == "growth":
        PLOT.write_text(svg(measured), encoding="utf-8")
        return f"![how it grows]({PLOT.name})\n\n{tables(measured)}"
    content = measured.read_text(encoding="utf-8")
    if name == "start":
        return start_table(content)
    if name == "serve":
        return markdown(json.loads(content)).strip()
    if name == "card":
        return card_table(content)
    return content.strip() if name == "side" else table_of(content, name)


if __name__ == "__main__":
    name, measured = sys.argv[1], Path(sys.argv[2])
    page = {"card": CARD, "serve": OPERATIONS}.get(name, PAGE)
    page.write_text(with_figures(page.read_text("utf-8"), name, measured_table(name, measured)), encoding="utf-8")
