"""What a sentence has that its rows don't: a thing, a number of something else, a "she" whom nobody names, an end."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.guard_clauses import Told, is_kin
from assistant.language.lexicon.moods import CARRIERS
from assistant.language.lexicon.wordlist import word_set
from assistant.language.types import Token

PEOPLE = word_set("he she they it i we you him her them who")


def added(ours: Told, rows: Sequence[Told]) -> str:
    """Why a sentence says more than its rows. "" when it does not."""
    return _cut_short(ours, rows) or _nobody(ours, rows) or _thing(ours, rows) or _counted(ours, rows)


def _thing(ours: Told, rows: Sequence[Told]) -> str:
    """A thing or a property that no row has; how firmly it is put ("is due to") is compared elsewhere."""
    theirs = [token for told in rows for token in told.tokens]
    for token in ours.tokens:
        if (
            token.pos in {"NOUN", "ADJ"}
            and token.lemma.lower() not in CARRIERS
            and not any(is_kin(token, one) for one in theirs)
        ):
            return f"“{token.text}” is not in its row"
    return ""


def _counted(ours: Told, rows: Sequence[Told]) -> str:
    """A number of other things than the row's: "200 children", of "200 people, most of them children"."""
    theirs = [pair for told in rows for pair in _counts(told)]
    for number, noun in _counts(ours):
        same = [counted for each, counted in theirs if is_kin(number, each)]
        if same and not any(is_kin(noun, counted) for counted in same):
            return f"its row has “{number.text} {same[0].text}”, not “{number.text} {noun.text}”"
    return ""


def _counts(told: Told) -> list[tuple[Token, Token]]:
    """Numbers, each with the noun that it counts."""
    return [
        (tree[p], tree[tree.heads[p]])
        for tree in told.trees
        for p in range(len(tree))
        if tree.deps[p] == "nummod" and tree[p].pos == "NUM" and tree[tree.heads[p]].pos == "NOUN"
    ]


def _cut_short(ours: Told, rows: Sequence[Told]) -> str:
    """ "The mayor opened the hall on.", where the row goes on: "on Saturday"."""
    words = [token for token in ours.tokens if token.pos not in {"PUNCT", "SPACE"}]
    if len(words) < 2 or words[-1].pos not in {"ADP", "ADV", "PART"}:
        return ""
    for tree in (tree for told in rows for tree in told.trees):
        for place in range(1, len(tree)):
            same = [tree.word(place - 1), tree.word(place)] == [token.text.lower() for token in words[-2:]]
            if same and tree.children(place, "pobj", "pcomp"):
                return "it breaks off"
    return ""


def _nobody(ours: Told, rows: Sequence[Told]) -> str:
    """A "she" or "they" at the head of a sentence, which the row says by name: nobody knows who it is."""
    theirs = {token.text.lower() for told in rows for token in told.tokens if token.dep in {"nsubj", "nsubjpass"}}
    for tree in ours.trees:
        for place, token in enumerate(tree.tokens):
            if token.pos in {"NOUN", "PROPN"}:
                break
            who = token.pos == "PRON" and tree.deps[place] in {"nsubj", "nsubjpass"} and tree.word(place) in PEOPLE
            if who and tree.word(place) not in theirs:
                return f"it does not say who “{token.text}” is"
    return ""
