"""Is this sentence about the claim's matter, and what is each of its words to the claim's? Scored and explained.

``compare_sides`` puts one sentence beside the claim: words matched, slots compared, the row of the stance table found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.language.types import Frame, SpeakerKind, Token
from assistant.wording.clauses import (
    compare_clauses,
    opposite_complements,
    pair_frames,
)
from assistant.wording.conditions import compare_conditions
from assistant.wording.edits import compare_edits
from assistant.wording.extent import compare_extent
from assistant.wording.groups import compare_groups
from assistant.wording.items import Item
from assistant.wording.matching import Match, Matching, Side, match_items
from assistant.wording.measured import link_numbers
from assistant.wording.moods import compare_firmness, words_in_clause
from assistant.wording.names import Names
from assistant.wording.quantities import compare_quantities
from assistant.wording.quoted import compare_claimed, compare_utterer
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.roles import compare_charges, compare_roles
from assistant.wording.speakers import compare_speakers
from assistant.wording.stance import Ruling, rule
from assistant.wording.times import compare_times
from assistant.wording.verbatim import Repetition, find_repetition
from assistant.wording.voice import compare_voices
from assistant.wording.words import Kin, means_person

COVERED = 0.85  # share of the claim that a source must carry to say it by rule alone
SPARED = frozenset(
    {Slot.QUANTITY, Slot.GROUP, Slot.SCOPE, Slot.ROLES, Slot.EXTENT, Slot.TIME, Slot.SPEAKER, Slot.MATTER}
)
UNANCHORED = 0.1  # without a telling number in common the rest must be carried the better
COVERED_ANCHORED = 0.78  # less is enough beside the same telling number
PARTLY = 0.4  # below this it is another matter
NUMBER_WEIGHT = 1.5
SMALL_WEIGHT = 0.5
SMALL_NUMBERS = frozenset(
    {"one", "two", "three", "both", "the two", "1", "2", "3"}
)  # "the two countries": hardly a figure
HELD = frozenset({"same", "dropped", "rounded", "covered", "overlap", "changed", "added"})
HALF = frozenset({"disjoint", "apart", "vague"})  # the same matter perhaps, not the same number
OTHER_MOOD = frozenset({"stronger", "other", "nearby"})
EXACT_LOOKING = 100  # a plain number from here on identifies what it counts


@dataclass(frozen=True)
class Alignment:
    """One source sentence beside the claim. ``coverage``: the share of the claim's weight that it carries, 0..1."""

    side: Side
    matching: Matching
    relations: tuple[Relation, ...]
    coverage: float
    anchored: bool  # the same telling number
    repetition: Repetition | None
    ruling: Ruling
    shares: Mapping[Relation, float]  # of the rest of the claim, beside each relation
    pairs: tuple[tuple[Frame, Frame | None, Match | None], ...]
    claim: Side

    def acts(self, item: Item) -> bool:
        """Is the claim's item the one who acts in one of its clauses?"""
        return self.claim.sentence.tokens[item.last].dep in {"nsubj", "nsubjpass", "agent"}


def rough_coverage(claim: Side, source: Side) -> float:
    """A quick look: the share of the claim that the sentence carries, numbers by value."""
    return coverage_of(match_items(claim, source), compare_values(claim, source), None)


def compare_values(claim: Side, source: Side) -> list[Relation]:
    """Numbers and times of the claim against the source's."""
    times = compare_times(claim.times, source.times) if claim.times else []
    link = link_numbers(claim.tree, claim.quantities, source.tree, source.quantities, dated=bool(claim.times))
    return [*compare_quantities(claim.quantities, source.quantities, link), *times]


def coverage_of(matching: Matching, numbers: Sequence[Relation], left_aside: Relation | None) -> float:
    """The share of the claim's weight that the source carries, the words of one relation left aside."""

    def counts(start: int, end: int) -> bool:
        return left_aside is None or not (left_aside.ours.start < end and start < left_aside.ours.end)

    total = carried = 0.0
    for match in matching.matches:
        if counts(match.ours.start, match.ours.end):
            total += match.ours.weight
            carried += match.credit * match.ours.weight
    for number in numbers:
        if counts(number.ours.start, number.ours.end):
            weight = SMALL_WEIGHT if number.ours.text.lower() in SMALL_NUMBERS else NUMBER_WEIGHT
            total += weight
            carried += weight * share_of(number)
    return carried / total if total else 0.0


