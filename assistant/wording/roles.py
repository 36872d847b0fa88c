"""Who does it to whom, for whom and where: agents turned round or exchanged, recipients and places other or added."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.lexicon import is_reporting_verb
from assistant.language.types import Frame, Modality, Phrase
from assistant.wording.items import Item, ItemKind
from assistant.wording.matching import Match, Matching, Side
from assistant.wording.names import normal
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.words import Kin, kin

EXCLUSIVE = frozenset({"win", "elect", "defeat", "beat", "choose"})  # one does it, so the other does not
TOWARDS = frozenset({"to", "for"})


def phrase_words(phrase: Phrase) -> Words:
    return Words(phrase.text, phrase.start, phrase.end)


def within(item: Item | None, phrase: Phrase | None) -> bool:
    return item is not None and phrase is not None and phrase.start <= item.start < phrase.end


def items_of(phrase: Phrase | None, items: Sequence[Item]) -> list[Item]:
    return [item for item in items if within(item, phrase)]


def head_match(phrase: Phrase | None, matching: Matching, claim: Side) -> Match | None:
    """The match of the phrase's head: its last name, else its head noun."""
    if phrase is None:
        return None
    inside = [m for m in matching.matches if phrase.start <= m.ours.start < phrase.end]
    heads = [m for m in inside if claim.sentence.tokens[m.ours.last].lemma.lower() == phrase.head]
    named = [m for m in inside if m.ours.kind is ItemKind.NAME]
    first = next(iter(heads or named or inside), None)
    if phrase.name and named:
        return named[0]
    return first


def compare_roles(
    ours: Frame, theirs: Frame, match: Match | None, matching: Matching, claim: Side, source: Side
) -> list[Relation]:
    """Agent, request and direction of a clause of the claim against its counterpart."""
    found = compare_directions(ours, theirs, matching, claim, source)
    if match is None or match.kin <= Kin.RELATED:
        return found
    subject, target = head_match(ours.subject, matching, claim), head_match(ours.object, matching, claim)
    receiver = head_match(ours.recipient, matching, claim)
    turned = is_swapped(subject, target, theirs) or is_swapped(subject, receiver, theirs)
    if turned and ours.subject and theirs.subject:
        return [*found, Relation(Slot.ROLES, "swapped", phrase_words(ours.subject), phrase_words(theirs.subject))]
    if takes_the_other_part(subject, ours, theirs, matching, source) and ours.subject and theirs.subject:
        return [*found, Relation(Slot.ROLES, "swapped", phrase_words(ours.subject), phrase_words(theirs.subject))]
    found += other_agent(subject, ours.subject, theirs.subject, theirs, source)
    if ours.requester is not None and theirs.requester is not None:
        asker = head_match(ours.requester, matching, claim)
        found += other_agent(asker, ours.requester, theirs.requester, theirs, source)
    return found


def compare_charges(matching: Matching, claim: Side, source: Side) -> list[Relation]:
    """Who accuses, blames or tells whom: a verb of saying has no clause of its own beside what is said, but its parties
    may be turned round all the same."""
    for ours in claim.frames:
        if ours.subject is None or ours.object is None or not is_reporting_verb(ours.predicate):
            continue
        subject, target = head_match(ours.subject, matching, claim), head_match(ours.object, matching, claim)
        for theirs in source.frames:
            same = kin(ours.predicate, "v", theirs.predicate, "v") >= Kin.SYNONYM
            if same and theirs.subject is not None and is_swapped(subject, target, theirs):
                return [Relation(Slot.ROLES, "swapped", phrase_words(ours.subject), phrase_words(theirs.subject))]
    return []


def is_swapped(subject: Match | None, target: Match | None, theirs: Frame) -> bool:
    if subject is None or target is None or subject.context or target.context:
        return False
    if Kin.NONE in {subject.kin, target.kin}:
        return False
    acted = within(subject.theirs, theirs.object) or within(subject.theirs, theirs.recipient)
    return acted and not within(subject.theirs, theirs.subject) and within(target.theirs, theirs.subject)


