"""How firmly a clause is put, and whether it is denied, from its auxiliaries and the verbs and adjectives above it.

Closed classes of English grammar: central modals and semi-auxiliaries after Quirk et al., *A Comprehensive Grammar of
the English Language* (1985), §3.39–3.47; negative implicatives after Karttunen, *Implicative verbs* (1971).
Verbs of asking and wishing come from WordNet (``lexicon.verbs``).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language.lexicon.verbs import is_wish, request_strength
from assistant.language.tree import Tree
from assistant.language.types import Modality

MODALS = {
    "will": Modality.FUTURE, "'ll": Modality.FUTURE, "wo": Modality.FUTURE, "shall": Modality.FUTURE,
    "would": Modality.CONDITIONAL, "'d": Modality.CONDITIONAL,
    "may": Modality.POSSIBLE, "might": Modality.POSSIBLE, "could": Modality.POSSIBLE, "can": Modality.POSSIBLE, "ca": Modality.POSSIBLE,
    "must": Modality.OBLIGED, "should": Modality.OBLIGED, "ought": Modality.OBLIGED, "need": Modality.OBLIGED,
}  # fmt: skip
CARRIERS = {
    "expect": Modality.EXPECTED, "anticipate": Modality.EXPECTED, "plan": Modality.EXPECTED, "intend": Modality.EXPECTED,
    "hope": Modality.EXPECTED, "likely": Modality.EXPECTED, "poise": Modality.EXPECTED, "prefer": Modality.EXPECTED,
    "mean": Modality.EXPECTED, "project": Modality.EXPECTED, "forecast": Modality.EXPECTED, "predict": Modality.EXPECTED,
    "set": Modality.FUTURE, "schedule": Modality.FUTURE, "due": Modality.FUTURE, "slate": Modality.FUTURE, "about": Modality.FUTURE, "go": Modality.FUTURE, "bind": Modality.FUTURE, "certain": Modality.FUTURE, "sure": Modality.FUTURE,
    "vow": Modality.FUTURE, "pledge": Modality.FUTURE, "promise": Modality.FUTURE,
    "willing": Modality.WILLING, "ready": Modality.WILLING, "prepared": Modality.WILLING, "prepare": Modality.WILLING, "open": Modality.WILLING, "eager": Modality.WILLING, "offer": Modality.WILLING, "agree": Modality.WILLING,
    "able": Modality.POSSIBLE, "allow": Modality.POSSIBLE, "threaten": Modality.POSSIBLE, "consider": Modality.POSSIBLE,
    "have": Modality.OBLIGED, "need": Modality.OBLIGED, "require": Modality.OBLIGED, "oblige": Modality.OBLIGED, "force": Modality.OBLIGED, "order": Modality.OBLIGED,
    "try": Modality.ATTEMPTED, "attempt": Modality.ATTEMPTED, "seek": Modality.ATTEMPTED, "aim": Modality.ATTEMPTED, "struggle": Modality.ATTEMPTED, "strive": Modality.ATTEMPTED, "effort": Modality.ATTEMPTED, "bid": Modality.ATTEMPTED,
    "allege": Modality.REPORTED, "rumor": Modality.REPORTED, "accuse": Modality.REPORTED, "suspect": Modality.REPORTED, "believe": Modality.REPORTED, "say": Modality.REPORTED, "report": Modality.REPORTED, "think": Modality.REPORTED, "appear": Modality.REPORTED, "seem": Modality.REPORTED,
    "want": Modality.WANTED,
}  # fmt: skip
LIGHT = frozenset(
    ["expect", "likely", "poise", "set", "schedule", "due", "slate", "about", "go", "bind", "certain", "sure", "willing", "ready", "prepared", "prepare", "open", "eager", "able", "have", "need", "suppose", "appear", "seem", "unable", "unwilling", "unlikely", "fail", "allege", "rumor", "believe", "say", "report", "think"]
)  # no frame of their own when they govern an infinitive: "is willing to help" is one frame, help
NEGATIVE = {
    "fail": "",
    "refuse": "",
    "decline": "",
    "avoid": "",
    "neglect": "",
    "unable": "",
    "unwilling": "",
    "unlikely": "",
    "reluctant": "",
    "cease": "",
    "forget": "",
}
ADVERBS = {
    "reportedly": Modality.REPORTED, "allegedly": Modality.REPORTED, "apparently": Modality.REPORTED, "supposedly": Modality.REPORTED, "purportedly": Modality.REPORTED,
    "likely": Modality.EXPECTED, "probably": Modality.EXPECTED, "possibly": Modality.POSSIBLE, "perhaps": Modality.POSSIBLE, "maybe": Modality.POSSIBLE, "potentially": Modality.POSSIBLE,
}  # fmt: skip
NEGATORS = frozenset(["not", "n't", "never", "neither", "nor", "no", "without", "hardly", "barely", "scarcely", "nobody", "nothing", "none"])


@dataclass(frozen=True, slots=True)
class Mood:
    """Modality and polarity of one clause, with the words that carry them and where a request comes from."""

    modality: Modality = Modality.FACT
    text: str = ""
    negated: bool = False
    negation_text: str = ""
    request: int | None = None  # position of the governing request or wish verb
    weight: int = 0


def mood_of(tree: Tree, position: int) -> Mood:
    """The mood of the clause at ``position``: its own auxiliaries, then what governs it."""
    modality, words = own_modality(tree, position)
    negated, negation = own_negation(tree, position)
    governor = governor_of(tree, position)
    request = None
    if governor is not None:
        lemma = tree.lemma(governor)
        asked = request_strength(lemma) > 0 or is_wish(lemma) or is_called_for(tree, governor, position)
        carried = Modality.WANTED if asked and is_content(tree, governor, position) else CARRIERS.get(lemma)
        reported = carried is Modality.REPORTED and not is_passive_or_raising(tree, governor)
        if carried is Modality.WANTED:
            modality, words, request = carried, carrier_text(tree, governor, position), governor
        elif carried and not reported and is_infinitive_of(tree, position) and modality is Modality.FACT:
            upper, upper_words = own_modality(tree, governor)
            modality, words = carried, carrier_text(tree, governor, position)
            if upper in {Modality.CONDITIONAL, Modality.POSSIBLE, Modality.FUTURE} and carried is Modality.OBLIGED:
                words = words or upper_words
        if lemma in NEGATIVE and tree.deps[position] == "xcomp":
            negated, negation = not negated, carrier_text(tree, governor, position)
        elif tree.deps[position] == "xcomp" and lemma in LIGHT | {"try", "want", "plan", "hope"}:
            above, above_text = own_negation(tree, governor)
            if above:
                negated, negation = not negated, above_text
    if modality is Modality.FACT and is_conditional(tree, position):
        modality, words = Modality.CONDITIONAL, "if"
    return Mood(modality, words, negated, negation, request)


def own_modality(tree: Tree, position: int) -> tuple[Modality, str]:
    for child in tree.children(position, "aux"):
        found = MODALS.get(tree.word(child))
        if found:
            return found, tree[child].text
    for child in tree.children(position, "advmod"):
        if tree.word(child) in ADVERBS:
            return ADVERBS[tree.word(child)], tree[child].text
    if tree.deps[position] == "conj":
        head = tree.heads[position]
        shared = not tree.children(position, "nsubj", "nsubjpass", "aux") and tree[head].tag == tree[position].tag
        if shared and head != position:
            return own_modality(tree, head)
    if tree.deps[position] == "xcomp" and tree.lemma(tree.heads[position]) == "be":
        return Modality.FUTURE, "is to"
    return Modality.FACT, ""


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
    if tree.deps[position] == "pcomp" and tree.word(head) in {"without", "against", "from"}:
        if tree.word(head) == "from" and tree.lemma(tree.heads[head]) not in {
            "prevent",
            "stop",
            "bar",
            "ban",
            "block",
            "keep",
            "prohibit",
            "refrain",
            "deter",
        }:
            return False, ""
        return True, tree[head].text
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
    """Is the clause what is asked for, not the asker's aim or circumstance?"""
    first = position
    while tree.deps[first] == "conj" and not tree.children(first, "nsubj"):
        first = tree.heads[first]
    dep = tree.deps[first]
    if dep in {"xcomp", "ccomp"}:
        return (
            tree[first].tag in {"VB", "VBG"}
            or is_wish(tree.lemma(governor))
            or has_mark(tree, first, "that")
            or bool(tree.children(first, "aux"))
        )
    if dep == "advcl":
        return has_mark(tree, first, "for") or (tree[first].tag == "VB" and bool(tree.children(governor, "dobj")))
    return dep == "acl" and False


def is_called_for(tree: Tree, governor: int, position: int) -> bool:
    """ "called for X to do": call is a request only with for and on."""
    if tree.lemma(governor) != "call":
        return False
    words = {tree.word(child) for child in tree.children(governor, "prep", "prt")} | {
        tree.word(child) for child in tree.children(position, "mark")
    }
    return bool(words & {"for", "on", "upon"})


def is_infinitive_of(tree: Tree, position: int) -> bool:
    """ "needs to act", "needs Congress to act"."""
    if tree.deps[position] == "xcomp":
        return True
    return tree.deps[position] == "ccomp" and any(tree.word(child) == "to" for child in tree.children(position, "aux"))


def has_mark(tree: Tree, position: int, word: str) -> bool:
    return any(tree.word(child) == word for child in tree.children(position, "mark"))


def is_passive_or_raising(tree: Tree, position: int) -> bool:
    return bool(tree.children(position, "auxpass", "nsubjpass")) or tree.lemma(position) in {"appear", "seem"}


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


def is_conditional(tree: Tree, position: int) -> bool:
    return any(tree.word(child) in {"if", "unless"} for child in tree.children(position, "mark", "advmod"))
