"""Offices and their holders in one article: once President Ana Ruiz was named, "the president" may be Ana Ruiz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.language.lexicon.people import is_person_noun
from assistant.language.names import Aliases, entity_names
from assistant.language.phrases import modifier_form, name_of, phrase_at
from assistant.language.tree import Tree
from assistant.language.types import Frame, Phrase, Speaker, SpeakerKind

OPEN = frozenset({"", "a", "an", "another", "no", "some", "any", "one", "every", "each"})
PLAIN = frozenset({"former", "late", "new", "then", "current", "senior", "longtime", "incoming", "outgoing"})


@dataclass(frozen=True, slots=True)
class Titles:
    """Office noun → {holder's name: the words before the noun}; ``central``: who is named most often."""

    holders: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    central: str = ""

    def holder(self, phrase: Phrase) -> str:
        """The one person who can be meant by "the mayor", "the Lima mayor"; "" when nobody or several can.

        "The French president" must have been called French before; a bare "the president" must be the person whom
        the text is about.
        """
        if phrase.name or phrase.plural or phrase.determiner in OPEN or PLAIN & phrase.modifiers:
            return ""
        known = self.holders.get(phrase.head, {})
        if len(known) != 1:
            return ""
        name, around = next(iter(known.items()))
        meant = bool(phrase.modifiers & around) if phrase.modifiers else name == self.central
        return name if meant else ""


def titles_of(trees: Sequence[Tree], aliases: Aliases) -> Titles:
    """Titles before names, and offices set beside names by commas."""
    holders: dict[str, dict[str, frozenset[str]]] = {}
    mentions: Counter[str] = Counter()
    for tree in trees:
        for label, name in entity_names(tree.sentence):
            if label == "PERSON" or aliases.is_person(name):
                mentions[aliases.name(name)] += 1
        for position, token in enumerate(tree.tokens):
            if token.pos != "PROPN" or tree.deps[position] in {"compound", "flat"}:
                continue
            name = aliases.name(name_of(tree, position))
            for office, words in offices(tree, position):
                known = holders.setdefault(office, {})
                known[name] = known.get(name, frozenset()) | words
    return Titles(holders, most_mentioned(mentions))


def most_mentioned(mentions: Counter[str]) -> str:
    """The name with the most mentions, "" when two have as many."""
    first = mentions.most_common(2)
    return "" if not first or (len(first) == 2 and first[0][1] == first[1][1]) else first[0][0]


def offices(tree: Tree, position: int) -> list[tuple[str, frozenset[str]]]:
    """(office noun, words around it) that the sentence gives to the person at ``position``."""
    found = []
    before = [p for p in tree.subtree(position) if p < position and tree[p].entity != "PERSON"]
    words = frozenset(tree.word(child) for child in before)
    for child in before:
        titled = tree.heads[child] == position and tree.deps[child] in {"compound", "nmod", "amod"}
        if titled and is_person_noun(tree.word(child)):
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
