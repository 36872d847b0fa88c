"""Topic → wording table: who says it how, for whom, where; typed differences, headline against body; agreements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from assistant.differing import PairReader
from assistant.language.reader import LanguageReader
from assistant.types import Agreement, Comparison, ComparisonRow, Difference, FlagKind, Scope
from assistant.wording.align import compare_sides, rough_coverage
from assistant.wording.aligned import Aligned, Candidate
from assistant.wording.candidates import candidates, plain
from assistant.wording.counts import numbers
from assistant.wording.differences import NOTES, SURE, differences_of, without_repeats
from assistant.wording.library import Library
from assistant.wording.likelihood import FAMILY, Weights, features, likelihood, told, weights
from assistant.wording.likeness import is_headline
from assistant.wording.matching import Side, item_kin, match_items
from assistant.wording.names import Names
from assistant.wording.opened import Opened, open_topic
from assistant.wording.pair import Pair
from assistant.wording.quantities import pair_quantities
from assistant.wording.relations import Words
from assistant.wording.statements import act_around, names_speaker
from assistant.wording.tellings import PRONOUNS
from assistant.wording.times import are_apart
from assistant.wording.topic import WHOLE_EVENT, names_event
from assistant.wording.words import Kin
from index import Sources, Span

NEARLY = 0.5  # share of both sentences' weight in common from which they may say the same but for one thing
AGREED = 0.6  # share of one sentence's weight that the other holds, for both to say the same
COVERED = 0.8  # and of its words, by meaning
IMPORTANCE = {
    FlagKind.QUANTITY: 0.95,
    FlagKind.NEGATION: 0.95,
    FlagKind.QUOTATION: 0.9,
    FlagKind.QUALIFIER: 0.85,
    FlagKind.ATTRIBUTION: 0.8,
    FlagKind.MODALITY: 0.75,
    FlagKind.WORDING: 0.7,
}  # what an editor would have to mend first
LEAST_IMPORTANT = 0.6
PLAIN = frozenset({FlagKind.QUANTITY, FlagKind.QUALIFIER, FlagKind.TIME, FlagKind.NEGATION, FlagKind.MODALITY})
OWN_VOICE = frozenset({"own_voice", "voice_of_sentence", "read_voice"})
EMPTY_WORDINGS = PRONOUNS | {"what", "there", "this", "all", "many", "others"}


def compare_topic(
    topic: str, *, sources: Sources, reader: LanguageReader, differing: PairReader, scope: Scope
) -> Comparison:
    """How each source words ``topic``; an empty row list when none speaks of it.

    Raises UnknownSource or AmbiguousSource for a name in ``scope`` that means no article, VerifierUnavailable.
    """
    opened = open_topic(topic, sources=sources, reader=reader, differing=differing, scope=scope)
    library, chosen = opened.library, opened.chosen
    graded = sorted([*differences_in(opened.pairs), *near_alike(opened)], key=lambda row: -row[0])
    surest = [*same_number(opened), *counted_in_topic(opened)]
    differences = without_repeats([*surest, *(difference for _, difference in graded)])
    return Comparison(
        topic,
        tuple(row for header in opened.headers for row in rows_of(chosen[header.article_id], opened.asked)),
        tuple(differences),
        (*repeats_in(chosen, library), *agreements_of(opened.pairs, differences, library.names)),
        (),
        opened.skipped,
    )


def same_number(opened: Opened) -> list[Difference]:
    """What two bodies say the topic's own number counts, and how they hedge it: nothing is left to likelihood."""
    asked = opened.asked
    values = {quantity.value for quantity in asked.quantities} if asked is not None else set()
    counting = {
        article_id: [
            s for s in sides if not is_headline(s) and any(q.value in values and q.counted for q in s.quantities)
        ]
        for article_id, sides in opened.chosen.items()
    }
    found = []
    for left, right in combinations(opened.library.articles, 2):
        for ours, theirs in product(counting[left.header.article_id], counting[right.header.article_id]):
            alignment = compare_sides(ours, theirs, opened.library.names)
            places = [(q.start, (q.counted or q).end) for q in ours.quantities if q.value in values]
            found += [
                difference
                for difference in differences_of(ours, theirs, alignment)
                if difference.kind in {FlagKind.WORDING, FlagKind.QUALIFIER}
                and any(start < difference.left.end and difference.left.start < end for start, end in places)
            ]
    return found


