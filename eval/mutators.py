"""Alter true sentences in one place, so that the product can be tested against its own true cases. Pure, no parser.

Each mutator returns sentences that no longer say what the original said. They work on the surface (patterns and short
closed lists of English), on purpose apart from the engine's own parser: a shared mistake would hide itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One altered sentence: ``old`` became ``new`` at ``start`` (code points into the original)."""

    kind: str
    text: str
    start: int
    old: str
    new: str


_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w,-]|\.\d)")
_NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty")
_SCALES = {"thousand": "million", "million": "billion", "billion": "million", "trillion": "billion"}
_QUALIFIERS = {
    "at least": "at most",
    "at most": "at least",
    "more than": "fewer than",
    "over": "under",
    "fewer than": "more than",
    "less than": "more than",
    "up to": "at least",
    "nearly": "more than",
    "almost": "more than",
    "about": "exactly",
    "around": "exactly",
    "approximately": "exactly",
    "roughly": "exactly",
}
_STRENGTH = {
    "asked": "ordered",
    "asks": "orders",
    "urged": "forced",
    "called for": "secured",
    "suggested": "proved",
    "suggests": "proves",
    "suspended": "abolished",
    "suspend": "abolish",
    "delayed": "cancelled",
    "delay": "cancel",
    "reduced": "eliminated",
    "reduce": "eliminate",
    "may": "will",
    "might": "will",
    "could": "will",
    "is expected to": "is certain to",
    "are expected to": "are certain to",
    "is willing to": "has promised to",
    "are willing to": "have promised to",
    "plans to": "refuses to",
    "plan to": "refuse to",
    "is considering": "has decided on",
    "are considering": "have decided on",
    "alleged": "proved",
    "allegedly": "admittedly",
    "proposed": "enacted",
    "believes": "knows",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RELATIVE = {"yesterday": "tomorrow", "last": "next", "next": "last", "earlier": "later", "later": "earlier"}
_GROUPS = (
    "workers",
    "residents",
    "officials",
    "students",
    "soldiers",
    "customers",
    "investors",
    "employees",
    "voters",
    "patients",
    "passengers",
    "lawmakers",
    "police",
    "consumers",
    "drivers",
    "journalists",
    "engineers",
    "farmers",
    "teachers",
    "shareholders",
    "companies",
    "people",
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|did|do)\b(?!\s+(?:not|n['’]t))"
)
_SPEAKER = re.compile(
    r"\b(?!(?:He|She|They|It|We|I|You)\b)"  # a name for a pronoun may be right
    r"(?P<name>(?:[A-Z][\w’'-]+\s+){0,3}[A-Z][\w’'-]+)(?=,?\s+(?:said|says|told|added|announced|warned|argued|stated)\b)"
)
_NAME = re.compile(r"\b[A-Z][a-z]+(?:\s+[A-Z][a-z]+)+\b")


def mutate_number(sentence: str) -> Iterator[Mutant]:
    """Another number: ten times as many for figures, the next word for number words, another scale."""
    for match in _NUMBER.finditer(sentence):
        figure = match.group()
        yield _swap("number", sentence, match.start(), figure, f"{int(figure[0]) % 9 + 1}{figure[1:]}")
    for position, word in enumerate(_NUMBER_WORDS):
        other = _NUMBER_WORDS[(position + 3) % len(_NUMBER_WORDS)]
        yield from _replace_words("number", sentence, word, other)
    for scale, other in _SCALES.items():
        yield from _replace_words("number", sentence, scale, other)


def mutate_qualifier(sentence: str) -> Iterator[Mutant]:
    """ "At least" for "at most", "exactly" for "about": only before a number, where they qualify one."""
    words = "|".join((*_NUMBER_WORDS, "half", "a dozen"))
    for qualifier, other in _QUALIFIERS.items():
        for match in re.finditer(rf"\b{qualifier}(?=\s+(?:[$€£]?\d|(?:{words})\b))", sentence, re.IGNORECASE):
            yield _swap("qualifier", sentence, match.start(), match.group(), other)


def mutate_group(sentence: str) -> Iterator[Mutant]:
    """Another group of people or bodies, and a status put before it."""
    for position, group in enumerate(_GROUPS):
        other = _GROUPS[(position + 7) % len(_GROUPS)]
        yield from _replace_words("group", sentence, group, other)
        yield from _replace_words("group", sentence, group, f"undocumented {group}")


def mutate_speaker(sentence: str, others: Sequence[str]) -> Iterator[Mutant]:
    """The first of ``others`` (names from the same article) that the sentence does not hold, as the speaker."""
    for match in _SPEAKER.finditer(sentence):
        for other in others:
            if other not in sentence and not set(other.split()) & set(sentence.split()):
                yield _swap("speaker", sentence, match.start(), match.group("name"), other)
                break


def mutate_strength(sentence: str) -> Iterator[Mutant]:
    """A stronger verb or a firmer modal."""
    for weak, strong in _STRENGTH.items():
        yield from _replace_words("verb_strength", sentence, weak, strong)


def mutate_negation(sentence: str) -> Iterator[Mutant]:
    """ "Not" after the first auxiliary; a "not" taken away."""
    match = _AUXILIARY.search(sentence)
    if match:
        yield _swap("negation", sentence, match.start(), match.group(), f"{match.group()} not")
    negated = re.search(r"\b(\w+) not (?=[a-z])", sentence)
    if negated:
        yield _swap("negation", sentence, negated.start(), negated.group(), f"{negated.group(1)} ")


def mutate_date(sentence: str) -> Iterator[Mutant]:
    """Another weekday, month, year, or side of now."""
    for names in (_MONTHS, _DAYS):
        for position, name in enumerate(names):
            for match in re.finditer(rf"\b{name}\b(?!\s+[a-z]+\s+be\b)", sentence):
                yield _swap("date", sentence, match.start(), name, names[(position + 2) % len(names)])
    for word, other in _RELATIVE.items():
        pattern = rf"\b{word}\b(?=\s+(?:week|month|year|{'|'.join(_DAYS)}))"
        for match in re.finditer(pattern if word not in ("yesterday",) else rf"\b{word}\b", sentence):
            yield _swap("date", sentence, match.start(), match.group(), other)


def splice(sentence: str, other: str) -> Iterator[Mutant]:
    """The first half of one sentence and the second half of another, as one quotation."""
    ours, theirs = sentence.split(), other.split()
    if len(ours) >= 8 and len(theirs) >= 8:
        head, tail = " ".join(ours[: len(ours) // 2]), " ".join(theirs[len(theirs) // 2 :])
        yield Mutant("splice", f"{head} {tail}", len(head) + 1, " ".join(ours[len(ours) // 2 :]), tail)


def change_one_character(sentence: str) -> Iterator[Mutant]:
    """One letter doubled or dropped inside the longest word: what a misprint does, and what similarity overlooks."""
    word = max(re.finditer(r"[A-Za-z]{4,}", sentence), key=lambda match: len(match.group()), default=None)
    if word:
        old = word.group()
        middle = len(old) // 2
        yield _swap("one_character", sentence, word.start(), old, old[:middle] + old[middle + 1 :])


def names_in(text: str) -> list[str]:
    """Names of two words or more in ``text``, in order, each once."""
    return list(dict.fromkeys(_NAME.findall(text)))


def claim_mutants(sentence: str, names: Sequence[str]) -> list[Mutant]:
    """All altered claims of one sentence, the first of each kind and place, in a fixed order."""
    mutators: tuple[Callable[[str], Iterator[Mutant]], ...] = (
        mutate_number,
        mutate_qualifier,
        mutate_group,
        lambda text: mutate_speaker(text, names),
        mutate_strength,
        mutate_negation,
        mutate_date,
    )
    return [mutant for mutator in mutators for mutant in mutator(sentence) if mutant.text != sentence]


def quotation_mutants(sentence: str, other: str, names: Sequence[str]) -> list[Mutant]:
    """All altered quotations of one sentence: the altered claims, a splice, one character."""
    return [*claim_mutants(sentence, names), *splice(sentence, other), *change_one_character(sentence)]


def _replace_words(kind: str, sentence: str, old: str, new: str) -> Iterator[Mutant]:
    match = re.search(rf"\b{old}\b", sentence)
    if match and sentence[match.start() : match.end()] == old:
        yield _swap(kind, sentence, match.start(), old, new)


def _swap(kind: str, sentence: str, start: int, old: str, new: str) -> Mutant:
    return Mutant(kind, sentence[:start] + new + sentence[start + len(old) :], start, old, new)
