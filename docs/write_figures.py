"""Put measured figures into docs/evaluation.md: ``python docs/write_figures.py NAME MEASURED``.

NAME is a suite (MEASURED: the report.md that ``claimdesk eval NAME --report DIR`` wrote), ``start`` (the JSON of
eval.bench_start), ``side`` (the Markdown of ``eval.side_by_side table``) or ``growth`` (the folder of
eval.bench_growth, whose plot becomes docs/growth.svg).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eval.growth_plot import svg, tables

PAGE = Path(__file__).with_name("evaluation.md")
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
    return content.strip() if name == "side" else table_of(content, name)


if __name__ == "__main__":
    name, measured = sys.argv[1], Path(sys.argv[2])
    PAGE.write_text(with_figures(PAGE.read_text("utf-8"), name, measured_table(name, measured)), encoding="utf-8")
