"""How two words are related in meaning: the same, another word for it, broader, narrower, opposite, unrelated.

By WordNet's main senses only: rare senses make everything a synonym of everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from assistant.language.lexicon import wordnet
from assistant.language.lexicon.wordlist import WORDS_KEPT
from assistant.wording.strength import causes, opposites, same_direction

PAIRS_KEPT = 50_000  # of words: a server's memory must not grow with every pair that was ever compared

PARTS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "a"}
STEPS = 3  # how far up a hypernym still says something: "physician" → "doctor" → "professional" → "adult"
TOO_GENERAL = 4  # synsets nearer to the top than this relate nearly everything


class Kin(IntEnum):
    """What the claim's word is to the source's, from nothing in common to the same."""

    NONE = 0
    OPPOSITE = 1
    RELATED = 2  # two kinds of one thing ("knife" / "gun"), or alike in a rarer sense only
    NARROWER = 3  # the claim's word says more: "murder" for "killing"
    BROADER = 4  # the claim's word says less: "people" for "farmers"
    SYNONYM = 5
    DERIVED = 6  # "approve" / "approval"
    SAME = 7


PEOPLE = frozenset({"people", "person", "individual"})  # said of any group of persons
SAYS_NO_MORE = frozenset({Kin.BROADER, Kin.SYNONYM, Kin.DERIVED, Kin.SAME})


@lru_cache(maxsize=PAIRS_KEPT)
def kin(ours: str, our_part: str, theirs: str, their_part: str) -> Kin:
    """What lemma ``ours`` is to lemma ``theirs``; parts are WordNet's: n, v, a.

    >>> kin("physician", "n", "doctor", "n").name
    'SYNONYM'
    """
    if ours == theirs:
        return Kin.SAME if our_part == their_part else Kin.DERIVED
    if same_direction(ours, theirs):
        return Kin.SYNONYM
    if (theirs, ours) in causes():
        return Kin.BROADER
    if (ours, theirs) in causes():
        return Kin.NARROWER
    if (
        our_part != their_part
        and "v" in (our_part, their_part)
        and (names_doer(ours, our_part) or names_doer(theirs, their_part))
    ):
        return Kin.RELATED if are_derived(ours, our_part, theirs, their_part) else Kin.NONE  # "teach" / "teacher"
    if are_derived(ours, our_part, theirs, their_part):
        return Kin.DERIVED
    if are_opposite(ours, our_part, theirs, their_part):
        return Kin.OPPOSITE
    found = same_part_kin(ours, theirs, our_part) if our_part == their_part else Kin.NONE
    if found is not Kin.NONE:
        return found
    # "attempt to lessen" / "lessening", "call for" / "demand (noun)": through the word of the same part
    for part, word in wordnet.entry(theirs, their_part).derived:
        if part == our_part and same_part_kin(ours, word, our_part) >= Kin.SYNONYM:
            return Kin.SYNONYM
    return Kin.NONE


@dataclass(frozen=True, slots=True)
class Meaning:
    """What comparing needs of one lemma, looked up once."""

    main: frozenset[int]
    every: frozenset[int]
    near: frozenset[int]  # adjectives: similar senses
    up: frozenset[int]  # senses at most STEPS above one of the first three main senses, themselves included
    first: frozenset[int]  # the first three main senses that are not too general to say something
    parents: frozenset[int]


@lru_cache(maxsize=WORDS_KEPT)
def meaning(lemma: str, part: str) -> Meaning:
    entry = wordnet.entry(lemma, part)
    main = entry.main_senses
    first = main[:3]
    general = TOO_GENERAL if part == "n" else 0
    up = {sense for each in first for sense, steps in wordnet.ancestors(each, part).items() if steps <= STEPS}
    telling = {sense for sense in first if wordnet.depth(sense, part) >= general or is_person(sense, part)}
    parents = {up for each in first for up in wordnet.parents(each, part) if wordnet.depth(up, part) >= general}
    near = {near for sense in main for near in wordnet.neighbours(sense, part)} if part == "a" else set()
    return Meaning(
        frozenset(main),
        frozenset(sense for sense, _ in entry.senses),
        frozenset(near),
        frozenset(up),
        frozenset(telling),
        frozenset(parents),
    )


@lru_cache(maxsize=PAIRS_KEPT)
def same_part_kin(ours: str, theirs: str, part: str) -> Kin:
    left, right = meaning(ours, part), meaning(theirs, part)
    if left.main & right.main:
        return Kin.SYNONYM
    if part == "a":
        return Kin.SYNONYM if left.near & right.main else Kin.NONE
    if part == "n" and ours in PEOPLE and means_person(theirs):
        return Kin.BROADER
    if left.first & right.up:
        return Kin.BROADER
    if right.first & left.up:
        return Kin.NARROWER
    return Kin.RELATED if left.parents & right.parents or left.every & right.every else Kin.NONE


@cache
def person_sense() -> int:
    return wordnet.entry("person", "n").senses[0][0]


def is_person(sense: int, part: str) -> bool:
    return part == "n" and person_sense() in wordnet.ancestors(sense, part)


@lru_cache(maxsize=WORDS_KEPT)
def means_person(lemma: str) -> bool:
    """Is a person the noun's first sense, or "people" itself?"""
    senses = wordnet.entry(lemma, "n").main_senses
    return lemma in PEOPLE or bool(senses and is_person(senses[0], "n"))


