"""Adjectives and people of places: "Peruvian" → "peru". From WordNet 3.1 (see ``build_wordnet``)."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def load() -> dict[str, str]:
    data = files("assistant.language.lexicon").joinpath("data", "demonyms.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(data).decode().splitlines())
    return {word: place.lower() for word, place in rows}


def place_of(demonym: str) -> str:
    """The place, lower case, of an adjective or an inhabitant's name, lower case, singular or plural; "" if unknown."""
    known = load()
    return known.get(demonym, known.get(demonym.removesuffix("s"), ""))
