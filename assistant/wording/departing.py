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
from assistant.wording.matching import Side
from assistant.wording.opinion import Opinion
from assistant.wording.read import words_of
from assistant.wording.relations import NOTHING, Slot, Words

UNSURE = frozenset({Slot.EXTENT, Slot.SCOPE, Slot.GROUP, Slot.ROLES})
NUMBERS = frozenset({FlagKind.QUANTITY, FlagKind.QUALIFIER, FlagKind.TIME})


def name_departures(judged: Sequence[Judged], differing: PairReader) -> list[Judged]:
    """Same order. Flags stay where a rule's word is surer than what is read, or a pair is too long to be read."""
    open_ones = [n for n, each in enumerate(judged) if each.stance.stance in AGAINST and is_open(each)]
    compared = [judged[n].deciding[0].alignment for n in open_ones]
    texts = [(alignment.claim.sentence.text, alignment.side.sentence.text) for alignment in compared]
    readings = dict(zip(open_ones, differing.read(texts), strict=True))
    return [named(each, reading) if (reading := readings.get(n)) else each for n, each in enumerate(judged)]


def is_open(judged: Judged) -> bool:
    """Does no row tell in what, or one of a slot that often only stands beside what differs?"""
    opinion = judged.deciding[0]
    told = any(flag.kind is not FlagKind.HEADLINE_BODY for flag in judged.flags)
    return not stands(opinion) and (not told or opinion.ruling.relation.slot in UNSURE)


def named(judged: Judged, reading: Reading) -> Judged:
    """With a flag of the likeliest kind alone, a row's if one has it; as it is where none is likely."""
    opinion = judged.deciding[0]
    kind = fitted_departures().kind_of(departure_signals(opinion, judged.stance.stance, reading))
    if kind is None or (kind is FlagKind.QUANTITY and has_its_number(opinion)):
        return judged
    told = [flag for flag in judged.flags if flag.kind is kind] or [flag_of(kind, opinion, reading)]
    heading = [flag for flag in judged.flags if flag.kind is FlagKind.HEADLINE_BODY]
    return replace(judged, flags=(*told, *heading))


def has_its_number(opinion: Opinion) -> bool:
    return any(r.slot is Slot.QUANTITY and r.relation == "same" for r in opinion.alignment.relations)


def flag_of(kind: FlagKind, opinion: Opinion, reading: Reading) -> Flag:
    """With the words that the pair reader marks for the kind; a side whose words tell nothing is shown whole."""
    claim, side = opinion.alignment.claim, opinion.alignment.side
    found = reading.stretch_of(kind)
    ours, theirs = (words_of(claim, found.ours), words_of(side, found.theirs)) if found else (NOTHING, NOTHING)
    shown, cited = is_telling(ours, claim, kind), is_telling(theirs, side, kind)
    mine = FlagSide(ours.text if shown else claim.sentence.text)
    yours = FlagSide.of(opinion.evidence.span)
    if cited:
        yours = FlagSide(theirs.text, side.sentence.article_id, theirs.start, theirs.end)
    both = f"The source has “{theirs.text}” where the claim has “{ours.text}”."
    return Flag(kind, both if shown and cited else "The source tells it otherwise.", mine, yours)


def is_telling(words: Words, side: Side, kind: FlagKind) -> bool:
    """A bare number tells what differs where numbers do."""
    return bool(words.text) and (kind in NUMBERS or tells(words, side))
