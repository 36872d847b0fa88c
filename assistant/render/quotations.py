"""An audit of a draft's quotations, for people: a count first, then each quotation beside the source's words."""

from __future__ import annotations

from collections import Counter

from rich.console import Console, RenderableType
from rich.text import Text

from assistant.render import parts
from assistant.render.escape import visible
from assistant.types import AuditedQuote, QuoteMatch, QuoteStatus

STATUS = {
    QuoteStatus.EXACT: ("EXACT", "good"),
    QuoteStatus.TYPOGRAPHY: ("EXACT BUT FOR TYPOGRAPHY", "good"),
    QuoteStatus.ALTERED: ("ALTERED", "bad"),
    QuoteStatus.SPLICED: ("SPLICED", "bad"),
    QuoteStatus.NOT_FOUND: ("NOT FOUND", "bad"),
}
RELATION = {
    "same": "stands in",
    "nearest": "nearest, in",
    "fragment": "a part stands in",
    "elsewhere": "but it stands in",
}
ORDER = list(RELATION)


def show(console: Console, quotations: list[AuditedQuote], names: parts.Names) -> None:
    """Print every quotation in the draft's order."""
    if not quotations:
        console.print(Text("NO QUOTATIONS  The draft holds no quotation marks with words between them.", "unknown"))
        return
    counts = Counter(quotation.status for quotation in quotations)
    told = ", ".join(f"{counts[status]} {STATUS[status][0].lower()}" for status in STATUS if counts[status])
    console.print(Text(f"{len(quotations)} quotation{'' if len(quotations) == 1 else 's'}: {told}", "heading"))
    for quotation in quotations:
        console.print()
        _quotation(console, quotation, names)


def _quotation(console: Console, quotation: AuditedQuote, names: parts.Names) -> None:
    label, style = STATUS[quotation.status]
    console.print(Text.assemble((label, style), "  ", parts.quotation(quotation.text)))
    given = [names[quotation.attributed_to]] if quotation.attributed_to else []
    given += [visible(quotation.speaker)] if quotation.speaker else []
    if given:
        console.print(parts.indented(Text(f"the draft gives it to {', '.join(given)}", "quiet"), 2))
    for match in sorted(quotation.matches, key=lambda match: ORDER.index(match.relation)):
        console.print(parts.indented(_match(console, quotation, match, names), 2))
    parts.flags(console, quotation.flags, names, "the draft")


def _match(console: Console, quotation: AuditedQuote, match: QuoteMatch, names: parts.Names) -> RenderableType:
    """Where the words stand; what comes nearest is set beside the draft's words, the differing ones marked."""
    span = match.span
    where = f"{RELATION[match.relation]} {names[span.article_id]}, characters {span.start}–{span.end}"
    if match.relation == "nearest":
        ours, theirs = parts.differing(quotation.text, span.quote)
        return parts.pair(console, ("the draft", ours), (where, theirs))
    return Text.assemble((f"{where}: ", "name"), parts.quotation(span.quote))
