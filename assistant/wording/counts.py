"""Numbers of two sentences that count one kind of thing, and what one and the same number counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.types import Quantity
from assistant.types import FlagKind
from assistant.wording.aligned import NOUNS, Aligned, Candidate, shared_governor, token_at
from assistant.wording.groups import counted_head, counterparts_by_number, modifiers, phrase_words
from assistant.wording.matching import Side
from assistant.wording.quantities import may_be_compared, relate_values
from assistant.wording.relations import Words
from assistant.wording.words import Kin, kin, means_person

TELLING = 10  # a number from here on tells which group is meant
SMALL = 3  # "one", "the two": hardly figures
SAME_COUNT = 0.25  # how alike what two numbers count must be
LETTERS = re.compile(r"[a-z]{3,}")
CLOSE = 20  # characters between a number and its hedge
FAR = 40  # characters between a number and the noun that it counts


def numbers(pair: Aligned) -> Iterator[Candidate]:
    """Numbers that count the same kind of thing, none of which the other sentence has as well."""
    ours, theirs = pair.left.quantities, pair.right.quantities
    for mine in ours:
        for yours in theirs:
            small = max(abs(mine.value), abs(yours.value)) <= SMALL
            if small or mine.ordinal or yours.ordinal or not may_be_compared(mine, yours):
                continue
            relation = relate_values(mine, yours)
            equal = relation in {"same", "dropped", "changed", "added", "rounded"}
            elsewhere = any(q.value == mine.value for q in theirs) or any(q.value == yours.value for q in ours)
            if relation == "same" or (elsewhere and not equal):
                continue
            kind = FlagKind.QUALIFIER if equal else FlagKind.QUANTITY
            if equal and is_hedged_alike(mine, yours, pair):
                continue
            if any("-old" in words_after(q, side) for q, side in ((mine, pair.left), (yours, pair.right))):
                continue
            alike = kinship_of(mine, yours) + shared_count(pair, mine, yours)
            if alike < (1.0 if mine.unit and not equal else SAME_COUNT):
                continue  # two sums of money are mostly two matters
            sign = "number_hedged" if equal else "number"
            yield Candidate(kind, sign, counted(mine, pair.left), counted(yours, pair.right), alike)


def same_numbers(pair: Aligned) -> Iterator[Candidate]:
    """What one and the same telling number counts, by another noun, or people by another status."""
    left, right = pair.left.tree, pair.right.tree
    telling = {q.value for q in pair.left.quantities if not q.ordinal and q.value >= TELLING}
    for mine, yours in counterparts_by_number(pair.left, pair.right, left, right).items():
        if not any(counted_head(left, q) == mine for q in pair.left.quantities if q.value in telling):
            continue
        related = kin(left.lemma(mine), "n", right.lemma(yours), "n")
        ours, theirs = (
            {tree.lemma(p) for p in modifiers(tree, place) if not tree[p].text[:1].isdigit()}
            for tree, place in ((left, mine), (right, yours))
        )
        people = means_person(left.lemma(mine)) and means_person(right.lemma(yours))
        if related < Kin.NARROWER or (people and ours != theirs):
            words_of_both = phrase_words(left, mine), phrase_words(right, yours)
            yield Candidate(FlagKind.WORDING, "same_number", *words_of_both, shared_governor(pair, mine, yours))


def is_hedged_alike(ours: Quantity, theirs: Quantity, pair: Aligned) -> bool:
    """ "on average, 22 percent" / "an average of 22 percent": each hedge stands close to the other number too."""
    seen = 0
    for quantity, other, side in ((ours, theirs, pair.right), (theirs, ours, pair.left)):
        hedges = set(LETTERS.findall(quantity.text.lower())) - set(LETTERS.findall(other.text.lower()))
        start, end = (place - side.sentence.start for place in (other.start, other.end))
        if not hedges <= set(LETTERS.findall(side.sentence.text[max(0, start - CLOSE) : end + CLOSE].lower())):
            return False
        seen += len(hedges)
    return seen > 0


def words_after(quantity: Quantity, side: Side) -> str:
    at = quantity.end - side.sentence.start
    return quantity.text + side.sentence.text[at : at + 10]


def shared_count(pair: Aligned, ours: Quantity, theirs: Quantity) -> float:
    """1 when what the two numbers count hangs on matched words."""
    heads = [counted_head(side.tree, q) for side, q in ((pair.left, ours), (pair.right, theirs))]
    if heads[0] is None or heads[1] is None:
        heads = [token_at(side.tree, last_token(side, q)) for side, q in ((pair.left, ours), (pair.right, theirs))]
    if heads[0] is None or heads[1] is None:
        return 0.0
    return shared_governor(pair, heads[0], heads[1])


def last_token(side: Side, quantity: Quantity) -> int:
    return max((t.start for t in side.sentence.tokens if t.start < quantity.end), default=-1)


def kinship_of(ours: Quantity, theirs: Quantity) -> float:
    if ours.unit and ours.unit == theirs.unit:
        return 0.5
    if ours.counted is None or theirs.counted is None:
        return 0.0
    if ours.counted.person and theirs.counted.person:
        return 0.5
    return kin(ours.counted.head, "n", theirs.counted.head, "n") / Kin.SAME


def counted(quantity: Quantity, side: Side) -> Words:
    """The number with what it counts: a bare number tells a reader nothing."""
    end = quantity.end
    phrase = quantity.counted
    if phrase is not None and quantity.start <= phrase.end <= quantity.end + FAR and phrase.end > end:
        end = phrase.end
    elif phrase is None or phrase.end <= end:
        of = side.sentence.text[end - side.sentence.start :]
        if of.startswith(" of "):
            noun = next((t for t in side.sentence.tokens if t.start >= end + 4 and t.pos in NOUNS), None)
            end = noun.end if noun is not None and noun.end - end <= FAR else end
    return Words(
        side.sentence.text[quantity.start - side.sentence.start : end - side.sentence.start], quantity.start, end
    )
