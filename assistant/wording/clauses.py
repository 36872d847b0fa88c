"""Clauses side by side: predicate, polarity, firmness, speaker, time, who does it to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.tree import Tree
from assistant.language.types import Frame, Modality, Speaker, SpeakerKind, TimeReference
from assistant.wording.matching import Match, Matching, Side
from assistant.wording.names import Names
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.strength import asking, compare_requests, compare_verbs, modality_strength
from assistant.wording.words import Kin, kin
from index import SectionKind

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SETTLED = frozenset({Modality.FACT, Modality.FUTURE, Modality.REPORTED})  # done or decided, not asked for
OFFICES = frozenset("administration government office team campaign ministry cabinet regime party".split())
CAUSATIVE = frozenset("let make help have see watch hear".split())
UNSETTLED = frozenset({"of", "about", "against", "from", "on", "at"})
COMPLEMENTS = frozenset({"acomp", "advmod", "oprd", "attr", "prt"})
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


def compare_clauses(
    ours: Frame, theirs: Frame, match: Match | None, claim: Side, source: Side, names: Names
) -> list[Relation]:
    """All relations between a clause of the claim and its counterpart.

    Polarity and firmness are only compared where the predicates themselves correspond.
    """
    found = compare_predicates(ours, theirs, match)
    if found or (match is not None and match.kin > Kin.RELATED) or related_requests(ours, theirs):
        opposite = any(relation.relation == "opposite" for relation in found)
        if match is None or match.theirs is None or match.theirs.start == theirs.predicate_start or opposite:
            found += compare_polarity(ours, theirs, opposite)
        found += compare_firmness(ours, theirs, match, claim, source)
    found += compare_speakers(ours, theirs, source, names)
    return [relation for relation in found if relation.relation != "opposite"]


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


def replace_words(found: Mood, words: Words) -> tuple[Modality | None, str, str, Words]:
    return found.modality, found.text, found.request_verb, words


def counterpart_mood(theirs: Frame, match: Match | None, source: Side) -> Mood:
    """The mood of the source's clause, or of the noun in it that carries the claim's predicate ("the deportation of")."""
    if match is None or match.theirs is None or match.theirs.start == theirs.predicate_start:
        return mood(theirs, source)
    words = Words(match.theirs.text, match.theirs.start, match.theirs.end)
    for up in source.tree.ancestors(match.theirs.last):
        frame = next((f for f in source.frames if f.predicate_start == source.tree[up].start), None)
        if frame is not None:
            found = mood(frame, source)
            if found.modality is Modality.FACT and asking(frame.predicate) >= 0:
                return Mood(Modality.WANTED, found.text, frame.predicate, predicate_words(frame))
            return Mood(
                None if found.modality is Modality.FACT else found.modality, found.text, found.request_verb, words
            )
    return Mood(None, "", "", words)


def is_bare(tree: Tree, place: int) -> bool:
    """ "let them stay": the parser takes the bare infinitive for a present tense."""
    head = tree.heads[place]
    return tree[place].tag == "VBP" and tree.deps[place] == "ccomp" and tree.lemma(head) in CAUSATIVE


def compare_firmness(ours: Frame, theirs: Frame, match: Match | None, claim: Side, source: Side) -> list[Relation]:
    """Moods compared; "X asked" against a clause that is itself what somebody asks for is a matter of the verbs."""
    mine, yours = mood(ours, claim), counterpart_mood(theirs, match, source)
    asks, asked = asking(ours.predicate) >= 0, asking(theirs.predicate) >= 0
    if (yours.modality is Modality.WANTED and asks) or (mine.modality is Modality.WANTED and asked):
        left = ours.predicate if asks else mine.request_verb
        right = theirs.predicate if asked else yours.request_verb
        if compare_requests(left, right) == "stronger":
            return [Relation(Slot.MODALITY, "request_stronger", mine.words, yours.words)]
        return []
    return compare_modality(mine, yours)


def related_requests(ours: Frame, theirs: Frame) -> bool:
    return asking(ours.predicate) >= 0 and asking(theirs.predicate) >= 0


@dataclass(frozen=True, slots=True)
class Mood:
    """A clause's firmness with what governs it taken into account; ``modality`` None where it cannot be told."""

    modality: Modality | None
    text: str
    request_verb: str
    words: Words