def counted_in_topic(opened: Opened) -> Iterator[Difference]:
    """Other numbers of what a short topic names, at no other time: the topic itself says that both tell one matter."""
    asked = opened.asked
    if asked is None or names_event(asked):
        return
    for pair in opened.pairs:
        aligned = pair.aligned
        left, right = aligned.left, aligned.right
        if left.sentence.article_id == right.sentence.article_id or are_apart(left.times, right.times):
            continue
        for candidate in numbers(aligned):
            if all(names(asked, side, words) for side, words in ((left, candidate.ours), (right, candidate.theirs))):
                yield difference_of(candidate, aligned)


def names(asked: Side, side: Side, words: Words) -> bool:
    """Does the stretch hold a word of the topic?"""
    inside = [item for item in side.items if words.start <= item.start < words.end]
    return any(item_kin(mine, yours) >= Kin.SYNONYM for mine in asked.items for yours in inside)


def near_alike(opened: Opened) -> Iterator[tuple[float, Difference]]:
    """Numbers, times and firmness in two sentences that otherwise say the same, each with its weight: nothing is left
    to likelihood there."""
    names = opened.library.names
    for pair in opened.pairs:
        left, right = pair.aligned.left, pair.aligned.right
        if pair.alike.cover < NEARLY or left.sentence.article_id == right.sentence.article_id:
            continue
        there, back = compare_sides(left, right, names), compare_sides(right, left, names)
        if min(there.coverage, back.coverage) >= SURE:
            plain_ones = [difference for difference in differences_of(left, right, there) if difference.kind in PLAIN]
            yield from ((IMPORTANCE.get(d.kind, LEAST_IMPORTANT), d) for d in plain_ones)


def rows_of(sides: Sequence[Side], topic: Side | None) -> Iterator[ComparisonRow]:
    """One row for each sentence: the phrase that words the topic, and what is said of it."""
    for side in sides:
        sentence = side.sentence
        wording, described = wording_of(side, topic)
        yield ComparisonRow(side.span, sentence.section, wording, described)


def wording_of(side: Side, topic: Side | None) -> tuple[str, str]:
    """The noun phrase that carries most of the topic's words (else the clause), and the clause around it."""
    sentence = side.sentence
    held = []
    if topic is not None:
        held = [m.theirs.start for m in match_items(topic, side).matches if m.theirs is not None and not m.context]
        pairs = pair_quantities(topic.quantities, side.quantities)
        held += 2 * [other.start for quantity, other in pairs if other and other.value == quantity.value]
    phrases = [
        (phrase, frame)
        for frame in side.frames
        for phrase in (*(q.counted for q in frame.quantities), frame.object, frame.subject, frame.recipient)
        if phrase is not None
        and sentence.start <= phrase.start < phrase.end <= sentence.end
        and phrase.text.lower() not in EMPTY_WORDINGS
    ]
    graded = [
        (sum(phrase.start <= place < phrase.end for place in held), phrase.start - phrase.end, phrase, frame)
        for phrase, frame in phrases
    ]
    best = max(graded, key=lambda row: row[:2], default=None)
    if best is None or (topic is not None and topic.items and not best[0]):
        return sentence.text, sentence.text  # no phrase of it words the topic
    _, _, phrase, frame = best
    start, end = phrase.start - sentence.start, phrase.end - sentence.start
    return sentence.text[start:end], frame.text


