"""Two sentences about one thing → the typed differences between them, each with both spans and a line of English.

Neither side is right here. A relation counts only where the two clauses surely correspond: what merely looks alike
(two moments, two speakers, two sums) must not be reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.language.types import SpeakerKind
from assistant.types import Difference, FlagKind
from assistant.wording.align import Alignment
from assistant.wording.candidates import plain
from assistant.wording.matching import Side
from assistant.wording.quoted import compare_quotations
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.stance import row_of
from assistant.wording.tellings import PRONOUNS
from assistant.wording.tone import compare_tones
from assistant.wording.words import means_person
from index import SectionKind, Span

NOTES = {
    FlagKind.QUANTITY: "The numbers differ: “{left}” against “{right}”.",
    FlagKind.QUALIFIER: "The number is hedged differently: “{left}” against “{right}”.",
    FlagKind.TIME: "The time differs: “{left}” against “{right}”.",
    FlagKind.NEGATION: "One says the opposite of the other: “{left}” against “{right}”.",
    FlagKind.ATTRIBUTION: "It is attributed differently: “{left}” against “{right}”.",
    FlagKind.MODALITY: "One is put more strongly: “{left}” against “{right}”.",
    FlagKind.WORDING: "The wording differs: “{left}” against “{right}”.",
    FlagKind.SCOPE: "The scope differs: “{left}” against “{right}”.",
    FlagKind.QUOTATION: "The quoted words differ: “{left}” against “{right}”.",
    FlagKind.HEADLINE_BODY: "They put it differently: “{left}” against “{right}”.",
    FlagKind.OPINION: "One judges where the other reports: “{left}” against “{right}”.",
}
ENOUGH = 2.0  # weight of the words by which a clause can be recognised
SURE = 0.65  # coverage from which clauses correspond well enough to set times, polarity and agents against each other
OWN = 0.75  # sentences so alike that one of them alone says what differs
LIKELY = 0.5
SAME_NUMBER = frozenset({"dropped", "changed", "added"})


def differences_of(left: Side, right: Side, alignment: Alignment) -> list[Difference]:
    """Typed differences between ``left`` (compared as the claim) and ``right``, one for each kind and pair of words."""
    if alignment.repetition is not None and alignment.repetition.exact:
        return []
    found: dict[tuple[FlagKind, int, int], Difference] = {}
    for kind, ours, theirs in told(left, right, alignment):
        first, second = place(left, ours), place(right, theirs)
        if first is None or second is None or same_words(first, second):
            continue
        note = NOTES[kind].format(left=first.quote, right=second.quote)
        found.setdefault((kind, first.start, second.start), Difference(kind, first, second, note))
    return list(found.values())


def told(left: Side, right: Side, alignment: Alignment) -> Iterator[tuple[FlagKind, Words, Words]]:
    """Kind and words of every difference that is sure enough."""
    for relation in alignment.relations:
        test = TESTS.get(relation.slot)
        if test is None or not test(relation, alignment):
            continue
        row = row_of(relation.slot, relation.relation)
        kind = row.flag if row is not None and row.flag in NOTES else FALLBACK.get(relation.slot)
        if kind is not None:
            if relation.slot is Slot.SPEAKER:
                yield kind, filled(relation.ours, left, alignment, 0), filled(relation.theirs, right, alignment, 1)
            else:
                yield kind, relation.ours, relation.theirs
    yield from compare_quotations(left, right)
    if alignment.coverage >= OWN:
        yield from compare_tones(left, right, alignment)


def filled(words: Words, side: Side, alignment: Alignment, which: int) -> Words:
    """A speaker's phrase; where a side has none, the clause that it says in its own voice."""
    if words.end:
        return words
    for ours, theirs, _ in alignment.pairs:
        frame = theirs if which else ours
        if frame is not None and frame.speaker.kind is SpeakerKind.OWN_VOICE and frame.subject is not None:
            start = min(frame.subject.start, frame.predicate_start)
            base = side.sentence.start
            return Words(side.sentence.text[start - base : frame.predicate_end - base], start, frame.predicate_end)
    return words


def speaker_counts(relation: Relation, alignment: Alignment) -> bool:
    """Pronouns name nobody; a clause in one's own voice must be nearly the same to be the same matter."""
    if any(words.text.lower() in PRONOUNS for words in (relation.ours, relation.theirs)):
        return False
    return alignment.coverage >= (SURE if relation.ours.end and relation.theirs.end else OWN)


