"""Who, what, when, where, why, how many: the sentences that hold an answer of the right type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answers.answer_types import candidates, counted_noun, is_named, measure_noun
from assistant.answers.answerability import answerable, asks_of_now, features_of, freshness, threshold
from assistant.answers.matching import ASKING, Match, Term, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.said import is_said_by, speakers_in
from assistant.language.types import Token
from assistant.question_parts import Part
from assistant.wording.words import means_person
from index import Span

ENOUGH = 0.5
ALONE = 0.35  # share of the question that the answering sentence must have by itself
NEARLY = 0.85  # of the best score, what is still shown
HEARD = 0.75  # of the best score, what the best sentence of a further source needs
FRESH = 0.12  # what an article of the day of asking is preferred by
MOST = 8  # sentences shown in all
SHOWN = 2  # sentences shown for one source
LOOKED_AT = 40
ALIKE = 0.62  # cosine from which a sentence may lack the question's verb
STATIVE = frozenset(
    ["live", "exist", "stand", "happen", "occur", "become", "mean", "involve", "concern", "know", "think"]
)
_SAYING = "say tell claim argue think comment respond reply warn announce write tweet state note add call post"
SAYING = frozenset(_SAYING.split())


@dataclass(frozen=True, slots=True)
class Answered:
    """One part of a question: the sentences that answer it, best first; none when the sources do not say."""

    found: tuple[Span, ...]
    ranked: tuple[Match, ...]
    score: float  # the probability that the sources hold an answer
    features: Mapping[str, float] = field(default_factory=dict)


def answer_part(material: Material, part: Part, first: Part | None) -> Answered:
    """Find what answers a part. ``first``: the question's first part, whose names a later part may mean by "it"."""
    tokens = _tokens(material, part.text)
    terms = list(terms_of(tokens))
    if first is not None:
        terms += [
            t for t in terms_of(_tokens(material, first.text)) if t.name and t.lemma not in {x.lemma for x in terms}
        ]
    elif len(material.parsed) > 1:
        whole = terms_of(token for parse in material.parsed for token in parse.tokens)
        terms += [t for t in whole if t.lemma not in {x.lemma for x in terms}]
    ranked = _fresh_first(material, rank(material, terms, material.reading.question if first is None else part.text))
    fitting = [match for match in ranked[:LOOKED_AT] if _fits(material, match, part, tokens, terms)]
    features = features_of(material, part.answer_type, tokens, terms, ranked, fitting)
    score = answerable(features) if fitting else 0.0
    best = fitting[0].score if fitting else 0.0
    holds = best >= ENOUGH and fitting[0].alone >= ALONE if material.whole else score >= threshold()
    if not fitting or not holds:
        return Answered((), tuple(ranked), min(score, 0.49), features)
    return Answered(tuple(_by_source(material, _kept(fitting, best))), tuple(ranked), max(score, 0.5), features)


def _fresh_first(material: Material, ranked: list[Match]) -> list[Match]:
    """With a day of asking, the articles near it come first; the more so when the question speaks of "this week"."""
    if material.as_of is None:
        return ranked
    bonus = FRESH if asks_of_now(material.reading.question) else FRESH / 2
    days = {h.article_id: freshness(h.published, material.as_of) for h in material.headers}
    return sorted(ranked, key=lambda match: -(match.score + bonus * days[match.sentence.article_id]))


def _kept(fitting: Sequence[Match], best: float) -> list[Match]:
    """The sentences nearly as good as the best, and the best of every other source when it is not far behind."""
    kept = [match for match in fitting if match.score >= max(ENOUGH, NEARLY * best) and match.alone >= ALONE]
    kept = kept or [fitting[0]]
    heard = {match.sentence.article_id for match in kept}
    for match in fitting:
        if match.sentence.article_id not in heard and match.score >= max(ENOUGH, HEARD * best) and match.alone >= ALONE:
            heard.add(match.sentence.article_id)
            kept.append(match)
    return kept[:MOST]


def _tokens(material: Material, text: str) -> list[Token]:
    return [token for parse in material.reader.parse_text(text + "?") for token in parse.tokens]


def _by_source(material: Material, kept: Sequence[Match]) -> list[Span]:
    """At most two sentences of each source, sources in order of entry."""
    spans: list[Span] = []
    for header in material.headers:
        ours = [match.sentence for match in kept if match.sentence.article_id == header.article_id][:SHOWN]
        spans += [Span(s.article_id, s.start, s.end, s.text) for s in ours]
    return spans


def _fits(material: Material, match: Match, part: Part, tokens: Sequence[Token], terms: Sequence[Term]) -> bool:
    """Whether a sentence holds something of the type asked for, said by whom the question asks about."""
    counted = counted_noun(tokens) if part.answer_type == "number" else ""
    if not candidates(match.parse, part.answer_type, terms, counted):
        return False
    measure = measure_noun(part.text)
    if measure and measure not in match.matched:
        return False
    noun = _asked_name(tokens)
    if noun and not is_named(match.parse, noun, {token.text.lower() for token in tokens}):
        return False
    if material.whole and not _does(match, tokens):
        return False
    speaker = asked_speaker(tokens)
    return not speaker or _speaks(material, match, speaker)


def _asked_name(tokens: Sequence[Token]) -> str:
    """Of "what is the name of the official" the noun "official", when it means a person; else ""."""
    for position, token in enumerate(tokens):
        if token.lemma.lower() == "name" and token.pos == "NOUN":
            after = [t for t in tokens[position + 1 : position + 8] if t.dep == "pobj" and t.pos == "NOUN"]
            if after and means_person(after[0].lemma.lower()):
                return after[0].lemma.lower()
    return ""


def _does(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether the sentence has the question's verb, or says the matter in other words that mean much the same."""
    verb = next((t.lemma.lower() for t in tokens if t.dep == "ROOT" and t.pos == "VERB"), "")
    if not verb or verb in ASKING or verb in STATIVE or verb in SAYING:
        return True
    return verb in match.matched or match.similarity >= ALIKE


def asked_speaker(tokens: Sequence[Token]) -> str:
    """Of "what did the minister say about …" the speaker, lower case; "" when nobody's words are asked for."""
    for position, token in enumerate(tokens):
        governor = tokens[token.head] if token.head < len(tokens) else token
        if token.dep == "nsubj" and governor.lemma.lower() in SAYING and governor.dep in ("ROOT", "ccomp", "conj"):
            if token.pos in ("NOUN", "PROPN") and token.lemma.lower() not in ("article", "headline"):
                return token.text.lower() if token.pos == "PROPN" else token.lemma.lower()
            return ""
        if position > 30:
            break
    return ""


def _speaks(material: Material, match: Match, speaker: str) -> bool:
    """Whether the sentence gives this speaker's words: by name, or by a pronoun when the name stands just before."""
    speakers = list(speakers_in(match.parse))
    sentence = match.sentence
    speakers += [
        frame.speaker
        for frame in material.frames(sentence.article_id)
        if sentence.start <= frame.predicate_start < sentence.end and frame.speaker.text
    ]
    if is_said_by(speakers, [speaker]):
        return True
    if not any(s.text.lower() in ("he", "she", "they") for s in speakers):
        return False
    rows = material.sentences[sentence.article_id]
    place = next((i for i, row in enumerate(rows) if row.start == sentence.start), 0)
    return any(speaker in row.text.lower() for row in rows[max(0, place - 2) : place])
