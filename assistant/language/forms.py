"""The grammatical form of a clause, by its marks and auxiliaries."""

from __future__ import annotations

from assistant.language.tree import Tree


def has_mark(tree: Tree, position: int, word: str) -> bool:
    return any(tree.word(child) == word for child in tree.children(position, "mark"))


def has_to(tree: Tree, position: int) -> bool:
    return any(tree.word(child) == "to" for child in tree.children(position, "aux", "auxpass"))


def is_infinitive_of(tree: Tree, position: int) -> bool:
    """ "needs to act", "needs Congress to act"."""
    return tree.deps[position] == "xcomp" or (tree.deps[position] == "ccomp" and has_to(tree, position))


def is_conditional(tree: Tree, position: int) -> bool:
    return any(tree.word(child) in {"if", "unless", "whether"} for child in tree.children(position, "mark", "advmod"))


def is_bare_passive(tree: Tree, position: int) -> bool:
    """ "that the bill be paid"."""
    return any(tree[child].tag == "VB" and tree.word(child) == "be" for child in tree.children(position, "auxpass"))


def is_passive_or_raising(tree: Tree, position: int) -> bool:
    return bool(tree.children(position, "auxpass", "nsubjpass")) or tree.lemma(position) in {"appear", "seem"}
