"""He and she → the one person they can mean. Where two people are in play nothing is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.language.names import Aliases, entity_names
from assistant.language.tree import Tree
from assistant.language.types import Frame, ParsedSentence, Phrase, Speaker, SpeakerKind

SINGULAR = frozenset({"he", "she"})
REACH = 2  # sentences back, in the same or the last paragraph


def person_before(trees: Sequence[Tree], number: int, aliases: Aliases) -> str:
    """The name, lower case, that "he" or "she" means in sentence ``number``: "" unless exactly one is possible.

    The nearest earlier sentence that names a person decides; names in the sentence itself stand against it.
    """
    here = trees[number].sentence
    for back in range(number - 1, max(-1, number - 1 - REACH), -1):
        there = trees[back].sentence
        if here.paragraph - there.paragraph > 1:
            return ""
        people = people_of(there, aliases)
        if people:
            return people.pop() if len(people) == 1 else subject_person(trees[back], people, aliases)
    return ""


def people_of(sentence: ParsedSentence, aliases: Aliases) -> set[str]:
    return {aliases.name(name) for label, name in entity_names(sentence) if label == "PERSON"} | {
        aliases.name(name) for label, name in entity_names(sentence) if aliases.is_person(name) and label != "PERSON"
    }


def subject_person(tree: Tree, people: set[str], aliases: Aliases) -> str:
    """The one person among several who is the subject of the sentence's main verb."""
    found = set()
    for position in range(len(tree)):
        if tree.deps[position] in {"nsubj", "nsubjpass"} and tree.deps[tree.heads[position]] == "ROOT":
            inside = {tree.word(p) for p in tree.subtree(position)}
            found |= {name for name in people if inside & aliases.parts(name)}
    return found.pop() if len(found) == 1 else ""


def with_person(frame: Frame, person: str) -> Frame:
    """The frame with ``person`` behind each he and she; the words stay what they are."""
    if not person:
        return frame
    return replace(
        frame,
        subject=named(frame.subject, person),
        object=named(frame.object, person),
        requester=named(frame.requester, person),
        speaker=spoken_by(frame.speaker, person),
    )


def named(phrase: Phrase | None, person: str) -> Phrase | None:
    if phrase is None or phrase.text.lower() not in SINGULAR:
        return phrase
    return replace(phrase, head=person, name=True, entity="PERSON", person=True)


def spoken_by(speaker: Speaker, person: str) -> Speaker:
    if speaker.text.lower() not in SINGULAR:
        return speaker
    return replace(speaker, kind=SpeakerKind.NAMED, name=person)
