"""Put measured figures into docs/evaluation.md: ``python docs/write_figures.py SUITE REPORT.md`` (or ``start``).

REPORT.md is what ``claimdesk eval SUITE --report DIR`` wrote; for ``start``, the JSON of eval.bench_start.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("evaluation.md")
END = "<!-- end of figures -->"


def table_of(report: str) -> str:
    """The table of a Markdown report."""
    return "\n".join(line for line in report.splitlines() if line.startswith("|"))


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


if __name__ == "__main__":
    name, content = sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8")
    table = start_table(content) if name == "start" else table_of(content)
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), name, table), encoding="utf-8")
