"""Which sentences speak of what a question asks: its content words and names, met by the same or a kindred word."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answers.material import Material
from assistant.language.types import ParsedSentence, Token
from assistant.wording.names import Names, find_mentions, normal
from assistant.wording.words import PARTS, Kin, kin
from index import SectionKind, Sentence

PAIRS_KEPT = 50_000  # of words: a server's memory must not grow with every pair that was ever compared

CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
# Words of asking, not of what is asked; and the verbs that nearly every sentence has.
_ASKING = (
    "who what which when where why how be do have will would can could may might should article "
    "articles story report say tell mention word according accord please exact there anything "
    "something thing many much more any some get go make take source sources both list give quote "
    "show use describe call name "
)
ASKING = frozenset(_ASKING.split())
COUNT_WORDS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)
KIN_WEIGHT = {Kin.SAME: 1.0, Kin.DERIVED: 0.9, Kin.SYNONYM: 0.8, Kin.BROADER: 0.6, Kin.NARROWER: 0.5}
NEIGHBOUR = 0.45  # a word that only the sentence before, or the headline, has
LEAD = 0.03  # what an early sentence is preferred by
EARLY = 4  # sentences
EMBEDDED = 32  # sentences that are compared in meaning, the best by their words
EMBEDDED_OF_MANY = 12  # the same in a large collection, whose search has compared passages already


@dataclass(frozen=True, slots=True)
class Term:
    """One content word or whole name of a question. ``part`` is WordNet's; ``name``: a proper name or a number."""

    lemma: str
    part: str
    name: bool
    text: str
    position: int = -1  # of its first token


@dataclass(frozen=True, slots=True)
class Words:
    """What a sentence has to meet terms with."""

    lemmas: frozenset[tuple[str, str]]  # (lemma, WordNet part) of its content words
    texts: frozenset[str]  # all tokens and their lemmas, lower case
    names: frozenset[str]  # keys and plain forms of its names


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence and how well it covers the question's terms."""

    sentence: Sentence
    parse: ParsedSentence
    coverage: float  # 0..1, weighed; neighbours count a little
    alone: float  # 0..1, the sentence alone
    names: float  # share of the question's names that the sentence or its neighbours have; 1 when it has none
    similarity: float  # cosine of sentence and question; 0 when it was not compared
    matched: frozenset[str]
    early: bool = False  # among the first sentences, where news tells what it is about

    @property
    def score(self) -> float:
        likeness = 0.55 * self.coverage + 0.15 * self.names + 0.3 * max(self.similarity, 0.0)
        return likeness + (LEAD if self.early else 0.0)


def terms_of(tokens: Iterable[Token]) -> tuple[Term, ...]:
    """The content words and names of a parse, each once, in order; a name of several words is one term."""
    row = list(tokens)
    found: dict[str, Term] = {}
    inside: set[int] = set()
    for mention in find_mentions(row):
        inside |= set(range(mention.first, mention.last + 1))
        plain = normal(mention.text)
        if plain:
            found.setdefault(plain, Term(plain, "n", True, mention.text, mention.first))
    for position, token in enumerate(row):
        lemma = token.lemma.lower()
        number = token.pos == "NUM" and lemma not in COUNT_WORDS
        if position in inside or token.pos not in CONTENT or (token.pos == "NUM" and not number):
            continue
        if (lemma in ASKING or len(lemma) < 2) and not number:
            continue
        name = number or token.pos == "PROPN"
        found.setdefault(lemma, Term(lemma, PARTS.get(token.pos, "n"), name, token.text, position))
    return tuple(sorted(found.values(), key=lambda term: term.position))


def words_of(parses: Iterable[ParsedSentence], names: Names) -> Words:
    """What these sentences together have to meet terms with."""
    lemmas: set[tuple[str, str]] = set()
    texts: set[str] = set()
    known: set[str] = set()
    for parse in parses:
        for token in parse.tokens:
            texts |= {token.text.lower(), token.lemma.lower()}
            if token.pos in CONTENT and token.pos not in ("PROPN", "NUM"):
                lemmas.add((token.lemma.lower(), PARTS.get(token.pos, "n")))
        for mention in find_mentions(parse.tokens):
            plain = normal(mention.text)
            known |= {plain, names.key(mention.text)}
    return Words(frozenset(lemmas), frozenset(texts), frozenset(known - {""}))


@lru_cache(maxsize=PAIRS_KEPT)
def kinship(ours: str, our_part: str, theirs: str, their_part: str) -> float:
    """0..1: how well one word stands for another."""
    if ours == theirs:
        return 1.0
    return KIN_WEIGHT.get(kin(ours, our_part, theirs, their_part), 0.0)


def met(term: Term, words: Words, names: Names) -> float:
    """How well these words meet a term, 0..1. Names are met by names, short or long; numbers by themselves."""
    if term.lemma in words.texts or term.text.lower() in words.texts:
        return 1.0
    if term.name:
        return _name_met(term, words, names)
    return max((kinship(term.lemma, term.part, lemma, part) for lemma, part in words.lemmas), default=0.0)


