"""How firmly a clause is put, and whether it is denied, from its auxiliaries and the verbs and adjectives above it.

The words stand in ``lexicon.moods``; verbs of asking and wishing come from WordNet (``lexicon.verbs``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.language.forms import (
    has_mark,
    has_to,
    is_bare_passive,
    is_conditional,
    is_infinitive_of,
    is_passive_or_raising,
)
from assistant.language.lexicon.moods import (
    ADVERBS,
    CARRIERS,
    HEARSAY,
    HINDERING,
    IMPROBABLE,
    MODALS,
    NEGATIVE,
    NEGATORS,
    REFUSALS,
    SHELLS,
)
from assistant.language.lexicon.verbs import (
    asks_first,
    is_denial,
    is_reporting_verb,
    is_wish,
    only_requests,
    request_strength,
)
from assistant.language.phrases import is_person
from assistant.language.tree import Tree
from assistant.language.types import Modality

DISMISSALS = frozenset({"doubt", "reject", "dismiss", "disavow"})  # not under WordNet's "deny", and yet say "not so"


@dataclass(frozen=True, slots=True)
class Mood:
    """Modality and polarity of one clause, with the words that carry them and where a request comes from."""

    modality: Modality = Modality.FACT
    text: str = ""
    negated: bool = False
    negation_text: str = ""
    request: int | None = None  # position of the governing request or wish verb


def mood_of(tree: Tree, position: int) -> Mood:
    """The mood of the clause at ``position``: its own auxiliaries, then what governs it."""
    modality, text = own_modality(tree, position)
    negated, negation = own_negation(tree, position)
    mood = Mood(modality, text, negated, negation)
    governor = governor_of(tree, position)
    if governor is not None:
        mood = denied(tree, governor, position, carried(tree, governor, position, mood))
    elif (denying := denying_verb(tree, position)) is not None:
        mood = disowned(tree, denying, mood)
    if is_conditional(tree, position):
        asked = tree.deps[position] == "ccomp"  # "asked whether"
        if asked or mood.modality is Modality.FACT:
            return replace(mood, modality=Modality.QUESTIONED if asked else Modality.CONDITIONAL, text="if")
    return mood


def carried(tree: Tree, governor: int, position: int, mood: Mood) -> Mood:
    """What a verb or adjective above makes of the clause: wanted, expected, attempted …"""
    if is_asked(tree, governor, position):
        above = mood_of(tree, governor)
        if above.modality is Modality.REPORTED:
            return replace(
                mood, modality=above.modality, text=above.text
            )  # "appeared to call for": perhaps nobody asked
        text = carrier_text(tree, governor, position)
        return replace(mood, modality=Modality.WANTED, text=text, request=governor)
    if tree.deps[position] == "acl" and has_to(tree, position) and mood.modality is Modality.FACT:
        shell = SHELLS.get(tree.lemma(governor))
        return replace(mood, modality=shell, text=carrier_text(tree, governor, position)) if shell else mood
    hearsay = tree.lemma(governor) in HEARSAY and has_mark(tree, position, "that")
    if hearsay and tree.deps[position] in {"acl", "relcl", "ccomp"} and mood.modality is Modality.FACT:
        return replace(mood, modality=Modality.REPORTED, text=tree[governor].text)
    carrier = CARRIERS.get(tree.lemma(governor))
    if carrier is None and tree.children(governor, "auxpass") and is_reporting_verb(tree.lemma(governor)):
        carrier = Modality.REPORTED  # "is conjectured to be"
    if carrier is Modality.REPORTED and tree.deps[position] == "pcomp" and mood.modality is Modality.FACT:
        return replace(mood, modality=carrier, text=tree[governor].text)  # "accused of lying"
    if carrier is None or mood.modality is not Modality.FACT or not is_infinitive_of(tree, position):
        return mood
    if carrier is Modality.REPORTED and not is_passive_or_raising(tree, governor):
        return mood
    return replace(mood, modality=carrier, text=carrier_text(tree, governor, position))


def denied(tree: Tree, governor: int, position: int, mood: Mood) -> Mood:
    """Negation from above: "failed to", "is not expected to", "denied that"."""
    lemma = tree.lemma(governor)
    refused = lemma in REFUSALS and tree.deps[position] == "acl" and has_to(tree, position)
    if refused or (lemma in NEGATIVE and tree.deps[position] == "xcomp"):
        return replace(mood, negated=not mood.negated, negation_text=carrier_text(tree, governor, position))
    judged = {lemma, *(tree.lemma(child) for child in tree.children(governor, "acomp", "attr"))}
    if judged & IMPROBABLE and tree.deps[position] in {"ccomp", "csubj"}:
        return replace(mood, negated=not mood.negated, negation_text=tree[governor].text)
    denying = denying_verb(tree, position)
    if denying is not None:
        return disowned(tree, denying, mood)
    if tree.deps[position] == "xcomp" and (lemma in CARRIERS or is_wish(lemma)):
        above, text = own_negation(tree, top_verb(tree, governor))
        if above:
            return replace(mood, negated=not mood.negated, negation_text=text)
    return mood


def denies(lemma: str) -> bool:
    """Does the verb say of its content that it is not so?"""
    return is_denial(lemma) or lemma in DISMISSALS


def denying_verb(tree: Tree, position: int) -> int | None:
    """The verb that says the clause is not so: "denied that …", "denied doing", "dismissed claims that …"."""
    while tree.deps[position] == "conj" and tree[tree.heads[position]].pos in {"VERB", "AUX"}:
        if tree.children(position, "nsubj", "nsubjpass") and not has_mark(tree, position, "that"):
            return None
        position = tree.heads[position]
    dep, verb = tree.deps[position], tree.heads[position]
    if dep == "pcomp" and tree.word(verb) == "of":
        noun = tree.heads[verb]
        told = tree.lemma(noun) in HEARSAY
    else:
        noun, told = verb, dep == "acl" and has_mark(tree, position, "that")
    if told and tree.deps[noun] in {"dobj", "nsubjpass"}:
        verb = tree.heads[noun]
    elif dep not in {"ccomp", "xcomp"}:
        return None
    return verb if denies(tree.lemma(verb)) else None


def disowned(tree: Tree, verb: int, mood: Mood) -> Mood:
    """What is denied is not so; what is not denied ("neither confirmed nor denied") is open."""
    alternative = tree.deps[verb] == "conj" and any(
        tree.word(c) == "nor" for c in tree.children(tree.heads[verb], "cc")
    )
    if not alternative and not mood_of(tree, verb).negated:
        return replace(mood, negated=not mood.negated, negation_text=tree[verb].text)
    return replace(mood, modality=Modality.REPORTED, text=tree[verb].text) if mood.modality is Modality.FACT else mood


def top_verb(tree: Tree, governor: int) -> int:
    """ "is not willing to": the negation stands at the copula."""
    head = tree.heads[governor]
    return head if tree.deps[governor] in {"acomp", "attr"} else governor


def is_asked(tree: Tree, governor: int, position: int) -> bool:
    """Is the clause what a request or wish above it is for?"""
    lemma = tree.lemma(governor)
    if is_conditional(tree, position):
        return False  # "asked if": a question, not a request
    has_object = bool(tree.children(governor, "dobj", "nsubjpass"))
    asking = request_strength(lemma) > 0 and (has_object or asks_first(lemma))
    if not (asking or is_wish(lemma) or is_called_for(tree, governor, position)):
        return False
    own_aim = tree.deps[position] == "xcomp" and not has_object
    if own_aim and CARRIERS.get(lemma, Modality.WANTED) is not Modality.WANTED:
        return False  # "seeks to", "hopes to": the subject's own doing
    if is_wish(lemma) and tree[position].tag == "VBG":
        return False  # "likes swimming"
    return is_content(tree, governor, position)


def own_modality(tree: Tree, position: int) -> tuple[Modality, str]:
    """An adverb says more than the auxiliary beside it: "will probably", "will meet, perhaps in June"."""
    around = [position, *tree.children(position, "prep")]
    for child in (child for place in around for child in tree.children(place, "advmod")):
        if tree.word(child) in ADVERBS:
            return ADVERBS[tree.word(child)], tree[child].text
    for child in tree.children(position, "aux"):
        found = MODALS.get(tree.word(child))
        if found:
            return found, tree[child].text
    if tree.deps[position] == "conj":
        head = tree.heads[position]
        shared = not tree.children(position, "nsubj", "nsubjpass", "aux") and tree[head].tag == tree[position].tag
        if shared and head != position:
            return own_modality(tree, head)
    if is_to_be(tree, position):
        return Modality.FUTURE, "is to"
    return Modality.FACT, ""


def is_to_be(tree: Tree, position: int) -> bool:
    """ "The minister is to resign"; not "the goal is to win" nor "it is hard to say"."""
    head = tree.heads[position]
    to = any(tree.word(child) == "to" for child in tree.children(position, "aux"))
    if tree.deps[position] != "xcomp" or tree.lemma(head) != "be" or not to or tree.children(head, "acomp", "attr"):
        return False
    subject = tree.child(head, "nsubj")
    return subject is not None and (is_person(tree, subject) or tree[subject].pos in {"PROPN", "PRON"})


def own_negation(tree: Tree, position: int) -> tuple[bool, str]:
    for child in tree.children(position):
        word = tree.word(child)
        if tree.deps[child] == "neg" or (word in NEGATORS and tree.deps[child] in {"advmod", "preconj", "cc"}):
            return True, tree[child].text
        if tree.deps[child] in {"nsubj", "nsubjpass", "dobj", "attr"}:
            for inner in (child, *tree.children(child, "det", "neg")):
                if tree.word(inner) in {"no", "nobody", "nothing", "none", "neither"}:
                    return True, tree[inner].text
    head = tree.heads[position]
    if tree.deps[position] == "pcomp" and tree.word(head) in {"without", "against"}:
        return True, tree[head].text
    if tree.deps[position] == "pcomp" and tree.word(head) == "from" and tree.lemma(tree.heads[head]) in HINDERING:
        return True, tree[tree.heads[head]].text
    return False, ""


def governor_of(tree: Tree, position: int) -> int | None:
    """The verb, adjective or noun whose content this clause is; through coordination."""
    for _ in range(6):
        dep, head = tree.deps[position], tree.heads[position]
        if head == position:
            return None
        if dep == "conj" and not tree.children(position, "nsubj", "nsubjpass"):
            position = head
            continue
        if dep in {"xcomp", "ccomp", "advcl", "acl", "oprd", "pcomp"}:
            return head if dep != "pcomp" else tree.heads[head]
        return None
    return None


def is_content(tree: Tree, governor: int, position: int) -> bool:
    """Is the clause what is asked for, not the asker's aim, circumstance or account of what was?"""
    first = position
    while tree.deps[first] == "conj" and not tree.children(first, "nsubj"):
        first = tree.heads[first]
    dep = tree.deps[first]
    auxiliaries = {tree.word(child) for child in tree.children(first, "aux") if tree[child].tag == "MD"}
    modal = bool(auxiliaries if is_wish(tree.lemma(governor)) else auxiliaries & {"should", "must", "shall"})
    if dep in {"xcomp", "ccomp"}:
        return (
            tree[first].tag in {"VB", "VBG"}
            or modal
            or is_subjunctive(tree, governor, first)
            or (is_wish(tree.lemma(governor)) and dep == "ccomp")
        )
    if dep == "advcl":
        return has_mark(tree, first, "for") or (tree[first].tag == "VB" and bool(tree.children(governor, "dobj")))
    return dep == "pcomp" and tree.lemma(governor) == "call"


