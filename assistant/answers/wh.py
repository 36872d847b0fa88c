"""Who, what, when, where, why, how many: the sentences that hold an answer of the right type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.altered import Values, altered_copies
from assistant.answers.answer_types import candidates
from assistant.answers.answerability import log_odds, probability, question_features, reread, threshold, weigh
from assistant.answers.beside import Rival, further, rivals_of
from assistant.answers.fitting import fits
from assistant.answers.matching import Match, Term, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.reads import AN_ANSWER, READ_OF_FEW, told_by
from assistant.answers.values import Value, values_of
from assistant.language.types import Token
from assistant.question_parts import Part
from index import Sentence, Span

ENOUGH = 0.5
ALONE = 0.35  # share of the question that the answering sentence must have by itself
NEARLY = 0.85  # of the best score, what is still shown
HEARD = 0.75  # of the best score, what the best sentence of a further source needs
STRICT = 0.92  # both, for reasons and manners: words that could give one stand in many sentences
MOST = 8  # sentences shown in all
MOST_OF_MANY = 10  # the same in a large collection
SHOWN = 2  # sentences shown for one source
LOOKED_AT = 45
NO_ANSWER = 0.4  # probability below which a sentence that the model read does not answer, whatever words it has


@dataclass(frozen=True, slots=True)
class Looked:
    """One part of a question, looked up: its sentences in order of rank, each with whether it fits."""

    material: Material
    part: Part
    tokens: tuple[Token, ...]  # of the part
    terms: tuple[Term, ...]
    rows: tuple[tuple[Match, bool], ...]

    @property
    def type(self) -> str:
        return self.part.answer_type

    @property
    def ranked(self) -> tuple[Match, ...]:
        return tuple(match for match, _ in self.rows)


@dataclass(frozen=True, slots=True)
class Answered:
    """One part of a question: the sentences that answer it, best first; none when the sources do not say."""

    found: tuple[Span, ...]
    ranked: tuple[Match, ...]
    score: float  # how strongly the sources carry the answer, 0..1; from 0.5 on it was given
    rivals: tuple[Rival, ...] = ()  # the sources whose answers cannot be one thing


def answer_part(material: Material, part: Part, first: Part | None) -> Answered:
    """Find what answers a part. ``first``: the question's first part, whose names a later part may mean by "it"."""
    looked = look(material, part, first)
    return _of_few(looked) if material.whole else _of_many(looked)


def look(material: Material, part: Part, first: Part | None) -> Looked:
    """Rank the sentences for a part, and say which hold something of the type that it asks for."""
    tokens = _tokens(material, part.text)
    terms = list(terms_of(tokens))
    more: tuple[Term, ...] = ()
    if first is not None:
        more = tuple(term for term in terms_of(_tokens(material, first.text)) if term.name)
    elif len(material.parsed) > 1:
        more = terms_of(token for parse in material.parsed for token in parse.tokens)
    terms += [term for term in more if term.lemma not in {own.lemma for own in terms}]
    ranked = rank(material, terms, material.reading.question if first is None else part.text)[:LOOKED_AT]
    rows = tuple((match, fits(material, match, part, tokens, terms)) for match in ranked)
    return Looked(material, part, tuple(tokens), tuple(terms), rows)


def _of_few(looked: Looked) -> Answered:
    """Few articles, read whole: what the model reads as an answer, and what is near enough by its words. Each source
    is heard."""
    told = told_by(looked.material, looked.part.text, _to_read(looked.ranked))
    fitting = [match for match, fit in looked.rows if fit and told.get(match.sentence, 1.0) >= NO_ANSWER]
    read = sorted((m for m in looked.ranked if told.get(m.sentence, 0.0) >= AN_ANSWER), key=lambda m: -told[m.sentence])
    best = fitting[0].score if fitting else 0.0
    by_words = bool(fitting) and best >= ENOUGH and _stands(fitting[0], looked.terms)
    if not (read or by_words):
        return Answered((), looked.ranked, min(best, 0.49))
    near = _kept([match for match in fitting if _stands(match, looked.terms)], best, looked.type) if by_words else []
    kept = [*read, *(match for match in near if match not in read)][:MOST]
    values = _values(looked)
    typed = _of_type(looked, values)
    kept = [kept[0], *altered_copies(kept, typed, values), *kept[1:]]
    for _ in range(2):  # what is heard first may show that the sources differ: then more is heard
        kept += further(looked.material, typed, kept, looked.terms, values, told)
    rivals = rivals_of(kept, looked.terms, values, told)
    kept = [*(rival.match for rival in rivals), *kept]  # what differs is shown before what else a source has
    score = max(min(best, 1.0), max((told[match.sentence] for match in read), default=0.0))
    return Answered(tuple(_by_source(looked.material, kept)), looked.ranked, score, tuple(rivals))


