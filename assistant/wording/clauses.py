"""Clauses side by side: which belong together, their predicates and polarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.language.lexicon.verbs import is_reporting_verb, request_strength
from assistant.language.types import Frame, Modality, SpeakerKind
from assistant.wording.conditions import compare_conditions
from assistant.wording.matching import Match, Matching, Side
from assistant.wording.moods import compare_firmness, mood, predicate_words, related_requests, words_in_clause
from assistant.wording.names import Names
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.speakers import compare_speakers
from assistant.wording.strength import compare_requests, compare_verbs
from assistant.wording.words import Kin, kin

COMPLEMENTS = frozenset({"acomp", "advmod", "oprd", "attr", "prt"})
DIRECTIVES = frozenset({"tell", "order", "instruct", "direct", "command", "advise", "warn", "allow", "permit", "let"})


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
            found = frame_at(source.frames, match.theirs.start)
            if found is not None:
                pairs.append((frame, found, match))
                continue
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
        same = words > 0 and other.predicate == frame.predicate  # "is": no word of its own, and yet its clause
        return words + same + 2 * len(numbers & {q.value for q in other.quantities}), other.start - other.end

    return max((f for f in frames if held(f)[0] > 0), key=held, default=None)


def compare_clauses(
    ours: Frame, theirs: Frame, match: Match | None, claim: Side, source: Side, names: Names
) -> list[Relation]:
    """All relations between a clause of the claim and its counterpart.

    Polarity and firmness are only compared where the predicates themselves correspond.
    """
    found = compare_predicates(ours, theirs, match)
    carried = (match is not None and match.kin > Kin.RELATED) or is_same_state(ours, theirs)
    if found or carried or related_requests(ours, theirs):
        opposite = any(relation.relation == "opposite" for relation in found)
        if match is None or match.theirs is None or match.theirs.start == theirs.predicate_start or opposite:
            found += compare_polarity(ours, theirs, opposite, claim, source)
        found += compare_firmness(ours, theirs, match, claim, source)
        found += compare_conditions(ours, theirs, claim, source)
    else:
        found += loosely_firmer(ours, theirs, claim, source)
    found += compare_speakers(ours, theirs, claim, source, names)
    return [relation for relation in found if relation.relation != "opposite"]


def is_same_state(ours: Frame, theirs: Frame) -> bool:
    """ "was unsafe" / "is unsafe": a copula is no word of its own, what it says of its subject is."""
    same = ours.predicate == theirs.predicate and ours.complement != ""
    return same and any(kin(ours.complement, part, theirs.complement, part) >= Kin.SYNONYM for part in "an")


def loosely_firmer(ours: Frame, theirs: Frame, claim: Side, source: Side) -> list[Relation]:
    """A deed stated where the source's clause, in other words, is only asked for, possible or planned."""
    if ours.modality is not Modality.FACT or theirs.modality in {Modality.FACT, Modality.REPORTED}:
        return []
    done = any(t.start == ours.predicate_start and t.tag in {"VBD", "VBN"} for t in claim.sentence.tokens)
    if theirs.modality is Modality.FUTURE and not done:
        return []  # "is to pay" / "will give"
    if request_strength(ours.predicate) or ours.predicate in DIRECTIVES or ours.negated:
        return []
    near = compare_firmness(ours, theirs, None, claim, source)
    return [replace(relation, relation="nearby") for relation in near if relation.relation == "stronger"]


def opposite_complements(claim: Side, source: Side, matching: Matching) -> list[Relation]:
    """ "settled higher" / "settled lower", "is safe" / "is dangerous": the predicate's other half turned round."""
    found = []
    for match in matching.matches:
        place = match.ours.last
        if (
            match.kin is not Kin.OPPOSITE
            or match.theirs is None
            or match.far
            or claim.tree.deps[place] not in COMPLEMENTS
        ):
            continue
        governor, other = matching.at(claim.tree.heads[place]), source.tree.heads[match.theirs.last]
        copula = claim.tree.lemma(claim.tree.heads[place]) == "be" and source.tree.lemma(other) == "be"
        if copula or (governor and governor.theirs and governor.theirs.first <= other <= governor.theirs.last):
            left = Words(match.ours.text, match.ours.start, match.ours.end)
            right = Words(match.theirs.text, match.theirs.start, match.theirs.end)
            found.append(Relation(Slot.POLARITY, "flipped", left, right))
    return found


def compare_predicates(ours: Frame, theirs: Frame, match: Match | None) -> list[Relation]:
    left, right = predicate_words(ours), predicate_words(theirs)
    if (match is None or match.kin <= Kin.RELATED) and kin(ours.predicate, "v", theirs.predicate, "v") is Kin.OPPOSITE:
        return [Relation(Slot.PREDICATE, "opposite", left, right)]
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


def compare_polarity(ours: Frame, theirs: Frame, opposite: bool, claim: Side, source: Side) -> list[Relation]:
    flips = (ours.negated != theirs.negated) + opposite
    unasserted = not theirs.negated and not opposite and mood(theirs, source).modality is None
    if flips % 2 == 0 or unasserted:
        return []  # "the point in closing it" does not say that it was closed
    left = words_in_clause(ours, ours.negation_text, claim)
    right = words_in_clause(theirs, theirs.negation_text, source)
    return [Relation(Slot.POLARITY, "flipped", left, right)]
