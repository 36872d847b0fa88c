"""What ``eval.bench_growth`` measured → one SVG of small panels, and Markdown tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

SIDE, GAP, LEFT, TOP = 190, 70, 60, 34  # pixels
Points = Sequence[tuple[float, float]]


def svg(folder: Path) -> str:
    """A panel each for milliseconds a question, memory, disk, seconds to store, and pairs judged a second."""
    found = _panels(folder)
    drawn = "".join(_panel(number, title, across, points) for number, (title, across, points) in enumerate(found))
    width, height = LEFT + len(found) * (SIDE + GAP), TOP + SIDE + 50
    style = "text{font:12px sans-serif;fill:#444}path{fill:none;stroke:#2563a8;stroke-width:2}.axis{stroke:#999}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<style>{style}</style><rect width='100%' height='100%' fill='#fff'/>{drawn}</svg>\n"
    )


def _panels(folder: Path) -> list[tuple[str, str, Points]]:
    query, built, verify = (_read(folder, name) for name in ("query", "build", "verify"))
    sizes = sorted((int(size) for size in query if size.isdigit()), key=int)

    def of(name: str) -> Points:
        return [(query[str(size)]["passages"] / 1000, query[str(size)][name]) for size in sizes]

    stored = [
        (built[str(size)]["passages"] / 1000, built[str(size)]["seconds"]) for size in sizes if str(size) in built
    ]
    judged = [(float(length), value) for length, value in verify["pairs_a_second"].items()]
    return [
        ("milliseconds a question", "thousand passages", of("milliseconds")),
        ("MB of memory", "thousand passages", of("memory_mb")),
        ("MB on disk", "thousand passages", of("disk_mb")),
        ("seconds to store", "thousand passages", stored),
        ("pairs judged a second", "sentences of evidence", judged),
    ]


def _panel(number: int, title: str, across: str, points: Points) -> str:
    left, bottom = LEFT + number * (SIDE + GAP), TOP + SIDE
    widest, highest = (max((point[place] for point in points), default=1.0) or 1.0 for place in (0, 1))

    def at(x: float, y: float) -> str:
        return f"{left + SIDE * x / widest:.1f} {bottom - SIDE * y / highest:.1f}"

    line = "L".join(at(x, y) for x, y in points)
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="3" fill="#2563a8"/>' for x, y in (at(*point).split() for point in points)
    )
    marks = "".join(
        f'<text x="{at(x, 0).split()[0]}" y="{bottom + 16}" text-anchor="middle">{x:.0f}</text>' for x, _ in points
    )
    return (
        f'<path class="axis" d="M{left} {TOP}V{bottom}H{left + SIDE}"/><path d="M{line}"/>{dots}{marks}'
        f'<text x="{left}" y="{TOP - 14}">{escape(title)}</text>'
        f'<text x="{left - 6}" y="{TOP + 4}" text-anchor="end">{highest:,.0f}</text>'
        f'<text x="{left - 6}" y="{bottom}" text-anchor="end">0</text>'
        f'<text x="{left + SIDE // 2}" y="{bottom + 36}" text-anchor="middle">{escape(across)}</text>'
    )


def tables(folder: Path) -> str:
    """The same in numbers, with indexing split into its parts."""
    return "\n".join([*_index_table(_read(folder, "index")), "", *_query_table(folder), "", *_verify_table(folder)])


def _index_table(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"| indexing {found['passages']:,} passages | seconds | passages a second |"
    yield "| --- | ---: | ---: |"
    for name, seconds in found["seconds"].items():
        yield f"| {name} | {seconds} | {found['passages_a_second'][name]:,} |"


def _query_table(folder: Path) -> Iterator[str]:
    query, built = _read(folder, "query"), _read(folder, "build")
    yield "| passages | seconds to store | to open and ask once | ms a question | 95 % within | memory MB | disk MB |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for size, found in query.items():
        if size.isdigit():
            stored = built.get(size, {}).get("seconds", "")
            slow = f"{1000 * found['percentiles_seconds']['p95']:.0f}"
            shown = (stored, found["open_and_first_seconds"], found["milliseconds"], slow, found["memory_mb"])
            yield f"| {found['passages']:,} | {' | '.join(map(str, shown))} | {found['disk_mb']} |"


def _verify_table(folder: Path) -> Iterator[str]:
    yield "| sentences of evidence | pairs judged a second |"
    yield "| ---: | ---: |"
    for length, value in _read(folder, "verify")["pairs_a_second"].items():
        yield f"| {length} | {value} |"


def _read(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found