def names_doer(lemma: str, part: str) -> bool:
    return part == "n" and means_person(lemma)


@lru_cache(maxsize=WORDS_KEPT)
def word_family(lemma: str, part: str) -> frozenset[tuple[str, str]]:
    """The word with its derivations: ("approve", "v") has ("approval", "n")."""
    return frozenset({(part, lemma), *wordnet.entry(lemma, part).derived})


@lru_cache(maxsize=PAIRS_KEPT)
def are_derived(ours: str, our_part: str, theirs: str, their_part: str) -> bool:
    family, other = word_family(ours, our_part), word_family(theirs, their_part)
    if (their_part, theirs) in family or (our_part, ours) in other:
        return True
    if len(ours) > 4 and len(theirs) > 4 and our_part != their_part:
        shared = common_prefix(ours, theirs)
        return shared >= 4 and shared >= min(len(ours), len(theirs)) - 2 and bool(family & other)
    return False


@lru_cache(maxsize=WORDS_KEPT)
def close_forms(word: str, part: str) -> frozenset[str]:
    """The derivations that plainly are the word in another part of speech: "approval", not "proof", for "approve"."""
    least = min(5, len(word) - 1)
    return frozenset(other for _, other in word_family(word, part) if common_prefix(word, other) >= least)


@lru_cache(maxsize=WORDS_KEPT)
def listed_opposites(word: str, part: str) -> frozenset[str]:
    """Opposites of the word and its close forms that our own list has."""
    forms = close_forms(word, part)
    return frozenset(right for left, right in opposites() if left in forms)


@lru_cache(maxsize=WORDS_KEPT)
def antonyms_of(word: str, part: str) -> frozenset[tuple[str, str]]:
    """WordNet's antonyms of the word and its derivations, with their parts."""
    return frozenset(
        (family_part, other)
        for family_part, member in word_family(word, part)
        for other in wordnet.entry(member, family_part).antonyms
    )


def common_prefix(ours: str, theirs: str) -> int:
    for place, (left, right) in enumerate(zip(ours, theirs, strict=False)):
        if left != right:
            return place
    return min(len(ours), len(theirs))


@lru_cache(maxsize=PAIRS_KEPT)
def are_opposite(ours: str, our_part: str, theirs: str, their_part: str) -> bool:
    """Antonyms, directly, through a derivation ("approval" / "reject"), or by a prefix ("legal" / "illegal")."""
    if antonyms_of(ours, our_part) & word_family(theirs, their_part):
        return True
    if antonyms_of(theirs, their_part) & word_family(ours, our_part):
        return True
    if listed_opposites(ours, our_part) & close_forms(theirs, their_part):
        return True
    short, long = sorted((ours, theirs), key=len)
    if not long.endswith(short) or our_part == "n" or their_part == "n":
        return False
    return long[: -len(short)] in {"un", "in", "non", "dis", "il", "im", "ir"}
