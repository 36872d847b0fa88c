"""A question → FTS5 terms. Every term is quoted: nothing that a user types is an operator."""

from __future__ import annotations

import re

from index.invisible import without_invisible
from index.stop_words import STOP_WORDS

MOST_TERMS = 64  # of one question; a longer text says the rest again
LONGEST_TERM = 60  # characters: longer runs are no words
_WORD = re.compile(r"\w+")
_MOST_CHARACTERS = 20_000  # of one question that are looked at


def keyword_terms(question: str) -> list[str]:
    """The question's words in order, each once and quoted, as FTS5 terms; [] when it has none.

    Stop words count only when there is nothing else. A word with invisible characters inside is one word, and its
    parts follow.

    >>> keyword_terms('Who said "NEAR(harbour)"?')
    ['"said"', '"near"', '"harbour"']
    """
    text = question[:_MOST_CHARACTERS].lower()
    found = _WORD.findall(f"{without_invisible(text)} {text}")  # the keyword index has the articles' words as they are
    words = dict.fromkeys(word for word in found if len(word) <= LONGEST_TERM)
    telling = [word for word in words if word not in STOP_WORDS]
    return [f'"{word}"' for word in (telling or list(words))[:MOST_TERMS]]
