"""Is a statement asserted, denied, or not said by the sources? A plan, a condition or a wish asserts nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.matching import Match, kinship, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.stated import Stated, allows, is_embedded, kin_of, phrase_meets, stance_of, taken_apart
from assistant.errors import NotJudged
from assistant.language.lexicon.verbs import is_denial
from assistant.types import Stance
from assistant.wording.conclude import Judged
from assistant.wording.words import PARTS, Kin, kin
from index import Span

ENOUGH = 0.45  # share of the statement's words that a sentence, with its neighbours, must have to be looked at
LOOKED_AT = 12
ALIKE = 0.64  # cosine
_NO = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|denie[sd]|deny|refus\w+|reject\w+)\b|n[’']t\b", re.IGNORECASE
)
JUDGED = 4  # sentences put to the verifier
ON_IT = 0.5  # share of the statement's words that such a sentence must have by itself
SURE = 0.8  # probability from which the verifier alone asserts a statement
CONTRADICTS = 0.7  # probability
# Rules of the stance table by which a source says a statement in full, whatever smaller words it drops.
SAYS_SO = ("rule:matter.covered", "rule:matter.verbatim", "rule:modality.weaker", "rule:speaker.unmentioned", "model")


@dataclass(frozen=True, slots=True)
class Footing:
    """Where the sources assert a statement, where they deny it, and the sentence that comes nearest."""

    asserted: tuple[Span, ...]
    opposite: tuple[Span, ...]
    ranked: tuple[Match, ...]  # what comes nearest, best first


def footing_of(material: Material, statement: str, *, lenient: bool = False) -> Footing:
    """What the sources make of a statement. ``lenient``: a presupposition, for which near words are enough."""
    tokens = [token for parse in material.reader.parse_text(statement) for token in parse.tokens]
    ranked = rank(material, terms_of(tokens), statement)
    stated = taken_apart(tokens)
    asserted: list[Span] = []
    opposite: list[Span] = []
    for match in ranked[:LOOKED_AT]:
        if match.coverage < ENOUGH or stated is None:
            continue
        stance = stance_of(material, match, stated, lenient)
        sentence = match.sentence
        span = Span(sentence.article_id, sentence.start, sentence.end, sentence.text)
        if stance == 1:
            asserted.append(span)
        elif stance == -1:
            opposite.append(span)
    asserted += [
        span
        for span in _judged(material, statement)
        if not _covers([*asserted, *opposite], span) and not _only_named(material, ranked, stated, span)
    ]
    if lenient and stated is not None and not asserted and not opposite:
        asserted = _alike(material, ranked, stated)
    if not asserted and not opposite:
        opposite = _contradicting(material, ranked, statement)
    return Footing(tuple(asserted), tuple(opposite), tuple(ranked))


def _contradicting(material: Material, ranked: Sequence[Match], statement: str) -> list[Span]:
    """Of the nearest sentences those that the verifier finds to say the opposite."""
    if not material.whole:
        return []
    near = [match.sentence for match in ranked[:JUDGED] if match.alone >= ON_IT]
    spans = [Span(s.article_id, s.start, s.end, s.text) for s in near]
    try:
        judged = material.verifier.judge(f"{statement[:1].upper()}{statement[1:]}.", spans) if spans else []
    except NotJudged:
        return []
    return [e.span for e in judged if e.contradiction >= CONTRADICTS and _NO.search(e.span.quote)]


def _alike(material: Material, ranked: Sequence[Match], stated: Stated) -> list[Span]:
    """The sentence that says a presupposition in quite other words: alike in meaning, with all its names, no denial."""
    best = max(ranked[:LOOKED_AT], key=lambda match: match.similarity, default=None)
    if best is None or best.similarity < ALIKE or best.names < 1.0:
        return []
    verbs = [token.lemma.lower() for token in best.parse.tokens if token.pos == "VERB"]
    if any(is_denial(verb) or kin(stated.predicate, stated.part, verb, "v") is Kin.OPPOSITE for verb in verbs):
        return []
    if any(token.dep == "neg" for token in best.parse.tokens) != stated.negated:
        return []
    sentence = best.sentence
    subjects = [
        frame.subject
        for frame in material.frames(sentence.article_id)
        if sentence.start <= frame.predicate_start < sentence.end and frame.subject is not None
        if not is_embedded(best, frame)
    ]
    if stated.subject and not any(phrase_meets(material, stated.subject, subject) for subject in subjects):
        return []
    return [Span(sentence.article_id, sentence.start, sentence.end, sentence.text)]


def _covers(spans: Sequence[Span], span: Span) -> bool:
    return any(s.article_id == span.article_id and s.start <= span.start < s.end for s in spans)


def _only_named(material: Material, ranked: Sequence[Match], stated: Stated | None, span: Span) -> bool:
    """Whether the sentence has the act, but only as something talked of, planned or wished, or in somebody's name."""
    match = next(
        (
            m
            for m in ranked
            if m.sentence.article_id == span.article_id and m.sentence.start <= span.start < m.sentence.end
        ),
        None,
    )
    if match is None or stated is None:
        return False
    if _within_names(match, stated):
        return True
    frames = [
        frame
        for frame in material.frames(span.article_id)
        if match.sentence.start <= frame.predicate_start < match.sentence.end and kin_of(stated, frame, True)[0]
    ]
    return bool(frames) and all(is_embedded(match, f) or not allows(f, stated, True) for f in frames)


def _within_names(match: Match, stated: Stated) -> bool:
    """Whether the sentence has the act's word as part of a name alone: "appeal" in "the Court of Appeal"."""
    acts = [
        token
        for token in match.parse.tokens
        if kinship(stated.predicate, stated.part, token.lemma.lower(), PARTS.get(token.pos, "n")) >= 0.5
    ]
    return bool(acts) and all(token.pos == "PROPN" or token.entity for token in acts)


def _judged(material: Material, statement: str) -> list[Span]:
    """Where the stance table finds the whole statement said."""
    try:
        judged: dict[str, Judged] = material.judge(statement[:1].upper() + statement[1:] + ".")
    except NotJudged:
        return []
    return [
        evidence.span
        for each in judged.values()
        if each.stance.stance is Stance.SUPPORTS and each.stance.rule.startswith(SAYS_SO)
        for evidence in each.stance.evidence[:1]
        if each.stance.rule != "model" or evidence.entailment >= SURE
    ]
