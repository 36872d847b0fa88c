"""Topic → wording table: who says it how, for whom, where; typed differences, headline against body; agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.language.reader import LanguageReader
from assistant.types import Agreement, Comparison, ComparisonRow, Difference, FlagKind, Scope
from assistant.wording.align import Alignment, compare_sides, rough_coverage
from assistant.wording.consulted import choose_sources, sentences_for
from assistant.wording.differences import differences_of, without_repeats
from assistant.wording.library import Library, OpenArticle, open_claim, open_library, read_articles
from assistant.wording.matching import Side, item_kin, match_items
from assistant.wording.names import Names
from assistant.wording.quantities import pair_quantities
from assistant.wording.words import Kin
from index import SectionKind, Sources, Span

ABOUT = 0.5  # share of the topic's words that a sentence must hold
HEADLINE_CARRIED = 0.6  # share of a headline that a sentence must carry to be what the headline is about
LOOKED_AT = 4  # sentences of the other article that are looked at closely for each
PAIRED = 0.45  # share of one sentence that the other must carry to be about the same
WHOLE_EVENT = 4  # content words from which on a topic may name an event
OPENING = 4  # sentences in which an article says what it is about
CARRIED = 0.5  # share of the topic's words in the opening
MOST_SENTENCES = 60  # of one article


@dataclass(frozen=True)
class Pair:
    """Two sentences about the same thing, compared in the better direction."""

    left: Side
    right: Side
    alignment: Alignment


def compare_topic(topic: str, *, sources: Sources, reader: LanguageReader, scope: Scope) -> Comparison:
    """How each source words ``topic``; an empty row list when none speaks of it.

    Raises UnknownSource or AmbiguousSource for a name in ``scope`` that means no article.
    """
    consulted = choose_sources(topic, sources, scope)
    sentences = sentences_for(topic, consulted, sources)
    library = open_library(consulted.headers, read_articles(sentences, reader), reader.parse_text(topic))
    asked = open_claim(topic, reader, library.names)
    chosen = {article.header.article_id: about(asked, article) for article in library.articles}
    pairs = find_pairs(chosen, library)
    differences = [found for pair in pairs for found in typed(pair)]
    return Comparison(
        topic,
        tuple(row for article in library.articles for row in rows_of(chosen[article.header.article_id], asked)),
        tuple(without_repeats(differences)),
        tuple(agreements_of(pairs)),
        (),
        consulted.not_consulted,
    )


def about(topic: Side | None, article: OpenArticle) -> list[Side]:
    """The article's sentences on the topic, in order; all of them when the article itself is what the topic says."""
    if topic is None or not topic.items or is_whole(topic, article):
        return list(article.sides[:MOST_SENTENCES])
    graded = [(topic_share(topic, side), -place, side) for place, side in enumerate(article.sides)]
    kept = sorted((row for row in graded if row[0] >= ABOUT), key=lambda row: row[:2], reverse=True)[:MOST_SENTENCES]
    return [side for _, _, side in sorted(kept, key=lambda row: -row[1])]


def is_whole(topic: Side, article: OpenArticle) -> bool:
    """A topic of several words that headline and opening carry between them names the event itself."""
    if len(topic.items) < WHOLE_EVENT:
        return False
    opening = article.sides[:OPENING]
    keys = {item.key for side in opening for item in side.items}
    held = [
        any(item_kin(item, other) >= Kin.BROADER for side in opening for other in side.items) for item in topic.items
    ]
    return bool(keys) and sum(held) >= CARRIED * len(held)


def topic_share(topic: Side, side: Side) -> float:
    share = rough_coverage(topic, side)
    pairs = pair_quantities(topic.quantities, side.quantities)
    missing = any(other is None or other.value != quantity.value for quantity, other in pairs)
    return 0.0 if missing else share  # "the 400 workers": no other number will do


