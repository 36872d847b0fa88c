"""Quantities of a sentence bound by its parse: what each counts; numbers in names and the like are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.language.lexicon.wordlist import word_set
from assistant.language.phrases import content_head, phrase_at
from assistant.language.tree import Tree
from assistant.language.types import Phrase, Qualifier, Quantity

NAMED = frozenset({"PRODUCT", "ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PERSON"})
NUMBERED = word_set(
    "no number article section chapter act phase flight highway interstate route channel page version "
    "type level grade game room line title proposition prop amendment resolution"
)


def tokens_of(tree: Tree, quantity: Quantity) -> list[int]:
    """The positions of the tokens that overlap the quantity, in order: "+50" is one of "50 percent"."""
    return [p for p in range(len(tree)) if tree[p].start < quantity.end and quantity.start < tree[p].end]


def bind_quantities(tree: Tree, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Same order; those that are parts of names, list numbers and pronouns ("one") are left out."""
    bound = []
    for quantity in quantities:
        inside = tokens_of(tree, quantity)
        numbers = [p for p in inside if tree[p].pos in {"NUM", "SYM", "NOUN", "ADJ"} or tree[p].tag == "CD"] or inside
        if not numbers or is_name_number(tree, numbers, quantity) or is_pronoun(tree, quantity, numbers):
            continue
        bound.append(replace(quantity, counted=counted_by(tree, numbers, quantity)))
    return bound


def is_name_number(tree: Tree, numbers: list[int], quantity: Quantity) -> bool:
    """ "Boeing 737 MAX", "Flight 370", "Covid-19", "Article 5"."""
    first = numbers[0]
    if tree[first].entity in NAMED and len(numbers) == 1:
        return True
    last = numbers[-1]
    compound = last + 2 < len(tree) and tree[last + 1].text == "-" and tree[last + 1].start == tree[last].end
    if compound and tree[last + 2].start == tree[last + 1].end and tree[last + 1].start >= quantity.end:
        return not is_measure(tree, last + 2)  # "one-size-fits-all"
    head = tree.heads[first]
    if not quantity.unit and len(numbers) == 1 and tree.deps[first] == "nummod" and tree.deps[head] == "compound":
        return True  # "zero tolerance policy"
    before = tree[first - 1] if first else None
    if before is None or len(numbers) > 1:
        return False
    follows_name = tree.heads[first] == first - 1 and tree.deps[first] in {"nummod", "appos", "npadvmod"}
    if follows_name and before.pos == "PROPN" and before.entity not in {"GPE", "NORP", "DATE"}:
        return True
    if (
        before.text == "-"
        and first > 1
        and tree[first - 2].end == before.start
        and tree[first - 2].pos in {"PROPN", "NOUN"}
    ):
        return True
    return before.lemma.lower().rstrip(".") in NUMBERED and before.end <= tree[first].start


def is_measure(tree: Tree, position: int) -> bool:
    """ "400-page report": a noun in the singular, and no further word tied to it."""
    end = tree[position].end
    tied = position + 1 < len(tree) and tree[position + 1].text == "-" and tree[position + 1].start == end
    return tree[position].tag == "NN" and tree.deps[position] in {"compound", "nmod", "npadvmod"} and not tied


def is_pronoun(tree: Tree, quantity: Quantity, numbers: list[int]) -> bool:
    """ "one of them", "no one", "one might think": no count worth comparing."""
    if quantity.ordinal:
        return not any(tree.deps[p] in {"amod", "nummod", "attr", "pobj", "dobj", "compound"} for p in numbers)
    return (
        quantity.text.lower() == "one" and quantity.qualifier is Qualifier.NONE and tree.deps[numbers[-1]] != "nummod"
    )


def counted_by(tree: Tree, numbers: list[int], quantity: Quantity) -> Phrase | None:
    """The noun phrase that the number counts: its head noun, or what stands after "of" or "in"."""
    row = set(numbers)
    top = next((p for p in reversed(numbers) if tree.heads[p] not in row or tree.heads[p] == p), numbers[-1])
    if (
        tree.deps[top] in {"nummod", "quantmod", "compound", "amod", "npadvmod", "nmod", "advmod", "poss"}
        and tree.heads[top] != top
    ):
        head = tree.heads[top]
        for _ in range(3):
            if head in row or (tree[head].pos == "NUM" and tree.heads[head] != head):
                head = tree.heads[head]
        if tree[head].pos in {"NOUN", "PROPN", "PRON", "SYM"}:
            return phrase_at(tree, head)
        return None
    inner = content_head(tree, top)
    if inner != top:
        return phrase_at(tree, inner)
    for child in tree.children(top, "prep"):
        noun = tree.child(child, "pobj")
        if noun is not None and tree.word(child) in {"of", "in", "for"} and (quantity.unit or tree.word(child) == "of"):
            return phrase_at(tree, noun)
    return None