def _to_read(ranked: Sequence[Match]) -> list[Match]:
    """The sentences that the model reads: the best of each source, that none stays unheard, and the best of all."""
    firsts = {match.sentence.article_id: match for match in reversed(ranked)}
    chosen = [*(m for m in ranked if firsts[m.sentence.article_id] is m), *ranked]
    chosen = list(dict.fromkeys(chosen))[:READ_OF_FEW]
    return [match for match in ranked if match in chosen]


def _values(looked: Looked) -> Values:
    """What each sentence gives of the type asked for, read once."""
    known: dict[Sentence, list[Value]] = {}

    def values(match: Match) -> Sequence[Value]:
        if match.sentence not in known:
            known[match.sentence] = values_of(match.parse, looked.part, looked.tokens, looked.terms)
        return known[match.sentence]

    return values


def _of_type(looked: Looked, values: Values) -> list[Match]:
    """The sentences that hold something of the type asked for, whatever their verb."""
    if looked.type in ("reason", "manner"):
        return [match for match, fit in looked.rows if fit]
    return [m for m, fit in looked.rows if fit or values(m) or candidates(m.parse, looked.type, looked.terms)]


def _of_many(looked: Looked) -> Answered:
    """Many articles: three fitted logistics say whether any sentence answers, and which come first."""
    material = looked.material
    weighed = reread(material, looked.part.text, weigh(material, looked.rows))
    odds = log_odds("question", question_features(material, looked.type, looked.terms, weighed))
    score = _scaled(probability(odds))
    if not weighed or score < 0.5:
        return Answered((), looked.ranked, score)
    best = [one.match.sentence for one in weighed[:MOST_OF_MANY]]
    return Answered(tuple(Span(s.article_id, s.start, s.end, s.text) for s in best), looked.ranked, score)


def _scaled(value: float) -> float:
    """The probability stretched so that the threshold is 0.5."""
    cut = threshold()
    return 0.5 * value / cut if value < cut else 0.5 + 0.5 * (value - cut) / (1.0 - cut)


def _stands(match: Match, terms: Sequence[Term]) -> bool:
    """Whether the sentence has enough of the question by itself, or all of it but names that stand right beside it."""
    matter = [term for term in terms if not term.name]
    beside = match.names == 1.0 and bool(matter) and all(term.lemma in match.matched for term in matter)
    return match.alone >= ALONE or beside


def _kept(fitting: Sequence[Match], best: float, answer_type: str) -> list[Match]:
    """The sentences nearly as good as the best, and the best of every other source when it is not far behind.

    A number or a date of what was asked, beside all that the question names, is heard from each source.
    """
    nearly, hear = (STRICT, STRICT) if answer_type in ("reason", "manner") else (NEARLY, HEARD)
    good = [match for match in fitting if match.score >= ENOUGH]
    kept = [match for match in good if match.score >= nearly * best]
    heard = {match.sentence.article_id for match in kept}
    for match in good:
        measured = answer_type in ("number", "date") and match.names == 1.0
        if match.sentence.article_id not in heard and (measured or match.score >= hear * best):
            heard.add(match.sentence.article_id)
            kept.append(match)
    return kept[:MOST]


def _tokens(material: Material, text: str) -> list[Token]:
    return [token for parse in material.reader.parse_text(text + "?") for token in parse.tokens]


def _by_source(material: Material, kept: Sequence[Match]) -> list[Span]:
    """At most two sentences of each source, sources in order of entry."""
    spans: list[Span] = []
    for header in material.headers:
        ours = dict.fromkeys(match.sentence for match in kept if match.sentence.article_id == header.article_id)
        spans += [Span(s.article_id, s.start, s.end, s.text) for s in list(ours)[:SHOWN]]
    return spans
