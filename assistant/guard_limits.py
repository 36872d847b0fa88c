"""What a clause of a row is bound to, so that it may not be told without: "if", "until", "or", "allegedly", "most"."""

from __future__ import annotations

import re

from assistant.guard_clauses import CONTENT, Clause, is_kin, top_of, words_of
from assistant.language.lexicon.moods import ADVERBS, NEGATORS
from assistant.language.lexicon.wordlist import word_set
from assistant.language.lexicon.wordnet import supersense
from assistant.language.numbers import FRACTIONS
from assistant.language.tree import Tree
from assistant.language.types import Modality, Token
from assistant.wording.strength import words as scale

DENYING = NEGATORS | word_set("few little seldom rarely nowhere")
# Adjectives that do not say that a thing is one (Partee, "Compositionality and coercion in semantics", 2007: privative
# and plain non-subsective adjectives): an "alleged thief" may be none.
NOT_ALWAYS_ONE = word_set(
    "alleged suspected presumed supposed apparent possible potential probable likely would-be aspiring former ex "
    "past future acting interim outgoing designate fake false forged mock counterfeit proposed planned attempted "
    "so-called purported reported unconfirmed disputed partial conditional provisional preliminary hypothetical "
    "putative"
)
QUANTIFIERS = word_set("some several most many half part few only just almost nearly about both all every each")
DEGREES = word_set("initially formerly previously once falsely wrongly practically virtually half-way conditionally")
LIMITS = word_set("if unless until till provided providing whether when whenever once while before lest")
EXCEPTIONS = word_set("except excluding besides barring without minus but instead save")
CLOSED_IN = word_set("after before until till from since during within under for by between pending through")
ONE_OF_MANY = word_set("the all every each no any these those both")
_SMALL = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)"
_RATIO = re.compile(rf"\b{_SMALL}\s+(?:\w+\s+)?(?:in|out of)\s+(?:every\s+)?{_SMALL}\b|%|\bper\b", re.IGNORECASE)


def unbound(ours: Clause, theirs: Clause, kept: set[int]) -> str:
    """What binds the row's clause and is not in the sentence; ``kept``: the row's words that it has. "" for nothing."""
    return (
        _limit(theirs, kept)
        or _alternative(theirs, kept)
        or _qualified(theirs, kept)
        or _whole_of_part(ours, theirs, kept)
        or _circumstance(theirs, kept)
    )


def _limit(theirs: Clause, kept: set[int]) -> str:
    """A condition or an end that the clause, or what it is the content of, depends on."""
    tree, place = theirs.tree, theirs.place
    past = is_past(theirs)
    while True:
        for child in tree.children(place, "advcl", "prep"):
            words = {tree.word(p) for p in (child, *tree.children(child, "mark", "advmod", "prep"))}
            limiting = words & (EXCEPTIONS | ({"if", "unless", "provided"} if past else LIMITS))
            inside = [p for p in tree.subtree(child) if tree[p].pos in CONTENT]
            if limiting and child != place and not any(p in kept for p in inside) and theirs.place not in inside:
                return f"it leaves out “{tree.text(tree.subtree(child))}”"
        if tree.heads[place] == place or tree.deps[place] not in {"xcomp", "ccomp", "conj"}:
            return ""
        place = tree.heads[place]


def _alternative(theirs: Clause, kept: set[int]) -> str:
    """One of several, of which the row says only that it is one of them."""
    tree = theirs.tree
    own = {*words_of(theirs), theirs.place}
    for place in range(len(tree)):
        if tree.deps[place] != "cc" or tree.word(place) not in {"or", "nor"}:
            continue
        first = tree.heads[place]
        members = [first]
        members += [p for p in range(len(tree)) if tree.deps[p] == "conj" and tree.heads[p] in members]
        if len(members) == 1:  # the parser took the second for one beside the first
            members += [p for p in tree.children(tree.heads[first], tree.deps[first]) if p > place]
        if any(p in own for p in members) and any(p in kept for p in members) and not all(p in kept for p in members):
            return f"it leaves out “{tree[place].text} …”"
    return ""


