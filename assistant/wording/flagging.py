"""What a reader must be told of the deciding sentences' words: the rows of the table that carry a flag."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Flag, FlagKind, FlagSide, Stance
from assistant.wording.matching import Side
from assistant.wording.opinion import Opinion
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.stance import Row, flagged, row_of
from index import Span

AGAINST = frozenset({Stance.REFUTES, Stance.DIFFERS})


def headline_flag(heading: Span, body: Span) -> Flag:
    relation = Relation(Slot.SECTION, "headline_only", words_of(heading), words_of(body))
    row = row_of(Slot.SECTION, "headline_only")
    note = row.note_of(relation) if row else ""
    return Flag(FlagKind.HEADLINE_BODY, note, FlagSide.of(heading), FlagSide.of(body))


def words_of(span: Span) -> Words:
    return Words(span.quote, span.start, span.end)


def flags_of(claim: Side, deciding: Sequence[Opinion], stance: Stance) -> list[Flag]:
    """What the deciding sentences' words differ in: the row that decided, and what stands beside it for certain."""
    found: dict[FlagKind, Flag] = {}
    for opinion in deciding:
        if opinion.stance is not stance:
            continue
        for row, relation in flagged([*opinion.alignment.relations, opinion.ruling.relation]):
            if row.flag is None or row.flag in found or not is_told(row, relation, opinion):
                continue
            found[row.flag] = Flag(
                row.flag, row.note_of(relation), our_side(claim, relation), their_side(opinion, relation)
            )
    return list(found.values())


def is_told(row: Row, relation: Relation, opinion: Opinion) -> bool:
    """The row that decided; beside one that supports what it leaves out, beside one that refutes another number.

    Beside a stance against the claim, a row of the other such stance tells what it is about. A row that the model
    outweighed otherwise says nothing, and lesser differences beside the one that decides only hide it.
    """
    if relation is opinion.ruling.relation:
        return row.stance == opinion.stance or {row.stance, opinion.stance} <= AGAINST
    return row.stance == opinion.stance and (opinion.stance is Stance.SUPPORTS or relation.slot is Slot.QUANTITY)


def our_side(claim: Side, relation: Relation) -> FlagSide:
    words = relation.ours if relation.ours is not NOTHING and relation.ours.text else None
    return FlagSide(words.text if words else claim.sentence.text)


def their_side(opinion: Opinion, relation: Relation) -> FlagSide:
    """The source's words, read from the sentence itself; its evidence where the relation points at nothing."""
    sentence, words = opinion.alignment.side.sentence, relation.theirs
    if not sentence.start <= words.start < words.end <= sentence.end:
        return FlagSide.of(opinion.evidence.span)
    quote = sentence.text[words.start - sentence.start : words.end - sentence.start]
    return FlagSide(quote, sentence.article_id, words.start, words.end)
