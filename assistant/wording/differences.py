"""Two sentences about one thing → the typed differences between them, each with both spans and a line of English.

Neither side is right here: a relation that the stance table reads as "the claim is stronger" is a difference both ways.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Difference, FlagKind
from assistant.wording.align import Alignment
from assistant.wording.matching import Side
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.stance import row_of
from index import SectionKind, Span

# Relations that say what one side leaves out: no difference in wording, or one that only a claim can have.
SILENT = frozenset({"same", "missing", "covered", "vaguer", "unmentioned", "added", "property", "elsewhere", "partly"})
NOTES = {
    FlagKind.QUANTITY: "The numbers differ: “{left}” against “{right}”.",
    FlagKind.QUALIFIER: "The number is hedged differently: “{left}” against “{right}”.",
    FlagKind.TIME: "The time differs: “{left}” against “{right}”.",
    FlagKind.NEGATION: "One says the opposite of the other: “{left}” against “{right}”.",
    FlagKind.ATTRIBUTION: "It is attributed differently: “{left}” against “{right}”.",
    FlagKind.MODALITY: "One is put more strongly: “{left}” against “{right}”.",
    FlagKind.WORDING: "They are called differently: “{left}” against “{right}”.",
    FlagKind.SCOPE: "The scope differs: “{left}” against “{right}”.",
    FlagKind.QUOTATION: "One quotes, the other does not: “{left}” against “{right}”.",
    FlagKind.OPINION: "One judges where the other reports: “{left}” against “{right}”.",
}


def differences_of(left: Side, right: Side, alignment: Alignment) -> list[Difference]:
    """Typed differences between ``left`` (compared as the claim) and ``right``, one for each kind and pair of words."""
    found: dict[tuple[FlagKind, int, int], Difference] = {}
    for relation in alignment.relations:
        kind = kind_of(relation)
        if kind is None:
            continue
        ours, theirs = place(left, relation.ours), place(right, relation.theirs)
        if ours is None or theirs is None or same_words(ours, theirs):
            continue
        note = NOTES[kind].format(left=ours.quote, right=theirs.quote)
        found.setdefault((kind, ours.start, theirs.start), Difference(kind, ours, theirs, note))
    return list(found.values())


def kind_of(relation: Relation) -> FlagKind | None:
    """The kind of difference, None for what is none between two articles."""
    if relation.relation in SILENT and relation.slot is not Slot.QUANTITY:
        return None
    if relation.slot is Slot.QUANTITY and relation.relation in {"same", "missing", "covered"}:
        return None
    if relation.slot is Slot.MODALITY and relation.relation == "weaker":
        return FlagKind.MODALITY
    row = row_of(relation.slot, relation.relation)
    return row.flag if row is not None and row.flag in NOTES else None


def place(side: Side, words: Words) -> Span | None:
    """The words as a span of the side's article; None when they cannot be pointed at."""
    sentence = side.sentence
    if not words.text or not sentence.start <= words.start < words.end <= sentence.end:
        return None
    return Span(
        sentence.article_id,
        words.start,
        words.end,
        sentence.text[words.start - sentence.start : words.end - sentence.start],
    )


def same_words(left: Span, right: Span) -> bool:
    return " ".join(left.quote.lower().split()) == " ".join(right.quote.lower().split())


def is_headline(side: Side) -> bool:
    return side.sentence.section is SectionKind.HEADLINE


def without_repeats(differences: Sequence[Difference]) -> list[Difference]:
    """Each pair of wordings once."""
    found: dict[tuple[object, ...], Difference] = {}
    for difference in differences:
        left = (difference.left.article_id, difference.left.quote.lower())
        right = (difference.right.article_id, difference.right.quote.lower())
        found.setdefault((difference.kind, left, right), difference)
    return list(found.values())
