"""The stance of one source towards one claim: its sentences beside the claim, the table first, then the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.types import Evidence, Flag, FlagKind, FlagSide, SourceStance, Stance, Verifier
from assistant.wording.align import Alignment, compare_sides, rough_coverage
from assistant.wording.consulted import EVERYBODY
from assistant.wording.in_context import Place, read_places
from assistant.wording.library import OpenArticle
from assistant.wording.matching import Side
from assistant.wording.names import Names
from assistant.wording.near import shares_of_words
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.spans import evidence_words
from assistant.wording.stance import Row, Ruling, flagged, occurring, row_of, thresholds
from assistant.wording.weigh import weigh
from index import SectionKind, Span

LOOKED_AT = 8  # sentences of one source that are compared closely
JUDGED = 3  # of these, the nearest that the verifier reads
LEAST_ROUGH = 0.25  # share of the claim below which a sentence is not looked at
RARE = 0.2  # share of the claim's words, the rarer counting more, from which a sentence of another matter is read
SHOWN = 3  # passages of evidence for one source
NEAREST = 2
OUTWEIGHED = 0.3  # a sentence that much nearer to the claim decides against one that supports
NEARLY_AS_GOOD = 0.2  # coverage behind the best that is still shown
VERBATIM = "matter.verbatim"  # the row of words repeated exactly


@dataclass(frozen=True)
class Opinion:
    """What one sentence says to the claim, and who decided: a rule's name or the model."""

    alignment: Alignment
    stance: Stance
    ruling: Ruling
    rule: str
    evidence: Evidence

    @property
    def headline(self) -> bool:
        return is_headline(self.alignment)


@dataclass(frozen=True)
class Judged:
    """A source's stance, and the flags it raises with their rows' order kept."""

    stance: SourceStance
    flags: tuple[Flag, ...]
    opinions: tuple[Opinion, ...]


def judge_sources(claim: Side, articles: Sequence[OpenArticle], names: Names, verifier: Verifier) -> list[Judged]:
    """Each source, same order. Raises NotJudged when the verifier cannot read the claim or the evidence."""
    places = [
        Place(article, alignment)
        for article in articles
        for alignment in undecided(nearest_sentences(claim, article, names)[:JUDGED])
    ]
    if len(articles) > EVERYBODY:
        places = worth_reading(claim, articles, places)
    opinions = opinions_of(claim, places, verifier)
    return [
        conclude(claim, article.header.article_id, [opinions[n] for n, p in enumerate(places) if p.article is article])
        for article in articles
    ]


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


def nearest_sentences(claim: Side, article: OpenArticle, names: Names) -> list[Alignment]:
    """The sentences of one source that may bear on the claim, beside it, the nearest first."""
    ranked = sorted(
        ((rough_coverage(claim, side), -place, side) for place, side in enumerate(article.sides)),
        key=lambda row: row[:2],
        reverse=True,
    )
    near = [side for coverage, _, side in ranked[:LOOKED_AT] if coverage >= LEAST_ROUGH]
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


def is_headline(alignment: Alignment) -> bool:
    return alignment.side.sentence.section is SectionKind.HEADLINE


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


def conclude(claim: Side, article_id: str, opinions: Sequence[Opinion]) -> Judged:
    """All sentences of one source → its one stance. The body outweighs the headline."""
    body = [opinion for opinion in opinions if not opinion.headline]
    headline = [opinion for opinion in opinions if opinion.headline]
    deciding = decide(body)
    extra: list[Flag] = []
    rule = deciding[0].rule if deciding else ""
    stance = deciding[0].stance if deciding else Stance.SILENT
    heading = decide(headline)
    if stance is Stance.SILENT:
        deciding = heading
        stance, rule = (heading[0].stance, heading[0].rule) if heading else (Stance.SILENT, "")
    elif stance is not Stance.SUPPORTS and heading and heading[0].stance is Stance.SUPPORTS:
        extra.append(headline_flag(heading[0], deciding[0]))
        deciding = [*deciding, heading[0]]
    elif heading and heading[0].stance is not Stance.SILENT:
        deciding = [*deciding, heading[0]]
    if stance is Stance.SILENT:
        nearest = sorted(opinions, key=lambda o: -o.alignment.coverage)[:NEAREST]
        found = [o for o in nearest if o.alignment.coverage > 0]
        return Judged(
            SourceStance(article_id, Stance.SILENT, (), tuple(o.evidence for o in found), rule), (), tuple(opinions)
        )
    flags = [*flags_of(claim, deciding, stance), *extra]
    evidence = tuple(dict.fromkeys(opinion.evidence for opinion in deciding))
    return Judged(SourceStance(article_id, stance, evidence, (), rule), tuple(flags), tuple(opinions))


