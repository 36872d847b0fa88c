"""Stances → the same with a flag that tells in what each source departs from the claim, and in which words of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.differing import PairReader, Reading
from assistant.types import Flag, FlagKind, FlagSide
from assistant.wording.conclude import Judged, stands
from assistant.wording.departures import NOTES, departure_signals, fitted_departures
from assistant.wording.flagging import AGAINST
from assistant.wording.opinion import Opinion
from assistant.wording.read import words_of
from assistant.wording.relations import NOTHING, Slot
from assistant.wording.stance import MODEL


def name_departures(judged: Sequence[Judged], differing: PairReader) -> list[Judged]:
    """Same order. Where the table's word stands, or two numbers decided, the rows' flags stay."""
    open_ones = [n for n, each in enumerate(judged) if each.stance.stance in AGAINST and is_open(each.deciding[0])]
    compared = [judged[n].deciding[0].alignment for n in open_ones]
    texts = [(alignment.claim.sentence.text, alignment.side.sentence.text) for alignment in compared]
    readings = dict(zip(open_ones, differing.read(texts), strict=True))
    return [named(each, readings[n]) if n in readings else each for n, each in enumerate(judged)]


def is_open(opinion: Opinion) -> bool:
    """Was it a model that decided, or a row whose slot often only stands beside what differs?"""
    by_numbers = opinion.rule != MODEL and opinion.ruling.relation.slot is Slot.QUANTITY
    return not (stands(opinion) or by_numbers)


def named(judged: Judged, reading: Reading | None) -> Judged:
    """With the flag of the likeliest kind in place of the rows' flags; as it is where none is likely."""
    opinion = judged.deciding[0]
    kind = fitted_departures().kind_of(departure_signals(opinion, judged.stance.stance, reading))
    if kind is None or kind in {flag.kind for flag in judged.flags}:
        return judged
    heading = [flag for flag in judged.flags if flag.kind is FlagKind.HEADLINE_BODY]
    return replace(judged, flags=(flag_of(kind, opinion, reading), *heading))


def flag_of(kind: FlagKind, opinion: Opinion, reading: Reading | None) -> Flag:
    """With the words that the pair reader marks for the kind; the whole claim and the evidence where it marks none."""
    claim, side = opinion.alignment.claim, opinion.alignment.side
    found = reading.stretch_of(kind) if reading is not None else None
    ours, theirs = (
        (words_of(claim, found.ours), words_of(side, found.theirs)) if found is not None else (NOTHING, NOTHING)
    )
    if not ours.text or not theirs.text:
        return Flag(kind, f"{NOTES[kind]}.", FlagSide(claim.sentence.text), FlagSide.of(opinion.evidence.span))
    place = FlagSide(theirs.text, side.sentence.article_id, theirs.start, theirs.end)
    note = f"{NOTES[kind]}: it has “{theirs.text}” where the claim has “{ours.text}”."
    return Flag(kind, note, FlagSide(ours.text), place)