def _name_met(term: Term, words: Words, names: Names) -> float:
    key = names.key(term.text)
    if key in words.names or term.lemma in words.names:
        return 1.0
    wanted = term.lemma.split()
    if len(wanted) > 1 and wanted[-1] in words.texts:
        return 0.9  # the family name, or the noun of "Supreme Court"
    if len(wanted) > 1 and all(word in words.texts for word in wanted):
        return 1.0
    return 0.6 if len(wanted) > 1 and any(word in words.texts for word in wanted if len(word) > 3) else 0.0


def rarity(terms: Sequence[Term], words: Sequence[Words], whole: bool) -> dict[str, float]:
    """The weight of each term: names more than common words, and among many articles the rarer the more."""
    weights: dict[str, float] = {}
    total = len(words) + 1
    for term in terms:
        count = sum(term.lemma in w.texts or term.lemma in w.names for w in words)
        rare = 0.4 + math.log(total / (1 + count)) / math.log(total + 1) if total > 1 else 1.0
        weights[term.lemma] = (1.0 if whole else rare) * (1.3 if term.name else 1.0)
    return weights


def rank(material: Material, terms: Sequence[Term], question: str) -> list[Match]:
    """All sentences read, best first by words, names and likeness in meaning; only the best are compared in meaning."""
    names = material.names
    rows: list[tuple[Sentence, ParsedSentence, Words, Words, bool]] = []
    for header in material.headers:
        parses = material.parses(header.article_id)
        words = [words_of([parse], names) for parse in parses]
        heads = _topic(words, parses)
        for place, (sentence, parse) in enumerate(zip(material.sentences[header.article_id], parses, strict=True)):
            if sentence.section is not SectionKind.BYLINE:
                near = [*words[max(0, place - 1) : place], *heads]
                rows.append((sentence, parse, words[place], _joined(near), sentence.paragraph <= EARLY))
    weights = rarity(terms, [row[2] for row in rows], material.whole)
    matches = [_match(terms, weights, names, *row) for row in rows]
    matches.sort(key=lambda match: -match.score)
    return sorted(
        _compared(material, matches, question),
        key=lambda match: (-match.score, match.sentence.article_id, match.sentence.start),
    )


def _topic(words: Sequence[Words], parses: Sequence[ParsedSentence]) -> list[Words]:
    """The words of what says whom "it" and "the city" mean further down: the headline, or else the first sentence."""
    heads = [w for w, parse in zip(words, parses, strict=True) if parse.section is SectionKind.HEADLINE]
    return heads or list(words[:1])


def _joined(words: Sequence[Words]) -> Words:
    empty: frozenset[str] = frozenset()
    return Words(
        frozenset().union(*(w.lemmas for w in words)) if words else frozenset(),
        empty.union(*(w.texts for w in words)),
        empty.union(*(w.names for w in words)),
    )


def _compared(material: Material, matches: list[Match], question: str) -> list[Match]:
    """The matches with their likeness in meaning: the first by their words, and all that a dense search ranked high."""
    most = EMBEDDED if material.whole else EMBEDDED_OF_MANY
    dense = {
        (hit.passage.article_id, hit.passage.start): hit for hit in material.hits[:8] if (hit.similarity or 0.0) > 0.3
    }
    near = [
        match
        for match in matches[most:]
        if any(
            article_id == match.sentence.article_id and start <= match.sentence.start < hit.passage.end
            for (article_id, start), hit in dense.items()
        )
    ]
    chosen = [*matches[:most], *near[: most // 2]]
    values = material.similarities(question, [match.sentence for match in chosen]) if chosen else []
    done = [_with(match, value) for match, value in zip(chosen, values, strict=True)]
    places = {id(match) for match in chosen}
    return done + [match for match in matches if id(match) not in places]


def _with(match: Match, similarity: float) -> Match:
    return replace(match, similarity=similarity)


def _match(
    terms: Sequence[Term],
    weights: dict[str, float],
    names: Names,
    sentence: Sentence,
    parse: ParsedSentence,
    words: Words,
    around: Words,
    early: bool,
) -> Match:
    alone = {term.lemma: met(term, words, names) for term in terms}
    whole = dict(alone)
    for term in terms:
        if alone[term.lemma] < NEIGHBOUR:
            whole[term.lemma] = max(alone[term.lemma], NEIGHBOUR * met(term, around, names))
    total = sum(weights.values()) or 1.0
    called = [term for term in terms if term.name]
    return Match(
        sentence=sentence,
        parse=parse,
        coverage=sum(weights[lemma] * value for lemma, value in whole.items()) / total,
        alone=sum(weights[lemma] * value for lemma, value in alone.items()) / total,
        names=sum(whole[term.lemma] > 0 for term in called) / len(called) if called else 1.0,
        similarity=0.0,
        matched=frozenset(lemma for lemma, value in alone.items() if value >= 0.5),
        early=early,
    )