def local_coverage(relation: Relation, alignment: Alignment) -> float:
    """The share of the clause round the relation's words that the other side's clause carries."""
    around = [ours for ours, theirs, _ in alignment.pairs if theirs and ours.start <= relation.ours.start < ours.end]
    if not around:
        return alignment.coverage
    frame = min(around, key=lambda frame: frame.end - frame.start)
    inside = [
        m
        for m in alignment.matching.matches
        if frame.start <= m.ours.start < frame.end
        and not relation.ours.start <= m.ours.start < max(relation.ours.end, relation.ours.start + 1)
    ]
    total = sum(m.ours.weight for m in inside)
    carried = sum(m.credit * m.ours.weight for m in inside if not m.context)
    return max(alignment.coverage, carried / total if total >= ENOUGH else 0.0)


def quantity_counts(relation: Relation, alignment: Alignment) -> bool:
    if relation.relation in SAME_NUMBER:
        return local_coverage(relation, alignment) >= LIKELY
    return relation.relation in {"disjoint", "overlap"} and alignment.coverage >= OWN


def time_counts(relation: Relation, alignment: Alignment) -> bool:
    wanted = LIKELY if relation.relation == "changed" else OWN
    return relation.relation in {"changed", "disjoint", "narrower"} and alignment.coverage >= wanted


def likely(relation: Relation, alignment: Alignment) -> bool:
    return local_coverage(relation, alignment) >= LIKELY


def surest(_: Relation, alignment: Alignment) -> bool:
    return alignment.coverage >= OWN


def sure(relation: Relation, alignment: Alignment) -> bool:
    return local_coverage(relation, alignment) >= SURE


def modality_counts(relation: Relation, alignment: Alignment) -> bool:
    """Not two forms of one verb: "shifting" / "shift"."""
    same = relation.ours.text.lower()[:4] == relation.theirs.text.lower()[:4]
    return not same and alignment.coverage >= OWN


def group_counts(relation: Relation, alignment: Alignment) -> bool:
    """Another noun, or another status; a further modifier only of people, and not where a headline leaves it out."""
    headline = SectionKind.HEADLINE in {alignment.side.sentence.section}
    if relation.relation.startswith("modifier"):
        noun = relation.ours.text.split()[-1].lower().removesuffix("s")
        counted = alignment.anchored and any(character.isdigit() for character in relation.ours.text)
        return means_person(noun) and (counted or (not headline and sure(relation, alignment)))
    return likely(relation, alignment)


TESTS: dict[Slot, Callable[[Relation, Alignment], bool]] = {
    Slot.QUANTITY: quantity_counts,
    Slot.TIME: time_counts,
    Slot.SPEAKER: speaker_counts,
    Slot.POLARITY: surest,
    Slot.MODALITY: modality_counts,
    Slot.PREDICATE: surest,
    Slot.ROLES: surest,
    Slot.SCOPE: surest,
    Slot.GROUP: group_counts,
}
FALLBACK = {Slot.SPEAKER: FlagKind.ATTRIBUTION, Slot.MODALITY: FlagKind.MODALITY}


def place(side: Side, words: Words) -> Span | None:
    """The words as a span of the side's article; None when they cannot be pointed at."""
    sentence = side.sentence
    if not words.text or not sentence.start <= words.start < words.end <= sentence.end:
        return None
    quote = sentence.text[words.start - sentence.start : words.end - sentence.start]
    return Span(sentence.article_id, words.start, words.end, quote)


def same_words(left: Span, right: Span) -> bool:
    """The same but for typography, articles and spelling on the two sides of the Atlantic."""
    return plain(left.quote) == plain(right.quote)


def without_repeats(differences: Sequence[Difference]) -> list[Difference]:
    """Each pair of wordings once, under the kind that comes first; of one kind none on the words of another."""
    found: dict[tuple[object, ...], Difference] = {}
    for difference in differences:
        left = (difference.left.article_id, difference.left.quote.lower())
        right = (difference.right.article_id, difference.right.quote.lower())
        if not any(is_repeat(difference, other) for other in found.values()):
            found.setdefault((left, right), difference)
    return list(found.values())


def is_repeat(one: Difference, other: Difference) -> bool:
    """Are both of one kind, and do they share words on both sides?"""
    return one.kind is other.kind and shares(one.left, other.left) and shares(one.right, other.right)


def shares(one: Span, other: Span) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end
