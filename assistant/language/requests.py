"""Who wants what a clause says: the subject of the request or wish that governs it, however far above."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from assistant.language.clauses import subject_at
from assistant.language.lexicon.verbs import asks_first, is_wish, request_strength
from assistant.language.modality import Mood, mood_of
from assistant.language.phrases import phrase_at
from assistant.language.tree import Tree
from assistant.language.types import Modality, Phrase

FURTHEST = 12  # steps up the tree
OPEN_MOODS = frozenset({Modality.FACT, Modality.CONDITIONAL})


def request_above(tree: Tree, position: int, mood: Mood) -> tuple[Mood, Phrase | None, str]:
    """(mood, requester, request verb) of a clause; (mood, None, "") when nobody asks for it."""
    governor = mood.request
    if governor is None and mood.modality in OPEN_MOODS and not is_description(tree, position):
        governor = governor_above(tree, position)
    if governor is None:
        return mood, None, ""
    subject = asker_of(tree, governor)
    modality = mood.modality if mood.modality is Modality.CONDITIONAL else Modality.WANTED
    requester = phrase_at(tree, subject) if subject is not None else None
    return (
        replace(mood, modality=modality, text=mood.text or tree[governor].text),
        requester,
        tree.lemma(governor),
    )


def asker_of(tree: Tree, governor: int) -> int | None:
    """The subject of the request; of a passive ("were urged to leave") its agent, if named."""
    if tree.children(governor, "auxpass"):
        agent = tree.child(governor, "agent")
        return tree.child(agent, "pobj") if agent is not None else None
    return subject_at(tree, governor)


def is_description(tree: Tree, position: int) -> bool:
    """ "migrants entering the country", "goods seized at the border": what is, whoever asks for what."""
    return tree.deps[position] == "acl" and tree[position].tag in {"VBG", "VBN"}


def governor_above(tree: Tree, position: int) -> int | None:
    """The request verb over a clause inside what is asked for; None where a clause of fact stands between."""
    inner = position
    for up in islice(tree.ancestors(position), FURTHEST):
        if is_fact_between(tree, inner):
            return None
        if tree.is_clause(up):
            found = mood_of(tree, up)
            if found.request is not None:
                return found.request
            if is_description(tree, up) or found.modality not in OPEN_MOODS:
                return None
            inner = up
        elif tree[up].pos in {"NOUN", "PROPN"} or inner == position:
            inner = up if not tree.is_clause(inner) else inner
    return None


def is_fact_between(tree: Tree, position: int) -> bool:
    """A finite relative, adverbial or reported clause states; it is not part of what is asked."""
    dep = tree.deps[position]
    if dep == "relcl":
        return not tree.children(position, "aux")
    if dep in {"advcl", "ccomp"}:
        return bool(tree.children(position, "mark", "nsubj")) and tree[position].tag in {"VBD", "VBZ", "VBP"}
    return False


def asks_for_noun(tree: Tree, holder: int, *, called: bool) -> tuple[Mood, Phrase | None, str]:
    """For a noun of action under the verb ``holder``: "demanded the removal of", "wants help with".

    ``called``: the noun stands under "for", as in "called for an end to".
    """
    mood = mood_of(tree, holder)
    lemma = tree.lemma(holder)
    asks = request_strength(lemma) > 0 and asks_first(lemma)
    if mood.request is None and not asks and not is_wish(lemma) and not (lemma == "call" and called):
        return mood, None, ""
    governor = mood.request if mood.request is not None else holder
    subject = asker_of(tree, governor)
    requester = phrase_at(tree, subject) if subject is not None else None
    return replace(mood, modality=Modality.WANTED, text=tree[governor].text), requester, tree.lemma(governor)
