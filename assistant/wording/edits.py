"""What a nearly verbatim claim changed, word by word. Says nothing where another slot has spoken already."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.types import Token
from assistant.types import Stance
from assistant.wording.countries import country_of
from assistant.wording.matching import Matching, Side
from assistant.wording.names import normal
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.stance import row_of
from assistant.wording.strength import words
from assistant.wording.verbatim import Edit, Repetition
from assistant.wording.words import PARTS, SAYS_NO_MORE, kin

NEGATIONS = frozenset(["not", "n't", "no", "never", "neither", "nor", "without", "hardly", "barely"])
MODALS = frozenset(["will", "would", "may", "might", "could", "can", "must", "should", "shall", "ought"])
SMALL = frozenset({"DET", "ADP", "PRON", "PART", "CCONJ", "SCONJ", "AUX", "PUNCT", "INTJ", "SYM", "SPACE"})


def compare_edits(
    repetition: Repetition, told: Sequence[Relation], claim: Side, source: Side, matching: Matching
) -> list[Relation]:
    """Relations for the changed words that no relation in ``told`` covers."""
    found: list[Relation] = []
    for edit in repetition.edits:
        relation = relate(edit, claim, source, matching)
        if relation is not None and not any(covers(other, relation) for other in told):
            found.append(relation)
    return found


def covers(told: Relation, relation: Relation) -> bool:
    """Has a slot already judged these words, as anything but harmless?"""
    row = row_of(told.slot, told.relation)
    harmless = row is None or row.stance == Stance.SUPPORTS
    if harmless and told.slot not in {Slot.QUANTITY, Slot.TIME, Slot.GROUP}:
        return False
    if told.ours.end and relation.ours.end:
        return told.ours.start < relation.ours.end and relation.ours.start < told.ours.end
    return bool(told.theirs.end and relation.theirs.end) and (
        told.theirs.start < relation.theirs.end and relation.theirs.start < told.theirs.end
    )


def span(tokens: Sequence[Token], side: Side) -> Words:
    if not tokens:
        return NOTHING
    start, end = tokens[0].start, tokens[-1].end
    return Words(side.sentence.text[start - side.sentence.start : end - side.sentence.start], start, end)


def relate(edit: Edit, claim: Side, source: Side, matching: Matching) -> Relation | None:
    ours, theirs = span(edit.ours, claim), span(edit.theirs, source)
    if negations(edit.ours) != negations(edit.theirs):
        return Relation(Slot.POLARITY, "flipped", ours, theirs)
    if ours.text and country_of(normal(ours.text)) and country_of(normal(ours.text)) == country_of(normal(theirs.text)):
        return None  # "US" / "United States"
    left, right = content(edit.ours), content(edit.theirs)
    if modals(edit.ours) != modals(edit.theirs) and edit.ours:
        return Relation(Slot.MODALITY, "stronger", ours, theirs)
    if not left:
        return dropped(right, ours, theirs)
    strange = [token for token in left if not carried(token, right) and not moved(token, matching)]
    if not strange:
        return None
    return Relation(Slot.MATTER, "word_changed" if right else "word_added", span(strange, claim), theirs)


def moved(token: Token, matching: Matching) -> bool:
    """Said near by in another form or order: "lost" / "a loss of", "processed by". Roles are compared elsewhere."""
    match = next((m for m in matching.matches if m.ours.start <= token.start < m.ours.end), None)
    if match is None or match.theirs is None or match.context or match.far:
        return False
    return match.kin in SAYS_NO_MORE


def dropped(right: Sequence[Token], ours: Words, theirs: Words) -> Relation | None:
    for token in right:
        if token.text.lower() in words("hedges"):
            return Relation(Slot.MODALITY, "hedge_dropped", ours, Words(token.text, token.start, token.end))
        if token.lemma.lower() in words("status") and stands_before_noun(token, right):
            return Relation(Slot.GROUP, "status_dropped", ours, theirs, token.text)
    return None


def stands_before_noun(token: Token, others: Sequence[Token]) -> bool:
    """Not "former Governor Ann Lee": a title before a name changes nobody."""
    return not any(other.pos == "PROPN" for other in others) and token.dep in {"amod", "compound"}


def negations(tokens: Sequence[Token]) -> int:
    return sum(token.text.lower() in NEGATIONS for token in tokens) % 2


def modals(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.text.lower() for token in tokens if token.text.lower() in MODALS)


def content(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.pos not in SMALL]


def carried(token: Token, others: Sequence[Token]) -> bool:
    part = PARTS.get(token.pos, "")
    for other in others:
        if other.lemma.lower() == token.lemma.lower():
            return True
        other_part = PARTS.get(other.pos, "")
        if (
            part
            and other_part
            and token.pos != "PROPN"
            and kin(token.lemma.lower(), part, other.lemma.lower(), other_part) in SAYS_NO_MORE
        ):
            return True
    return False
