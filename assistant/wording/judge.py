"""The stance of each source towards one claim: its sentences beside the claim, the table, the model, both weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Verifier
from assistant.wording.align import Alignment, compare_sides, rough_coverage
from assistant.wording.conclude import OUTWEIGHED, Judged, conclude
from assistant.wording.in_context import Place, read_places
from assistant.wording.library import Library, OpenArticle
from assistant.wording.matching import Side
from assistant.wording.names import Names
from assistant.wording.near import shares_of_words
from assistant.wording.opinion import Opinion, is_headline
from assistant.wording.spans import evidence_words
from assistant.wording.stance import occurring, thresholds
from assistant.wording.weigh import weigh
from index import Span

READ_FIRST = 3  # sentences of each source, the nearest, that the verifier reads
READ_OF_FEW = 8  # the same where few sources are asked, in a second turn
SAID = 0.9  # entailment of a sentence from which no further one of its source is read
LOOKED_AT = 8  # sentences of one source that are compared closely
LEAST_ROUGH = 0.05  # share of the claim below which a sentence is not looked at
LEAST_OF_MANY = 0.25  # the same where many sources are asked
RARE = 0.2  # share of the claim's words, the rarer counting more, from which a sentence of another matter is read
VERBATIM = "matter.verbatim"  # the row of words repeated exactly


def judge_sources(claim: Side, library: Library, verifier: Verifier) -> list[Judged]:
    """Each source, same order. Raises NotJudged when the verifier cannot read the claim or the evidence."""
    articles, names = library.articles, library.names
    each, least = (READ_FIRST, LEAST_OF_MANY) if library.many else (READ_OF_FEW, LEAST_ROUGH)
    found = [
        [Place(article, a) for a in undecided(nearest_sentences(claim, article, names, least)[:each])]
        for article in articles
    ]
    first = [place for places in found for place in places[:READ_FIRST]]
    heard = opinions_of(claim, worth_reading(claim, articles, first) if library.many else first, verifier)
    said = {opinion.evidence.span.article_id for opinion in heard if is_said(opinion)}
    unsaid = [places for article, places in zip(articles, found, strict=True) if article.header.article_id not in said]
    heard += opinions_of(claim, [place for places in unsaid for place in places[READ_FIRST:]], verifier)
    keys = [article.header.article_id for article in articles]
    return [conclude(claim, key, [o for o in heard if o.evidence.span.article_id == key]) for key in keys]


def is_said(opinion: Opinion) -> bool:
    """Is it a sentence that says what the claim says? Then no further one of its source is read."""
    return opinion.evidence.entailment >= SAID and not opinion.headline


def worth_reading(claim: Side, articles: Sequence[OpenArticle], places: Sequence[Place]) -> list[Place]:
    """Among many sources: where a sentence carries so little of the claim that no row of the table is heard, the
    verifier reads it only if it has the claim's number, or words that are rare in these articles.
    """
    sides = [side for article in articles for side in article.sides]
    shares = shares_of_words(claim.sentence.text, [side.sentence.text for side in sides])
    share_of = {id(side): share for side, share in zip(sides, shares, strict=True)}
    least = thresholds().heard_least

    def is_near(found: Alignment) -> bool:
        return found.anchored or found.coverage >= least or share_of[id(found.side)] >= RARE

    return [place for place in places if is_near(place.alignment)]


def nearest_sentences(claim: Side, article: OpenArticle, names: Names, least: float = LEAST_ROUGH) -> list[Alignment]:
    """The sentences of one source that may bear on the claim, beside it, the nearest first."""
    ranked = sorted(
        ((rough_coverage(claim, side), -place, side) for place, side in enumerate(article.sides)),
        key=lambda row: row[:2],
        reverse=True,
    )
    near = [side for coverage, _, side in ranked[:LOOKED_AT] if coverage >= least]
    alignments = [compare_sides(claim, side, names, article.vocabulary) for side in near]
    return sorted(alignments, key=lambda alignment: alignment.coverage + 0.3 * alignment.anchored, reverse=True)


def undecided(alignments: Sequence[Alignment]) -> list[Alignment]:
    """Where the body repeats the claim word for word, those that are far behind are left out: they change nothing."""
    if not any(repeats(alignment) for alignment in alignments):
        return list(alignments)
    return [a for a in alignments if is_headline(a) or repeats(a) or a.coverage >= 1 - OUTWEIGHED]


def repeats(alignment: Alignment) -> bool:
    """Does the table hold the sentence to say just what the claim says, whatever a model reads?"""
    row, _ = occurring(alignment.relations)[0]
    return row.name == VERBATIM and not is_headline(alignment)


def opinions_of(claim: Side, places: Sequence[Place], verifier: Verifier) -> list[Opinion]:
    """What each sentence says to the claim, same order; the model decides only what the table leaves open."""
    opinions = []
    for place, judged in zip(places, read_places(claim.sentence.text, places, verifier), strict=True):
        alignment = place.alignment
        words = evidence_words(alignment)
        span = Span(alignment.side.sentence.article_id, words.start, words.end, words.text)
        evidence = replace(judged, span=span, section=alignment.side.sentence.section)
        stance, ruling, rule = weigh(alignment, evidence)
        opinions.append(Opinion(alignment, stance, ruling, rule, replace(evidence, decided_by=rule)))
    return opinions
