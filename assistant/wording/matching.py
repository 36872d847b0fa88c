"""Which word of a source carries which word of the claim. One match for each of the claim's items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.language.tree import Tree
from assistant.language.types import Frame, ParsedSentence
from assistant.wording.items import Item, ItemKind
from assistant.wording.words import Kin, kin

CREDIT = {
    Kin.NONE: 0.0,
    Kin.OPPOSITE: 0.8,  # the same matter, said the other way round
    Kin.RELATED: 0.4,
    Kin.NARROWER: 0.7,
    Kin.BROADER: 0.9,
    Kin.SYNONYM: 1.0,
    Kin.DERIVED: 1.0,
    Kin.SAME: 1.0,
}
NEARBY = 6  # tokens: words that stand together on both sides belong together


@dataclass(frozen=True)
class Side:
    """A sentence as it is compared: its parse, its frames, its items. ``context``: items of its lead-in, its
    neighbours and its headline, which may supply who is meant."""

    sentence: ParsedSentence
    frames: tuple[Frame, ...]
    items: tuple[Item, ...]
    context: tuple[Item, ...] = ()

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.sentence)


@dataclass(frozen=True, slots=True)
class Match:
    """The claim's item and the source's that carries it, if any."""

    ours: Item
    theirs: Item | None
    kin: Kin
    context: bool = False  # carried by the context only

    @property
    def credit(self) -> float:
        return CREDIT[self.kin] * (0.7 if self.context else 1.0)


@dataclass(frozen=True, slots=True)
class Matching:
    """All matches of one claim with one source sentence."""

    matches: tuple[Match, ...]

    def of(self, item: Item) -> Match | None:
        return next((match for match in self.matches if match.ours is item), None)

    def at(self, place: int) -> Match | None:
        """The match of the claim's item at token ``place``."""
        return next((match for match in self.matches if match.ours.first <= place <= match.ours.last), None)

    def back(self, place: int) -> Match | None:
        """The match whose source item holds token ``place`` of the source sentence."""
        return next(
            (m for m in self.matches if m.theirs and not m.context and m.theirs.first <= place <= m.theirs.last), None
        )

    @property
    def coverage(self) -> float:
        """Share of the claim's weight that the source carries, 0..1."""
        total = sum(match.ours.weight for match in self.matches)
        return sum(match.credit * match.ours.weight for match in self.matches) / total if total else 0.0

    @property
    def unmatched(self) -> list[Item]:
        return [match.ours for match in self.matches if match.kin <= Kin.RELATED and match.kin is not Kin.OPPOSITE]


def item_kin(ours: Item, theirs: Item) -> Kin:
    if ours.kind is not theirs.kind:
        if {ours.kind, theirs.kind} == {ItemKind.NAME, ItemKind.WORD}:
            return Kin.SAME if ours.text.lower() == theirs.text.lower() or ours.key == theirs.key else Kin.NONE
        return Kin.NONE
    if ours.kind is ItemKind.NAME:
        return Kin.SAME if ours.key == theirs.key else Kin.NONE
    if not ours.part or not theirs.part:
        return Kin.SAME if ours.key == theirs.key else Kin.NONE
    return kin(ours.key, ours.part, theirs.key, theirs.part)


def match_items(claim: Side, source: Side) -> Matching:
    """Match the claim's words and names; numbers and times are compared as values elsewhere."""
    wanted = [item for item in claim.items if item.kind in {ItemKind.NAME, ItemKind.WORD}]
    candidates = [
        [(found, item) for item in source.items if (found := item_kin(mine, item)) is not Kin.NONE] for mine in wanted
    ]
    matches = []
    for place, mine in enumerate(wanted):
        best = max(candidates[place], key=lambda pair: rank(mine, pair, wanted, candidates), default=None)
        if best is not None and best[0] > Kin.RELATED:
            matches.append(Match(mine, best[1], best[0]))
            continue
        near = next((item for item in source.context if item_kin(mine, item) >= Kin.SYNONYM), None)
        near = near if may_be_understood(mine, claim) else None
        if near is not None:
            matches.append(Match(mine, near, item_kin(mine, near), context=True))
        elif best is not None:
            matches.append(Match(mine, best[1], best[0]))
        else:
            matches.append(Match(mine, None, Kin.NONE))
    return Matching(tuple(matches))


def may_be_understood(item: Item, claim: Side) -> bool:
    """Only who acts, asks or owns may stand in a neighbouring sentence; a recipient or a place must be said."""
    token = claim.sentence.tokens[item.last]
    return (
        token.dep in {"nsubj", "nsubjpass", "poss", "compound", "amod", "nmod", "ROOT", "agent"}
        or item.kind is ItemKind.WORD
    )


def rank(
    mine: Item, pair: tuple[Kin, Item], wanted: Sequence[Item], candidates: Sequence[Sequence[tuple[Kin, Item]]]
) -> tuple[int, int, int]:
    """Closest meaning first, then the place where the claim's neighbours are found too, then order of reading."""
    found, item = pair
    together = 0
    for other, options in zip(wanted, candidates, strict=True):
        if other is mine or abs(other.first - mine.first) > NEARBY:
            continue
        if any(grade >= Kin.NARROWER and abs(option.first - item.first) <= NEARBY for grade, option in options):
            together += 1
    return int(found), together, -item.first
