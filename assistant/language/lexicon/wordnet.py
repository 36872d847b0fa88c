"""WordNet 3.1, reduced: meanings, opposites, kinds and derived words. Loaded at first use, about 0.1 s a part.

Lemmas are lower case; multi-word verbs have underscores. Unknown words have no senses: every question about them
is answered "no", never an error.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.language.lexicon.wordlist import WORDS_KEPT, word_set

FILES = {"n": "noun", "v": "verb", "a": "adj"}
SUPERSENSES = [
    "adj.all",
    "adj.pert",
    "adv.all",
    "noun.tops",
    "noun.act",
    "noun.animal",
    "noun.artifact",
    "noun.attribute",
    "noun.body",
    "noun.cognition",
    "noun.communication",
    "noun.event",
    "noun.feeling",
    "noun.food",
    "noun.group",
    "noun.location",
    "noun.motive",
    "noun.object",
    "noun.person",
    "noun.phenomenon",
    "noun.plant",
    "noun.possession",
    "noun.process",
    "noun.quantity",
    "noun.relation",
    "noun.shape",
    "noun.state",
    "noun.substance",
    "noun.time",
    "verb.body",
    "verb.change",
    "verb.cognition",
    "verb.communication",
    "verb.competition",
    "verb.consumption",
    "verb.contact",
    "verb.creation",
    "verb.emotion",
    "verb.motion",
    "verb.perception",
    "verb.possession",
    "verb.social",
    "verb.stative",
    "verb.weather",
    "adj.ppl",
]
SHARE = 0.2  # a sense counts when it has at least this share of the lemma's tagged uses


@dataclass(frozen=True, slots=True)
class Entry:
    """One lemma: senses in order of frequency with their counts in tagged text."""

    senses: tuple[tuple[int, int], ...]
    antonyms: frozenset[str]
    derived: tuple[tuple[str, str], ...]  # (part, lemma)

    @property
    def main_senses(self) -> tuple[int, ...]:
        """The first sense and every other that is common enough to be meant without further context."""
        total = sum(count for _, count in self.senses)
        return tuple(
            sense for place, (sense, count) in enumerate(self.senses) if place == 0 or count >= max(2, SHARE * total)
        )

    @property
    def fair_senses(self) -> tuple[int, ...]:
        """Senses that may be meant where the other word of a pair points to them: the first two, or ever seen."""
        return tuple(
            sense for place, (sense, count) in enumerate(self.senses) if place < 2 or (count >= 1 and place < 9)
        )


NOTHING = Entry((), frozenset(), ())


@dataclass(frozen=True, slots=True)
class Part:
    """One part of speech: raw lemma lines, parsed when asked for, and the synsets."""

    lines: dict[str, str]
    synsets: tuple[str, ...]


@cache
def load(part: str) -> Part:
    """``part``: n, v or a."""
    data = files("assistant.language.lexicon").joinpath("data", f"{FILES[part]}.tsv.gz").read_bytes()
    lemmas, synsets = gzip.decompress(data).decode().split("\n\n")
    pairs = (line.partition("\t") for line in lemmas.split("\n"))
    rows = tuple(line.partition("\t")[2] for line in synsets.strip("\n").split("\n"))
    return Part({lemma: rest for lemma, _, rest in pairs}, rows)


@lru_cache(maxsize=WORDS_KEPT)
def entry(lemma: str, part: str) -> Entry:
    line = load(part).lines.get(lemma)
    if line is None:
        return NOTHING
    senses, antonyms, derived = line.split("\t")
    numbers = [sense.partition(":") for sense in senses.split()]
    return Entry(
        tuple((int(number), int(count or 0)) for number, _, count in numbers),
        frozenset(antonyms.split()),
        tuple((word[0], word[2:]) for word in derived.split()),
    )


def known(lemma: str, part: str) -> bool:
    return lemma in load(part).lines


@lru_cache(maxsize=WORDS_KEPT)
def uses(lemma: str, part: str) -> int:
    """How often the lemma was met in WordNet's tagged texts."""
    return sum(count for _, count in entry(lemma, part).senses)


@lru_cache(maxsize=WORDS_KEPT)
def supersenses(lemma: str, part: str) -> tuple[str, ...]:
    """Supersenses of the main senses, most frequent first: ("noun.communication", …)."""
    return tuple(dict.fromkeys(supersense_of(sense, part) for sense in entry(lemma, part).main_senses))


def supersense_of(sense: int, part: str) -> str:
    return SUPERSENSES[int(load(part).synsets[sense].partition("\t")[0])]


def supersense(noun: str) -> str:
    """The most frequent supersense of a noun, "" for an unknown one."""
    found = supersenses(noun, "n")
    return found[0] if found else ""


@cache
def parents(sense: int, part: str) -> tuple[int, ...]:
    return tuple(int(number) for number in load(part).synsets[sense].split("\t")[1].split())


@cache
def neighbours(sense: int, part: str) -> tuple[int, ...]:
    """Similar adjectives, verbs of one group."""
    return tuple(int(number) for number in load(part).synsets[sense].split("\t")[2].split())


@cache
def members(sense: int, part: str) -> tuple[str, ...]:
    """The lemmas of a synset."""
    return tuple(load(part).synsets[sense].split("\t")[3].split())


@cache
def ancestors(sense: int, part: str) -> dict[int, int]:
    """Synset → steps upward, the synset itself at 0."""
    found = {sense: 0}
    frontier = [sense]
    while frontier:
        step = [up for each in frontier for up in parents(each, part) if up not in found]
        found.update(dict.fromkeys(step, found[frontier[0]] + 1))
        frontier = list(dict.fromkeys(step))
    return found


def depth(sense: int, part: str) -> int:
    return max(ancestors(sense, part).values())


@lru_cache(maxsize=WORDS_KEPT)
def is_common_word(word: str) -> bool:
    """Is the lower-case word, inflected or not, in the dictionary or a function word?"""
    if word in FUNCTION_WORDS:
        return True
    return any(known(base, part) for part in FILES for base in base_forms(word))


@lru_cache(maxsize=WORDS_KEPT)
def base_forms(word: str) -> tuple[str, ...]:
    """The word and what it may be an inflection of, by WordNet's own detachment rules (morphy)."""
    word = word.partition("'")[0]
    forms = [word]
    for ending, base in DETACHMENT:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + base
            forms.append(stem)
            if ending in {"ed", "ing"} and base == "" and len(stem) > 3 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])  # "stopped"
    return tuple(dict.fromkeys(forms))


DETACHMENT = (
    ("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"),
    ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ied", "y"), ("ing", "e"), ("ing", ""),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""),
)  # fmt: skip
FUNCTION_WORDS = word_set(
    "a about above after again against all also although am an and any are as at be because been before "
    "being below between both but by can cannot could did do does doing down during each even ever every "
    "few for from further had has have having he her here hers him his how however i if in into is it its "
    "just least less like may me might more most much must my near never no nor not now of off on once "
    "one only onto or other our out over own per rather same she should since so some such than that the "
    "their them then there these they this those though through to too toward under until up upon us very "
    "via was we were what when where whether which while who whom whose why will with within without "
    "would yet you your won went said says made gave took told left kept held brought found lost sent met "
    "led paid cost cut put set hit two three four five six seven eight nine ten"
)
