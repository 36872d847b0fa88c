"""Offices and their holders within one article: "Norland's president", once President Ana Ruiz was named, is Ana Ruiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.language.lexicon.people import is_person_noun
from assistant.language.names import Aliases
from assistant.language.phrases import modifier_form, name_of, phrase_at
from assistant.language.tree import Tree
from assistant.language.types import Frame, Phrase, Speaker, SpeakerKind

PLAIN = frozenset({"former", "late", "new", "then", "current", "senior", "longtime", "incoming", "outgoing"})


@dataclass(frozen=True, slots=True)
class Titles:
    """Office noun → (holder's name, the words before the noun)."""

    holders: dict[str, set[tuple[str, frozenset[str]]]] = field(default_factory=dict)

    def holder(self, phrase: Phrase) -> str:
        """The one person who can be meant by "the mayor", "the Lima mayor"; "" when nobody or several can."""
        if phrase.name or phrase.plural or phrase.determiner in {"a", "an", "another", "no", "some", "any", "one"}:
            return ""
        if not phrase.determiner or PLAIN & phrase.modifiers:
            return ""
        known = self.holders.get(phrase.head, set())
        names = {name for name, _ in known}
        around = frozenset(word for _, words in known for word in words)
        if len(names) != 1 or (phrase.modifiers and not phrase.modifiers & around):
            return ""  # "the French president" is not the one named before, as far as the words tell
        return names.pop()


def titles_of(trees: Sequence[Tree], aliases: Aliases) -> Titles:
    """Titles before names and offices set beside them by commas."""
    holders: dict[str, set[tuple[str, frozenset[str]]]] = {}
    for tree in trees:
        for position, token in enumerate(tree.tokens):
            if token.entity != "PERSON" or token.pos != "PROPN":
                continue
            if tree.heads[position] != position and tree.deps[position] in {"compound", "flat"}:
                continue
            name = aliases.name(name_of(tree, position))
            for office, words in offices(tree, position):
                holders.setdefault(office, set()).add((name, words))
    return Titles(holders)


def offices(tree: Tree, position: int) -> list[tuple[str, frozenset[str]]]:
    """(office noun, words around it) that the sentence gives to the person at ``position``."""
    found = []
    before = [child for child in tree.children(position) if child < position and tree[child].entity != "PERSON"]
    words = frozenset(tree.word(child) for child in before)
    for child in before:
        if tree.deps[child] in {"compound", "nmod", "amod"} and is_person_noun(tree.word(child)):
            found.append((tree.word(child), words - {tree.word(child)}))
    for child in tree.children(position, "appos"):
        if tree[child].pos == "NOUN" and is_person_noun(tree.lemma(child)) and tree[child].tag == "NN":
            found.append(
                (tree.lemma(child), frozenset(modifier_form(tree, p) for p in tree.children(child, "amod", "compound")))
            )
    if tree.deps[position] == "appos" and tree[tree.heads[position]].tag == "NN":
        head = tree.heads[position]
        if is_person_noun(tree.lemma(head)):
            found.append(
                (tree.lemma(head), frozenset(modifier_form(tree, p) for p in tree.children(head, "amod", "compound")))
            )
    return found


def with_holders(frame: Frame, titles: Titles) -> Frame:
    """The frame with offices led back to their holders; the words stay what they are."""
    return replace(
        frame,
        subject=held(frame.subject, titles),
        object=held(frame.object, titles),
        recipient=held(frame.recipient, titles),
        requester=held(frame.requester, titles),
    )


def held(phrase: Phrase | None, titles: Titles) -> Phrase | None:
    name = titles.holder(phrase) if phrase is not None else ""
    if phrase is None or not name:
        return phrase
    return replace(phrase, head=name, name=True, entity="PERSON", person=True)


def held_speaker(tree: Tree, speaker: Speaker, titles: Titles) -> Speaker:
    """The holder of an office as speaker: "the mayor said" is what the mayor named elsewhere said."""
    if speaker.kind is not SpeakerKind.UNNAMED or not titles.holders:
        return speaker
    for position, token in enumerate(tree.tokens):
        if token.pos == "NOUN" and speaker.start <= token.start and token.end <= speaker.end:
            phrase = phrase_at(tree, position)
            name = titles.holder(phrase) if (phrase.start, phrase.end) == (speaker.start, speaker.end) else ""
            if name:
                return replace(speaker, kind=SpeakerKind.NAMED, name=name)
    return speaker
