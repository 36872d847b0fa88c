"""How good or bad a word sounds: the VADER lexicon (Hutto & Gilbert, 2014; MIT), words only."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def load() -> dict[str, float]:
    data = files("assistant.language.lexicon").joinpath("data", "vader.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(data).decode().splitlines())
    return {word: float(mean) for word, mean in rows}


def valence(word: str) -> float:
    """Mean rating of ten people, -4 (bad) to 4 (good); 0 for words that are not rated."""
    return load().get(word, 0.0)
