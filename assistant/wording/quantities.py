"""Two numbers: equal, hedged otherwise, covering one another, or at odds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from assistant.language.quantities import TIME_UNITS
from assistant.language.types import Phrase, Qualifier, Quantity
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.words import Kin, kin, means_person

MISLEADING = 3.0  # times: a bound that far from the number is another number
PRONOUNS = frozenset({"them", "they", "those", "these", "us", "we", "you", "it"})
HEDGES = frozenset({Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.ABOUT, Qualifier.BETWEEN})


def words_of(quantity: Quantity) -> Words:
    return Words(quantity.text, quantity.start, quantity.end)


def relate_values(ours: Quantity, theirs: Quantity) -> str:
    """The name of the relation of the claim's number to the source's.

    same | dropped | rounded | covered: the source's number carries the claim's.
    vague: the source has "dozens" or the like, which the claim's number may be.
    changed | added | overlap: it does not quite.   disjoint: it contradicts it.
    far: it might cover the claim's, but is of another order of magnitude.
    """
    if math.isclose(ours.value, theirs.value, rel_tol=1e-9):
        return relate_hedges(ours, theirs)
    low, high = bounds(ours)
    their_low, their_high = bounds(theirs)
    if is_vague(theirs) and not is_vague(ours) and their_low <= low:
        return "vague"
    if low <= their_low and their_high <= high and ours.qualifier in HEDGES:
        return cover(ours, theirs)
    if is_rounding(ours.value, theirs.value):
        return "rounded"
    if max(low, their_low) <= min(high, their_high):
        return "overlap" if near(ours, theirs) else "far"
    return "disjoint"


def is_vague(quantity: Quantity) -> bool:
    """ "dozens", "hundreds of thousands": no figure is named."""
    return quantity.qualifier_text == quantity.text


def cover(ours: Quantity, theirs: Quantity) -> str:
    """The claim's interval holds the source's: "more than 1,000" of 1,200 is true, of a million it misleads."""
    if not near(ours, theirs):
        return "disjoint"
    return "overlap" if theirs.qualifier in HEDGES else "covered"  # two hedged numbers are two statements


def near(ours: Quantity, theirs: Quantity) -> bool:
    """Of one order of magnitude."""
    if ours.value * theirs.value <= 0:
        return False
    return max(ours.value / theirs.value, theirs.value / ours.value) <= MISLEADING


def relate_hedges(ours: Quantity, theirs: Quantity) -> str:
    """Both name the same number: what of their "at least", "about", "exactly"?"""
    if ours.qualifier is theirs.qualifier:
        return "same" if ours.record == theirs.record or not ours.record else "added"
    if ours.qualifier is Qualifier.NONE:
        return "dropped"
    if ours.qualifier is Qualifier.EXACTLY and theirs.qualifier is Qualifier.NONE:
        return "same"
    if theirs.qualifier in {Qualifier.NONE, Qualifier.EXACTLY}:
        return "rounded" if ours.qualifier is Qualifier.ABOUT and is_plain_about(ours) else "added"
    return "changed"


def is_plain_about(quantity: Quantity) -> bool:
    """ "about", "around", "roughly", "some": on either side; "nearly" and "almost" say less than the number."""
    return quantity.qualifier_text.lower() not in {"nearly", "almost", "close to", "just over", "just under"}


def bounds(quantity: Quantity) -> tuple[float, float]:
    low = -math.inf if quantity.low is None else quantity.low
    high = math.inf if quantity.high is None else quantity.high
    return low, high


def is_rounding(ours: float, theirs: float) -> bool:
    """Is ``ours`` what a writer makes of ``theirs`` in fewer digits: 2.1 million of 2,063,900?"""
    if not theirs or not ours or abs(ours - theirs) / abs(theirs) > 0.05:
        return False
    digits = significant_digits(ours)
    if significant_digits(theirs) <= digits:
        return False
    scale = 10 ** (math.floor(math.log10(abs(theirs))) - digits + 1)
    return math.isclose(round(theirs / scale) * scale, ours, rel_tol=1e-9)


def significant_digits(value: float) -> int:
    return len(f"{abs(value):.12g}".replace(".", "").strip("0")) or 1


def may_be_compared(ours: Quantity, theirs: Quantity) -> bool:
    """Same unit, same kind of number, and things that could be the same thing."""
    if ours.ordinal != theirs.ordinal or unit_of(ours) != unit_of(theirs):
        return False
    if ours.period and theirs.period and ours.period != theirs.period:
        return False
    if unit_of(ours) or ours.counted is None or theirs.counted is None:
        return True
    if PRONOUNS & {ours.counted.head, theirs.counted.head}:
        return True  # "27 of them"
    return counted_kin(ours.counted, theirs.counted) is not Kin.NONE


def unit_of(quantity: Quantity) -> str:
    """Its unit, or the unit of time that it counts: "five paid hours"."""
    if quantity.unit or quantity.counted is None:
        return quantity.unit
    return quantity.counted.head if quantity.counted.head in TIME_UNITS else ""


def counted_kin(ours: Phrase, theirs: Phrase) -> Kin:
    found = kin(ours.head, "n", theirs.head, "n")
    if found is Kin.NONE and is_group(ours) and is_group(theirs):
        return Kin.RELATED  # two names for people
    if found is Kin.NONE and (ours.name or theirs.name) and ours.person == theirs.person:
        return Kin.RELATED
    return found


def is_group(phrase: Phrase) -> bool:
    return phrase.person or means_person(phrase.head)


Link = Callable[[Quantity, Quantity], int]  # 1: they measure the same · 0: cannot be told · -1: another number does


def unlinked(_: Quantity, __: Quantity) -> int:
    return 0


def pair_quantities(
    ours: Sequence[Quantity], theirs: Sequence[Quantity], link: Link = unlinked
) -> list[tuple[Quantity, Quantity | None]]:
    """For each of the claim's numbers the source's that it must be measured against."""
    own: dict[int, int] = {}  # of the claim's numbers that the source has too: each stands for one of the source's
    for number, quantity in enumerate(ours):
        found = held_by(quantity, theirs, set(own.values()))
        if found is not None:
            own[number] = found
    pairs: list[tuple[Quantity, Quantity | None]] = []
    for number, quantity in enumerate(ours):
        free = [other for n, other in enumerate(theirs) if n == own.get(number) or n not in own.values()]
        options = [other for other in free if may_be_compared(quantity, other) and link(quantity, other) >= 0]
        pairs.append((quantity, max(options, key=lambda other: fitness(quantity, other, link), default=None)))
    return pairs


def held_by(ours: Quantity, theirs: Sequence[Quantity], taken: AbstractSet[int]) -> int | None:
    """The position of the source's number that is the claim's own: measured against it, no other may use it."""
    return next(
        (n for n, t in enumerate(theirs) if n not in taken and t.value == ours.value and may_be_compared(ours, t)), None
    )


def fitness(ours: Quantity, theirs: Quantity, link: Link) -> tuple[int, int, int, float]:
    equal = math.isclose(ours.value, theirs.value, rel_tol=1e-9) or relate_values(ours, theirs) in {
        "covered",
        "rounded",
    }
    closeness = counted_kin(ours.counted, theirs.counted) if ours.counted and theirs.counted else Kin.NONE
    distance = abs(math.log(abs(ours.value) + 1) - math.log(abs(theirs.value) + 1))
    return int(equal), link(ours, theirs), int(closeness), -distance


def compare_quantities(ours: Sequence[Quantity], theirs: Sequence[Quantity], link: Link = unlinked) -> list[Relation]:
    """One relation for each of the claim's numbers; "missing" where the source has none to measure it by, "apart"
    where the source's differs but nothing near it tells that it measures the same."""
    relations = []
    for quantity, other in pair_quantities(ours, theirs, link):
        if other is None:
            relations.append(Relation(Slot.QUANTITY, "missing", words_of(quantity), NOTHING))
            continue
        name = relate_values(quantity, other)
        if name in {"disjoint", "far"} and link(quantity, other) == 0:
            name = "apart" if name == "disjoint" else "missing"
        if name == "far":
            name = "disjoint"  # "more than 500" of the same that are "more than 50"
        relations.append(Relation(Slot.QUANTITY, name, words_of(quantity), words_of(other)))
    return relations
