"""Loaded or evaluative words in the article's own voice: VADER's strong words, and people pictured as disasters."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.lexicon.meaning import antonyms
from assistant.language.lexicon.people import is_person_noun
from assistant.language.lexicon.valence import valence
from assistant.language.lexicon.wordnet import supersenses
from assistant.language.tree import Tree

STRONG = 1.8  # VADER's scale is -4 to 4
NEUTRAL = 1.5
JUDGEMENTS = {("noun.attribute",), ("noun.feeling",), ("noun.person",)}
DISASTERS = frozenset({"noun.event", "noun.phenomenon", "noun.animal", "noun.object", "noun.artifact"})


def evaluative_spans(tree: Tree, quotations: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those inside quotation marks left out."""
    found = []
    for position, token in enumerate(tree.tokens):
        if any(low <= token.start and token.end <= high for low, high in quotations):
            continue
        if is_metaphor(tree, position) or is_loaded(tree, position):
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
    if token.pos == "ADJ":
        return not any(abs(valence(other)) < NEUTRAL for other in antonyms(lemma, "a") if is_direct(lemma, other))
    if token.pos == "ADV":
        return True
    return token.pos == "NOUN" and supersenses(lemma, "n")[:1] in JUDGEMENTS


def is_direct(word: str, other: str) -> bool:
    """ "legal" / "illegal": an opposite made of the word itself."""
    return word.endswith(other) or other.endswith(word)


def is_metaphor(tree: Tree, position: int) -> bool:
    """ "a flood of applicants": a thing of nature that is made of people."""
    if tree[position].pos != "NOUN":
        return False
    main = supersenses(tree.lemma(position), "n")
    if not main or main[0] not in DISASTERS or is_person_noun(tree.lemma(position)):
        return False
    for child in tree.children(position, "prep"):
        noun = tree.child(child, "pobj")
        if (
            tree.word(child) == "of"
            and noun is not None
            and tree[noun].pos == "NOUN"
            and is_person_noun(tree.lemma(noun))
        ):
            return main[0] in {"noun.event", "noun.phenomenon", "noun.animal"}
    return False