def takes_the_other_part(subject: Match | None, ours: Frame, theirs: Frame, matching: Matching, source: Side) -> bool:
    """The source's agent is somebody whom the claim names, but not as the agent; the claim's agent is named too."""
    if subject is None or subject.theirs is None or subject.context or subject.ours.kind is not ItemKind.NAME:
        return False
    if (
        subject.kin is not Kin.SAME
        or theirs.subject is None
        or not theirs.subject.name
        or within(subject.theirs, theirs.subject)
    ):
        return False
    for item in items_of(theirs.subject, source.items):
        back = matching.back(item.last)
        if back is None or item.kind is not ItemKind.NAME or item.key == subject.ours.key:
            continue
        if not within(back.ours, ours.subject) and ours.start <= back.ours.start < ours.end:
            return True
    return False


def other_agent(
    subject: Match | None, ours: Phrase | None, theirs: Phrase | None, frame: Frame, source: Side
) -> list[Relation]:
    """The claim names one agent, the source's clause another by name."""
    if subject is None or ours is None or theirs is None or subject.ours.kind is not ItemKind.NAME or not theirs.name:
        return []
    rivals = [item for item in items_of(theirs, source.items) if item.kind is ItemKind.NAME]
    if not rivals or any(item.key == subject.ours.key or stand_for_each_other(item, subject.ours) for item in rivals):
        return []
    if normal(ours.text) == normal(theirs.text):
        return []  # the same words, which the parser took for a name on one side only
    if subject.theirs is not None and not subject.context and acts_along(subject.theirs, source):
        return []
    if is_reporting_verb(frame.predicate) and frame.modality is not Modality.WANTED:
        return [Relation(Slot.SPEAKER, "other", phrase_words(ours), phrase_words(theirs))]
    name = "opposite_choice" if frame.predicate in EXCLUSIVE or frame.modality is Modality.EXPECTED else "other_agent"
    return [Relation(Slot.ROLES, name, phrase_words(ours), phrase_words(theirs))]


def acts_along(item: Item, source: Side) -> bool:
    """ "X travelled with Y", "X and Y": Y travelled too."""
    tree = source.tree
    if tree.deps[item.last] == "conj":
        return True
    return tree.deps[item.last] in {"pobj", "nmod", "appos"} and tree.word(tree.heads[item.last]) in {
        "with",
        "alongside",
    }


def stand_for_each_other(left: Item, right: Item) -> bool:
    return left.key in right.also or right.key in left.also


def directions(frame: Frame) -> list[tuple[str, Phrase]]:
    """Recipient and prepositional phrases; "to" and "for" are one direction."""
    rows = [(preposition, phrase) for preposition, phrase in frame.obliques]
    if frame.recipient is not None:
        rows.append(("to", frame.recipient))
    return [("to" if preposition in TOWARDS else preposition, phrase) for preposition, phrase in rows]


def compare_directions(ours: Frame, theirs: Frame, matching: Matching, claim: Side, source: Side) -> list[Relation]:
    found = []
    others = directions(theirs)
    for preposition, phrase in directions(ours):
        match = head_match(phrase, matching, claim)
        if match is None or is_time(phrase, ours):
            continue
        carried = match.theirs is not None and not match.context and match.kin > Kin.RELATED
        rivals = [other for name, other in others if name == preposition and not is_time(other, theirs)]
        if carried and (preposition != "to" or not rivals or any(within(match.theirs, other) for other in rivals)):
            continue
        if carried and match.ours.kind is not ItemKind.NAME:
            continue
        free = [other for other in rivals if items_of(other, source.items)]
        if free and match.ours.kind is ItemKind.NAME:
            found.append(Relation(Slot.SCOPE, "other", phrase_words(phrase), phrase_words(free[0])))
        elif not carried and match.ours.kind is ItemKind.NAME:
            found.append(Relation(Slot.SCOPE, "added", phrase_words(phrase), NOTHING))
    return found


def is_time(phrase: Phrase, frame: Frame) -> bool:
    return any(time.start < phrase.end and phrase.start < time.end for time in frame.times)
