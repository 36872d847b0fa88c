"""What a verifier refuses to judge: empty text, and claims in a language that it does not read.

Function words come from spaCy's stop-word lists (MIT), less the words that English uses too.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from assistant.errors import NotJudged

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PARTICLES = frozenset(
    (
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "las",
        "le",
        "los",
        "san",
        "van",
        "von",
        "y",
    )
)
_LATIN_END = 0x24F  # the last letter of the Latin blocks


def check_pair(claim: str, evidence: str) -> None:
    """Raises NotJudged when either text holds no word, or the claim is not English."""
    check_claim(claim)
    if not re.search(r"\w", evidence):
        raise NotJudged("the evidence is empty")


def check_claim(claim: str) -> None:
    """Raises NotJudged when the claim holds no word or is not English."""
    if not re.search(r"\w", claim):
        raise NotJudged("the claim is empty")
    if not reads_as_english(claim):
        raise NotJudged(f"the claim is not in English: {claim[:80]!r}", "translate it, or choose another verifier")


def reads_as_english(text: str) -> bool:
    """False when most letters are not Latin, or another language's function words outnumber English ones two to one.

    A name's particle before a capital ("Ursula von der Leyen") does not count.
    """
    letters = [character for character in text if character.isalpha()]
    if letters and sum(ord(character) > _LATIN_END for character in letters) > len(letters) / 2:
        return False
    words = _WORD.findall(text)
    english, others = function_words()
    plain = [word.lower() for word in words]
    own = sum(word in english for word in plain)
    inside = [
        word
        for number, word in enumerate(plain)
        if (number == 0 or words[number].islower())
        and not (word in _PARTICLES and number + 1 < len(words) and words[number + 1][0].isupper())
    ]
    foreign = max(sum(word in language for word in inside) for language in others)
    return foreign < 2 or foreign < 2 * own + 1


@cache
def function_words() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """English function words, and those of each other language."""
    lists = json.loads(files("assistant.verifier").joinpath("function_words.json").read_text(encoding="utf-8"))
    return frozenset(lists.pop("english")), tuple(frozenset(words) for words in lists.values())
