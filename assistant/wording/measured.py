"""What a number belongs to: the predicate and the noun phrase around it. Two numbers of one matter measure the same.

"60 people were killed and 500 wounded": 60 goes with killing, 500 with wounding, however near they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.binding import tokens_of
from assistant.language.tree import Tree
from assistant.language.types import Quantity
from assistant.wording.items import LIGHT
from assistant.wording.quantities import Link
from assistant.wording.words import Kin, kin

NOUNS = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
WAYS = frozenset({"up", "down"})
THROUGH = frozenset({"nummod", "quantmod", "compound", "nmod", "amod", "conj", "pobj", "prep", "appos", "attr", "dep"})


@dataclass(frozen=True, slots=True)
class Measured:
    """``predicate``: lemma of the verb that the number is an argument of, "" for none or a light one;
    ``counted``: lemma of what is counted, or ""; ``nouns``: it, those it belongs to, and the verb's subject."""

    predicate: str
    counted: str
    nouns: frozenset[str]


def measured_by(tree: Tree, quantity: Quantity) -> Measured:
    """What ``quantity`` of the tree's sentence belongs to."""
    inside = tokens_of(tree, quantity)
    top = next((p for p in reversed(inside) if tree.heads[p] not in inside or tree.heads[p] == p), None)
    if top is None:
        return Measured("", "", frozenset())
    around = [tree.lemma(p) for p in nouns_around(tree, top) if p not in inside]
    nouns, counted = set(around), next(iter(around), "")
    verb = next((p for p in (top, *tree.ancestors(top)) if tree[p].pos in {"VERB", "AUX"}), None)
    if verb is None:
        return Measured("", counted, frozenset(nouns))
    nouns |= {tree.lemma(p) for p in tree.children(verb, *SUBJECTS) if tree[p].pos in NOUNS}
    predicate = tree.lemma(verb)
    return Measured("" if predicate in LIGHT else predicate, counted, frozenset(nouns))


def nouns_around(tree: Tree, top: int) -> list[int]:
    """The counted noun, those that it belongs to, and those that follow it after a preposition, as "of" and "for"."""
    found = []
    for place in (top, *tree.ancestors(top)):
        if tree[place].pos in {"VERB", "AUX"}:
            break
        if tree[place].pos in NOUNS:
            found.append(place)
        for preposition in tree.children(place, "prep"):
            found += [p for p in tree.children(preposition, "pobj") if tree[p].pos in NOUNS]
        if tree.deps[place] not in THROUGH:
            break
    return found


def same_predicate(ours: Measured, theirs: Measured) -> bool:
    return bool(ours.predicate and theirs.predicate) and kin(ours.predicate, "v", theirs.predicate, "v") > Kin.RELATED


def shared_nouns(ours: Measured, theirs: Measured) -> int:
    return sum(any(kin(mine, "n", yours, "n") >= Kin.NARROWER for yours in theirs.nouns) for mine in ours.nouns)


def is_former(tree: Tree, quantity: Quantity) -> bool:
    """Is it what something was before: "down from 66 percent", "from 50 to 60", "compared with 40"?"""
    inside = tokens_of(tree, quantity)
    if not inside:
        return False
    first, after = inside[0], inside[-1] + 1
    before = [tree.word(p) for p in range(max(0, first - 2), first)]
    if before[-1:] == ["from"]:
        verb = len(before) > 1 and tree[first - 2].pos == "VERB"
        return before[0] in WAYS or tree.word(min(after, len(tree) - 1)) == "to" or verb
    return before in (["compared", "with"], ["compared", "to"])


def link_numbers(
    claim: Tree, ours: Sequence[Quantity], source: Tree, theirs: Sequence[Quantity], dated: bool = False
) -> Link:
    """How a number of the claim goes with one of the source, by what both belong to. ``dated``: the claim names a time;
    one that names none is not held by what something was before."""
    former = {id(q) for q in theirs if len(theirs) > 1 and is_former(source, q)}
    now = not dated and not any(is_former(claim, q) for q in ours)
    mine = {id(quantity): measured_by(claim, quantity) for quantity in ours}
    yours = {id(quantity): measured_by(source, quantity) for quantity in theirs}

    def link(quantity: Quantity, other: Quantity) -> int:
        left, right = mine[id(quantity)], yours[id(other)]
        if now and id(other) in former:
            return -1
        if same_predicate(left, right):
            return 1
        rivals = [measured for key, measured in yours.items() if key != id(other)]
        if right.predicate and any(same_predicate(left, rival) for rival in rivals):
            return -1
        shared = shared_nouns(left, right)
        if not left.predicate and right.predicate and left.counted == right.counted:
            shared -= (
                1  # "has 23 libraries" / "will close nine libraries": how many there are, and to how many it is done
            )
        return int(shared > 0)

    return link
