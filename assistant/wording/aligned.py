"""Two sentences with their words matched, and what a finder needs to know of a place in either."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.language.tree import Tree
from assistant.language.types import Frame
from assistant.types import FlagKind
from assistant.wording.groups import words_at
from assistant.wording.matching import Match, Side, match_items
from assistant.wording.names import Names
from assistant.wording.relations import Words
from assistant.wording.words import Kin

NOUNS = frozenset({"NOUN", "PROPN"})
OBJECTS = frozenset({"dobj", "attr", "oprd"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible difference. ``sign``: why the two stretches belong together; ``support``: how much says so."""

    kind: FlagKind
    sign: str
    ours: Words
    theirs: Words
    support: float = 0.0


@dataclass(frozen=True)
class Aligned:
    """Two sentences with their words matched: token of the left → token of the right, and what kin they are."""

    left: Side
    right: Side
    names: Names

    @cached_property
    def matches(self) -> list[Match]:
        found = match_items(self.left, self.right).matches
        return [m for m in found if m.theirs is not None and not m.context and not m.far and m.kin > Kin.NONE]

    @cached_property
    def forth(self) -> dict[int, tuple[int, Kin]]:
        """Head token of each matched word or name on the left → the right's, with their kin."""
        return {m.ours.last: (m.theirs.last, m.kin) for m in self.matches if m.theirs is not None}

    @cached_property
    def back(self) -> dict[int, tuple[int, Kin]]:
        return {theirs: (ours, kinship) for ours, (theirs, kinship) in self.forth.items()}

    @cached_property
    def held_left(self) -> frozenset[int]:
        """Tokens on the left that the right surely carries."""
        return frozenset(p for m in self.matches if m.kin >= Kin.BROADER for p in range(m.ours.first, m.ours.last + 1))

    @cached_property
    def held_right(self) -> frozenset[int]:
        return frozenset(
            p
            for m in self.matches
            if m.kin >= Kin.BROADER and m.theirs is not None
            for p in range(m.theirs.first, m.theirs.last + 1)
        )

    @cached_property
    def clauses(self) -> list[tuple[Frame, Frame, float]]:
        """Frames whose predicates are matched, with the share of the left one's words that the right one holds."""
        rows = []
        for ours in self.left.frames:
            place = token_at(self.left.tree, ours.predicate_start)
            found = self.forth.get(place) if place is not None else None
            if found is None or found[1] in {Kin.RELATED, Kin.NONE}:
                continue
            start = self.right.tree[found[0]].start
            theirs = next((f for f in self.right.frames if f.predicate_start <= start < f.predicate_end), None)
            if theirs is not None:
                rows.append((ours, theirs, self.shared_in(ours, theirs)))
        return rows

    def shared_in(self, ours: Frame, theirs: Frame) -> float:
        inside = [m for m in self.matches if ours.start <= m.ours.start < ours.end and m.kin >= Kin.NARROWER]
        carried = sum(m.ours.weight for m in inside if m.theirs and theirs.start <= m.theirs.start < theirs.end)
        total = sum(i.weight for i in self.left.items if ours.start <= i.start < ours.end)
        return carried / total if total else 0.0


def token_at(tree: Tree, start: int) -> int | None:
    return next((p for p in range(len(tree)) if tree[p].start == start), None)


def shared_governor(pair: Aligned, place: int, other: int) -> float:
    """1 when both hang on matched words, as far as content words go."""
    mine, yours = governor(pair.left.tree, place), governor(pair.right.tree, other)
    found = pair.forth.get(mine) if mine is not None else None
    return 1.0 if found is not None and found[0] == yours and found[1] >= Kin.NARROWER else 0.0


def governor(tree: Tree, place: int) -> int | None:
    """The nearest content word above; None at the root."""
    for up in tree.ancestors(place):
        if tree[up].pos in {"NOUN", "PROPN", "VERB", "ADJ"}:
            return up
    return None


def role(tree: Tree, place: int) -> str:
    """subject, object, or the preposition that it stands under; "" for none of these."""
    dep, head = tree.deps[place], tree.heads[place]
    passive = bool(tree.children(head, "auxpass"))
    if dep == "nsubjpass" or (dep == "dobj" and not passive) or dep in OBJECTS:
        return "object"
    if dep == "nsubj" or (dep == "pobj" and tree.deps[head] == "agent"):
        return "subject"
    if dep == "pobj" and tree.deps[head] == "prep":
        return tree.word(head)
    return ""


def arguments(tree: Tree, place: int) -> list[tuple[str, int]]:
    """(role, noun) of what hangs on a verb or noun, in order."""
    found = []
    for child in tree.children(place):
        nouns_below = tree.children(child, "pobj") if tree.deps[child] in {"prep", "agent"} else [child]
        found += [(role(tree, p), p) for p in nouns_below if tree[p].pos in NOUNS and role(tree, p)]
    return found


def phrasal(tree: Tree, place: int) -> str:
    """The verb with its particle: "step_down"."""
    particle = tree.child(place, "prt")
    return tree.lemma(place) + (f"_{tree.word(particle)}" if particle is not None else "")


def predicate(tree: Tree, place: int) -> Words:
    """The verb with what stands close to it: auxiliaries, particle, negation, and an object of two words."""
    near = [c for c in tree.children(place, "aux", "auxpass", "neg", "prt", "acomp") if abs(c - place) <= 3]
    run = sorted([place, *near])
    return words_at(tree, run)


def is_held(pair: Aligned, side: Side, stretch: Words) -> bool:
    """Does the other sentence carry a noun or name of these words of ``side``?"""
    held = pair.held_left if side is pair.left else pair.held_right
    tokens = side.sentence.tokens
    return any(stretch.start <= tokens[p].start < stretch.end and tokens[p].pos in NOUNS for p in held)


def is_judging(side: Side, start: int) -> bool:
    return any(low <= start < high for frame in side.frames for low, high in frame.evaluative)
