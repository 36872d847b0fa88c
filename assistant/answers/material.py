"""Gather what an answer is made from: the articles consulted, their sentences, parses, frames and vectors.

Reading is lazy: a sentence is parsed or embedded when a kind of answer first asks for it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from assistant.language.reader import LanguageReader
from assistant.language.stems import stems_of
from assistant.language.types import Frame, ParsedSentence
from assistant.types import Reading, Scope, Verifier
from assistant.wording.conclude import Judged
from assistant.wording.consulted import EVERYBODY
from assistant.wording.judge import judge_sources
from assistant.wording.learn_names import learn_names
from assistant.wording.library import Library, open_claim, open_library
from assistant.wording.matching import Side
from assistant.wording.names import Names
from index import ArticleHeader, FloatMatrix, Hit, Passage, SearchFilter, SectionKind, Sentence, Sources, current_ids

WHOLE_WORDS = 12_000  # collections up to this size are read whole, larger ones by the passages that a search finds
DEPTH = 50  # fused hits that decide which sources are consulted in a large collection
PASSAGES_READ = 16  # of these hits, how many are looked at sentence by sentence
FRESH_PASSAGE = 0.03  # what a passage of the day of asking gains: about ten ranks in the middle of the list
FORTNIGHT = 14.0  # days
SENTENCES_READ = 30  # of their sentences, how many are parsed: those that share most with the question


@dataclass(slots=True)
class Material:
    """The sources that one question is put to, and what was read of them."""

    reading: Reading
    parsed: tuple[ParsedSentence, ...]  # of the question
    headers: tuple[ArticleHeader, ...]  # consulted, in order of entry
    hits: tuple[Hit, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]  # by article, in order
    sources: Sources
    reader: LanguageReader
    verifier: Verifier
    as_of: date | None = None
    whole: bool = True  # every sentence of the consulted articles was read
    not_consulted: int = 0
    _names: list[Names] = field(default_factory=list)
    _library: list[Library] = field(default_factory=list)
    _parses: dict[str, tuple[ParsedSentence, ...]] = field(default_factory=dict)
    _frames: dict[str, tuple[Frame, ...]] = field(default_factory=dict)
    _vectors: dict[tuple[str, int, int], FloatMatrix] = field(default_factory=dict)

    def header(self, article_id: str) -> ArticleHeader:
        return next(header for header in self.headers if header.article_id == article_id)

    def parses(self, article_id: str) -> tuple[ParsedSentence, ...]:
        """The parsed sentences of one article, in order."""
        if article_id not in self._parses:
            self._parses[article_id] = tuple(self.reader.parse(self.sentences.get(article_id, ())))
        return self._parses[article_id]

    def frames(self, article_id: str) -> tuple[Frame, ...]:
        """The frames of the sentences read of one article, in order."""
        if article_id not in self._frames:
            self._frames[article_id] = tuple(self.reader.frames(self.sentences.get(article_id, ())))
        return self._frames[article_id]

    @property
    def names(self) -> Names:
        """Who is meant by which name, over all sources read; in a large collection names stand for themselves."""
        if not self._names:
            rows = [parse for header in self.headers for parse in self.parses(header.article_id)] if self.whole else []
            self._names.append(learn_names([*rows, *self.parsed]) if self.whole else Names())
        return self._names[0]

    @property
    def library(self) -> Library:
        """The articles consulted, opened for comparison, once."""
        if not self._library:
            read = {
                h.article_id: (list(self.parses(h.article_id)), list(self.frames(h.article_id))) for h in self.headers
            }
            many = len(self.headers) > EVERYBODY or self.not_consulted > 0
            self._library.append(open_library(self.headers, read, self.parsed, many))
        return self._library[0]

    def side(self, article_id: str, start: int) -> Side | None:
        """The sentence that holds position ``start``, as a side of a comparison."""
        article = next((a for a in self.library.articles if a.header.article_id == article_id), None)
        rows = article.sides if article is not None else ()
        return next((row for row in rows if row.sentence.start <= start < row.sentence.end), None)

    def judge(self, statement: str) -> dict[str, Judged]:
        """The stance of each source towards a statement, by the stance table. Raises NotJudged."""
        library = self.library
        side = open_claim(statement, self.reader, library.names)
        if side is None or not side.items:
            return {}
        judged = judge_sources(side, library, self.verifier)
        return {each.stance.article_id: each for each in judged}

    def similarities(self, text: str, sentences: Sequence[Sentence]) -> list[float]:
        """Cosine of ``text`` to each sentence, same order. Sentences are embedded once."""
        new = [s for s in sentences if (s.article_id, s.start, s.end) not in self._vectors]
        rows = self.sources.embed([text, *(sentence.text for sentence in new)])
        for sentence, row in zip(new, rows[1:], strict=True):
            self._vectors[(sentence.article_id, sentence.start, sentence.end)] = row
        return [float(np.dot(rows[0], self._vectors[(s.article_id, s.start, s.end)])) for s in sentences]

    def sentence_at(self, article_id: str, start: int) -> Sentence | None:
        """The sentence read of an article that holds position ``start``."""
        return next((s for s in self.sentences.get(article_id, ()) if s.start <= start < s.end), None)


def gather(
    reading: Reading,
    parsed: Sequence[ParsedSentence],
    scope: Scope,
    sources: Sources,
    reader: LanguageReader,
    verifier: Verifier,
) -> Material:
    """Choose the sources by the reading and the scope, search them, and say which sentences are read."""
    within = _filter_of(reading, scope, sources)
    headers = [header for header in sources.headers() if _passes(header, within)]
    depth = DEPTH if len(headers) > EVERYBODY else 20
    hits = tuple(sources.search(reading.question, limit=depth, within=within)) if headers else ()
    consulted = headers
    if len(headers) > EVERYBODY and not reading.sources and not scope.names:
        heard = {hit.passage.article_id for hit in hits}
        consulted = [header for header in headers if header.article_id in heard]
    whole = sum(max(header.words, 1) for header in consulted) <= WHOLE_WORDS and len(consulted) <= EVERYBODY
    near = _best_passages(hits, headers, scope.as_of)
    read = _all_sentences(consulted, sources) if whole else _near_hits(reading.question, consulted, near, sources)
    return Material(
        reading=reading,
        parsed=tuple(parsed),
        headers=tuple(consulted),
        hits=hits,
        sentences=read,
        sources=sources,
        reader=reader,
        verifier=verifier,
        as_of=scope.as_of,
        whole=whole,
        not_consulted=len(headers) - len(consulted),
    )


def _filter_of(reading: Reading, scope: Scope, sources: Sources) -> SearchFilter:
    named = set(current_ids(scope.names, sources))
    if reading.sources:
        named = named & set(reading.sources) if named & set(reading.sources) else named or set(reading.sources)
    ends = [day for day in (scope.until, scope.as_of) if day is not None]
    return SearchFilter(frozenset(named) if named else None, scope.since, min(ends) if ends else None)


def _passes(header: ArticleHeader, within: SearchFilter) -> bool:
    if within.article_ids is not None and header.article_id not in within.article_ids:
        return False
    if header.published is None:
        return True  # undated articles are kept: nothing says that they are later
    after = within.since is None or header.published >= within.since
    return after and (within.until is None or header.published <= within.until)


def _all_sentences(headers: Sequence[ArticleHeader], sources: Sources) -> dict[str, tuple[Sentence, ...]]:
    return {header.article_id: tuple(sources.sentences(header.article_id)) for header in headers}


def _near_hits(
    question: str, headers: Sequence[ArticleHeader], ranked: Sequence[Passage], sources: Sources
) -> dict[str, tuple[Sentence, ...]]:
    """Of a large collection the sentences in the best passages that share most with the question, and headlines."""
    found: dict[str, tuple[Sentence, ...]] = {header.article_id: () for header in headers}
    near: list[Sentence] = []
    for article_id in dict.fromkeys(passage.article_id for passage in ranked):
        ours = [passage for passage in ranked if passage.article_id == article_id]
        for sentence in sources.sentences(article_id):
            if any(sentence.start < passage.end and passage.start < sentence.end for passage in ours):
                near.append(sentence)
            elif sentence.section is SectionKind.HEADLINE:
                found[article_id] = (sentence,)
    for sentence in _most_alike(question, near):
        found[sentence.article_id] = (*found[sentence.article_id], sentence)
    return {article_id: tuple(sorted(rows, key=lambda s: s.start)) for article_id, rows in found.items()}


def _best_passages(hits: Sequence[Hit], headers: Sequence[ArticleHeader], as_of: date | None) -> list[Passage]:
    """The passages that are read: the best of the search, those of articles near the day of asking preferred."""
    published = {header.article_id: header.published for header in headers}

    def worth(hit: Hit) -> float:
        return 1.0 / (10 + hit.rank) + FRESH_PASSAGE * freshness(published.get(hit.passage.article_id), as_of)

    return [hit.passage for hit in sorted(hits, key=worth, reverse=True)[:PASSAGES_READ]]


def freshness(published: date | None, as_of: date | None) -> float:
    """1 on the day of asking, 1/e a fortnight before; 0 where article or question has no day."""
    if as_of is None or published is None:
        return 0.0
    return math.exp(-abs((as_of - published).days) / FORTNIGHT)


def _most_alike(question: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that share most with the question by the stems of its words, the rarer ones counting more."""
    wanted = stems_of(question)
    stems = [stems_of(sentence.text) & wanted for sentence in sentences]
    counts = Counter(stem for row in stems for stem in row)
    weights = [sum(math.log(1 + len(sentences) / counts[stem]) for stem in row) for row in stems]
    order = sorted(range(len(sentences)), key=lambda place: -weights[place])
    return [sentences[place] for place in order[:SENTENCES_READ]]