def share_of(value: Relation) -> float:
    """How far a number or time of the source carries the claim's."""
    if value.relation in HALF or (value.slot is Slot.TIME and value.relation in {"changed", "narrower"}):
        return 0.5
    held = {"same", "wider"} if value.slot is Slot.TIME else HELD
    return 1.0 if value.relation in held else 0.0


def is_anchored(claim: Side, numbers: Sequence[Relation]) -> bool:
    telling = {(q.start, q.end) for q in claim.quantities if q.unit or abs(q.value) >= EXACT_LOOKING}
    return any(
        n.slot is Slot.QUANTITY and n.relation in HELD and (n.ours.start, n.ours.end) in telling for n in numbers
    )


def compare_sides(claim: Side, source: Side, names: Names, used: str = "") -> Alignment:
    """Everything that can be said about the claim and one source sentence.

    ``used``: the whole article's words in lower case; a modifier that it uses elsewhere is not the claim's addition.
    """
    matching = match_items(claim, source)
    numbers = compare_values(claim, source)
    repetition = nearest_repetition(claim, source)
    pairs = pair_frames(claim, source, matching)
    coverage = coverage_of(matching, numbers, None)
    if repetition is not None and repetition.exact:
        relations = [
            Relation(Slot.MATTER, "verbatim", whole(claim), stretch(source, repetition)),
            *outer_relations(pairs, claim, source, names),
            *compare_charges(matching, claim, source),
            *compare_claimed(claim, source),
            *compare_utterer(claim, source),
        ]
        coverage = 1.0
    else:
        relations = [*numbers, *slot_relations(claim, source, matching, pairs, names)]
        relations = [relation for relation in relations if not is_used(relation, used)]
        if any(r.slot is Slot.MODALITY and r.relation in OTHER_MOOD for r in relations):
            relations = [loosened(relation) for relation in relations]
        if repetition is not None:
            relations += compare_edits(repetition, relations, claim, source, matching)
        relations.append(matter(claim, source, matching, coverage, is_anchored(claim, numbers)))
    anchored = is_anchored(claim, numbers)

    def carried(relation: Relation) -> float:
        rest = coverage_of(matching, numbers, relation) if relation.slot in SPARED else coverage
        return max(coverage, rest) if anchored else max(coverage, rest) - UNANCHORED

    shares = {relation: carried(relation) for relation in relations}
    ruling = rule(relations, shares.__getitem__, anchored)
    return Alignment(
        source, matching, tuple(relations), coverage, anchored, repetition, ruling, shares, tuple(pairs), claim
    )


def loosened(relation: Relation) -> Relation:
    """A number that is expected or asked for does not contradict one that is stated."""
    far = (relation.slot, relation.relation) == (Slot.QUANTITY, "disjoint")
    return replace(relation, relation="apart") if far else relation


def is_used(relation: Relation, used: str) -> bool:
    """Does the article itself put this modifier before this noun, in another sentence?"""
    if (relation.slot, relation.relation) != (Slot.GROUP, "modifier_added"):
        return False
    head = relation.ours.text.lower().rsplit(" ", 1)[-1]
    if not means_person(head.removesuffix("s")) and f" {relation.detail.lower()} " in used:
        return True  # of things the article may say elsewhere what they are like; of people it must be said together
    return f" {relation.detail.lower()} {head} " in used


