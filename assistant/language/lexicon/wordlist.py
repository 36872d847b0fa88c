"""Closed word classes, written as one line of words in the code that needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Kind = TypeVar("Kind")
WORDS_KEPT = 20_000  # in each table of what is known of a word: a server's memory must not grow with every new one


def word_set(text: str) -> frozenset[str]:
    """The words of a line; "_" stands for a space inside one of them."""
    return frozenset(word.replace("_", " ") for word in text.split())


def by_word(lists: Mapping[Kind, str]) -> dict[str, Kind]:
    """Kind → line of words, turned round: word → kind."""
    return {word: kind for kind, line in lists.items() for word in line.split()}