def rows_of(sides: Sequence[Side], topic: Side | None) -> Iterator[ComparisonRow]:
    """One row for each sentence: the phrase that words the topic, and what is said of it."""
    for side in sides:
        sentence = side.sentence
        span = Span(sentence.article_id, sentence.start, sentence.end, sentence.text)
        wording, described = wording_of(side, topic)
        yield ComparisonRow(span, sentence.section, wording, described)


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
        if phrase is not None and sentence.start <= phrase.start < phrase.end <= sentence.end
    ]
    best = max(
        phrases,
        key=lambda pair: (sum(pair[0].start <= place < pair[0].end for place in held), -(pair[0].end - pair[0].start)),
        default=None,
    )
    if best is None:
        return sentence.text, sentence.text
    phrase, frame = best
    start, end = phrase.start - sentence.start, phrase.end - sentence.start
    return sentence.text[start:end], frame.text


def find_pairs(chosen: dict[str, list[Side]], library: Library) -> list[Pair]:
    """Sentences about the same thing: of two articles, and of headline and body of one."""
    found: list[Pair] = []
    for left, right in combinations(library.articles, 2):
        found += best_pairs(chosen[left.header.article_id], chosen[right.header.article_id], library.names)
    for article in library.articles:
        sides = chosen[article.header.article_id]
        headline = [side for side in sides if is_headline(side)]
        found += best_pairs(headline, [side for side in sides if not is_headline(side)], library.names)
    return found


def best_pairs(lefts: Sequence[Side], rights: Sequence[Side], names: Names) -> list[Pair]:
    """For each sentence its best counterpart on the other side, if they are about the same thing."""
    graded: dict[tuple[int, int], float] = {}
    for number, left in enumerate(lefts):
        shared = sorted(((len(left.keys & right.keys), -n) for n, right in enumerate(rights)), reverse=True)[:LOOKED_AT]
        for count, n in shared:
            if count >= 2:
                right = rights[-n]
                graded[number, -n] = max(rough_coverage(left, right), rough_coverage(right, left))
    kept: dict[tuple[int, int], None] = {}
    for which in (0, 1):
        for place in sorted({pair[which] for pair in graded}):
            best = max((pair for pair in graded if pair[which] == place), key=lambda pair: graded[pair])
            if graded[best] >= PAIRED:
                kept[best] = None
    return [oriented(lefts[i], rights[j], names) for i, j in kept]


def oriented(left: Side, right: Side, names: Names) -> Pair:
    """The sentence that the other carries better stands where a claim would stand."""
    forth = rough_coverage(left, right) >= rough_coverage(right, left)
    ours, theirs = (left, right) if forth else (right, left)
    return Pair(ours, theirs, compare_sides(ours, theirs, names))


def is_headline(side: Side) -> bool:
    return side.sentence.section is SectionKind.HEADLINE


def typed(pair: Pair) -> list[Difference]:
    """The pair's differences; within one article they are the headline's against the body."""
    found = differences_of(pair.left, pair.right, pair.alignment)
    if is_headline(pair.left) or is_headline(pair.right):
        wanted = PAIRED if pair.alignment.anchored else HEADLINE_CARRIED
        found = found if pair.alignment.coverage >= wanted else []
    if pair.left.sentence.article_id != pair.right.sentence.article_id:
        return found
    return [Difference(FlagKind.HEADLINE_BODY, d.left, d.right, f"Headline against body. {d.note}") for d in found]


def agreements_of(pairs: Sequence[Pair]) -> list[Agreement]:
    """Pairs of two articles whose words differ in nothing that matters."""
    found = []
    for pair in pairs:
        if pair.left.sentence.article_id == pair.right.sentence.article_id or typed(pair):
            continue
        if pair.alignment.coverage < 0.8:
            continue
        spans = tuple(
            Span(side.sentence.article_id, side.sentence.start, side.sentence.end, side.sentence.text)
            for side in (pair.left, pair.right)
        )
        found.append(Agreement(spans, "Both say so."))
    return found
