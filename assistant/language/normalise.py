"""What the parser reads instead of the article's own characters, and the way back to their offsets.

Hidden characters are dropped, typographic quotation marks and spaces made plain, shouting and title case calmed.
The article itself is never touched: every clean character remembers where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.language.lexicon.wordlist import word_set
from assistant.language.lexicon.wordnet import is_common_word
from assistant.language.openings import opening_end
from index import INVISIBLE

INVISIBLES = re.compile(f"[{INVISIBLE}]")
PLAIN = {
    "’": "'",
    "‘": "'",
    "‚": "'",
    "′": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "″": '"',
    "‐": "-",
    "‑": "-",
    "−": "-",
    "…": "…",
}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PREFIX = re.compile(r"\b(?:re|co|pre|post|anti|non|un|de|mid|pro)[-‐‑](?=[a-z]{4})", re.I)
SMALL_WORDS = word_set("a an and as at but by for from if in into of off on onto or out over per the to up via vs with")
LONGEST_ACRONYM = 5  # letters: "NATO", "UNHCR"; longer capitals that are dictionary words are shouting


@dataclass(frozen=True, slots=True)
class Clean:
    """``text[i]`` stands at ``places[i]`` of the original; ``places`` has one more entry, the original's length."""

    text: str
    places: tuple[int, ...]


def clean(text: str, names: frozenset[str] = frozenset(), *, heading: bool = False) -> Clean:
    """The text for the parser. ``names``: words known to be names, as written mid-sentence elsewhere in the article.

    ``heading``: a headline or list item, whose first word is capitalised whatever it is.
    """
    characters: list[str] = []
    places: list[int] = []
    text = straightened(text)
    skipped = opening_end(text)
    dropped = {match.end() - 1 for match in PREFIX.finditer(text)}  # "re-election" is one word
    dropped.update(match.start() for match in INVISIBLES.finditer(text))
    for place, character in enumerate(text):
        if place < skipped or place in dropped:
            continue
        if unicodedata.category(character) in {"Cf", "Cc"} and not character.isspace():
            continue  # control characters, and signs that embrace the numbers after them
        plain = " " if character.isspace() else PLAIN.get(character, character)
        if unicodedata.category(character) == "Cs":
            plain = "\ufffd"  # a lone surrogate cannot be encoded
        characters.append(plain)
        places.append(place)
    places.append(len(text))
    return Clean(calm("".join(characters), names, heading=heading), tuple(places))


def straightened(text: str) -> str:
    """Two single marks for a double one, as typewriters and wire copy have them; same length."""
    return text.replace("’’", "” ").replace("''", '" ').replace("‘‘", " “").replace("``", ' "')


def calm(text: str, names: frozenset[str], *, heading: bool) -> str:
    """Lower the case of dictionary words in headlines and of shouted words; same length."""
    words = list(WORD.finditer(text))
    shouted = is_shouted(words)
    titled = is_title_case(text, words)
    letters = list(text)
    for position, word in enumerate(words):
        old = word.group()
        new = old
        if shouted and old.isupper():
            new = calm_word(old, names)
        elif old.isupper() and len(old) > LONGEST_ACRONYM and old not in names and is_common_word(old.lower()):
            new = old.lower()
        elif (titled or (heading and position == 0)) and old[:1].isupper() and not old.isupper():
            new = calm_word(old, names)
        if len(new) == len(old):  # some letters change length with their case
            letters[word.start() : word.end()] = new
    return "".join(letters)


def is_shouted(words: list[re.Match[str]]) -> bool:
    """Are most words of four letters and more in capitals?"""
    long_words = [word.group() for word in words if len(word.group()) > 3]
    return bool(long_words) and sum(word.isupper() for word in long_words) > 0.7 * len(long_words)


def calm_word(word: str, names: frozenset[str]) -> str:
    if word.capitalize() in names:
        return word.capitalize()
    if word in names:
        return word
    if is_common_word(word.lower()):
        return word.lower()
    return word.capitalize() if word.isupper() and len(word) > LONGEST_ACRONYM else word


def is_title_case(text: str, words: list[re.Match[str]]) -> bool:
    """Are nearly all words but the small ones capitalised? Needs five such words to tell."""
    big = [word.group() for word in words if word.group().lower() not in SMALL_WORDS]
    return len(big) >= 5 and sum(word[:1].isupper() for word in big) >= 0.85 * len(big) and not text.isupper()


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Words that are capitalised in the middle of ordinary sentences: names, and not words of a headline."""
    seen: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        words = list(WORD.finditer(text))
        if is_title_case(text, words) or is_shouted(words):
            continue
        for position, word in enumerate(words):
            if word.group()[:1].islower():
                lower.add(word.group())
            elif position and text[: word.start()].rstrip()[-1:] not in {".", ":", '"', "“", "'", "‘", "!", "?", "-"}:
                seen.add(word.group().removesuffix("'s").removesuffix("’s"))
    return frozenset(word for word in seen if not (word.isupper() and word.lower() in lower and len(word) > 3))


def letters_of(text: str) -> str:
    """Letters and digits alone, lower case: "Nord Post" and "nord-post" are one."""
    return "".join(character for character in text.lower() if character.isalnum())
