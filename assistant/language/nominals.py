"""Nouns that say what a verb would: "approval for a plan", "an end to the strike". Where they are worth a frame."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language.clauses import subject_at
from assistant.language.forms import has_mark
from assistant.language.lexicon.verbs import asks_first, is_wish, request_strength, verb_of
from assistant.language.lexicon.wordlist import word_set
from assistant.language.tree import Tree

# Support verbs after Quirk et al. (1985) §10.30: the noun carries the meaning.
LIGHT_VERBS = word_set("give grant make take provide offer get receive put bring reach win seek require need")
RECEIVING = word_set("get receive win require need")  # their subject is not who does it
OBJECT_WORDS = frozenset({"of", "for", "to", "on", "against"})


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


@dataclass(frozen=True, slots=True)
class NominalRoles:
    """Positions of the noun's own subject and object, and of the verb that carries it, if any."""

    subject: int | None
    object: int | None
    obliques: tuple[tuple[str, int], ...]
    holder: int | None


def nominal_roles(tree: Tree, position: int) -> NominalRoles:
    """Who does what, from the possessor, the prepositions and the verb that carries the noun."""
    subject = tree.child(position, "poss")
    if subject is None:
        subject = next((child for child in tree.children(position, "compound") if tree[child].pos == "PROPN"), None)
    holder = holder_of(tree, position)
    carried = holder is not None and tree.lemma(holder) in LIGHT_VERBS
    prepositions = tree.children(position, "prep")
    if holder is not None and carried:
        prepositions += [child for child in tree.children(holder, "prep", "dative") if child > position]
        if subject is None and tree.lemma(holder) not in RECEIVING:
            subject = subject_at(tree, holder)
    done_to = None
    obliques = []
    for child in prepositions:
        inner = tree.child(child, "pobj")
        if inner is not None and done_to is None and tree.word(child) in OBJECT_WORDS:
            done_to = inner
        elif inner is not None:
            obliques.append((tree.word(child), inner))
    if done_to is None:
        done_to = object_of_for(tree, position)
    return NominalRoles(subject, done_to, tuple(obliques), holder)


def holder_of(tree: Tree, position: int) -> int | None:
    """The verb that the noun is the object of, directly or behind "for"."""
    holder = tree.heads[position]
    if tree.deps[position] == "pobj":
        holder = tree.heads[holder]
    return holder if holder != position and tree.is_clause(holder) else None


def has_complement(tree: Tree, position: int) -> bool:
    """Something after the noun, or after the support verb that carries it ("put an end to the strike")."""
    if any(child > position for child in tree.children(position, "prep", "acl")):
        return True
    head = tree.heads[position]
    carried = tree.deps[position] == "dobj" and tree.lemma(head) in LIGHT_VERBS
    behind = [child for child in tree.children(head, "prep", "dative") if child > position] if carried else []
    return any(tree.word(child) in OBJECT_WORDS for child in behind) or object_of_for(tree, position) is not None


def object_of_for(tree: Tree, position: int) -> int | None:
    """ "approval for a fund to pay widows": the fund, which the parser makes the subject of paying."""
    for clause in tree.children(position, "advcl", "relcl", "ccomp"):
        if has_mark(tree, clause, "for"):
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