def _qualified(theirs: Clause, kept: set[int]) -> str:
    """A word told without what takes back from it: "allegedly", "former", "nearly", "most"."""
    tree = theirs.tree
    weakening = ADVERBS.keys() | DENYING | NOT_ALWAYS_ONE | QUANTIFIERS | DEGREES | frozenset(scale("hedges"))
    for place in {*words_of(theirs), theirs.place}:
        if place not in kept:
            continue
        for child in tree.children(place, "advmod", "amod", "det", "predet", "quantmod", "neg", "nmod", "compound"):
            share = tree[place].pos == "NUM" and tree.deps[child] == "quantmod"  # "one in" five
            if child not in kept and (share or {tree.word(child), tree.lemma(child)} & weakening):
                return f"it leaves out “{tree[child].text}”"
    return ""


def _whole_of_part(ours: Clause, theirs: Clause, kept: set[int]) -> str:
    """ "Passengers may board", of "passengers with a visa may board": said of more than the row says it of."""
    tree = theirs.tree
    timeless = not is_past(theirs)
    for head in [p for verb in {top_of(theirs), theirs.place} for p in tree.children(verb, "nsubj", "nsubjpass")]:
        same = [p for p in range(len(ours.tree)) if ours.tree[p].pos == "NOUN" and is_kin(ours.tree[p], tree[head])]
        if head not in kept or not same or not _means_all(ours.tree, same[0], timeless=timeless):
            continue
        for child in tree.children(head, "amod", "prep", "acl", "relcl", "nummod"):
            apart = child > head and any(tree[p].text == "," for p in range(head, child))
            inside = [p for p in tree.subtree(child) if tree[p].pos in CONTENT]
            if inside and not apart and not any(p in kept for p in inside):
                return f"it leaves out “{tree.text(tree.subtree(child))}”"
    return ""


def _means_all(tree: Tree, noun: int, *, timeless: bool) -> bool:
    determiners = {tree.word(p) for p in tree.children(noun, "det", "predet", "poss")}
    plural = tree[noun].tag in {"NNS", "NNPS"}
    if determiners & (ONE_OF_MANY - {"the"}) or (plural and "the" in determiners):
        return True
    return plural and timeless and not tree.children(noun, "nummod")


def _circumstance(theirs: Clause, kept: set[int]) -> str:
    """When it holds: of what is, will or may be, and of a rate, no time may be left out; of what happened it may."""
    tree = theirs.tree
    text = " ".join(tree[p].text for p in words_of(theirs))
    rate = bool(_RATIO.search(text)) or any(tree.word(p) in FRACTIONS for p in words_of(theirs))
    if is_past(theirs) and not rate:
        return ""
    own = set(words_of(theirs)) | set(tree.children(theirs.place)) | set(tree.children(top_of(theirs)))
    for place in sorted(own):
        if tree.deps[place] != "prep" and (tree.deps[place] not in {"npadvmod", "advmod"} or place in kept):
            continue
        inside = [p for p in tree.subtree(place) if tree[p].pos in CONTENT]
        closed = tree.word(place) in CLOSED_IN or any(_is_time(tree[p]) for p in inside) or _opens(tree, place)
        if inside and closed and not any(p in kept for p in inside) and tree.heads[place] in kept | {top_of(theirs)}:
            return f"it leaves out “{tree.text(tree.subtree(place))}”"
    return ""


def _opens(tree: Tree, place: int) -> bool:
    """ "In the film, the mayor dies": what stands before the subject says where all of it holds."""
    return any(place < subject for subject in tree.children(tree.heads[place], "nsubj", "nsubjpass"))


def _is_time(token: Token) -> bool:
    return token.entity in {"DATE", "TIME"} or (token.pos == "NOUN" and supersense(token.lemma.lower()) == "noun.time")


def is_past(clause: Clause) -> bool:
    """Has it happened: told as a fact, in a past tense or as a participle?"""
    tree, place = clause.tree, clause.place
    if clause.modality is not Modality.FACT:
        return False
    auxiliaries = tree.children(place, "aux", "auxpass")
    tags = {tree[p].tag for p in auxiliaries if tree[p].tag in {"VBD", "VBZ", "VBP", "MD"}}
    if tags:
        perfect = any(tree.lemma(p) == "have" for p in auxiliaries)
        return "VBD" in tags or perfect
    return tree[place].tag in {"VBD", "VBN"}
