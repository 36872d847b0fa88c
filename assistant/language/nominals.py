"""Nouns that say what a verb would: "approval for a plan", "an end to the strike". Where they are worth a frame."""

from __future__ import annotations

from assistant.language.lexicon.verbs import asks_first, is_wish, request_strength, verb_of
from assistant.language.lexicon.wordlist import word_set
from assistant.language.tree import Tree

# Support verbs after Quirk et al. (1985) §10.30: the noun carries the meaning.
LIGHT_VERBS = word_set("give grant make take provide offer get receive put bring reach win seek require need")


def nominal_predicates(tree: Tree) -> list[tuple[int, str]]:
    """(position of the noun, the verb it comes from) for nouns that carry a predicate."""
    found = []
    for position, token in enumerate(tree.tokens):
        if token.pos != "NOUN":
            continue
        verb = verb_of(tree.lemma(position))
        if verb and has_complement(tree, position) and is_carried(tree, position):
            found.append((position, verb))
    return found


def has_complement(tree: Tree, position: int) -> bool:
    return (
        any(child > position for child in tree.children(position, "prep", "acl"))
        or object_of_for(tree, position) is not None
    )


def object_of_for(tree: Tree, position: int) -> int | None:
    """ "approval for a fund to pay widows": the fund, which the parser makes the subject of paying."""
    for clause in tree.children(position, "advcl", "relcl", "ccomp"):
        if any(tree.word(mark) == "for" for mark in tree.children(clause, "mark")):
            return tree.child(clause, "nsubj")
    return None


def is_carried(tree: Tree, position: int) -> bool:
    """Root of a verbless sentence, or object of a support verb, a request or a wish."""
    head, dep = tree.heads[position], tree.deps[position]
    if head == position:
        return True
    if dep == "pobj":
        if tree.word(head) not in {"for", "to"}:
            return False
        head = tree.heads[head]
    elif dep == "conj":
        return is_carried(tree, head)
    elif dep != "dobj":
        return False
    lemma = tree.lemma(head)
    asks = request_strength(lemma) > 0 and asks_first(lemma)
    return lemma in LIGHT_VERBS or asks or is_wish(lemma) or (lemma == "call" and dep == "pobj")
