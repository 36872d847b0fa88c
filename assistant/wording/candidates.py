"""All that may differ between two sentences, in the order of the finders; two names for one meaning left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.differing import Reading
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate, phrasal
from assistant.wording.counterparts import fillers, gaps, nouns, verbs
from assistant.wording.countries import country_of
from assistant.wording.counts import numbers, same_numbers
from assistant.wording.items import Item, ItemKind
from assistant.wording.likeness import is_headline
from assistant.wording.matching import Side, item_kin
from assistant.wording.names import normal
from assistant.wording.read import read_candidates
from assistant.wording.relations import Words
from assistant.wording.statements import acts, askers, voices
from assistant.wording.strength import words as words_of
from assistant.wording.tellings import moods, names_of_speakers, quotations
from assistant.wording.times import are_apart
from assistant.wording.words import Kin, kin

# What a headline leaves out or says shorter than its own text is its trade, not a difference.
SHORTENED = frozenset(
    {
        "modifier", "modifiers", "manners", "own_voice", "voice_of_sentence", "speaker", "speaker_unnamed",
        "speakers_of_sentence", "verb_saying", "gap_verb_saying", "asker", "act", "read_voice",
    }
)  # fmt: skip
CLIPPED = 4  # letters left of a word cut short, at least
HYPHENS = frozenset("-‐‑")
EMPTY_PARTS = frozenset({"PRON", "DET", "NUM", "PUNCT", "SYM", "SPACE", "ADP", "PART", "CCONJ", "SCONJ"})
SPELLINGS = (
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("ll", "l"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("defence", "defense"),
)
FINDERS = (
    same_numbers, numbers, nouns, fillers, verbs, moods, gaps, names_of_speakers, quotations, acts, voices, askers
)  # fmt: skip


def candidates(pair: Aligned, reading: Reading | None) -> list[Candidate]:
    """All candidates of two sentences, in the order of the finders, then what the network read."""
    found = [
        replace(c, ours=whole(c.ours, pair.left), theirs=whole(c.theirs, pair.right))
        for c in (*(c for finder in FINDERS for c in finder(pair)), *read_candidates(pair, reading))
    ]
    within = pair.left.sentence.article_id == pair.right.sentence.article_id
    two_moments = are_apart(pair.left.times, pair.right.times)
    return [
        c
        for c in found
        if not (two_moments and c.kind is FlagKind.QUANTITY)
        and tells(c.ours, pair.left)
        and tells(c.theirs, pair.right)
        and not says_the_same(c, pair)
        and not (within and c.sign in SHORTENED)
    ]


def whole(words: Words, side: Side) -> Words:
    """From the first part of a compound on: "hard-won deal", not "won deal"."""
    text, base = side.sentence.text, side.sentence.start
    start = words.start - base
    while 0 < start < len(text) and (text[start] in HYPHENS or text[start - 1] in HYPHENS) and text[start - 1].strip():
        start -= 1
        while start > 0 and text[start - 1].isalnum():
            start -= 1
    return Words(text[start : words.end - base], start + base, words.end) if start < words.start - base else words


def tells(words: Words, side: Side) -> bool:
    """Not "it", not "six", not "Mr.": pronouns, titles and bare numbers tell nobody what differs."""
    inside = [t for t in side.sentence.tokens if words.start <= t.start < words.end]
    telling = [t for t in inside if t.pos not in EMPTY_PARTS]
    return bool(telling) and (len(telling) > 1 or telling[0].text.rstrip(".").lower() not in words_of("titles"))


def says_the_same(candidate: Candidate, pair: Aligned) -> bool:
    """Two forms of one name, or words of one meaning throughout."""
    ours, theirs = candidate.ours.text, candidate.theirs.text
    if plain(ours) == plain(theirs):
        return True  # whatever differs, these words don't show it
    if (is_headline(pair.left) or is_headline(pair.right)) and is_clipped(ours, theirs):
        return True
    if candidate.kind in {FlagKind.QUALIFIER, FlagKind.NEGATION, FlagKind.MODALITY, FlagKind.TIME}:
        return False
    if pair.names.key(ours) == pair.names.key(theirs):
        return True
    if candidate.kind not in {FlagKind.WORDING, FlagKind.ATTRIBUTION} or candidate.sign in {
        "own_voice",
        "voice_of_sentence",
    }:
        return False
    if candidate.sign in {"read", "read_voice"}:
        return False  # acts, people and things mixed: the network compared them
    if "verb" in candidate.sign:
        return is_one_act(candidate, pair)
    mine = [i for i in pair.left.items if candidate.ours.start <= i.start < candidate.ours.end]
    yours = [i for i in pair.right.items if candidate.theirs.start <= i.start < candidate.theirs.end]
    if not mine or not yours:
        return candidate.kind is FlagKind.WORDING
    if candidate.kind is FlagKind.WORDING and (is_bare_name(mine) or is_bare_name(yours)):
        return True  # somebody's name against an office, a country against its people: no other wording
    return all(any(item_kin(i, j) >= Kin.SYNONYM for j in yours) for i in mine) and all(
        any(item_kin(i, j) >= Kin.SYNONYM for i in mine) for j in yours
    )


def is_clipped(ours: str, theirs: str) -> bool:
    """ "intel" / "intelligence": headlines cut a long word short."""
    short, long = sorted((plain(ours), plain(theirs)), key=len)
    return " " not in ours + theirs and len(short) >= CLIPPED and long.startswith(short)


def is_bare_name(items: Sequence[Item]) -> bool:
    """A person's name, or a country's, and nothing else."""
    return all(i.kind is ItemKind.NAME and (i.person or country_of(normal(i.text))) for i in items)


def is_one_act(candidate: Candidate, pair: Aligned) -> bool:
    """ "will step down" / "will quit"."""
    places = []
    for side, stretch in ((pair.left, candidate.ours), (pair.right, candidate.theirs)):
        verbs_in = [p for p in range(len(side.tree)) if stretch.start <= side.tree[p].start < stretch.end]
        heads = [p for p in verbs_in if side.tree.is_clause(p)]
        places.append(heads[0] if heads else None)
    if places[0] is None or places[1] is None:
        return False
    return kin(phrasal(pair.left.tree, places[0]), "v", phrasal(pair.right.tree, places[1]), "v") >= Kin.SYNONYM


def plain(quote: str) -> str:
    """Letters and digits only: hyphens, articles and capitals make no difference, nor does "honour" / "honor"."""
    words = ["".join(c for c in word if c.isalnum()) for word in quote.lower().split()]
    return "".join(spelled(word) for word in words if word not in {"the", "a", "an"})


def spelled(word: str) -> str:
    for british, american in SPELLINGS:
        word = word.replace(british, american)
    return word