def differences_in(pairs: Sequence[Pair]) -> Iterator[tuple[float, Difference]]:
    """What is told of each pair of sentences, likely enough, each with its weight: what matters most weighs most."""
    by = weights()
    for pair in pairs:
        rated = rated_in(pair, by)
        rates = {id(candidate): rate for rate, candidate in rated}
        for candidate in told(rated, by.threshold):
            weight = 1.0 if candidate.sign == "same_number" else IMPORTANCE.get(candidate.kind, LEAST_IMPORTANT)
            yield weight * rates[id(candidate)], difference_of(candidate, pair.aligned)


def rated_in(pair: Pair, by: Weights) -> list[tuple[float, Candidate]]:
    """How likely each candidate of two sentences is."""
    found = candidates(pair.aligned, pair.reading) if pair.is_weighed else []
    return [(likelihood(features(pair, candidate), candidate, by), candidate) for candidate in found]


def difference_of(candidate: Candidate, aligned: Aligned) -> Difference:
    act, voice = FAMILY[candidate.sign] == "verb", candidate.sign in OWN_VOICE
    left, right = (
        span_of(side, act_around(side, words) if act or (voice and not names_speaker(side, words)) else words)
        for side, words in ((aligned.left, candidate.ours), (aligned.right, candidate.theirs))
    )
    note = note_of(candidate, aligned, left, right)
    if left.article_id == right.article_id:
        return Difference(FlagKind.HEADLINE_BODY, left, right, f"Headline against body. {note}")
    return Difference(candidate.kind, left, right, note)


def note_of(candidate: Candidate, aligned: Aligned, left: Span, right: Span) -> str:
    """One line of plain English."""
    if candidate.sign in OWN_VOICE:
        credited, stated = left.quote, right.quote
        if not names_speaker(aligned.left, candidate.ours):
            credited, stated = stated, credited
        return f"One credits “{credited}”; the other says it in its own voice: “{stated}”."
    if candidate.kind is FlagKind.QUALIFIER and FAMILY[candidate.sign] != "number":
        return f"The degree differs: “{left.quote}” against “{right.quote}”."
    return NOTES[candidate.kind].format(left=left.quote, right=right.quote)


def span_of(side: Side, words: Words) -> Span:
    """The words as a span of the side's article."""
    base = side.sentence.start
    quote = side.sentence.text[words.start - base : words.end - base]
    return Span(side.sentence.article_id, words.start, words.end, quote)


def agreements_of(pairs: Sequence[Pair], differences: Sequence[Difference], names: Names) -> list[Agreement]:
    """Pairs of two articles that go together best and differ in nothing that matters."""
    found = []
    for pair in pairs:
        left, right = pair.aligned.left, pair.aligned.right
        if pair.alike.fuller < AGREED or left.sentence.article_id == right.sentence.article_id:
            continue
        if pair.alike.rank_left or pair.alike.rank_right or any(touches(d, left, right) for d in differences):
            continue
        ours, theirs = (left, right) if rough_coverage(left, right) >= rough_coverage(right, left) else (right, left)
        alignment = compare_sides(ours, theirs, names)
        if alignment.coverage < COVERED or differences_of(ours, theirs, alignment):
            continue
        found.append(Agreement((left.span, right.span), "Both say so."))
    return found


def repeats_in(chosen: Mapping[str, Sequence[Side]], library: Library) -> Iterator[Agreement]:
    """Sentences that two articles have word for word, each once."""
    texts = [chosen[article.header.article_id] for article in library.articles]
    for lefts, rights in combinations(texts, 2):
        told_there = {plain(side.sentence.text): side for side in rights}
        told_here = {plain(side.sentence.text): side for side in lefts if plain(side.sentence.text) in told_there}
        for text, side in told_here.items():
            if len(side.items) >= WHOLE_EVENT:
                yield Agreement((side.span, told_there[text].span), "Both say so, word for word.")


def touches(difference: Difference, left: Side, right: Side) -> bool:
    """Does the difference lie in these two sentences?"""
    return all(
        span.article_id == side.sentence.article_id and side.sentence.start <= span.start < side.sentence.end
        for span, side in ((difference.left, left), (difference.right, right))
    )
