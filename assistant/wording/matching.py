"""Which word of a source carries which word of the claim. One match for each of the claim's items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.language.readings import times_and_quantities
from assistant.language.tree import Tree
from assistant.language.types import Frame, Modality, ParsedSentence, Quantity, TimeReference
from assistant.wording.items import Item, ItemKind, quantities_of
from assistant.wording.strength import asking
from assistant.wording.words import PEOPLE, Kin, kin
from index import Span

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
PREFERENCE = {
    Kin.NONE: 0.0,
    Kin.RELATED: 1.0,
    Kin.OPPOSITE: 1.6,
    Kin.NARROWER: 1.8,
    Kin.BROADER: 2.4,
    Kin.SYNONYM: 2.6,
    Kin.DERIVED: 2.8,
    Kin.SAME: 3.0,
}
WINDOW = 26  # tokens over which the words of one matter spread
CLOSE = frozenset({"acomp", "advmod", "oprd"})
AGENTS = frozenset({"nsubj", "nsubjpass", "poss", "compound", "amod", "nmod", "ROOT", "agent"})
NEARBY = 6  # tokens: words that stand together on both sides belong together


@dataclass(frozen=True)
class Side:
    """A sentence as it is compared: its parse, its frames, its items. ``context``: items of its lead-in, its
    neighbours and its headline, which may supply who is meant."""

    sentence: ParsedSentence
    frames: tuple[Frame, ...]
    items: tuple[Item, ...]
    context: tuple[Item, ...] = ()
    known: frozenset[str] = frozenset()  # keys of all names in the article

    @cached_property
    def span(self) -> Span:
        """The whole sentence."""
        sentence = self.sentence
        return Span(sentence.article_id, sentence.start, sentence.end, sentence.text)

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.sentence)

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities_of(self.sentence, self.frames)

    @cached_property
    def times(self) -> list[TimeReference]:
        """All dates and times, each once; words outside every clause have some too."""
        found = {(t.start, t.end): t for frame in self.frames for t in frame.times}
        for time in times_and_quantities(self.tree)[0]:
            found.setdefault((time.start, time.end), time)
        return [found[place] for place in sorted(found)]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Names, stems of content words and numbers: enough to see that two sentences have nothing in common."""
        words = {item.key if item.kind is ItemKind.NAME else item.key[:5] for item in self.items if item.weight >= 0.5}
        return frozenset(words | {f"{q.value:g}" for q in self.quantities})


@dataclass(frozen=True, slots=True)
class Match:
    """The claim's item and the source's that carries it, if any."""

    ours: Item
    theirs: Item | None
    kin: Kin
    context: bool = False  # carried by the context only
    far: bool = False  # found away from where most of the claim's words stand

    @property
    def credit(self) -> float:
        return CREDIT[self.kin] * (0.7 if self.context else 0.4 if self.far else 1.0)


@dataclass(frozen=True, slots=True)
class Matching:
    """All matches of one claim with one source sentence."""

    matches: tuple[Match, ...]

    def at(self, place: int) -> Match | None:
        """The match of the claim's item at token ``place``."""
        return next((match for match in self.matches if match.ours.first <= place <= match.ours.last), None)

    def back(self, place: int) -> Match | None:
        """The match whose source item holds token ``place`` of the source sentence."""
        return next(
            (m for m in self.matches if m.theirs and not m.context and m.theirs.first <= place <= m.theirs.last), None
        )

    @property
    def unmatched(self) -> list[Item]:
        return [m.ours for m in self.matches if m.far or (m.kin <= Kin.RELATED and m.kin is not Kin.OPPOSITE)]


def item_kin(ours: Item, theirs: Item) -> Kin:
    if ours.key in PEOPLE and theirs.kind is ItemKind.NAME and theirs.person and theirs.plural:
        return Kin.BROADER
    if ours.kind is not theirs.kind:
        if {ours.kind, theirs.kind} == {ItemKind.NAME, ItemKind.WORD}:
            return Kin.SAME if ours.text.lower() == theirs.text.lower() or ours.key == theirs.key else Kin.NONE
        return Kin.NONE
    if ours.kind is ItemKind.NAME:
        if ours.key.removesuffix("s") == theirs.key.removesuffix("s"):
            return Kin.SAME if ours.person == theirs.person or not (ours.plural or theirs.plural) else Kin.RELATED
        stands_for = not ours.plural and not theirs.plural and (ours.key in theirs.also or theirs.key in ours.also)
        return Kin.BROADER if stands_for else Kin.NONE
    if not ours.part or not theirs.part:
        return Kin.SAME if ours.key == theirs.key else Kin.NONE
    return kin(ours.key, ours.part, theirs.key, theirs.part)


@dataclass(frozen=True, slots=True)
class Option:
    """A source item that could carry the claim's, and how well by itself."""

    kin: Kin
    item: Item