def slot_relations(
    claim: Side,
    source: Side,
    matching: Matching,
    pairs: Sequence[tuple[Frame, Frame | None, Match | None]],
    names: Names,
) -> list[Relation]:
    found = [*compare_groups(claim, source, matching), *compare_extent(claim, source, matching)]
    found += opposite_complements(claim, source, matching)
    for ours, theirs, match in pairs:
        if theirs is None:
            continue
        found += compare_clauses(ours, theirs, match, claim, source, names)
        found += compare_roles(ours, theirs, match, matching, claim, source)
    found += compare_charges(matching, claim, source)
    found += [*compare_voices(pairs, matching), *compare_claimed(claim, source), *compare_utterer(claim, source)]
    named = [relation.ours for relation in found if relation.slot is Slot.GROUP]
    return [
        relation
        for relation in dict.fromkeys(found)
        if relation.slot is not Slot.SCOPE
        or not any(w.start < relation.ours.end and relation.ours.start < w.end for w in named)
    ]


def outer_relations(
    pairs: Sequence[tuple[Frame, Frame | None, Match | None]], claim: Side, source: Side, names: Names
) -> list[Relation]:
    """For words repeated exactly: only what stands around them may change what they say ("asked whether …")."""
    found: list[Relation] = []
    for ours, theirs, match in pairs:
        if theirs is None:
            continue
        found += compare_speakers(ours, theirs, claim, source, names)
        found += [r for r in compare_firmness(ours, theirs, match, claim, source) if r.relation != "weaker"]
        found += compare_conditions(ours, theirs, claim, source)
        if theirs.negated and not ours.negated and theirs.negation_text not in ours.text:
            left, right = Words(ours.text, ours.start, ours.end), words_in_clause(theirs, theirs.negation_text, source)
            found.append(Relation(Slot.POLARITY, "flipped", left, right))
    return found


def nearest_repetition(claim: Side, source: Side) -> Repetition | None:
    """The claim repeated whole, or without its own "X said that", whichever departs less from the source."""
    whole_claim = find_repetition(claim.sentence.tokens, source.sentence.tokens)
    if whole_claim is not None and whole_claim.exact:
        return whole_claim
    core = find_repetition(core_tokens(claim), source.sentence.tokens)
    found = [repetition for repetition in (core, whole_claim) if repetition is not None]
    return min(found, key=lambda repetition: len(repetition.edits), default=None)


def core_tokens(side: Side) -> list[Token]:
    """The claim's tokens without "X said that": the words that a source could repeat."""
    told = [f.speaker for f in side.frames if f.speaker.kind is not SpeakerKind.OWN_VOICE and f.speaker.end]
    tokens = side.sentence.tokens
    dropped: set[int] = set()
    for speaker in told:
        dropped.update(p for p, token in enumerate(tokens) if speaker.start <= token.start < speaker.end)
        verbs = [p for p, token in enumerate(tokens) if speaker.verb and token.lemma.lower() == speaker.verb]
        for place in verbs[:1]:
            dropped.add(place)
            if place + 1 < len(tokens) and tokens[place + 1].lemma.lower() == "that":
                dropped.add(place + 1)
    kept = [token for place, token in enumerate(tokens) if place not in dropped]
    return kept if len(kept) >= 3 else list(tokens)


def matter(claim: Side, source: Side, matching: Matching, coverage: float, anchored: bool) -> Relation:
    """How much of the claim the sentence carries, as a relation."""
    text = Words(source.sentence.text, source.sentence.start, source.sentence.end)
    heavy = [match for match in matching.matches if match.ours.weight >= 1 and is_open(match)]
    if coverage >= (COVERED_ANCHORED if anchored else COVERED) and not heavy:
        name = "covered"
    elif coverage >= PARTLY or anchored:
        name = "partly"
    else:
        name = "elsewhere"
    return Relation(Slot.MATTER, name, whole(claim), text)


def is_open(match: Match) -> bool:
    """A word that the source does not carry; of verbs, none that is even related."""
    if match.far:
        return True
    if match.kin is Kin.OPPOSITE:
        return False
    return match.kin is Kin.NONE if match.ours.part == "v" else match.kin <= Kin.RELATED


def whole(side: Side) -> Words:
    return Words(side.sentence.text, side.sentence.start, side.sentence.end)


def stretch(side: Side, repetition: Repetition) -> Words:
    tokens = side.sentence.tokens
    start, end = tokens[repetition.first].start, tokens[repetition.last].end
    return Words(side.sentence.text[start - side.sentence.start : end - side.sentence.start], start, end)
