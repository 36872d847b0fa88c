"""One clause of a tree: its extent, subject, object, recipient, obliques and complement."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language.lexicon.moods import HINDERING, LIGHT
from assistant.language.lexicon.verbs import is_speech_verb
from assistant.language.lexicon.wordlist import word_set
from assistant.language.lexicon.wordnet import supersenses
from assistant.language.phrases import content_head, is_person, phrase_at
from assistant.language.tree import Tree
from assistant.language.types import Phrase

NESTED = word_set("conj pcomp ccomp parataxis csubjpass advcl csubj relcl")
RELATIVE = frozenset({"who", "which", "that", "whom"})
OBJECT_CONTROL = word_set("verb.social verb.emotion verb.change verb.possession verb.communication verb.cognition")


@dataclass(frozen=True, slots=True)
class Roles:
    """Phrases of one clause; a passive's subject stands as object, its agent as subject."""

    subject: Phrase | None
    object: Phrase | None
    recipient: Phrase | None
    obliques: tuple[tuple[str, Phrase], ...]
    complement: str
    words: tuple[int, ...]  # the clause's own tokens, nested clauses left out


def clause_words(tree: Tree, position: int) -> list[int]:
    """The clause's tokens: subtree of its top without clauses that have frames of their own."""
    top = top_of(tree, position)
    above = {top, position}
    for up in tree.ancestors(position):
        above.add(up)
        if up == top:
            break
    words: list[int] = []
    stack = [top]
    while stack:
        here = stack.pop()
        words.append(here)
        stack.extend(child for child in tree.children_of[here] if child in above or not stands_apart(tree, child))
    words.sort()
    while len(words) > 1 and tree[words[-1]].pos in {"PUNCT", "CCONJ"} and tree[words[-1]].text not in {"%", ")"}:
        words.pop()
    while len(words) > 1 and tree[words[0]].pos in {"PUNCT", "CCONJ"}:
        words.pop(0)
    return words


def stands_apart(tree: Tree, position: int) -> bool:
    """A nested clause with a frame of its own, or an attribution."""
    if tree.deps[position] == "prep":
        return tree.word(position) in {"according", "per"}
    return tree.deps[position] in NESTED and tree.is_clause(position)


def top_of(tree: Tree, position: int) -> int:
    """Where the clause's words begin in the tree: the carrier in "is willing to help", else the predicate.

    "3,000 homes destroyed in the flood", without an auxiliary, is one clause with its noun.
    """
    head = tree.heads[position]
    if tree.deps[position] == "acl" and tree.deps[head] == "ROOT" and tree[position].tag == "VBN":
        return head
    for _ in range(4):
        head = tree.heads[position]
        if tree.deps[position] != "xcomp" or head == position or tree.lemma(head) not in LIGHT:
            return position
        position = head
        if tree.deps[position] in {"acomp", "attr"} and tree.lemma(tree.heads[position]) in {
            "be",
            "become",
            "remain",
            "seem",
        }:
            position = tree.heads[position]
    return position


def roles_of(tree: Tree, position: int) -> Roles:
    """Who does what to whom in the clause at ``position``."""
    words = clause_words(tree, position)
    passive = bool(tree.children(position, "auxpass", "nsubjpass"))
    agent = tree.child(position, "agent")
    agent_noun = tree.child(agent, "pobj") if agent is not None else None
    subject = subject_at(tree, position)
    done_to = object_at(tree, position)
    if done_to is None and tree.lemma(position) == "be":
        done_to = next((p for p in tree.children(position, "attr") if tree[p].pos in {"NOUN", "PROPN"}), None)
    if passive:
        done_to, subject = (subject if done_to is None else done_to), agent_noun
    elif tree.deps[position] == "acl" and tree[position].tag == "VBN":
        done_to, subject = tree.heads[position], agent_noun
    recipient, obliques = obliques_of(tree, position, done_to)
    return Roles(
        phrase_at(tree, subject) if subject is not None else None,
        phrase_at(tree, done_to) if done_to is not None else None,
        phrase_at(tree, recipient) if recipient is not None else None,
        tuple((preposition, phrase_at(tree, noun)) for preposition, noun in obliques),
        complement_of(tree, position),
        tuple(words),
    )