def match_items(claim: Side, source: Side) -> Matching:
    """Match the claim's words and names; numbers and times are compared as values elsewhere."""
    wanted = [item for item in claim.items if item.kind in {ItemKind.NAME, ItemKind.WORD}]
    options = [
        [Option(found, item) for item in source.items if (found := item_kin(mine, item)) is not Kin.NONE]
        for mine in wanted
    ]
    asked = any(frame.modality is Modality.WANTED for frame in source.frames)
    chosen = choose(wanted, options, claim, source)
    return focused(
        [settle(mine, chosen.get(place), asked, claim, source) for place, mine in enumerate(wanted)], claim, source
    )


def choose(wanted: Sequence[Item], options: Sequence[Sequence[Option]], claim: Side, source: Side) -> dict[int, Option]:
    """The best option for each of the claim's items; no word of the source carries two different ones."""
    graded = sorted(
        (
            (rank(mine, option, wanted, options, claim, source), -place, number)
            for place, mine in enumerate(wanted)
            for number, option in enumerate(options[place])
        ),
        reverse=True,
    )
    chosen: dict[int, Option] = {}
    taken: dict[int, str] = {}
    for _, negative, number in graded:
        place = -negative
        option = options[place][number]
        if place in chosen or taken.get(option.item.first, wanted[place].key) != wanted[place].key:
            continue
        chosen[place] = option
        taken[option.item.first] = wanted[place].key
    return chosen


def settle(mine: Item, best: Option | None, asked: bool, claim: Side, source: Side) -> Match:
    """The match of one item: in the sentence, else understood from its neighbours, else a request as a whole."""
    if best is not None and best.kin > Kin.RELATED:
        return Match(mine, best.item, best.kin)
    near = next((item for item in source.context if item_kin(mine, item) >= Kin.BROADER), None)
    if near is not None and may_be_understood(mine, claim):
        return Match(mine, near, item_kin(mine, near), context=True)
    if asked and mine.part == "v" and asking(mine.key) >= 0:
        return Match(mine, None, Kin.SYNONYM)  # "wants": the source's whole clause is a request
    return Match(mine, best.item, best.kin) if best is not None else Match(mine, None, Kin.NONE)


def focused(matches: Sequence[Match], claim: Side, source: Side) -> Matching:
    """Words found far from where most of them stand say less: they belong to another matter."""
    reach = max(WINDOW, 2 * len(claim.sentence.tokens))
    words = [m for m in matches if m.theirs is not None and not m.context and m.ours.kind is ItemKind.WORD]
    places = [m.theirs.first for m in words if m.theirs is not None and m.kin > Kin.RELATED]

    def held(start: int) -> float:
        return sum(
            m.credit * m.ours.weight for m in words if m.theirs is not None and start <= m.theirs.first < start + reach
        )

    def strays(match: Match) -> bool:
        """A complement found in another clause than the word it completes."""
        if match.theirs is None or claim.sentence.tokens[match.ours.last].dep not in CLOSE:
            return False
        governor = next((m for m in matches if m.ours.first <= match.ours.head <= m.ours.last), None)
        if governor is None or governor.theirs is None or governor.context or governor.kin <= Kin.RELATED:
            return False
        return clause_of(source, governor.theirs.last) != clause_of(source, match.theirs.last)

    first = max(places, key=lambda start: (held(start), -start), default=0)
    return Matching(
        tuple(
            replace(m, far=True)
            if m in words and m.theirs is not None and (not first <= m.theirs.first < first + reach or strays(m))
            else m
            for m in matches
        )
    )


def clause_of(side: Side, place: int) -> int:
    """The position of the predicate of the clause that holds the token."""
    if side.tree.is_clause(place):
        return place
    return next((up for up in side.tree.ancestors(place) if side.tree.is_clause(up)), -1)


def may_be_understood(item: Item, claim: Side) -> bool:
    """Only who acts, asks or owns may stand in a neighbouring sentence; a recipient or a place must be said."""
    token = claim.sentence.tokens[item.last]
    return token.dep in AGENTS or item.kind is ItemKind.WORD


def rank(
    mine: Item,
    option: Option,
    wanted: Sequence[Item],
    options: Sequence[Sequence[Option]],
    claim: Side,
    source: Side,
) -> tuple[float, int]:
    """Meaning, the same place in the sentence's structure, neighbours found near by; then order of reading."""
    item = option.item
    score = PREFERENCE[option.kin]
    ours, theirs = claim.sentence.tokens[mine.last], source.sentence.tokens[item.last]
    governor = next(
        (n for n, other in enumerate(wanted) if other.first <= mine.head <= other.last and other is not mine), None
    )
    if governor is not None and any(
        o.item.first <= item.head <= o.item.last and o.kin >= Kin.NARROWER for o in options[governor]
    ):
        score += 0.8
    if ours.dep[:5] == theirs.dep[:5]:
        score += 0.15
    for other, found in zip(wanted, options, strict=True):
        if other is mine or abs(other.first - mine.first) > NEARBY:
            continue
        if any(o.kin >= Kin.NARROWER and abs(o.item.first - item.first) <= NEARBY for o in found):
            score += 0.1
    return score, -item.first
