"""One act told otherwise: more firmly, by others, at another time, in another manner, quoted in other words."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.types import Frame, Modality, SpeakerKind
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate, is_held, predicate, token_at
from assistant.wording.groups import words_at
from assistant.wording.likeness import is_headline
from assistant.wording.matching import Side
from assistant.wording.quoted import compare_quotations
from assistant.wording.relations import Words
from assistant.wording.strength import modality_strength
from assistant.wording.times import relate_times

PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "that", "who", "which", "those", "some", "some of whom"}
)
SHIFTED = {"would": "will", "could": "can", "might": "may"}
UNQUOTED = str.maketrans("", "", "\"'“”‘’")
PLANNED = frozenset({Modality.FUTURE, Modality.EXPECTED})


def moods(pair: Aligned) -> Iterator[Candidate]:
    """The same predicate put otherwise: more firmly, by somebody else, at another time."""
    for ours, theirs, support in pair.clauses:
        left, right = mood_words(ours, pair.left), mood_words(theirs, pair.right)
        firmer = modality_strength(ours.modality) != modality_strength(theirs.modality)
        if (
            firmer
            and ours.negated == theirs.negated
            and not (is_planned(ours, theirs, pair) or is_reported(ours, theirs, left, right))
        ):
            yield Candidate(FlagKind.MODALITY, "mood", left, right, support)
        yield from sayings(ours, theirs, support, pair)
        yield from times(ours, theirs, support)
        yield from manners(ours, theirs, support, pair)


def is_planned(ours: Frame, theirs: Frame, pair: Aligned) -> bool:
    """A headline's "to close" is the body's "will close"."""
    for frame, side, other in ((ours, pair.left, theirs), (theirs, pair.right, ours)):
        if is_headline(side) and other.modality in PLANNED and mood_words(frame, side).text.lower().startswith("to "):
            return True
    return False


def is_reported(ours: Frame, theirs: Frame, left: Words, right: Words) -> bool:
    """ "said it would close" is how "will close" is reported: the tense is shifted back, nothing is less sure."""
    for frame, words, other in ((ours, left, right), (theirs, right, left)):
        first, _, rest = words.text.lower().partition(" ")
        told = other.text.lower().translate(UNQUOTED).split()
        if frame.speaker.kind is not SpeakerKind.OWN_VOICE and first in SHIFTED:
            return told == [SHIFTED[first], *rest.translate(UNQUOTED).split()]
    return False


def mood_words(frame: Frame, side: Side) -> Words:
    place = token_at(side.tree, frame.predicate_start)
    if place is None:
        return Words("", 0, 0)
    found = predicate(side.tree, place)
    at = (
        side.sentence.text.rfind(frame.modality_text, 0, found.end - side.sentence.start) if frame.modality_text else -1
    )
    if at < 0 or found.start - side.sentence.start - at > 40:
        return found
    start = min(side.sentence.start + at, found.start)
    return Words(side.sentence.text[start - side.sentence.start : found.end - side.sentence.start], start, found.end)


def sayings(ours: Frame, theirs: Frame, support: float, pair: Aligned) -> Iterator[Candidate]:
    """Who says it: in one article's own voice and attributed in the other, or attributed to others."""
    mine, yours = ours.speaker, theirs.speaker
    own = [speaker.kind is SpeakerKind.OWN_VOICE for speaker in (mine, yours)]
    left, right = Words(mine.text, mine.start, mine.end), Words(yours.text, yours.start, yours.end)
    if all(own):
        return
    if any(own):
        if is_held(pair, pair.right if own[0] else pair.left, right if own[0] else left):
            return  # the other sentence has them too, as those who act
        left = mood_words(ours, pair.left) if own[0] else left
        right = mood_words(theirs, pair.right) if own[1] else right
        yield Candidate(FlagKind.ATTRIBUTION, "own_voice", left, right, support)
        return
    if {mine.text.lower(), yours.text.lower()} & PRONOUNS:
        return
    if pair.names.key(mine.name or mine.text) == pair.names.key(yours.name or yours.text):
        return
    unnamed = SpeakerKind.UNNAMED in {mine.kind, yours.kind}
    yield Candidate(FlagKind.ATTRIBUTION, "speaker_unnamed" if unnamed else "speaker", left, right, support)


def times(ours: Frame, theirs: Frame, support: float) -> Iterator[Candidate]:
    for mine in ours.times:
        graded = sorted((relate_times(mine, yours), yours.start, yours) for yours in theirs.times)
        if graded and graded[0][0] not in {"0same", "5unrelated"}:
            yours = graded[0][2]
            sign = "time" if graded[0][0] == "4disjoint" else "time_finer"
            first, second = (Words(t.text, t.start, t.end) for t in (mine, yours))
            yield Candidate(FlagKind.TIME, sign, first, second, support)


def manners(ours: Frame, theirs: Frame, support: float, pair: Aligned) -> Iterator[Candidate]:
    """Adverbs of one predicate, and others of the other."""
    places = [token_at(side.tree, f.predicate_start) for side, f in ((pair.left, ours), (pair.right, theirs))]
    if places[0] is None or places[1] is None:
        return
    mine = [p for p in pair.left.tree.children(places[0], "advmod") if p not in pair.held_left]
    yours = [p for p in pair.right.tree.children(places[1], "advmod") if p not in pair.held_right]
    mine = [p for p in mine if pair.left.tree.word(p).endswith("ly")]
    yours = [p for p in yours if pair.right.tree.word(p).endswith("ly")]
    if mine and yours:
        left, right = words_at(pair.left.tree, mine[:1]), words_at(pair.right.tree, yours[:1])
        yield Candidate(FlagKind.WORDING, "manners", left, right, support)


def names_of_speakers(pair: Aligned) -> Iterator[Candidate]:
    """Subjects of verbs of saying, where both sentences report: who speaks."""
    rows = []
    for side in (pair.left, pair.right):
        told = [f.speaker for f in side.frames if f.speaker.kind is not SpeakerKind.OWN_VOICE and f.speaker.end]
        inside = [s for s in told if side.sentence.start <= s.start < s.end <= side.sentence.end]
        rows.append(inside[0] if inside else None)
    mine, yours = rows
    if mine is None or yours is None:
        return
    if {mine.text.lower(), yours.text.lower()} & PRONOUNS:
        return
    if pair.names.key(mine.name or mine.text) != pair.names.key(yours.name or yours.text):
        left, right = Words(mine.text, mine.start, mine.end), Words(yours.text, yours.start, yours.end)
        yield Candidate(FlagKind.ATTRIBUTION, "speakers_of_sentence", left, right)


def quotations(pair: Aligned) -> Iterator[Candidate]:
    """One utterance, quoted in other words."""
    for kind, ours, theirs in compare_quotations(pair.left, pair.right):
        yield Candidate(kind, "quoted", ours, theirs)
