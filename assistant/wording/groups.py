"""Noun phrases side by side: another head noun, a status added, dropped or swapped, a modifier more or less."""

from __future__ import annotations

from assistant.language.tree import Tree
from assistant.language.types import Quantity
from assistant.wording.items import LIGHT, Item, ItemKind
from assistant.wording.matching import Match, Matching, Side
from assistant.wording.quantities import pair_quantities
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.strength import words
from assistant.wording.words import PEOPLE, SAYS_NO_MORE, Kin, means_person

MODIFIER = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "advmod"})


def words_at(tree: Tree, positions: list[int]) -> Words:
    start, end = tree.span(positions)
    return Words(tree.text(positions), start, end)


def phrase_words(tree: Tree, head: int) -> Words:
    """The noun with what stands before it: "at least 40 armed men"."""
    left = [p for p in tree.subtree(head) if p <= head and tree.deps[p] not in {"cc", "conj", "punct"}]
    run = [head]
    while run[0] - 1 in left:
        run.insert(0, run[0] - 1)
    return words_at(tree, run)


def modifiers(tree: Tree, head: int) -> list[int]:
    """Positions of the words that narrow the noun: adjectives, nouns, owners, participles in front of it."""
    found = []
    for child in tree.children(head):
        if child < head and tree.deps[child] in MODIFIER and tree[child].pos in {"ADJ", "NOUN", "PROPN", "VERB", "ADV"}:
            found.append(child)
            found += [p for p in tree.children(child, "conj", "amod", "compound") if p < head]
    return sorted(found)


def compare_groups(claim: Side, source: Side, matching: Matching) -> list[Relation]:
    """Every noun of the claim against its counterpart in the source."""
    ours, theirs = claim.tree, source.tree
    found: list[Relation] = []
    counted = counterparts_by_number(claim, source, ours, theirs)
    for match in matching.matches:
        head = match.ours.last
        if ours.deps[head] in {"compound", "amod", "nmod"} or match.ours.part not in {"n", ""}:
            continue
        if (match.ours.kind is ItemKind.NAME or ours[head].pos == "PROPN") and head not in counted:
            continue
        place = counted.get(head)
        if place is None:
            place = place_in_source(match, matching, ours, theirs)
        if place is None:
            continue
        found.extend(compare_heads(match, head, place, matching, ours, theirs, source.known))
    return found


def counterparts_by_number(claim: Side, source: Side, ours: Tree, theirs: Tree) -> dict[int, int]:
    """Nouns that the same number counts: position in the claim → position in the source."""
    left: list[Quantity] = claim.quantities
    right: list[Quantity] = source.quantities
    found: dict[int, int] = {}
    for quantity, other in pair_quantities(left, right):
        if (
            other is None
            or quantity.unit
            or quantity.value != other.value
            or quantity.counted is None
            or other.counted is None
        ):
            continue
        mine, yours = counted_head(ours, quantity), counted_head(theirs, other)
        if mine is not None and yours is not None:
            found[mine] = yours
    return found


def counted_head(tree: Tree, quantity: Quantity) -> int | None:
    """The position of the noun that the number counts."""
    if quantity.counted is None:
        return None
    inside = [p for p in range(len(tree)) if quantity.counted.start <= tree[p].start < quantity.counted.end]
    heads = [p for p in inside if tree.lemma(p) == quantity.counted.head or tree.word(p) == quantity.counted.head]
    if heads:
        return heads[0]
    tops = [p for p in inside if tree.heads[p] not in inside and tree[p].pos in {"NOUN", "PROPN"}]
    return tops[0] if tops else None


def place_in_source(match: Match, matching: Matching, ours: Tree, theirs: Tree) -> int | None:
    """Where the noun's counterpart stands: its own match, else the noun in the same place of the same verb."""
    if match.theirs is not None and not match.context and match.kin is not Kin.RELATED:
        return match.theirs.last
    governor = matching.at(ours.heads[match.ours.last])
    if governor is None or governor.theirs is None or governor.context or governor.kin < Kin.NARROWER:
        return None
    if ours.deps[match.ours.last] not in {"nsubj", "nsubjpass", "dobj"} or governor.ours.key in LIGHT:
        return None
    role = {"nsubj", "nsubjpass"} if ours.deps[match.ours.last].startswith("nsubj") else {"dobj"}
    options = [p for p in theirs.children(governor.theirs.last, *role) if theirs[p].pos in {"NOUN", "PROPN"}]
    if ours[match.ours.last].pos == "PROPN":
        return None
    options = [p for p in options if match.ours.person and theirs[p].pos == "NOUN" and is_group_at(theirs, p)]
    return next((p for p in options if matching.back(p) is None), None)


