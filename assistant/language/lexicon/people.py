"""Nouns for people and groups of people, by WordNet 3.1's tree of person."""

from __future__ import annotations

from functools import lru_cache

from assistant.language.lexicon.wordlist import WORDS_KEPT, word_set
from assistant.language.lexicon.wordnet import entry, supersense_of, supersenses

GROUPS = word_set(
    "people police folk crowd family team crew public population community staff electorate workforce household"
)


@lru_cache(maxsize=WORDS_KEPT)
def is_person_noun(noun: str) -> bool:
    """official, migrant, voter, people, family … Unknown nouns are no persons."""
    if noun in GROUPS:
        return True
    main = supersenses(noun, "n")
    if main[:1] == ("noun.person",):
        return True
    senses = entry(noun, "n").senses
    total = sum(count for _, count in senses)
    persons = sum(count for sense, count in senses if supersense_of(sense, "n") == "noun.person")
    return total > 0 and persons >= 0.4 * total
