"""Loaded or evaluative words in the article's own voice: VADER's strong words, and people pictured as disasters."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.lexicon.people import is_person_noun
from assistant.language.lexicon.valence import valence
from assistant.language.lexicon.wordnet import supersenses
from assistant.language.tree import Tree

STRONG = 1.8  # VADER's scale is -4 to 4
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
    token = tree[position]
    if token.pos not in {"ADJ", "ADV", "NOUN", "VERB"} or token.entity:
        return False
    return abs(valence(token.text.lower())) >= STRONG or (
        token.pos != "NOUN" and abs(valence(token.lemma.lower())) >= STRONG
    )


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
