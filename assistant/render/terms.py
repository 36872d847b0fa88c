"""A glossary and the desk's style, for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from assistant.render import parts
from assistant.render.escape import visible
from assistant.style import StyleHit
from assistant.terms import Terms


def show(console: Console, terms: Terms, names: parts.Names) -> None:
    """Print each group: its names, and under each who uses it how often."""
    if not terms.groups:
        console.print(Text("NO OTHER NAMES  The sources call nothing by two names, as far as can be seen.", "unknown"))
    for group in terms.groups:
        parts.heading(console, " / ".join(visible(term.wording) for term in group.terms))
        for term in group.terms:
            console.print(parts.indented(parts.quotation(term.wording), 2))
            for use in term.uses:
                times = "once" if use.count == 1 else f"{use.count} times"
                where = f"{times}, first at characters {use.span.start}–{use.span.end}"
                told = Text.assemble((names[use.span.article_id], "name"), "  ", (where, "quiet"))
                console.print(parts.indented(told, 4))
    if terms.not_consulted:
        console.print(Text(f"Not consulted: {terms.not_consulted} more sources", "quiet"))


def show_style(console: Console, hits: Sequence[StyleHit]) -> None:
    """Print where the draft goes against the desk's style; nothing when it does not."""
    if not hits:
        return
    parts.heading(console, "Style")
    for hit in hits:
        where = (f"  characters {hit.start}–{hit.end}", "quiet")
        console.print(parts.indented(Text.assemble(parts.quotation(hit.text), where), 2))
        console.print(parts.indented(Text(visible(hit.advice)), 4))
