"""Stances → the same with a flag that tells in what each source departs from the claim, and in which words of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.differing import PairReader, Reading
from assistant.types import Flag, FlagKind, FlagSide
from assistant.wording.candidates import tells
from assistant.wording.conclude import Judged, stands
from assistant.wording.departures import departure_signals, fitted_departures
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
    """With a flag of the likeliest kind alone, a row's if one has it; as it is where none is likely."""
    opinion = judged.deciding[0]
    kind = fitted_departures().kind_of(departure_signals(opinion, judged.stance.stance, reading))
    if kind is None:
        return judged
    told = [flag for flag in judged.flags if flag.kind is kind] or [flag_of(kind, opinion, reading)]
    heading = [flag for flag in judged.flags if flag.kind is FlagKind.HEADLINE_BODY]
    return replace(judged, flags=(*told, *heading))


def flag_of(kind: FlagKind, opinion: Opinion, reading: Reading | None) -> Flag:
    """With the words that the pair reader marks for the kind; a side whose words tell nothing is shown whole."""
    claim, side = opinion.alignment.claim, opinion.alignment.side
    found = reading.stretch_of(kind) if reading is not None else None
    ours = words_of(claim, found.ours) if found is not None else NOTHING
    theirs = words_of(side, found.theirs) if found is not None else NOTHING
    mine, yours = FlagSide(ours.text), FlagSide(theirs.text, side.sentence.article_id, theirs.start, theirs.end)
    if tells(ours, claim) and tells(theirs, side):
        return Flag(kind, f"The source has “{theirs.text}” where the claim has “{ours.text}”.", mine, yours)
    mine = mine if tells(ours, claim) else FlagSide(claim.sentence.text)
    yours = yours if tells(theirs, side) else FlagSide.of(opinion.evidence.span)
    return Flag(kind, "The source tells it otherwise.", mine, yours)
