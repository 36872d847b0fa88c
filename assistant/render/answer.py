"""An answer, for people: the status first, then what the sources say, then their words, then what differs."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.render import parts
from assistant.render.escape import visible
from assistant.types import Answer, AnswerStatus, Citation, Stance

STATUS = {
    AnswerStatus.ANSWERED: ("ANSWERED", "good"),
    AnswerStatus.PARTIAL: ("ANSWERED IN PART", "mixed"),
    AnswerStatus.REFUSED: ("THE SOURCES DO NOT SAY", "unknown"),
}


def show(console: Console, question: str, answer: Answer, names: parts.Names) -> None:
    """Print the whole answer."""
    label, style = STATUS[answer.status]
    console.print(Text.assemble((label, style), "  ", (visible(question), "quiet")))
    console.print()
    for statement in answer.statements:
        numbers = "".join(f" [{n}]" for n in statement.citations)
        console.print(parts.indented(Text.assemble(visible(statement.text), (numbers, "name")), 2))
    if answer.missing:
        console.print()
        for part in answer.missing:
            console.print(parts.indented(Text.assemble(("Not in the sources: ", "mixed"), visible(part)), 2))
    if answer.citations:
        parts.heading(console, "In their own words")
        console.print(_citations(answer.citations, names))
    if answer.flags:
        parts.heading(console, "Watch out")
        parts.flags(console, answer.flags, names, "the question")
    _consulted(console, answer, names)
    parts.degraded(console, answer.degraded)
    if answer.models.get("sent_to"):
        told = f"Sent to {answer.models['sent_to']}: the question and the passages quoted."
        console.print(Text(visible(told), "quiet"))
    for sentence in answer.dropped:
        console.print(Text.assemble(("Dropped from the model's text: ", "mixed"), visible(sentence)))


def _citations(citations: tuple[Citation, ...], names: parts.Names) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(justify="right", no_wrap=True, style="name")
    table.add_column()
    for citation in citations:
        span = citation.span
        where = f"{names[span.article_id]}, {citation.section}, characters {span.start}–{span.end}"
        table.add_row(f"  [{citation.n}]", Text.assemble(parts.quotation(span.quote), "\n", (where, "quiet")))
    return table


def _consulted(console: Console, answer: Answer, names: parts.Names) -> None:
    """Every source that was consulted, silent ones too: none is hidden because it said nothing."""
    speaking = [row for row in answer.sources if row.citations]
    silent = [row for row in answer.sources if not row.citations]
    console.print()
    if speaking:
        told = ", ".join(
            f"{names[row.article_id]}{f' ({row.stance})' if row.stance not in (None, Stance.SILENT) else ''}"
            for row in speaking
        )
        console.print(Text(f"Cited: {told}", "quiet"))
    if silent:
        console.print(Text("Consulted, nothing cited: " + ", ".join(names[row.article_id] for row in silent), "quiet"))
    if answer.not_consulted:
        console.print(Text(f"Not consulted: {answer.not_consulted} more (nothing in them came near)", "quiet"))
