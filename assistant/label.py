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


def reason_of(label: VerdictLabel, stances: Sequence[Stance]) -> str:
    """One line of plain English: why this label."""
    counts = {stance: sum(other is stance for other in stances) for stance in Stance}
    parts = [
        f"{counts[stance]} {words}"
        for stance, words in (
            (Stance.SUPPORTS, "say so"),
            (Stance.REFUTES, "say otherwise"),
            (Stance.DIFFERS, "word it materially differently"),
            (Stance.SILENT, "do not say"),
        )
        if counts[stance]
    ]
    return f"{label.value.replace('_', ' ')}: of {len(stances)} sources " + ", ".join(parts)
