"""The label over all sources' stances. Pure: disagreement is a label, never a vote."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Stance, VerdictLabel


def label_of(stances: Sequence[Stance]) -> VerdictLabel:
    """One label for the stances of all sources consulted, silence included.

    >>> label_of([Stance.SUPPORTS] * 9 + [Stance.REFUTES]).value
    'conflicting'
    """
    if Stance.SUPPORTS in stances and Stance.REFUTES in stances:
        return VerdictLabel.CONFLICTING  # nine to one is still a conflict: show both sides
    if Stance.SUPPORTS in stances:
        return VerdictLabel.SUPPORTED
    if Stance.REFUTES in stances:
        return VerdictLabel.REFUTED
    return VerdictLabel.NOT_ENOUGH_EVIDENCE


def label_of_attributed(stances: Sequence[Stance]) -> VerdictLabel:
    """The label of a claim about sources ("both articles say …") over the stances of those it names.

    If one of them does not say it, the claim about them is false.
    """
    if stances and all(stance is Stance.SUPPORTS for stance in stances):
        return VerdictLabel.SUPPORTED
    return VerdictLabel.REFUTED


WORDS = (
    (Stance.SUPPORTS, "says so", "say so"),
    (Stance.REFUTES, "says otherwise", "say otherwise"),
    (Stance.DIFFERS, "words it materially differently", "word it materially differently"),
    (Stance.SILENT, "does not say", "do not say"),
)


def reason_of(stances: Sequence[Stance]) -> str:
    """One line of plain English: what the label rests on.

    >>> reason_of([Stance.SUPPORTS, Stance.SILENT, Stance.SILENT])
    'Of 3 sources 1 says so, 2 do not say.'
    """
    parts = []
    for stance, one, many in WORDS:
        count = sum(other is stance for other in stances)
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    sources = "1 source" if len(stances) == 1 else f"{len(stances)} sources"
    return f"Of {sources} {', '.join(parts)}." if parts else "No source was consulted."