def compare_heads(
    match: Match, head: int, place: int, matching: Matching, ours: Tree, theirs: Tree, known: frozenset[str]
) -> list[Relation]:
    left, right = phrase_words(ours, head), phrase_words(theirs, place)
    same = match.theirs is not None and not match.context and match.theirs.first <= place <= match.theirs.last
    if not same and is_named_for(match.ours, theirs, place):
        same = match.ours.part == "n" and match.ours.key in {"people", "person"}
    if not same and not (match.ours.key in {"people", "person"} and is_group_at(theirs, place)):
        return [Relation(Slot.GROUP, "other_head", left, right)]
    if same and match.kin is Kin.NARROWER and (is_group_at(ours, head) or is_group_at(theirs, place)):
        return [Relation(Slot.GROUP, "narrower_head", left, right)]
    if match.ours.kind is ItemKind.NAME and theirs[place].pos == "PROPN" and match.ours.key not in {"people", "person"}:
        return []  # a name is a name, whatever title stands before it
    found = compare_modifiers(head, place, matching, ours, theirs, left, right, known)
    if match.ours.key in PEOPLE:  # "people" says nothing about their status
        return [
            Relation(r.slot, "modifier_dropped", r.ours, r.theirs, r.detail) if r.relation == "status_dropped" else r
            for r in found
        ]
    return found


def is_named_for(item: Item, tree: Tree, place: int) -> bool:
    return item.kind is ItemKind.NAME and tree[place].pos == "PROPN"


def is_group_at(tree: Tree, place: int) -> bool:
    return means_person(tree.lemma(place)) or tree[place].entity in {"NORP", "PERSON"}


def compare_modifiers(
    head: int,
    place: int,
    matching: Matching,
    ours: Tree,
    theirs: Tree,
    left: Words,
    right: Words,
    known: frozenset[str] = frozenset(),
) -> list[Relation]:
    """Same noun on both sides: which words narrow it here and not there? ``known``: names that the article uses."""
    phrase = set(theirs.subtree(place)) | ({theirs.heads[place]} if theirs.deps[place] in {"attr", "pobj"} else set())
    carried: set[int] = set()
    found: list[Relation] = []
    for position in modifiers(ours, head):
        match = matching.at(position)
        if match is None:
            continue
        anywhere = match.context or match.ours.kind is ItemKind.NAME
        if match.theirs is not None and match.kin in SAYS_NO_MORE and (match.theirs.last in phrase or anywhere):
            carried.update(range(match.theirs.first, match.theirs.last + 1))
            continue
        owned = ours.deps[position] == "poss" and theirs.child(place, "poss") is not None
        if owned or (match.ours.kind is ItemKind.NAME and match.ours.key in known):
            continue  # "Elm County's dam", in an article on Elm County
        relation = relation_added(match, ours, position)
        if relation:
            found.append(Relation(Slot.GROUP, relation, left, right, ours[position].text))
    carried |= {p for m in matching.matches if m.theirs for p in range(m.theirs.first, m.theirs.last + 1)}
    return found + [
        Relation(Slot.GROUP, relation, left, right, theirs[position].text)
        for position in modifiers(theirs, place)
        if position not in carried and (relation := relation_dropped(theirs, place, position))
    ]


def relation_added(match: Match, ours: Tree, position: int) -> str:
    """What a modifier of the claim's alone does; "" for "all", "entire", which are compared as extent."""
    if ours.word(position) in words("extent"):
        return ""
    if match.kin is Kin.OPPOSITE:
        return "status_swapped"
    if ours.lemma(position) in words("status"):
        return "status_added"
    return "modifier_added" if ours[position].pos in {"ADJ", "NOUN", "PROPN"} else ""


def relation_dropped(theirs: Tree, place: int, position: int) -> str:
    """What a modifier of the source's alone does; "" when it narrows nobody."""
    if theirs.lemma(position) in words("status") or theirs.word(position) in words("status"):
        return "status_dropped"
    narrows = is_group_at(theirs, place) and theirs[position].pos in {"ADJ", "PROPN", "NOUN"}
    return "modifier_dropped" if narrows else ""
