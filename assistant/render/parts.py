"""The pieces that every result is drawn from: article names, quotations, words side by side, flags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from rapidfuzz.distance import Opcodes
from rapidfuzz.distance.LCSseq import opcodes
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from assistant.render.console import NARROW
from assistant.render.escape import one_line, visible
from assistant.types import Flag, FlagKind, FlagSide
from index import ArticleHeader

Names = Mapping[str, str]  # article_id → what a reader calls it

FLAG_TITLES = {
    FlagKind.WORDING: "Different wording",
    FlagKind.QUANTITY: "Different number",
    FlagKind.QUALIFIER: "Number hedged differently",
    FlagKind.SCOPE: "Different scope",
    FlagKind.ATTRIBUTION: "Who says so",
    FlagKind.QUOTATION: "Quotation",
    FlagKind.MODALITY: "Different strength",
    FlagKind.NEGATION: "The opposite",
    FlagKind.TIME: "Time",
    FlagKind.HEADLINE_BODY: "Headline against body",
    FlagKind.OPINION: "Opinion",
    FlagKind.SECONDHAND: "Second-hand",
    FlagKind.SINGLE_SOURCE: "One source only",
    FlagKind.OVERREACH: "Goes further than the sources",
    FlagKind.FALSE_PREMISE: "False premise",
}

DEGRADED = "searched by keyword alone, so passages in other words may be missing"

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Indented:
    """Something printed ``by`` columns to the right, without the blanks that would fill each line to the end."""

    inside: RenderableType
    by: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update_width(max(1, options.max_width - self.by))
        for line in console.render_lines(self.inside, narrower, pad=False):
            yield Segment(" " * self.by)
            yield from line
            yield Segment.line()


def indented(inside: RenderableType, by: int) -> Indented:
    return Indented(inside, by)


def degraded(console: Console, why: str | None) -> None:
    """A warning that passages were searched by keyword alone; nothing when they were not."""
    if why is not None:
        console.print(Text.assemble(("Degraded: ", "bad"), visible(f"{DEGRADED} ({why})")))


def short_name(source: str) -> str:
    """What a reader calls a source: the file's name, or the host and last part of a URL."""
    url = urlsplit(source)
    if url.scheme in {"http", "https"}:
        return one_line(f"{url.hostname or ''}/…/{PurePath(url.path).name}" if url.path.strip("/") else url.netloc)
    return one_line(PurePath(source).name or source)


def names_of(headers: Iterable[ArticleHeader]) -> dict[str, str]:
    """Article id → what prose calls it: the first of its names that no other article has, else its file and id."""
    known = list(headers)
    names = {header.article_id: _names(header) for header in known}
    counts = Counter(name for candidates in names.values() for name in set(candidates))
    return {
        header.article_id: next(
            (name for name in names[header.article_id] if counts[name] == 1),
            f"{short_name(header.source)} ({header.article_id[:8]})",
        )
        for header in known
    }


def _names(header: ArticleHeader) -> list[str]:
    """Publisher, publisher with the date, "Article 000" for a file 000_anything.txt, the file's or page's name."""
    outlet = [one_line(header.publisher)] if header.publisher else []
    if outlet and header.published:
        outlet.append(f"{outlet[0]} ({header.published.isoformat()})")
    if urlsplit(header.source).scheme in {"http", "https"}:
        return [*outlet, short_name(header.source)]
    stem = one_line(PurePath(header.source).stem)
    return [
        *outlet,
        *([f"Article {stem.split('_', 1)[0]}"] if stem.split("_", 1)[0] else []),
        short_name(header.source),
    ]


def quotation(quote: str, style: str = "") -> Text:
    """A source's own words between quotation marks, hidden characters shown."""
    return Text(f"“{visible(quote)}”", style=style)


def differing(left: str, right: str) -> tuple[Text, Text]:
    """Both texts with the words that the other does not have, in order, marked. Case alone is no difference."""
    places = [(match.start(), match.end()) for match in _WORD.finditer(left)]
    others = [(match.start(), match.end()) for match in _WORD.finditer(right)]
    steps: Opcodes = opcodes(
        [left[start:end].casefold() for start, end in places], [right[start:end].casefold() for start, end in others]
    )
    changed = [step for step in steps if step.tag != "equal"]
    ours = [place for step in changed for place in places[step.src_start : step.src_end]]
    theirs = [place for step in changed for place in others[step.dest_start : step.dest_end]]
    return _marked(left, ours), _marked(right, theirs)


def _marked(text: str, places: Sequence[tuple[int, int]]) -> Text:
    """``text`` between quotation marks with ``places`` highlighted; escaping happens piece by piece, after cutting."""
    shown, at = Text("“"), 0
    for start, end in places:
        shown.append(visible(text[at:start]))
        shown.append(visible(text[start:end]), style="differing")
        at = end
    shown.append(visible(text[at:]))
    return shown.append("”")


def pair(console: Console, left: tuple[str, Text], right: tuple[str, Text]) -> RenderableType:
    """Two labelled texts next to each other, or below each other on a narrow terminal."""
    if console.width < NARROW:
        return Group(Text(left[0], "name"), left[1], Text(right[0], "name"), right[1])
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="name", expand=True)
    table.add_column(Text(left[0]), ratio=1)
    table.add_column(Text(right[0]), ratio=1)
    table.add_row(left[1], right[1])
    return table


def _side_names(raised: Flag, sides: Sequence[FlagSide], names: Names, ours: str) -> list[str]:
    """What stands above each side. Of a headline and its own body, the headline comes first in the text."""
    told = [names.get(side.article_id, side.article_id) if side.article_id else ours for side in sides]
    if raised.kind is FlagKind.HEADLINE_BODY and len(sides) == 2 and sides[0].article_id == sides[1].article_id:
        first = 0 if (sides[0].start or 0) <= (sides[1].start or 0) else 1
        told[first], told[1 - first] = f"{told[first]}, headline", f"{told[1 - first]}, body"
    return told


def flag(console: Console, raised: Flag, names: Names, ours: str) -> RenderableType:
    """A flag: what kind, one line, and the words of both sides. ``ours`` names the user's own text ("the claim")."""
    title = FLAG_TITLES[raised.kind]
    line = Text.assemble((f"{title}: ", "mixed"), visible(raised.note.removeprefix(f"{title}. ")))
    sides = [side for side in (raised.ours, raised.theirs) if side is not None and side.quote]
    labels = _side_names(raised, sides, names, ours)
    if len(sides) == 2:
        first, second = differing(sides[0].quote, sides[1].quote)
        body = pair(console, (labels[0], first), (labels[1], second))
        return Group(line, indented(body, 2))
    if sides:
        return Group(line, indented(Text.assemble((f"{labels[0]}: ", "name"), quotation(sides[0].quote)), 2))
    return line


def flags(console: Console, raised: Sequence[Flag], names: Names, ours: str) -> None:
    """All flags below one another, indented; nothing when there are none."""
    for one in raised:
        console.print(indented(flag(console, one, names, ours), 2))


def heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, "heading"))
