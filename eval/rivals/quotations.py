"""Published rules for "these words stand in that article", each restated in a few lines. Pure.

Where a rule looks for the most similar stretch, the stretch is what rapidfuzz aligns best; where it counts edits, they
are counted against that stretch, so that a rule may accept a little more in its own implementation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio, partial_ratio_alignment

EDITS = 100  # that LangChain's citation_fuzzy_match allows


def letters_and_digits(text: str) -> str:
    """``text`` without anything but letters and digits, lower case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def similarity(quotation: str, article: str) -> float:
    """Of the most similar stretch, from 0 to 1."""
    return float(partial_ratio(quotation, article)) / 100


def longest_run(quotation: str, article: str) -> float:
    """Share of the quotation that its longest unbroken run in the article makes up."""
    found = SequenceMatcher(None, quotation, article, autojunk=False).find_longest_match()
    return found.size / len(quotation)


def edits(quotation: str, article: str) -> int:
    """Characters to change between the quotation and the most similar stretch."""
    found = partial_ratio_alignment(quotation, article)
    stretch = article[found.dest_start : found.dest_end] if found else ""
    return int(Levenshtein.distance(quotation, stretch))


Accepts = Callable[[str, str], bool]  # (quotation, article) → is it taken for the article's words?

RULES: Mapping[str, Accepts] = {
    "exact substring": lambda quotation, article: quotation in article,
    "letters and digits (Full Fact)": lambda quotation, article: (
        letters_and_digits(quotation) in letters_and_digits(article)
    ),
    "similarity ≥ 0.95 (bmlibrarian)": lambda quotation, article: similarity(quotation, article) >= 0.95,
    "longest run ≥ 0.92 (OpenContracts)": lambda quotation, article: longest_run(quotation, article) >= 0.92,
    "longest run ≥ 0.85 (vellum)": lambda quotation, article: longest_run(quotation, article) >= 0.85,
    "longest run ≥ 0.35 (kotaemon)": lambda quotation, article: longest_run(quotation, article) >= 0.35,
    "100 edits (LangChain)": lambda quotation, article: edits(quotation, article) <= EDITS,
}


def other_typography(sentence: str) -> str:
    """The same words as another desk would type them: curly apostrophes for straight ones and the other way round,
    a no-break space, a plain dash.
    """
    swapped = sentence.translate(str.maketrans("'’–—", "’'--"))
    return swapped.replace(" ", "\u00a0", 1)