def decide(opinions: Sequence[Opinion]) -> list[Opinion]:
    """The opinions that make up the stance, best first; empty for silence."""
    speaking = sorted((o for o in opinions if o.stance is not Stance.SILENT), key=strength, reverse=True)
    supporting = [o for o in speaking if o.stance is Stance.SUPPORTS]
    if supporting and strength(supporting[0])[0] >= strength(speaking[0])[0] - OUTWEIGHED:
        return near_the_best(supporting)
    if not speaking:
        return []
    refuting = [o for o in speaking if o.stance is Stance.REFUTES]
    if refuting and strength(refuting[0])[0] >= strength(speaking[0])[0] - OUTWEIGHED:
        return near_the_best(refuting)
    return near_the_best([o for o in speaking if o.stance is speaking[0].stance])


def strength(opinion: Opinion) -> tuple[float, int]:
    bonus = 0.3 * bool(opinion.alignment.repetition) + 0.3 * opinion.alignment.anchored
    return opinion.alignment.coverage + bonus, int(opinion.stance is Stance.REFUTES)


def near_the_best(opinions: Sequence[Opinion]) -> list[Opinion]:
    best = opinions[0].alignment.coverage
    return [o for o in opinions if o.alignment.coverage >= best - NEARLY_AS_GOOD][:SHOWN]


def headline_flag(heading: Opinion, body: Opinion) -> Flag:
    relation = Relation(Slot.SECTION, "headline_only", words_of(heading.evidence.span), words_of(body.evidence.span))
    row = row_of(Slot.SECTION, "headline_only")
    note = row.note_of(relation) if row else ""
    return Flag(FlagKind.HEADLINE_BODY, note, FlagSide.of(heading.evidence.span), FlagSide.of(body.evidence.span))


def words_of(span: Span) -> Words:
    return Words(span.quote, span.start, span.end)


def flags_of(claim: Side, deciding: Sequence[Opinion], stance: Stance) -> list[Flag]:
    """What the deciding sentences' words differ in: the row that decided, and what stands beside it for certain."""
    found: dict[FlagKind, Flag] = {}
    for opinion in deciding:
        if opinion.stance is not stance:
            continue
        for row, relation in flagged([*opinion.alignment.relations, opinion.ruling.relation]):
            if row.flag is None or row.flag in found or not is_told(row, relation, opinion):
                continue
            found[row.flag] = Flag(
                row.flag, row.note_of(relation), our_side(claim, relation), their_side(opinion, relation)
            )
    return list(found.values())


def is_told(row: Row, relation: Relation, opinion: Opinion) -> bool:
    """The row that decided; beside one that supports what it leaves out, beside one that refutes another number.

    A row that the model outweighed says nothing, and lesser differences beside the one that decides only hide it.
    """
    if relation is opinion.ruling.relation:
        return row.stance == opinion.stance
    return row.stance == opinion.stance and (opinion.stance is Stance.SUPPORTS or relation.slot is Slot.QUANTITY)


def our_side(claim: Side, relation: Relation) -> FlagSide:
    words = relation.ours if relation.ours is not NOTHING and relation.ours.text else None
    return FlagSide(words.text if words else claim.sentence.text)


def their_side(opinion: Opinion, relation: Relation) -> FlagSide:
    """The source's words, read from the sentence itself; its evidence where the relation points at nothing."""
    sentence, words = opinion.alignment.side.sentence, relation.theirs
    if not sentence.start <= words.start < words.end <= sentence.end:
        return FlagSide.of(opinion.evidence.span)
    quote = sentence.text[words.start - sentence.start : words.end - sentence.start]
    return FlagSide(quote, sentence.article_id, words.start, words.end)