def subject_at(tree: Tree, position: int) -> int | None:
    """The position of the subject's head, through relative clauses, coordination and control."""
    for _ in range(8):
        own = tree.child(position, "nsubj", "nsubjpass", "expl")
        head, dep = tree.heads[position], tree.deps[position]
        if own is not None:
            if tree.word(own) in RELATIVE and dep == "relcl":
                return head
            return own
        if head == position:
            return None
        if dep == "relcl":
            gap = tree.child(position, "dobj", "pobj")
            return head if gap is None else None
        if dep == "acl":
            return head if tree[position].tag in {"VBG", "VBN"} else None
        if dep == "xcomp":
            controller = object_at(tree, head)
            if controller is not None and controller != position and is_object_control(tree, head):
                return controller
            if tree.deps[head] in {"acomp", "attr"}:
                head = tree.heads[head]
            position = head
            continue
        if dep in {"conj", "advcl"}:
            position = head
            continue
        if dep == "pcomp":
            blamed = blamed_at(tree, head)
            if blamed is not None:
                return blamed
            position = next((up for up in tree.ancestors(position) if tree.is_clause(up)), head)
            continue
        return None
    return None


def blamed_at(tree: Tree, preposition: int) -> int | None:
    """ "accused the firm of hiding losses", "barred them from voting": the object does what the preposition says."""
    verb = tree.heads[preposition]
    if tree.word(preposition) == "from" and tree.lemma(verb) in HINDERING:
        return tree.child(verb, "dobj", "nsubjpass")
    if tree.word(preposition) == "of" and tree.deps[verb] in {"dobj", "nsubjpass"}:
        return verb  # the parser hung "of killing" on the object itself
    if tree.word(preposition) not in {"of", "for"} or "verb.communication" not in supersenses(tree.lemma(verb), "v"):
        return None
    return tree.child(verb, "dobj", "nsubjpass")


def is_object_control(tree: Tree, position: int) -> bool:
    """ "asked Congress to act": Congress acts; but "promised Congress to act" is rare enough to be left out."""
    return tree.lemma(position) != "promise" and bool(set(supersenses(tree.lemma(position), "v")) & OBJECT_CONTROL)


def object_at(tree: Tree, position: int) -> int | None:
    own = tree.child(position, "dobj")
    if own is not None:
        if tree.word(own) in RELATIVE and tree.deps[position] == "relcl":
            return tree.heads[position]
        return own
    if tree.deps[position] == "relcl" and tree.child(position, "nsubj") is not None:
        subject = tree.child(position, "nsubj")
        gap = subject is not None and tree.word(subject) not in RELATIVE
        if gap and not tree.children(position, "ccomp", "xcomp", "acomp", "attr"):
            return tree.heads[position]
    return None


def obliques_of(tree: Tree, position: int, done_to: int | None) -> tuple[int | None, list[tuple[str, int]]]:
    """(recipient, [(preposition, noun)]): a recipient behind "to" stands in both."""
    recipient: int | None = None
    obliques: list[tuple[str, int]] = []
    for child in tree.children(position, "dative", "iobj"):
        inner = tree.child(child, "pobj") if tree[child].pos == "ADP" else child
        if inner is not None:
            recipient = inner
    for child in tree.children(position, "prep"):
        inner = tree.child(child, "pobj")
        nested = tree.child(child, "prep")
        name = tree.word(child)
        if inner is None and nested is not None:
            inner, name = tree.child(nested, "pobj"), f"{name} {tree.word(nested)}"
        if inner is None or name in {"according", "according to", "per"}:
            continue
        if name == "to" and done_to is not None and recipient is None and can_receive(tree, position, inner):
            recipient = inner
        obliques.append((name, inner))
    return recipient, obliques


def can_receive(tree: Tree, verb: int, noun: int) -> bool:
    """Somebody, a body or a place; or anything at all under a verb of giving."""
    head = content_head(tree, noun)
    receiver = supersenses(tree.lemma(head), "n")[:1] in {("noun.group",), ("noun.location",)}
    somebody = is_person(tree, head) or tree[head].entity in {"GPE", "ORG", "PERSON", "NORP"}
    return somebody or receiver or "verb.possession" in supersenses(tree.lemma(verb), "v")


def complement_of(tree: Tree, position: int) -> str:
    for child in tree.children(position, "acomp", "attr", "oprd"):
        return tree.lemma(child)
    for child in tree.children(position, "prep"):
        noun = tree.child(child, "pobj", "amod")
        if noun is not None and tree.word(child) == "as" and is_speech_verb(tree.lemma(position)):
            return tree.lemma(noun)  # "described the deal as a betrayal"
    return ""
