"""Claims that go further than the source: all, only, never; a property that the source does not give."""

from __future__ import annotations

from assistant.wording.items import ItemKind
from assistant.wording.matching import Matching, Side
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.strength import words
from assistant.wording.words import Kin

UNIVERSAL = frozenset(["all", "every", "each", "everyone", "everybody", "always", "entire", "whole", "any"])
EXCLUSIVE = frozenset(["only", "solely", "exclusively", "sole", "alone", "just"])
NEVER = frozenset(["never", "none", "nobody", "nowhere"])
LARGEST = frozenset(["largest", "biggest", "greatest"])
FAMILIES = (UNIVERSAL, EXCLUSIVE, NEVER, LARGEST)


def compare_extent(claim: Side, source: Side, matching: Matching) -> list[Relation]:
    spoken = {token.text.lower() for token in source.sentence.tokens}
    held = {m.theirs.last for m in matching.matches if m.theirs is not None and not m.context}
    tokens = source.sentence.tokens
    theirs = {t.text.lower() for t in tokens if t.dep not in {"det", "predet"} or t.head in held}
    theirs |= {t.lemma.lower() for t in tokens if t.dep not in {"det", "predet"}}
    found = []
    for token in claim.sentence.tokens:
        word = token.text.lower()
        if word not in words("extent") or word in spoken or inside_number(claim, token.start):
            continue
        if any(word in family and family & theirs for family in FAMILIES) or is_emphasis(word, claim, spoken):
            continue
        found.append(Relation(Slot.EXTENT, "added", Words(token.text, token.start, token.end)))
    bold = bool(found) or shares_number(claim, source)
    return found + (properties(claim, source, matching) if bold else []) + dropped_hedges(claim, source, matching)


def is_emphasis(word: str, claim: Side, spoken: set[str]) -> bool:
    """ "The first ever", "the largest ever": the source's "first" or "largest" says it."""
    if word != "ever":
        return False
    tokens = claim.sentence.tokens
    return any(t.text.lower() in spoken and (t.tag in {"JJS", "RBS"} or t.lemma.lower() == "first") for t in tokens)


def shares_number(claim: Side, source: Side) -> bool:
    """The claim gives what a number counts a property: "the 400 are all volunteers"."""
    theirs = {q.value for q in source.quantities}
    return any(q.value in theirs and abs(q.value) >= 10 for q in claim.quantities)


def inside_number(side: Side, place: int) -> bool:
    return any(q.start <= place < q.end for q in side.quantities)


def properties(claim: Side, source: Side, matching: Matching) -> list[Relation]:
    """ "They are Y", where the source says nothing of Y."""
    tree = claim.tree
    found = []
    for match in matching.matches:
        place = match.ours.last
        if tree.deps[place] != "attr" or match.kin > Kin.RELATED or match.ours.kind is ItemKind.NUMBER:
            continue
        text = Words(match.ours.text, match.ours.start, match.ours.end)
        carrier = source.sentence
        found.append(Relation(Slot.EXTENT, "property", text, Words(carrier.text, carrier.start, carrier.end)))
    return found


def dropped_hedges(claim: Side, source: Side, matching: Matching) -> list[Relation]:
    """Adverbs of degree that the source puts on the very word that carries the claim's predicate."""
    ours = {token.lemma.lower() for token in claim.sentence.tokens}
    tree = source.tree
    found = []
    for match in matching.matches:
        if match.theirs is None or match.context or match.ours.part != "v" or match.kin <= Kin.RELATED:
            continue
        for child in tree.children(match.theirs.last, "advmod"):
            token = tree[child]
            if token.text.lower() in words("hedges") and token.lemma.lower() not in ours:
                left = Words(match.ours.text, match.ours.start, match.ours.end)
                found.append(Relation(Slot.MODALITY, "hedge_dropped", left, Words(token.text, token.start, token.end)))
    return found
