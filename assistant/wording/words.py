"""How two words are related in meaning: the same, another word for it, broader, narrower, opposite, unrelated.

By WordNet's main senses only: rare senses make everything a synonym of everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import cache

from assistant.language.lexicon import wordnet
from assistant.wording.strength import opposites, same_direction

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


@cache
def kin(ours: str, our_part: str, theirs: str, their_part: str) -> Kin:
    """What lemma ``ours`` is to lemma ``theirs``; parts are WordNet's: n, v, a.

    >>> kin("physician", "n", "doctor", "n").name
    'SYNONYM'
    """
    if ours == theirs:
        return Kin.SAME if our_part == their_part else Kin.DERIVED
    if same_direction(ours, theirs):
        return Kin.SYNONYM
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


def same_part_kin(ours: str, theirs: str, part: str) -> Kin:
    our_senses = wordnet.entry(ours, part).main_senses
    their_senses = wordnet.entry(theirs, part).main_senses
    if set(our_senses) & set(their_senses):
        return Kin.SYNONYM
    if part == "a":
        near = {near for sense in our_senses for near in wordnet.neighbours(sense, part)}
        return Kin.SYNONYM if near & set(their_senses) else Kin.NONE
    if part == "n" and ours in PEOPLE and means_person(theirs):
        return Kin.BROADER
    rarer = {sense for sense, _ in wordnet.entry(ours, part).senses} & {
        sense for sense, _ in wordnet.entry(theirs, part).senses
    }
    best = Kin.RELATED if rarer else Kin.NONE
    for our_sense in our_senses[:3]:
        for their_sense in their_senses[:3]:
            best = max(best, sense_kin(our_sense, their_sense, part))
    return best


def sense_kin(ours: int, theirs: int, part: str) -> Kin:
    up_ours, up_theirs = wordnet.ancestors(ours, part), wordnet.ancestors(theirs, part)
    general = TOO_GENERAL if part == "n" else 0
    if up_theirs.get(ours, 99) <= STEPS and (wordnet.depth(ours, part) >= general or is_person(ours, part)):
        return Kin.BROADER
    if up_ours.get(theirs, 99) <= STEPS and wordnet.depth(theirs, part) >= general:
        return Kin.NARROWER
    shared = set(wordnet.parents(ours, part)) & set(wordnet.parents(theirs, part))
    return Kin.RELATED if any(wordnet.depth(parent, part) >= general for parent in shared) else Kin.NONE


@cache
def person_sense() -> int:
    return wordnet.entry("person", "n").senses[0][0]


def is_person(sense: int, part: str) -> bool:
    return part == "n" and person_sense() in wordnet.ancestors(sense, part)


@cache
def means_person(lemma: str) -> bool:
    """Is a person the noun's first sense, or "people" itself?"""
    senses = wordnet.entry(lemma, "n").main_senses
    return lemma in PEOPLE or bool(senses and is_person(senses[0], "n"))


def names_doer(lemma: str, part: str) -> bool:
    return part == "n" and means_person(lemma)


@cache
def word_family(lemma: str, part: str) -> frozenset[tuple[str, str]]:
    """The word with its derivations: ("approve", "v") has ("approval", "n")."""
    return frozenset({(part, lemma), *wordnet.entry(lemma, part).derived})


@cache
def are_derived(ours: str, our_part: str, theirs: str, their_part: str) -> bool:
    family, other = word_family(ours, our_part), word_family(theirs, their_part)
    if (their_part, theirs) in family or (our_part, ours) in other:
        return True
    if len(ours) > 4 and len(theirs) > 4 and our_part != their_part:
        shared = common_prefix(ours, theirs)
        return shared >= 4 and shared >= min(len(ours), len(theirs)) - 2 and bool(family & other)
    return False


def close_forms(word: str, family: Iterable[tuple[str, str]]) -> set[str]:
    """The derivations that plainly are the word in another part of speech: "approval", not "proof", for "approve"."""
    return {other for _, other in family if common_prefix(word, other) >= min(5, len(word) - 1)}


def common_prefix(ours: str, theirs: str) -> int:
    for place, (left, right) in enumerate(zip(ours, theirs, strict=False)):
        if left != right:
            return place
    return min(len(ours), len(theirs))


@cache
def are_opposite(ours: str, our_part: str, theirs: str, their_part: str) -> bool:
    """Antonyms, directly, through a derivation ("approval" / "reject"), or through a synonym ("reject" / "approve")."""
    if (ours, theirs) in opposites():
        return True
    left = {(our_part, ours)} | word_family(ours, our_part)
    right = {(their_part, theirs)} | word_family(theirs, their_part)
    for part, word in left:
        antonyms = wordnet.entry(word, part).antonyms
        if any(other in antonyms for other_part, other in right if other_part == part):
            return True
    for part, word in right:
        antonyms = wordnet.entry(word, part).antonyms
        if any(other in antonyms for other_part, other in left if other_part == part):
            return True
    near_left, near_right = close_forms(ours, left), close_forms(theirs, right)
    if any((word, other) in opposites() for word in near_left for other in near_right):
        return True
    return ours in {"un" + theirs, "in" + theirs, "non" + theirs, "dis" + theirs} or theirs in {
        "un" + ours, "in" + ours, "non" + ours, "dis" + ours}  # fmt: skip
