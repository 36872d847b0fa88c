"""Countries by their short names and by the adjectives made of them: "Peruvian" → "peru", "U.S." → "united states"."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files

from assistant.language.lexicon.wordlist import WORDS_KEPT

# Abbreviations in common use (The Chicago Manual of Style, 17th ed., 10.31–10.33); WordNet has only the full names.
SHORT = {
    "us": "united states",
    "usa": "united states",
    "america": "united states",
    "united states of america": "united states",
    "uk": "united kingdom",
    "britain": "united kingdom",
    "great britain": "united kingdom",
    "british": "united kingdom",
    "briton": "united kingdom",
    "eu": "european union",
    "un": "united nations",
    "uae": "united arab emirates",
    "prc": "china",
}


@cache
def demonyms() -> dict[str, str]:
    data = files("assistant.language.lexicon").joinpath("data", "demonyms.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(data).decode().splitlines())
    return {adjective: place.lower() for adjective, place in rows}


@lru_cache(maxsize=WORDS_KEPT)
def country_of(name: str) -> str:
    """The place meant by a name in normal form (lower case, no full stops); "" when it is none that we know.

    >>> country_of("us"), country_of("americans")
    ('united states', 'united states')
    """
    for form in (name, name.removesuffix("s")):
        if form in SHORT:
            return SHORT[form]
        if form in demonyms():
            place = demonyms()[form]
            return SHORT.get(place, place)
    return name if name in places() else ""


@cache
def places() -> frozenset[str]:
    return frozenset(SHORT.values()) | frozenset(demonyms().values())
