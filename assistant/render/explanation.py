"""Why each passage was found, for people: ranks, similarity and keyword scores."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.render import parts
from assistant.render.escape import one_line, visible
from assistant.types import Reading
from index import Hit

EXCERPT = 160  # characters of a passage


def show(console: Console, reading: Reading, hits: Sequence[Hit], names: parts.Names) -> None:
    """Print how the question was read, then the passages that were found, best first."""
    parts.heading(console, "How it was found")
    read_as = f"read as: {reading.kind}" + (f", about {visible(reading.target)}" if reading.target else "")
    console.print(parts.indented(Text(read_as, "quiet"), 2))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet")
    for column in ("rank", "meaning", "words"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("passage")
    for hit in hits:
        similarity = "–" if hit.similarity is None else f"{hit.similarity:.2f}"
        keywords = "–" if hit.keyword_score is None else f"{hit.keyword_score:.1f}"
        text = one_line(hit.passage.text)
        excerpt = text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
        kept = " (kept so that this source is heard)" if hit.guaranteed else ""
        where = f"{names[hit.passage.article_id]}, {hit.passage.section}{kept}"
        table.add_row(str(hit.rank), similarity, keywords, Text.assemble(excerpt, "\n", (where, "quiet")))
    console.print(parts.indented(table, 2))
