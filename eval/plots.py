"""Small SVG plots for the HTML report, drawn by hand: nothing is fetched, nothing runs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from eval.metrics import Figure
from eval.results import Curve

WIDTH, ROW, LABEL, VALUE = 720, 24, 220, 60  # pixels
COLOURS = 2  # lines of one plot that differ in colour; the page's style sheet names them


def bars(figures: Sequence[tuple[str, Figure]]) -> str:
    """A horizontal bar a figure, from 0 to 1, named on the left and written out on the right."""
    scale = WIDTH - LABEL - VALUE
    rows = []
    for number, (name, figure) in enumerate(figures):
        line = number * ROW + ROW // 2 + 4
        rows.append(f'<text x="{LABEL - 8}" y="{line}" text-anchor="end">{escape(name or "other")}</text>')
        rows.append(_bar(figure, LABEL, number * ROW, scale))
        told = "unscored" if figure.value is None else f"{figure.value:.3f}"
        rows.append(f'<text x="{WIDTH - VALUE + 10}" y="{line}">{told}</text>')
    return _svg(WIDTH, max(1, len(rows) // 3) * ROW, "".join(rows))


def bar(figure: Figure, width: int = 180) -> str:
    """One bar by itself, for a row of a table."""
    return _svg(width + 2, ROW, _bar(figure, 1, 0, width))


def _bar(figure: Figure, left: int, top: int, scale: int) -> str:
    """A bar with its interval as a bracket, and a mark where the trivial rule stands."""
    middle = top + ROW // 2
    parts = [f'<rect class="track" x="{left}" y="{top + 5}" width="{scale}" height="{ROW - 10}"/>']
    if figure.value is None:
        return "".join(parts)
    parts.append(f'<rect x="{left}" y="{top + 5}" width="{figure.value * scale:.1f}" height="{ROW - 10}"/>')
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        low, high = left + figure.low * scale, left + figure.high * scale
        parts.append(f'<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 5}v10M{high:.1f} {middle - 5}v10"/>')
    if figure.baseline is not None:
        at = left + figure.baseline * scale
        title = f"<title>{escape(figure.rule)}: {figure.baseline:.3f}</title>"
        parts.append(f'<path class="lazy" d="M{at:.1f} {top + 1}v{ROW - 2}">{title}</path>')
    return "".join(parts)


def curve(drawn: Curve, side: int = 340) -> str:
    """A square plot of one or more lines over [0, 1] × [0, 1], with the diagonal for the eye."""
    inner, left, top = side - 70, 50, 10

    def at(x: float, y: float) -> str:
        return f"{left + x * inner:.1f} {top + (1 - y) * inner:.1f}"

    parts = [f'<path class="faint" d="M{at(0, 0)}L{at(0, 1)}M{at(0, 0)}L{at(1, 0)}M{at(0, 0)}L{at(1, 1)}"/>']
    for number, (name, points) in enumerate(drawn.lines.items()):
        colour = f"c{number % COLOURS}"
        path = "L".join(at(x, y) for x, y in points)
        if points:
            parts.append(f'<path class="{colour}" d="M{path}" stroke-width="2"/>')
            parts.append("".join(f'<circle class="{colour}" cx="{x}" cy="{y}" r="2"/>' for x, y in _dots(points, at)))
        legend = side + 14 + 16 * number
        parts.append(f'<path class="{colour}" d="M{left} {legend - 4}h18" stroke-width="2"/>')
        parts.append(f'<text x="{left + 24}" y="{legend}">{escape(name)}</text>')
    middle = left + inner // 2
    parts.append(f'<text x="{middle}" y="{top + inner + 34}" text-anchor="middle">{escape(drawn.across)}</text>')
    turned = f'transform="rotate(-90 14 {top + inner // 2})"'
    parts.append(f'<text x="14" y="{top + inner // 2}" {turned} text-anchor="middle">{escape(drawn.up)}</text>')
    for value in (0.0, 0.5, 1.0):
        parts.append(
            f'<text x="{left + value * inner:.0f}" y="{top + inner + 16}" text-anchor="middle">{value:g}</text>'
        )
        parts.append(f'<text x="{left - 6}" y="{top + (1 - value) * inner + 4:.0f}" text-anchor="end">{value:g}</text>')
    return _svg(side, side + 16 * len(drawn.lines), "".join(parts))


def _dots(points: Sequence[tuple[float, float]], at: Callable[[float, float], str]) -> list[list[str]]:
    return [at(x, y).split() for x, y in points]


def seconds(times: Sequence[float]) -> str:
    """A bar a case, slowest first: how long each took."""
    ordered = sorted(times, reverse=True)
    longest = max(ordered, default=0.0) or 1.0
    step = min(20.0, (WIDTH - 60) / max(1, len(ordered)))
    drawn = "".join(
        f'<rect x="{50 + number * step:.1f}" y="{110 - 100 * value / longest:.1f}" width="{max(1.0, step - 2):.1f}"'
        f' height="{100 * value / longest:.1f}"/>'
        for number, value in enumerate(ordered)
    )
    top = f'<text x="44" y="18" text-anchor="end">{longest:.2f} s</text>'
    return _svg(WIDTH, 120, top + drawn)


def _svg(width: int, height: int, inside: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">{inside}</svg>'
