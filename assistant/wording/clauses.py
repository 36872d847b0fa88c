"""Clauses side by side: predicate, polarity, firmness, speaker, time, who does it to whom."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.types import Frame, Modality, Speaker, SpeakerKind, TimeReference
from assistant.wording.matching import Match, Matching, Side
from assistant.wording.names import Names
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.strength import asking, compare_requests, compare_verbs, modality_strength
from assistant.wording.words import Kin

DENIALS = frozenset(["deny", "dispute", "reject", "refute", "dismiss", "contradict", "rebut", "disavow"])
WEAK_VOICE = frozenset({SpeakerKind.NAMED, SpeakerKind.OUTLET, SpeakerKind.UNNAMED})


def predicate_words(frame: Frame) -> Words:
    start, end = frame.predicate_start - frame.start, frame.predicate_end - frame.start
    return Words(frame.text[start:end], frame.predicate_start, frame.predicate_end)


def matter_frames(frames: Sequence[Frame]) -> list[Frame]:
    """Frames that say something themselves: "X said" does not, once what X said has a frame."""
    told = {frame.speaker.verb for frame in frames if frame.speaker.kind is not SpeakerKind.OWN_VOICE}
    asked = {frame.request_verb for frame in frames if frame.modality is Modality.WANTED}
    kept = [
        f for f in frames if not (f.predicate in told and is_reporting_verb(f.predicate)) and f.predicate not in asked
    ]
    return kept or list(frames)


def pair_frames(claim: Side, source: Side, matching: Matching) -> list[tuple[Frame, Frame | None, Match | None]]:
    """For each of the claim's clauses the source's that carries it, and how its predicate was matched."""
    pairs: list[tuple[Frame, Frame | None, Match | None]] = []
    for frame in matter_frames(claim.frames):
        match = next(
            (m for m in matching.matches if m.ours.start <= frame.predicate_start < m.ours.end and not m.context), None
        )
        if match is not None and match.theirs is not None and match.kin > Kin.RELATED:
            pairs.append((frame, frame_at(source.frames, match.theirs.start), match))
        else:
            pairs.append((frame, fullest(frame, source.frames, matching), match))
    return pairs


def frame_at(frames: Sequence[Frame], place: int) -> Frame | None:
    """The frame whose predicate stands at ``place``, else the smallest one around it."""
    own = [f for f in frames if f.predicate_start <= place < f.predicate_end]
    if own:
        return own[0]
    around = [f for f in frames if f.start <= place < f.end]
    return min(around, key=lambda f: f.end - f.start, default=None)


def fullest(frame: Frame, frames: Sequence[Frame], matching: Matching) -> Frame | None:
    """The source's clause with most of the claim clause's words; the smallest one of equals."""
    inside = [
        m.theirs for m in matching.matches
        if m.theirs and not m.context and m.kin > Kin.RELATED and frame.start <= m.ours.start < frame.end
    ]  # fmt: skip
    numbers = {q.value for q in frame.quantities}

    def held(other: Frame) -> tuple[int, int]:
        words = sum(other.start <= item.start < other.end for item in inside)
        return words + 2 * len(numbers & {q.value for q in other.quantities}), other.start - other.end

    return max((f for f in frames if held(f)[0] > 0), key=held, default=None)


def compare_clauses(ours: Frame, theirs: Frame, match: Match | None, names: Names) -> list[Relation]:
    """All relations between a clause of the claim and its counterpart."""
    predicate = compare_predicates(ours, theirs, match)
    found = list(predicate)
    opposite = any(relation.relation == "opposite" for relation in predicate)
    found += compare_polarity(ours, theirs, opposite)
    found += compare_modality(ours, theirs)
    found += compare_speakers(ours, theirs, names)
    return [relation for relation in found if not (relation.relation == "opposite")]


def compare_predicates(ours: Frame, theirs: Frame, match: Match | None) -> list[Relation]:
    left, right = predicate_words(ours), predicate_words(theirs)
    ladder = compare_verbs(ours.predicate, theirs.predicate)
    if ladder in {"stronger", "weaker"}:
        return [Relation(Slot.PREDICATE, ladder, left, right)]
    if match is not None and match.kin is Kin.OPPOSITE and match.theirs is not None:
        return [
            Relation(Slot.PREDICATE, "opposite", left, Words(match.theirs.text, match.theirs.start, match.theirs.end))
        ]
    if ladder in {"implied", "level"}:
        return []
    requests = compare_requests(ours.predicate, theirs.predicate)
    if requests in {"stronger"}:
        return [Relation(Slot.MODALITY, "request_stronger", left, right)]
    if requests:
        return []
    if match is not None and match.kin is Kin.NARROWER:
        return [Relation(Slot.PREDICATE, "narrower", left, right)]
    return []


def compare_polarity(ours: Frame, theirs: Frame, opposite: bool) -> list[Relation]:
    denied = theirs.speaker.verb in DENIALS and ours.speaker.verb not in DENIALS
    flips = (ours.negated != theirs.negated) + opposite + denied
    if flips % 2 == 0:
        return []
    left = Words(ours.negation_text or predicate_words(ours).text, *predicate_words_range(ours))
    text = theirs.speaker.verb if denied else theirs.negation_text or predicate_words(theirs).text
    return [Relation(Slot.POLARITY, "flipped", left, Words(text, *predicate_words_range(theirs)))]


def predicate_words_range(frame: Frame) -> tuple[int, int]:
    return frame.predicate_start, frame.predicate_end


def compare_modality(ours: Frame, theirs: Frame) -> list[Relation]:
    left = Words(ours.modality_text or predicate_words(ours).text, *predicate_words_range(ours))
    right = Words(theirs.modality_text or predicate_words(theirs).text, *predicate_words_range(theirs))
    if ours.modality is Modality.WANTED and theirs.modality is Modality.WANTED:
        if ours.request_verb and theirs.request_verb:
            found = compare_requests(ours.request_verb, theirs.request_verb)
            if found == "stronger":
                return [Relation(Slot.MODALITY, "request_stronger", left, right)]
        return []
    if ours.modality is Modality.WANTED and asking(theirs.predicate) >= 0:
        return []
    if theirs.modality is Modality.WANTED and asking(ours.predicate) >= 0:
        return []
    difference = modality_strength(ours.modality) - modality_strength(theirs.modality)
    if Modality.WANTED in {ours.modality, theirs.modality} and ours.modality is not theirs.modality:
        return [Relation(Slot.MODALITY, "stronger" if difference > 0 else "other", left, right)]
    if difference > 0:
        return [Relation(Slot.MODALITY, "stronger", left, right)]
    if difference < 0:
        return [Relation(Slot.MODALITY, "weaker", left, right)]
    return []


def speaker_words(speaker: Speaker) -> Words:
    return Words(speaker.text, speaker.start, speaker.end)


def compare_speakers(ours: Frame, theirs: Frame, names: Names) -> list[Relation]:
    """Does the source have the same person say so?"""
    mine, yours = ours.speaker, theirs.speaker
    if mine.kind is SpeakerKind.OWN_VOICE:
        if yours.kind in WEAK_VOICE and ours.modality is not Modality.WANTED:
            return [Relation(Slot.SPEAKER, "unmentioned", NOTHING, speaker_words(yours))]
        return []
    if yours.kind is SpeakerKind.OWN_VOICE:
        return [Relation(Slot.SPEAKER, "own_voice", speaker_words(mine), NOTHING)]
    if same_speaker(mine, yours, names):
        return []
    if mine.kind is SpeakerKind.UNNAMED:
        return [
            Relation(
                Slot.SPEAKER,
                "vaguer" if yours.kind is SpeakerKind.NAMED else "unnamed",
                speaker_words(mine),
                speaker_words(yours),
            )
        ]
    if yours.kind is SpeakerKind.UNNAMED:
        return [Relation(Slot.SPEAKER, "unnamed", speaker_words(mine), speaker_words(yours))]
    return [Relation(Slot.SPEAKER, "other", speaker_words(mine), speaker_words(yours))]


def same_speaker(mine: Speaker, yours: Speaker, names: Names) -> bool:
    left, right = names.key(mine.name or mine.text), names.key(yours.name or yours.text)
    relay = names.key(yours.relayed_by) if yours.relayed_by else ""
    if left == right or (relay and left == relay):
        return True
    return mine.kind is SpeakerKind.UNNAMED and set(left.split()) <= set(right.split())


def compare_times(ours: Sequence[TimeReference], theirs: Sequence[TimeReference]) -> list[Relation]:
    """Each time of the claim against those of the clause that carries it."""
    found = []
    for time in ours:
        left = Words(time.text, time.start, time.end)
        graded = sorted((relate_times(time, other), other.start, other) for other in theirs)
        if not graded:
            found.append(Relation(Slot.TIME, "added", left))
            continue
        grade, _, other = graded[0]
        if grade != "0same":
            found.append(Relation(Slot.TIME, grade[1:], left, Words(other.text, other.start, other.end)))
    return found


def relate_times(ours: TimeReference, theirs: TimeReference) -> str:
    """Graded name, best first: 0same 1wider 2changed 3narrower 4disjoint 5unrelated."""
    if ours.key == theirs.key:
        return "0same"
    if ours.low and ours.high and theirs.low and theirs.high:
        if ours.low <= theirs.low and theirs.high <= ours.high:
            return "1wider"
        if theirs.low <= ours.low and ours.high <= theirs.high:
            return "3narrower"
        return "4disjoint"
    if ours.kind == theirs.kind:
        return "4disjoint" if ours.kind in {"date", "weekday", "month", "year"} else "2changed"
    return "5unrelated"
