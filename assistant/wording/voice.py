"""Whose judgement it is: what an article says in its own evaluative voice is no finding, and no fact for a claim."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.lexicon.valence import valence
from assistant.language.types import Frame, SpeakerKind
from assistant.wording.items import Item, ItemKind
from assistant.wording.matching import Match, Matching
from assistant.wording.moods import predicate_words
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.strength import words
from assistant.wording.words import Kin

STRONG = 1.8  # on VADER's scale of -4 to 4


def compare_voices(pairs: Sequence[tuple[Frame, Frame | None, Match | None]], matching: Matching) -> list[Relation]:
    """Claims that state as fact what the source's own voice judges; loaded verbs that the source does not use."""
    found: list[Relation] = []
    for ours, theirs, match in pairs:
        if theirs is None:
            continue
        found += loaded_verbs(ours, theirs, match)
        if theirs.speaker.kind not in {SpeakerKind.OWN_VOICE, SpeakerKind.OUTLET} or theirs.quoted:
            continue
        if ours.speaker.kind is not SpeakerKind.OWN_VOICE:
            continue
        if not charged(ours, pairs):
            found += judged_words(ours, theirs, matching)
        found += blame(ours, match, matching)
    return found[:1] if found else []


def charged(ours: Frame, pairs: Sequence[tuple[Frame, Frame | None, Match | None]]) -> bool:
    """Do claim and source both say that somebody charges somebody with this: "accused the mayor of punishing …"?"""
    return any(
        theirs is not None
        and match is not None
        and match.kin >= Kin.SYNONYM
        and above.predicate in words("charging")
        and above.predicate_start <= ours.predicate_start
        for above, theirs, match in pairs
    )


def loaded_verbs(ours: Frame, theirs: Frame, match: Match | None) -> list[Relation]:
    if ours.predicate not in words("loaded"):
        return []
    left, right = predicate_words(ours), predicate_words(theirs)
    if theirs.predicate == ours.predicate or (match is not None and match.kin in {Kin.SAME, Kin.DERIVED}):
        own = theirs.speaker.kind in {SpeakerKind.OWN_VOICE, SpeakerKind.OUTLET} and not theirs.quoted
        return [Relation(Slot.VOICE, "opinion", left, right)] if own else []
    return [Relation(Slot.PREDICATE, "loaded", left, right)]


def judged_words(ours: Frame, theirs: Frame, matching: Matching) -> list[Relation]:
    """The claim repeats a word by which the article judges."""
    for match in matching.matches:
        if match.theirs is None or match.context or match.kin < Kin.DERIVED or match.ours.part not in {"a", "n"}:
            continue
        if match.ours.key in words("status"):
            continue  # "shot dead": a finding
        inside = ours.start <= match.ours.start < ours.end
        if inside and any(start <= match.theirs.start < end for start, end in theirs.evaluative):
            return [voiced(match.ours, match.theirs)]
    return []


def blame(ours: Frame, match: Match | None, matching: Matching) -> list[Relation]:
    """ "the mess that X made": who is to blame for something bad, said by nobody but the article."""
    if match is None or match.theirs is None or ours.predicate not in words("blame") or ours.object is None:
        return []
    named = any(
        i.kind is ItemKind.NAME and ours.subject and ours.subject.start <= i.start < ours.subject.end
        for i in (m.ours for m in matching.matches)
    )
    if not named or valence(ours.object.head) > -STRONG:
        return []
    return [voiced(match.ours, match.theirs)]


def voiced(ours: Item, theirs: Item) -> Relation:
    left, right = Words(ours.text, ours.start, ours.end), Words(theirs.text, theirs.start, theirs.end)
    return Relation(Slot.VOICE, "opinion", left, right)