def mood(frame: Frame, side: Side) -> Mood:
    """A bare infinitive or participle is as firm as the clause that governs it: "asked to be allowed to work"."""
    words = Words(frame.modality_text or predicate_words(frame).text, frame.predicate_start, frame.predicate_end)
    if frame.modality is not Modality.FACT:
        return Mood(frame.modality, frame.modality_text, frame.request_verb, words)
    tree = side.tree
    place = next((p for p in range(len(tree)) if tree[p].start == frame.predicate_start), None)
    if (
        place is not None
        and tree.deps[place] == "conj"
        and tree[place].tag in {"VBP", "VB"}
        and is_bare(tree, tree.heads[place])
    ):
        first = next((f for f in side.frames if f.predicate_start == tree[tree.heads[place]].start), None)
        if first is not None:
            return Mood(*replace_words(mood(first, side), words))
    if place is None or frame.predicate == "be" or (tree[place].tag in FINITE and not is_bare(tree, place)):
        return Mood(Modality.FACT, "", "", words)
    if any(
        tree[child].tag in FINITE or tree.deps[child] == "auxpass" for child in tree.children(place, "aux", "auxpass")
    ):
        return Mood(Modality.FACT, "", "", words)
    if tree.heads[place] == place:
        return Mood(Modality.FACT if side.sentence.section is SectionKind.HEADLINE else None, "", "", words)
    head = tree.heads[place]
    if tree.deps[place] == "conj" and not tree.children(place, "nsubj", "nsubjpass", "aux"):
        first = next((f for f in side.frames if f.predicate_start == tree[head].start), None)
        return Mood(*replace_words(mood(first, side), words)) if first is not None else Mood(None, "", "", words)
    if tree.deps[place] == "pcomp" and tree.word(head) in UNSETTLED:
        above_text = tree[tree.heads[head]].text
        return Mood(Modality.POSSIBLE, above_text, "", words)  # "talk of buying": nobody has bought
    for up in tree.ancestors(place):
        if tree.deps[place] in {"acl", "relcl"}:
            return Mood(Modality.FACT, "", "", words)  # "the men detained"
        if asking(tree.lemma(up)) >= 0 and tree[up].pos == "VERB":
            return Mood(
                Modality.WANTED, tree[up].text, tree.lemma(up), Words(tree[up].text, tree[up].start, tree[up].end)
            )
        above = next((f for f in side.frames if f.predicate_start == tree[up].start), None)
        if above is not None and above.modality is not Modality.FACT:
            return Mood(above.modality, above.modality_text, above.request_verb, words)
        if tree[up].tag in FINITE:
            break
    return Mood(None, "", "", words)


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


def compare_modality(ours: Mood, theirs: Mood) -> list[Relation]:
    """Is the claim firmer than the source, weaker, or a statement where the other is a request?"""
    if ours.modality is None or theirs.modality is None:
        return []
    wanted = (ours.modality is Modality.WANTED, theirs.modality is Modality.WANTED)
    if all(wanted):
        stronger = (
            ours.request_verb and theirs.request_verb and compare_requests(ours.request_verb, theirs.request_verb)
        )
        return [Relation(Slot.MODALITY, "request_stronger", ours.words, theirs.words)] if stronger == "stronger" else []
    difference = modality_strength(ours.modality) - modality_strength(theirs.modality)
    if any(wanted) and {ours.modality, theirs.modality} & SETTLED:
        return [Relation(Slot.MODALITY, "stronger" if difference > 0 else "other", ours.words, theirs.words)]
    if any(wanted) or difference == 0:
        return []  # wishes and duties: "wants it to", "should"
    return [Relation(Slot.MODALITY, "stronger" if difference > 0 else "weaker", ours.words, theirs.words)]


def speaker_words(speaker: Speaker) -> Words:
    return Words(speaker.text, speaker.start, speaker.end)


def compare_speakers(ours: Frame, theirs: Frame, source: Side, names: Names) -> list[Relation]:
    """Does the source have the same person say so?"""
    mine, yours = ours.speaker, theirs.speaker
    if mine.kind is SpeakerKind.OWN_VOICE:
        if yours.kind in WEAK_VOICE and ours.modality is not Modality.WANTED:
            return [Relation(Slot.SPEAKER, "unmentioned", NOTHING, speaker_words(yours))]
        return []
    if same_speaker(mine, yours, names) or is_subject(mine, theirs, source, names):
        return []
    if yours.kind is SpeakerKind.OWN_VOICE or (
        yours.kind is SpeakerKind.OUTLET and mine.kind is not SpeakerKind.OUTLET
    ):
        return [Relation(Slot.SPEAKER, "own_voice", speaker_words(mine), NOTHING)]
    if mine.kind is SpeakerKind.UNNAMED:
        name = "vaguer" if yours.kind is SpeakerKind.NAMED else "unnamed"
        return [Relation(Slot.SPEAKER, name, speaker_words(mine), speaker_words(yours))]
    name = "unnamed" if yours.kind is SpeakerKind.UNNAMED else "other"
    return [Relation(Slot.SPEAKER, name, speaker_words(mine), speaker_words(yours))]


def is_subject(speaker: Speaker, theirs: Frame, source: Side, names: Names) -> bool:
    """Does the source have the speaker as the subject of a verb of saying or thinking, whoever relays it?"""
    key = names.key(speaker.name or speaker.text)
    tokens = source.sentence.tokens
    return any(
        item.key == key
        and tokens[item.last].dep in {"nsubj", "nsubjpass"}
        and is_reporting_verb(tokens[item.head].lemma.lower())
        and any(tokens[p].start == theirs.predicate_start for p in source.tree.subtree(item.head))
        for item in source.items
    )


def same_speaker(mine: Speaker, yours: Speaker, names: Names) -> bool:
    left, right = names.key(mine.name or mine.text), names.key(yours.name or yours.text)
    relay = names.key(yours.relayed_by) if yours.relayed_by else ""
    if left == right or (relay and left == relay):
        return True
    owner, _, office = right.rpartition(" ")
    if office in OFFICES and names.key(owner) == left:
        return True  # "the mayor" / "the mayor's office"
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
        if grade:
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
