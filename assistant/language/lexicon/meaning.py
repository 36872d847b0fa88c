"""Do two words mean the same, the opposite, or one a kind of the other? By WordNet 3.1; unknown words: no."""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.language.lexicon.wordlist import WORDS_KEPT
from assistant.language.lexicon.wordnet import ancestors, depth, entry, members, neighbours, parents

PAIRS_KEPT = 50_000  # of words: a server's memory must not grow with every pair that was ever compared


@lru_cache(maxsize=PAIRS_KEPT)
def same_meaning(left: str, right: str, part: str) -> bool:
    """Equal, sharing a main sense, or derived from one another ("approval" / "approve"). ``part``: n, v, a or "".

    "" compares across parts of speech: a noun and a verb mean the same when one is derived from the other or from
    a word that means the same.
    """
    if left == right:
        return True
    if part == "":
        return bool(family(left) & family(right))
    main, other = set(entry(left, part).main_senses), set(entry(right, part).main_senses)
    if main & set(entry(right, part).fair_senses) or other & set(entry(left, part).fair_senses):
        return True
    if part == "a":
        heads = {head for sense in main for head in neighbours(sense, part)} | main
        return any(sense in heads for sense in entry(right, part).main_senses) and not opposite(left, right)
    return False


@lru_cache(maxsize=WORDS_KEPT)
def family(word: str) -> frozenset[str]:
    """The word, its synonyms in main senses, and what is derived from the word itself: (lemma, …) of any part."""
    found = {word}
    for part in "nva":
        found.update(lemma for _, lemma in entry(word, part).derived)
        found.update(synonyms(word, part))
    return frozenset(found)


@lru_cache(maxsize=WORDS_KEPT)
def synonyms(word: str, part: str) -> frozenset[str]:
    """Lemmas that share a main sense with the word, and have that sense among their own main ones."""
    senses = entry(word, part).main_senses
    return frozenset(lemma for sense in senses for lemma in main_members(sense, part)) - {word}


@cache
def main_members(sense: int, part: str) -> tuple[str, ...]:
    """The lemmas of a synset for which it is a main sense."""
    return tuple(lemma for lemma in members(sense, part) if sense in entry(lemma, part).main_senses)


@lru_cache(maxsize=WORDS_KEPT)
def antonyms(word: str, part: str = "") -> frozenset[str]:
    """Opposites of the word itself, and of its closest relatives: adjectives by their cluster, verbs by synonyms."""
    found: set[str] = set()
    for each in part or "nva":
        found |= entry(word, each).antonyms
        if each == "a":
            for sense in entry(word, "a").main_senses:
                for head in neighbours(sense, "a"):
                    for lemma in main_members(head, "a"):
                        found |= entry(lemma, "a").antonyms
    return frozenset(found - {word})


@lru_cache(maxsize=PAIRS_KEPT)
def opposite(left: str, right: str, part: str = "") -> bool:
    """Are the two opposites: rise / fall, legal / illegal, approve / disapprove, accept / reject?"""
    if left == right:
        return False
    if right in antonyms(left, part) or left in antonyms(right, part):
        return True
    for each in part or "v":
        if each != "v":
            continue
        if antonyms(left, "v") & (synonyms(right, "v") | {right}) or antonyms(right, "v") & (
            synonyms(left, "v") | {left}
        ):
            return True
    return False


@lru_cache(maxsize=PAIRS_KEPT)
def similar(left: str, right: str, part: str = "n") -> float:
    """Wu and Palmer's measure over main senses, 0 (unrelated or unknown) to 1 (same)."""
    if left == right:
        return 1.0
    best = 0.0
    for one in entry(left, part).main_senses:
        up = ancestors(one, part)
        for other in entry(right, part).main_senses:
            shared = up.keys() & ancestors(other, part).keys()
            if shared:
                lowest = max(depth(sense, part) for sense in shared)
                both = depth(one, part) + depth(other, part)
                best = max(best, (2 * (lowest + 1)) / (both + 2))
    return best


@lru_cache(maxsize=PAIRS_KEPT)
def is_kind_of(left: str, right: str, part: str = "n") -> bool:
    """Is ``right`` above ``left`` in a main sense: "refugee" is a kind of "exile", "hurricane" of "storm"."""
    above = set(entry(right, part).main_senses)
    return any(above & (ancestors(sense, part).keys() - {sense}) for sense in entry(left, part).main_senses)


def hypernym_path(word: str, part: str = "n") -> list[list[str]]:
    """From the word's first sense upward, each step as its lemmas; [] for unknown words."""
    senses = entry(word, part).senses
    path: list[list[str]] = []
    here = senses[0][0] if senses else None
    while here is not None and len(path) < 20:
        path.append(list(members(here, part)))
        up = parents(here, part)
        here = up[0] if up else None
    return path


@lru_cache(maxsize=WORDS_KEPT)
def derived(word: str) -> frozenset[tuple[str, str]]:
    """(part, lemma) pairs that share a root with the word: "approve" → ("n", "approval") …"""
    return frozenset(pair for part in "nva" for pair in entry(word, part).derived)


@lru_cache(maxsize=WORDS_KEPT)
def base(word: str) -> str:
    """One lemma for a family of derived words, for overlap: the verb if there is one ("approval" → "approve")."""
    if entry(word, "v").senses:
        return word
    verbs = sorted({lemma for part, lemma in derived(word) if part == "v" and lemma[:3] == word[:3]}, key=len)
    return verbs[0] if verbs else word
