"""Nouns for a property ("colour", "shape"), and the words that are values of one ("red"): by WordNet."""

from __future__ import annotations

from functools import cache

from assistant.language.lexicon.wordnet import ancestors, entry, members, supersense_of

MEANT = 3  # senses of a noun that may be meant


@cache
def _kinds(noun: str) -> frozenset[int]:
    """Of the first senses of a noun those that are kinds of property."""
    senses = [sense for sense, _ in entry(noun, "n").senses[:MEANT]]
    spelt = members(senses[0], "n") if senses else ()  # "colour" is met too rarely for its senses to stand in order
    senses += [sense for other in spelt for sense, _ in entry(other, "n").senses[:1]]
    return frozenset(sense for sense in senses if any(_is_property(up) for up in ancestors(sense, "n")))


@cache
def _is_property(sense: int) -> bool:
    return "property" in members(sense, "n") and supersense_of(sense, "n") == "noun.attribute"


def is_property(noun: str) -> bool:
    """Whether a noun names a property.

    >>> is_property("colour"), is_property("harbour")
    (True, False)
    """
    return bool(_kinds(noun))


def is_value_of(word: str, noun: str) -> bool:
    """Whether a word may name a value of the property.

    >>> is_value_of("red", "colour"), is_value_of("morning", "colour")
    (True, False)
    """
    kinds = _kinds(noun)
    return any(not kinds.isdisjoint(ancestors(sense, "n")) for sense, _ in entry(word, "n").senses)
