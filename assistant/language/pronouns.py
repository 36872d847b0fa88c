"""He and she → the one person they can mean. Where two people are in play nothing is resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.language.lexicon.people import is_person_noun
from assistant.language.readings import Reading
from assistant.language.tree import Tree
from assistant.language.types import Frame, Phrase, SpeakerKind

SINGULAR = frozenset({"he", "she"})
REACH = 2  # sentences back, in the same or the last paragraph


@dataclass(frozen=True, slots=True)
class Antecedents:
    """``before``: whom a pronoun means that stands before ``place``; ``after``: behind it; "" where nobody is sure."""

    before: str
    place: int  # where the sentence first mentions somebody
    after: str

    def at(self, start: int) -> str:
        return self.before if start < self.place else self.after


def antecedents(readings: Sequence[Reading], number: int) -> Antecedents:
    """Whom "he" and "she" mean in sentence ``number``: before anybody is mentioned in it, and after.

    Whoever is only named inside a quotation does not count: "'I believe Lee,' she said" is not Lee speaking.
    """
    reading = readings[number]
    tree = reading.tree
    mentions = [p for p in range(len(tree)) if is_somebody(tree, p) and not is_quoted(reading, p)]
    before = person_before(readings, number)
    if not mentions:
        return Antecedents(before, tree.sentence.end, "")
    first = tree[mentions[0]].start
    people = people_of(reading)
    alone = len(people) == 1 and all(tree[p].entity == "PERSON" for p in mentions)
    return Antecedents(before, first, next(iter(people)) if alone else "")


def is_somebody(tree: Tree, position: int) -> bool:
    """A name of a person, or a noun for one that a pronoun could mean."""
    token = tree[position]
    if token.entity == "PERSON" and token.pos == "PROPN":
        return True
    if tree.deps[position] in {"compound", "nmod", "amod", "appos", "attr"}:
        return False
    actor = token.tag == "NNP" and tree.deps[position] in {"nsubj", "nsubjpass", "poss"}
    unclear = actor and token.entity not in {"GPE", "LOC", "NORP"}  # a person whom the parser did not know as one?
    return unclear or (token.tag in {"NN", "NNP"} and is_person_noun(token.text.lower()))


def is_quoted(reading: Reading, position: int) -> bool:
    token = reading.tree[position]
    return any(low <= token.start and token.end <= high for low, high in reading.quotations)


def person_before(readings: Sequence[Reading], number: int) -> str:
    """The name, lower case, of the one person that an earlier sentence leaves in mind; "" when there is none.

    The nearest earlier sentence that names a person decides; of several, the subject of its main verb.
    """
    here = readings[number].tree.sentence
    for back in range(number - 1, max(-1, number - 1 - REACH), -1):
        if here.paragraph - readings[back].tree.sentence.paragraph > 1:
            return ""
        people = people_of(readings[back])
        if people:
            return people.pop() if len(people) == 1 else subject_person(readings[back], people)
    return ""


def people_of(reading: Reading) -> set[str]:
    """Full names of the persons named outside quotations."""
    aliases = reading.aliases
    return {
        name
        for row, name in reading.names
        if (reading.tree[row[0]].entity == "PERSON" or aliases.is_person(name)) and not is_quoted(reading, row[0])
    }


def subject_person(reading: Reading, people: set[str]) -> str:
    """The one person among several who is the subject of the sentence's main verb."""
    tree = reading.tree
    found = set()
    for position in range(len(tree)):
        if tree.deps[position] in {"nsubj", "nsubjpass"} and tree.deps[tree.heads[position]] == "ROOT":
            inside = {tree.word(p) for p in tree.subtree(position)}
            found |= {name for name in people if inside & reading.aliases.parts(name)}
    return found.pop() if len(found) == 1 else ""


def with_persons(found: Sequence[tuple[Frame, Antecedents]]) -> list[Frame]:
    """The frames with the person meant behind each he and she; the words stay what they are.

    One person is not "he" here and "she" there: the rarer pronoun is left open, both when they are equally frequent.
    """
    places = {place for frame, meant in found for place in resolved(frame, meant)}
    votes = Counter((person, word) for person, word, _ in places)

    def agreed(person: str, word: str) -> bool:
        other = "she" if word == "he" else "he"
        return votes[person, word] > votes[person, other]

    return [with_person(frame, meant, agreed) for frame, meant in found]


def resolved(frame: Frame, meant: Antecedents) -> list[tuple[str, str, int]]:
    """(person, pronoun, place) for each pronoun of the frame that has an antecedent."""
    spots = [(p.text.lower(), p.start) for p in (frame.subject, frame.object, frame.requester) if p is not None]
    spots.append((frame.speaker.text.lower(), frame.speaker.start))
    found = [(meant.at(start), word, start) for word, start in spots if word in SINGULAR]
    return [(person, word, start) for person, word, start in found if person]


def with_person(frame: Frame, meant: Antecedents, agreed: Callable[[str, str], bool]) -> Frame:
    people = {start: person for person, word, start in resolved(frame, meant) if agreed(person, word)}
    if not people:
        return frame
    name = people.get(frame.speaker.start, "") if frame.speaker.text.lower() in SINGULAR else ""
    speaker = replace(frame.speaker, kind=SpeakerKind.NAMED, name=name) if name else frame.speaker
    if frame.quoted:
        return replace(frame, speaker=speaker)  # whom a quoted "he" means is for its speaker to know
    return replace(
        frame,
        speaker=speaker,
        subject=named(frame.subject, people),
        object=named(frame.object, people),
        requester=named(frame.requester, people),
    )


def named(phrase: Phrase | None, people: Mapping[int, str]) -> Phrase | None:
    if phrase is None or phrase.text.lower() not in SINGULAR or phrase.start not in people:
        return phrase
    return replace(phrase, head=people[phrase.start], name=True, entity="PERSON", person=True)