def is_subjunctive(tree: Tree, governor: int, position: int) -> bool:
    """ "that the company raise": a bare form after a singular; after plurals the verb decides."""
    if is_bare_passive(tree, position) and not tree.children(position, "aux"):
        return True
    if tree[position].tag != "VBP" or tree.lemma(position) == "be":
        return False
    subject = tree.child(position, "nsubj")
    singular = subject is not None and (tree[subject].tag in {"NN", "NNP"} or tree.word(subject) in {"he", "she", "it"})
    joined = subject is not None and bool(tree.children(subject, "conj"))
    return (singular and not joined) or only_requests(tree.lemma(governor))


def is_called_for(tree: Tree, governor: int, position: int) -> bool:
    """ "called for X to do": call is a request only with for and on."""
    if tree.lemma(governor) != "call":
        return False
    words = {tree.word(child) for child in tree.children(governor, "prep", "prt")} | {
        tree.word(child) for child in tree.children(position, "mark")
    }
    return bool(words & {"for", "on", "upon"})


def carrier_text(tree: Tree, governor: int, position: int) -> str:
    """The words from the carrier's auxiliary up to its "to": "is willing to"."""
    first = governor
    head = tree.heads[governor]
    if tree.deps[governor] in {"acomp", "attr"} and tree.lemma(head) == "be":
        first = head
    auxiliaries = [child for child in tree.children(first, "aux", "auxpass", "neg") if child < first]
    first = min([first, *auxiliaries])
    to = [child for child in tree.children(position, "aux") if tree.word(child) == "to" and child > governor]
    last = to[0] if to and to[0] - governor <= 2 else governor
    return tree.text([first, last])
