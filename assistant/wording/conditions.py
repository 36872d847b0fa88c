"""Conditions: what a source says will be only if something else is."""

from __future__ import annotations

from assistant.language.tree import Tree
from assistant.language.types import Frame
from assistant.wording.matching import Side
from assistant.wording.moods import predicate_words
from assistant.wording.relations import Relation, Slot, Words

IF = frozenset({"if", "unless", "provided", "providing"})
NO_CONDITION = frozenset({"even", "as", "not"})  # before "if": "even if", "as if", "if not": nothing depends on it
# Words by which a claim may keep the condition (Quirk et al. 1985, §15.34: conditional subordinators and their like).
KEPT = IF | frozenset({"whether", "should", "case", "event", "condition", "depend", "pend", "pending", "subject"})
KEPT_IN_TIME = frozenset({"until", "without", "once", "when", "after", "before", "assuming"})


def compare_conditions(ours: Frame, theirs: Frame, claim: Side, source: Side) -> list[Relation]:
    """The source's clause holds on a condition that the claim leaves out."""
    said = {token.lemma.lower() for token in claim.sentence.tokens}
    if said & (KEPT | KEPT_IN_TIME):
        return []
    tree = source.tree
    place = next((p for p in range(len(tree)) if tree[p].start == theirs.predicate_start), None)
    condition = condition_of(tree, place) if place is not None else None
    if condition is None:
        return []
    rows = [p for p in tree.subtree(condition) if tree[p].pos != "PUNCT"]
    sentence = source.sentence
    start, end = tree[min(rows)].start, tree[max(rows)].end
    text = sentence.text[start - sentence.start : end - sentence.start]
    return [Relation(Slot.MODALITY, "condition_dropped", predicate_words(ours), Words(text, start, end))]


def condition_of(tree: Tree, place: int) -> int | None:
    """The head of the if-clause below the clause, or below what it is the content of ("threatened … unless")."""
    below = -1
    while True:
        for child in tree.children(place, "advcl"):
            if child != below and is_condition(tree, child):
                return child
        head = tree.heads[place]
        if head == place or tree.deps[place] not in {"xcomp", "ccomp", "conj"}:
            return None
        below, place = place, head


def is_condition(tree: Tree, clause: int) -> bool:
    marks = [child for child in tree.children(clause, "mark", "advmod", "prep") if tree.word(child) in IF]
    return any(mark == 0 or tree.word(mark - 1) not in NO_CONDITION for mark in marks)
