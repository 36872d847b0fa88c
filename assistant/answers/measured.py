"""Is a number in the measure that a question asks for: an age, a length, a weight, a time, a sum, a share?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.types import ParsedSentence, Quantity
from assistant.language.units import CURRENCY_WORDS, SIGNS

CURRENCIES = frozenset({*SIGNS.values(), *CURRENCY_WORDS.values()})
DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
LENGTHS = frozenset({"kilometre", "metre", "centimetre", "mile", "foot", "inch"})
WEIGHTS = frozenset({"kilogram", "gram", "tonne", "pound"})
UNITS = {
    "percent": frozenset({"percent"}),
    "money": CURRENCIES,
    "duration": DURATIONS,
    "extent": DURATIONS | LENGTHS,  # "how long" asks for either
    "length": LENGTHS,
    "weight": WEIGHTS,
    "age": frozenset({"year of age"}),
}
_AGE_BEFORE = re.compile(r"\b(?:aged|age|turn(?:s|ed|ing)|age of)\s+$", re.IGNORECASE)
_AGE_AFTER = re.compile(r"\s*(?:[,.;)]|$|and\b)")
_IN_DECADE = re.compile(r"\bin (?:his|her|their) (?:early |mid-?|late )?(?:teens|\w+ties)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:born|built|founded|opened|established|dates|dating|constructed|created)\b[^.;]*\b1?\d\d\d\b", re.IGNORECASE
)
GAP_NOUNS = frozenset({"lead", "margin", "gap", "majority", "advantage", "edge", "deficit", "difference"})
LEADING = frozenset({"lead", "trail", "win", "lose", "beat", "defeat", "outnumber", "outpoll"})
_BY = re.compile(r"\bby\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_GAP_OF = re.compile(rf"\b(?:{'|'.join(sorted(GAP_NOUNS))})\s+of\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)


def in_measure(parse: ParsedSentence, quantity: Quantity, measure: str) -> bool:
    """Whether a quantity of the sentence is in the measure: of an age also "Ann Lee, 81," and "aged 54"."""
    return quantity.unit in UNITS[measure] or (measure == "age" and not quantity.unit and _is_age(parse, quantity))


def gives_otherwise(parse: ParsedSentence, measure: str) -> bool:
    """Whether the sentence gives the measure without a number of it: an age by "in his sixties", "built in 1931"."""
    return measure == "age" and bool(_IN_DECADE.search(parse.text) or _SINCE.search(parse.text))


def _is_age(parse: ParsedSentence, quantity: Quantity) -> bool:
    before = parse.text[: quantity.start - parse.start]
    if not (0 < quantity.value < 125 and quantity.text.isdigit()):
        return False
    if _AGE_BEFORE.search(before):
        return True
    left = [token for token in parse.tokens if token.end <= quantity.start]
    beside = len(left) > 1 and left[-1].text in (",", "(") and (left[-2].pos == "PROPN" or left[-2].entity == "PERSON")
    return beside and bool(_AGE_AFTER.match(parse.text[quantity.end - parse.start :]))


def is_gap(parse: ParsedSentence, quantity: Quantity, asked: Sequence[str]) -> bool:
    """Whether a number says how far one is ahead of another, which the question (its lemmas) does not ask for.

    "She leads by 37 votes" gives nobody 37 votes.
    """
    if (GAP_NOUNS | LEADING) & set(asked):
        return False
    before = parse.text[: quantity.start - parse.start]
    if _GAP_OF.search(before):
        return True
    return bool(_BY.search(before)) and any(token.lemma.lower() in LEADING for token in parse.tokens)
