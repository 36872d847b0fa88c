"""Colour on one side only: a word that judges, in an article's own voice, where the other reports without it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.types import Frame, SpeakerKind
from assistant.types import FlagKind
from assistant.wording.align import Alignment
from assistant.wording.matching import Side
from assistant.wording.relations import Words
from assistant.wording.words import Kin


def compare_tones(left: Side, right: Side, alignment: Alignment) -> Iterator[tuple[FlagKind, Words, Words]]:
    """Evaluative words of either side that the other does not share, against the other's clause."""
    shared_left = {m.ours.start for m in alignment.matching.matches if m.theirs is not None and m.kin > Kin.RELATED}
    shared_right = {m.theirs.start for m in alignment.matching.matches if m.theirs is not None and m.kin > Kin.RELATED}
    for ours, theirs, _ in alignment.pairs:
        if theirs is None:
            continue
        for words in judging(ours, left, shared_left):
            yield FlagKind.OPINION, words, core(theirs, right)
        for words in judging(theirs, right, shared_right):
            yield FlagKind.OPINION, core(ours, left), words


def judging(frame: Frame, side: Side, shared: set[int]) -> Iterator[Words]:
    """The frame's evaluative words in the article's own voice that have no counterpart."""
    if frame.speaker.kind is not SpeakerKind.OWN_VOICE or frame.quoted:
        return
    base = side.sentence.start
    for start, end in frame.evaluative:
        if start not in shared and base <= start < end <= side.sentence.end:
            yield Words(side.sentence.text[start - base : end - base], start, end)


def core(frame: Frame, side: Side) -> Words:
    """The predicate with its object, at most: what stands where the other side judges."""
    start, end = frame.predicate_start, frame.predicate_end
    if frame.object is not None and start < frame.object.end <= side.sentence.end:
        end = frame.object.end
    base = side.sentence.start
    return Words(side.sentence.text[start - base : end - base], start, end)
