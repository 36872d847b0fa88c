"""Loaded or evaluative words in the article's own voice: VADER's strong words, and people pictured as disasters."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.lexicon.meaning import antonyms
from assistant.language.lexicon.people import is_person_noun
from assistant.language.lexicon.valence import valence
from assistant.language.lexicon.verbs import sense_of
from assistant.language.lexicon.wordnet import ancestors, entry, supersenses
from assistant.language.tree import Tree

STRONG = 2.0  # VADER's scale is -4 to 4
NEUTRAL = 1.5
JUDGEMENTS = {("noun.attribute",), ("noun.person",)}


def evaluative_spans(tree: Tree, quotations: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those inside quotation marks left out."""
    found = []
    for position, token in enumerate(tree.tokens):
        if any(low <= token.start and token.end <= high for low, high in quotations):
            continue
        if is_metaphor(tree, position) or is_loaded(tree, position) or is_pleading(tree, position):
            found.append((token.start, token.end))
    return found


def is_loaded(tree: Tree, position: int) -> bool:
    """A strongly rated word that judges rather than tells.

    Events, acts and states ("killing", "crisis") are news, whatever they sound like; so are adjectives that sort
    things into two classes ("illegal", whose opposite is not praise).
    """
    token = tree[position]
    word, lemma = token.text.lower(), token.lemma.lower()
    if token.entity or max(abs(valence(word)), abs(valence(lemma))) < STRONG:
        return False
    if token.tag == "JJR":
        return False  # "stronger", "better": a comparison
    if token.pos == "ADJ":
        return not any(abs(valence(other)) < NEUTRAL for other in antonyms(lemma, "a") if is_direct(lemma, other))
    if token.pos == "ADV":
        return True
    return token.pos == "NOUN" and valence(word) < 0 and supersenses(lemma, "n")[:1] in JUDGEMENTS


def is_direct(word: str, other: str) -> bool:
    """ "legal" / "illegal": an opposite made of the word itself."""
    return word.endswith(other) or other.endswith(word)


def is_metaphor(tree: Tree, position: int) -> bool:
    """ "a tidal wave of applicants": a force of nature or an animal crowd that is made of people."""
    if tree[position].pos != "NOUN" or not is_disaster(tree.lemma(position)):
        return False
    for child in tree.children(position, "prep"):
        noun = tree.child(child, "pobj")
        people = noun is not None and tree[noun].pos == "NOUN" and is_person_noun(tree.lemma(noun))
        if tree.word(child) == "of" and people:
            return True
    return False


def is_disaster(noun: str) -> bool:
    senses = entry(noun, "n").main_senses[:1]
    natural = supersenses(noun, "n")[:1] in {("noun.phenomenon",), ("noun.animal",)}
    return natural or any(sense_of("disaster", "calamity", part="n") in ancestors(sense, "n") for sense in senses)


def is_pleading(tree: Tree, position: int) -> bool:
    """ "begging": how humbly somebody asks is the writer's colour, unless somebody is quoted with it."""
    lemma = tree.lemma(position)
    return tree[position].pos == "VERB" and sense_of("beg", "implore") in entry(lemma, "v").main_senses
