"""One number as written, in digits or words → its value. Knows nothing of units, hedges or what is counted."""

from __future__ import annotations

import re

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * (value + 2)
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
SCALES: dict[str, float] = {
    "dozen": 12,
    "dozens": 12,
    "score": 20,
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1e3,
    "thousands": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
FRACTIONS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}
SMALL = "|".join([*sorted(UNITS, key=len, reverse=True), *TENS])
SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# At most twelve words: "one hundred and twenty-three thousand four hundred and fifty-six".
WORDS = (
    rf"(?:(?:{SMALL})(?![a-z])|an?\s+(?={SCALE}\b)|half\s+an?\s+(?={SCALE}\b))"
    rf"(?:(?:[\s-]+(?:and\s+)?)?\b(?:{SMALL}|{SCALE})\b){{0,12}}"
)
NUMBER = rf"(?:(?:{DIGITS})(?:\s*-?\s*\b{SCALE}s?\b|\s?(?:bn|mn|mln|tn|trn)\b|[kmb]\b)?|{WORDS})"
SPLIT = re.compile(r"[\s-]+")


def value_of(text: str) -> float:
    """The value of a match of NUMBER: "40 MILLION" → 40_000_000, "half a million" → 500_000, "2.5bn" → 2.5e9.

    Raises ValueError for anything else.
    """
    lowered = text.lower().replace("\u00a0", " ").strip()
    match = re.match(rf"({DIGITS})\s*-?\s*([a-z]*)", lowered)
    if match:
        number = float(match.group(1).replace(",", ""))
        scale = match.group(2)
        return number * (SCALES.get(scale) or SHORT_SCALES.get(scale) or 1.0)
    return words_value(SPLIT.split(lowered))


def words_value(words: list[str]) -> float:
    total, current = 0.0, 0.0
    half = False
    seen = False
    for word in words:
        if word == "half":
            half, seen = True, True
        elif word in {"a", "an"}:
            current, seen = current or 1.0, True
        elif word in UNITS or word in TENS:
            current, seen = current + UNITS.get(word, TENS.get(word, 0)), True
        elif word in SCALES:
            current = (current or 1.0) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
            seen = True
        elif word not in {"and", ""}:
            raise ValueError(f"not a number: {' '.join(words)!r}")
    if not seen:
        raise ValueError(f"not a number: {' '.join(words)!r}")
    return (total + current) * (0.5 if half else 1.0)


def scale_of(text: str) -> float:
    """The scale word at the end of a number: "2 billion" → 1e9; 1 when there is none."""
    match = re.search(r"([a-z]+)\s*$", text.lower())
    if not match:
        return 1.0
    return float(SCALES.get(match.group(1)) or SHORT_SCALES.get(match.group(1)) or 1.0)
