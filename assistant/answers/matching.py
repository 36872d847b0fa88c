"""Which sentences speak of what a question asks: its content words, weighed by rarity, met by the same or a kindred word."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answers.material import Material
from assistant.language.types import ParsedSentence, Token
from assistant.wording.words import PARTS, Kin, kin
from index import Sentence

CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
# Words of asking, not of what is asked; and the verbs that nearly every sentence has.
ASKING = frozenset(
    ["who", "what", "which", "when", "where", "why", "how", "be", "do", "have", "will", "would", "can", "could", "may", "might", "should", "article", "articles", "story", "report", "say", "tell", "mention", "word", "according", "accord", "please", "exact", "there", "anything", "something", "thing", "many", "much", "more", "any", "some", "get", "go", "make", "take", "source", "sources", "both", "list", "give", "quote", "show", "use", "describe", "call", "name"]
)
KIN_WEIGHT = {Kin.SAME: 1.0, Kin.DERIVED: 0.9, Kin.SYNONYM: 0.8, Kin.BROADER: 0.6, Kin.NARROWER: 0.5}
NEIGHBOUR = 0.45  # a word that only the sentence before, or the headline, has


@dataclass(frozen=True, slots=True)
class Term:
    """One content word of a question. ``part`` is WordNet's; ``name``: a proper name or a number."""

    lemma: str
    part: str
    name: bool
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence and how well it covers the question's terms."""

    sentence: Sentence
    parse: ParsedSentence
    coverage: float  # 0..1, weighed; neighbours count a little
    alone: float  # 0..1, the sentence alone
    names: float  # share of the question's names that the sentence or its neighbours have; 1 when it has none
    similarity: float  # cosine of sentence and question
    matched: frozenset[str]

    @property
    def score(self) -> float:
        return 0.55 * self.coverage + 0.15 * self.names + 0.3 * max(self.similarity, 0.0)


def terms_of(tokens: Iterable[Token]) -> tuple[Term, ...]:
    """The content words of a parse, each once, in order."""
    found: dict[str, Term] = {}
    for token in tokens:
        lemma = token.lemma.lower()
        name = token.pos == "PROPN" or token.pos == "NUM"
        if token.pos not in CONTENT or (lemma in ASKING and not name) or (len(lemma) < 2 and not name):
            continue
        found.setdefault(lemma, Term(lemma, PARTS.get(token.pos, "n"), name, token.text))
    return tuple(found.values())


@cache
def kinship(ours: str, our_part: str, theirs: str, their_part: str) -> float:
    """0..1: how well one word stands for another."""
    if ours == theirs:
        return 1.0
    return KIN_WEIGHT.get(kin(ours, our_part, theirs, their_part), 0.0)


def met(term: Term, tokens: Sequence[Token]) -> float:
    """How well the best of these tokens meets a term, 0..1. Names and numbers are met by themselves alone."""
    best = 0.0
    for token in tokens:
        lemma = token.lemma.lower()
        if lemma == term.lemma or token.text.lower() == term.text.lower():
            return 1.0
        if not term.name and token.pos in CONTENT and token.pos not in ("PROPN", "NUM"):
            best = max(best, kinship(term.lemma, term.part, lemma, PARTS.get(token.pos, "n")))
    return best


def rarity(terms: Sequence[Term], parses: Sequence[ParsedSentence]) -> dict[str, float]:
    """The weight of each term: rarer among the sentences read counts more, names count more than common words."""
    counts = dict.fromkeys((term.lemma for term in terms), 0)
    for parse in parses:
        lemmas = {token.lemma.lower() for token in parse.tokens}
        for lemma in counts:
            counts[lemma] += lemma in lemmas
    total = len(parses) + 1
    return {
        term.lemma: (0.4 + math.log(total / (1 + counts[term.lemma])) / math.log(total + 1))
        * (1.3 if term.name else 1.0)
        for term in terms
    }


def rank(material: Material, terms: Sequence[Term], question: str) -> list[Match]:
    """All sentences read, best first by coverage, names and likeness in meaning."""
    parses = {header.article_id: material.parses(header.article_id) for header in material.headers}
    weights = rarity(terms, [parse for rows in parses.values() for parse in rows])
    matches: list[Match] = []
    for article_id, rows in parses.items():
        sentences = material.sentences[article_id]
        similarities = material.similarities(question, sentences) if sentences else []
        headline = rows[0] if rows and rows[0].section.value == "headline" else None
        for place, (sentence, parse, similarity) in enumerate(zip(sentences, rows, similarities, strict=True)):
            near = [
                row for row in (rows[place - 1] if place else None, headline) if row is not None and row is not parse
            ]
            matches.append(_match(terms, weights, sentence, parse, near, similarity))
    return sorted(matches, key=lambda match: (-match.score, match.sentence.article_id, match.sentence.start))


def _match(
    terms: Sequence[Term],
    weights: dict[str, float],
    sentence: Sentence,
    parse: ParsedSentence,
    near: Sequence[ParsedSentence],
    similarity: float,
) -> Match:
    around = [token for row in near for token in row.tokens]
    alone = {term.lemma: met(term, parse.tokens) for term in terms}
    whole = {lemma: max(value, 0.0) for lemma, value in alone.items()}
    for term in terms:
        if alone[term.lemma] < NEIGHBOUR:
            whole[term.lemma] = max(alone[term.lemma], NEIGHBOUR * met(term, around))
    total = sum(weights.values()) or 1.0
    names = [term for term in terms if term.name]
    return Match(
        sentence=sentence,
        parse=parse,
        coverage=sum(weights[lemma] * value for lemma, value in whole.items()) / total,
        alone=sum(weights[lemma] * value for lemma, value in alone.items()) / total,
        names=sum(whole[term.lemma] > 0 for term in names) / len(names) if names else 1.0,
        similarity=similarity,
        matched=frozenset(lemma for lemma, value in alone.items() if value >= 0.5),
    )
