"""A comparison, for people: what differs first, side by side; then who words it how; then what all agree on."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.text import Text

from assistant.render import parts
from assistant.render.escape import visible
from assistant.types import Comparison, ComparisonRow, Flag, FlagSide


def show(console: Console, comparison: Comparison, names: parts.Names) -> None:
    """Print the differences, the wording table and the agreements."""
    parts.degraded(console, comparison.degraded)
    if not comparison.rows:
        told = ("NOTHING TO COMPARE", "unknown"), "  ", (visible(comparison.topic), "quiet")
        console.print(Text.assemble(*told))
        console.print(Text("  No source says anything that matches these words. Try fewer, or other ones."))
        return
    counted = f"{len(comparison.differences)} difference{'' if len(comparison.differences) == 1 else 's'}"
    style = "mixed" if comparison.differences else "unknown"
    console.print(Text.assemble((counted.upper(), style), "  ", (visible(comparison.topic), "quiet")))
    for difference in comparison.differences:
        console.print()
        flag = Flag(difference.kind, difference.note, FlagSide.of(difference.left), FlagSide.of(difference.right))
        console.print(parts.indented(parts.flag(console, flag, names, ""), 2))
    if comparison.rows:
        parts.heading(console, "Who says it how")
        _rows(console, comparison.rows, names)
    if comparison.agreements:
        parts.heading(console, "What they agree on")
        for agreement in comparison.agreements:
            console.print(parts.indented(Text(visible(agreement.note)), 2))
            for span in agreement.spans:
                words = Text.assemble((f"{names[span.article_id]}: ", "name"), parts.quotation(span.quote))
                console.print(parts.indented(words, 4))
    if comparison.flags:
        parts.heading(console, "Watch out")
        parts.flags(console, comparison.flags, names, "the topic")
    if comparison.not_consulted:
        console.print(Text(f"Not consulted: {comparison.not_consulted} more sources", "quiet"))


def _worded(row: ComparisonRow) -> Text:
    """The quotation with the phrase itself highlighted."""
    quote = row.span.quote
    at = quote.find(row.wording) if row.wording else -1
    if at < 0:
        return parts.quotation(quote)
    end = at + len(row.wording)
    return Text.assemble("“", visible(quote[:at]), (visible(quote[at:end]), "differing"), visible(quote[end:]), "”")


def _rows(console: Console, rows: tuple[ComparisonRow, ...], names: parts.Names) -> None:
    """Under each source its own words for the topic, and below them the sentence that they stand in."""
    for article_id, group in groupby(rows, key=lambda row: row.span.article_id):
        console.print(parts.indented(Text(names[article_id], "name"), 2))
        for row in group:
            where = f"  {row.section}, characters {row.span.start}–{row.span.end}"
            console.print(parts.indented(Text.assemble(parts.quotation(row.wording), (where, "quiet")), 4))
            if row.wording != row.span.quote:
                console.print(parts.indented(_worded(row), 6))
