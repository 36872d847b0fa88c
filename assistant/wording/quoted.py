"""Words between quotation marks: one utterance told in other words; a claim's quotation held against the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import LCSseq

from assistant.quote import find_quotation
from assistant.types import FlagKind
from assistant.wording.items import Item, ItemKind
from assistant.wording.matching import Side
from assistant.wording.relations import Relation, Slot, Words

QUOTED = re.compile(r"[\"“]([^\"“”]{3,})[\"”]|(?<!\w)[‘']([^‘’'\n]{12,})[’'](?!\w)")
OPEN = re.compile(r"“([^\"“”]{3,})$|^([^\"“”]{3,})”")  # goes on in, or comes from, another sentence
OPEN_STRAIGHT = re.compile(r"\"([^\"“”]{3,})$|^([^\"“”]{3,})\"")
LEAST_WORDS = 4
ALIKE = 0.6  # share of the shorter quotation's words that the longer has, in order
_WORD = re.compile(r"[\w’'-]+")


def quotations_in(side: Side) -> list[Words]:
    """The stretches inside quotation marks, in order; a quotation may begin or end outside the sentence."""
    text = side.sentence.text
    matches = [*QUOTED.finditer(text), *OPEN.finditer(text)]
    if text.count('"') % 2:
        matches = [*OPEN_STRAIGHT.finditer(text)] or matches
    found = []
    for match in sorted(matches, key=lambda match: match.start()):
        group = next(n for n, text in enumerate(match.groups(), 1) if text)
        start, end = match.span(group)
        found.append(Words(match.group(group), side.sentence.start + start, side.sentence.start + end))
    return found


def words_in(text: str) -> list[str]:
    return [word.lower().replace("’", "'").strip("-'") for word in _WORD.findall(text)]


def compare_quotations(left: Side, right: Side) -> Iterator[tuple[FlagKind, Words, Words]]:
    """Pairs of quotations that are one utterance told in other words."""
    theirs = [(quotation, words_in(quotation.text)) for quotation in quotations_in(right)]
    for ours in quotations_in(left):
        mine = words_in(ours.text)
        if len(mine) < LEAST_WORDS:
            continue
        for quotation, yours in theirs:
            if len(yours) < LEAST_WORDS or mine == yours or contains(mine, yours) or contains(yours, mine):
                continue
            if LCSseq.similarity(mine, yours) >= max(LEAST_WORDS, ALIKE * min(len(mine), len(yours))):
                yield FlagKind.QUOTATION, ours, quotation


def compare_claimed(claim: Side, source: Side) -> list[Relation]:
    """Words that the claim gives as a quotation: quoted so in the source, in its own words only, or altered."""
    found = []
    for quotation in quotations_in(claim):
        mine = words_in(quotation.text)
        if len(mine) < 2:
            continue
        places = find_quotation(quotation.text, source.sentence.text)
        if places:
            start, end = source.sentence.start + places[0].start, source.sentence.start + places[0].end
            if not any(start < other.end and other.start < end for other in quotations_in(source)):
                words = source.sentence.text[places[0].start : places[0].end]
                found.append(Relation(Slot.QUOTATION, "paraphrase", quotation, Words(words, start, end)))
            continue
        theirs = words_in(source.sentence.text)
        if LCSseq.similarity(mine, theirs) >= ALIKE * len(mine):
            nearest = next(iter(quotations_in(source)), None)
            sentence = source.sentence
            whole = Words(sentence.text, sentence.start, sentence.end)
            found.append(Relation(Slot.QUOTATION, "altered", quotation, nearest or whole))
    return found


def compare_utterer(claim: Side, source: Side) -> list[Relation]:
    """Words that both give in quotation marks: does the source have somebody else say them?"""
    ours = utterer(claim, quotations_in(claim))
    if ours is None:
        return []
    for quotation in quotations_in(claim):
        if len(words_in(quotation.text)) < 2:
            continue
        for other in quotations_in(source):
            if find_quotation(quotation.text, other.text):
                theirs = utterer(source, quotations_in(source)) or spoken_of(source, other)
                if theirs is not None and is_another(ours, theirs, source):
                    return [Relation(Slot.QUOTATION, "other_speaker", ours.words, theirs.words)]
    return []


def utterer(side: Side, quotations: list[Words]) -> Item | None:
    """Who acts outside the quotations: the nearest name or pronoun that is a verb's subject."""
    outside = [i for i in side.items if i.kind is ItemKind.NAME and not inside_any(i.start, quotations)]
    tokens = side.sentence.tokens
    people = [i for i in outside if i.person or tokens[i.last].entity == "PERSON"]
    named = [i for i in people if tokens[i.last].dep in {"nsubj", "nsubjpass", "attr"}]
    if not quotations or not named:
        return None
    return min(named, key=lambda item: abs(item.start - quotations[0].start))


def spoken_of(source: Side, quotation: Words) -> Item | None:
    """Whom "he said" may mean: the last person before the quotation, in the sentence or in those just before it; else
    who signs it."""
    outside = [i for i in source.items if i.person and i.kind is ItemKind.NAME and not within(i, quotation)]
    before = [i for i in outside if i.end <= quotation.start]
    behind = [i for i in outside if i.start >= quotation.end and is_signed(source, i)]
    earlier = [i for i in source.context if i.person and i.kind is ItemKind.NAME and i.start < source.sentence.start]
    return next(iter([*before[-1:], *behind[:1], *sorted(earlier, key=lambda i: -i.start)[:1]]), None)


def within(item: Item, words: Words) -> bool:
    return words.start <= item.start < words.end


def is_signed(source: Side, item: Item) -> bool:
    """ "… — Ann Lee": a name after a dash."""
    before = source.sentence.text[: item.start - source.sentence.start].rstrip()
    return before.endswith(("—", "–", "--"))


def is_another(ours: Item, theirs: Item, source: Side) -> bool:
    """Two people, and the claim's is named neither beside the quotation nor just before it."""
    near = (*source.items, *source.context)
    return ours.key != theirs.key and all(ours.key != item.key and ours.key not in item.also for item in near)


def inside_any(place: int, quotations: list[Words]) -> bool:
    return any(quotation.start <= place < quotation.end for quotation in quotations)


def contains(long: list[str], short: list[str]) -> bool:
    """Is ``short`` a stretch of ``long``? Quoting less is no difference in what was said."""
    return any(long[place : place + len(short)] == short for place in range(len(long) - len(short) + 1))
