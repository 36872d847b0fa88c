"""Verdicts, for people: the label first, then each source's stance and words, then what differs."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.text import Text

from assistant.render import parts
from assistant.render.escape import visible
from assistant.types import Evidence, SourceStance, Stance, Verdict, VerdictLabel, Verification

LABEL = {
    VerdictLabel.SUPPORTED: ("SUPPORTED", "good"),
    VerdictLabel.REFUTED: ("REFUTED", "bad"),
    VerdictLabel.CONFLICTING: ("CONFLICTING", "mixed"),
    VerdictLabel.NOT_ENOUGH_EVIDENCE: ("NOT ENOUGH EVIDENCE", "unknown"),
}
STANCE = {
    Stance.SUPPORTS: ("supports", "good"),
    Stance.REFUTES: ("refutes", "bad"),
    Stance.DIFFERS: ("says it differently", "mixed"),
    Stance.SILENT: ("does not say", "quiet"),
}
_ORDER = list(STANCE)
OTHERWISE = 0.1  # probability from which it is told that the model reads the matter told otherwise


def show(console: Console, verification: Verification, names: parts.Names) -> None:
    """Print every verdict, then what was not judged and why."""
    if not (verification.verdicts or verification.unchecked or verification.errors):
        console.print(Text("0 claims: the text states nothing that could be checked.", "heading"))
    if len(verification.verdicts) > 1:
        counts = Counter(verdict.label for verdict in verification.verdicts)
        told = ", ".join(f"{counts[label]} {LABEL[label][0].lower()}" for label in LABEL if counts[label])
        console.print(Text(f"{len(verification.verdicts)} claims: {told}", "heading"))
        console.print()
    for number, verdict in enumerate(verification.verdicts):
        if number:
            console.print()
            console.rule(style="quiet")
        _verdict(console, verdict, names)
    if verification.verdicts and (verification.unchecked or verification.errors):
        console.print()
    for part in verification.unchecked:
        console.print(Text.assemble(("NOT CHECKED  ", "unknown"), parts.quotation(part.text), f"  {visible(part.why)}"))
    for error in verification.errors:
        console.print(Text.assemble(("COULD NOT BE JUDGED  ", "bad"), visible(f"“{error.claim}”: {error.error}")))
    if verification.not_consulted:
        told = f"Not consulted: {verification.not_consulted} more sources (nothing in them came near)"
        console.print(Text(told, "quiet"))
    parts.degraded(console, verification.degraded)


def _verdict(console: Console, verdict: Verdict, names: parts.Names) -> None:
    label, style = LABEL[verdict.label]
    sure = f"  ({verdict.confidence:.0%} sure)" if verdict.confidence is not None else ""
    console.print(Text.assemble((label, style), (sure, "quiet"), "  ", parts.quotation(verdict.claim.text)))
    if verdict.reason:
        console.print(parts.indented(Text(visible(verdict.reason)), 2))
    console.print()
    for stance in sorted(verdict.sources, key=lambda source: _ORDER.index(source.stance)):
        _source(console, stance, names)
    if verdict.flags:
        parts.heading(console, "Watch out")
        parts.flags(console, verdict.flags, names, "the claim")


def _by_model(evidence: Evidence) -> str:
    """Tells where the grounding model had a say; where a rule decided alone, the flags say which words it was."""
    if "model" not in evidence.decided_by:
        return ""
    shares = [f"supports {evidence.entailment:.0%}", f"refutes {evidence.contradiction:.0%}"]
    if evidence.differing >= OTHERWISE:
        shares.append(f"tells it otherwise {evidence.differing:.0%}")
    return f" (read by {evidence.verifier_id}: {', '.join(shares)})"


def _source(console: Console, source: SourceStance, names: parts.Names) -> None:
    """A source's name and stance, then its words below (or what came nearest, when it is silent)."""
    stance, style = STANCE[source.stance]
    console.print(parts.indented(Text.assemble((names[source.article_id], "name"), " ", (stance, style)), 2))
    for part in source.evidence:
        where = f"  {part.section}, characters {part.span.start}–{part.span.end}{_by_model(part)}"
        console.print(parts.indented(Text.assemble(parts.quotation(part.span.quote), (where, "quiet")), 4))
    if not source.evidence:
        for part in source.nearest[:1]:
            told = Text.assemble("nearest: ", parts.quotation(part.span.quote), style="quiet")
            console.print(parts.indented(told, 4))
