"""A question → passages: nearest vectors and best keywords, fused, and a hearing for every source.

Works on two narrow Protocols, so any catalogue and any vector store will do. Nothing is cached here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.embedder import Embedder
from index.fusion import ArticleScores, TermCount, fused_score, score_articles
from index.keywords import keyword_terms
from index.stores.base import Neighbour, VectorRows
from index.types import ArticleHeader, FloatMatrix, Hit, Passage, SearchFilter

CANDIDATES = 300  # passages of each ranking
HEADLINE_WEIGHT = 1.0  # of a word in the article's headline, beside 1.0 for one in the passage
MOST_PER_SOURCE = 5  # candidates of a source that is not among the nearest
NOISE = 0.25  # cosine: the nearest passage of an unrelated news article stays below it (measured: in 90 %)
MOST_GUARANTEED_SOURCES = 12


class KeywordIndex(Protocol):
    """What search asks of the catalogue."""

    def article_ids_within(self, within: SearchFilter | None) -> frozenset[str] | None:
        """The current articles that the filter lets through; None when it lets all through."""
        ...

    def keyword_search(
        self, expression: str, *, limit: int, article_ids: frozenset[str] | None = None, headline_weight: float = 0.0
    ) -> Sequence[tuple[Passage, float]]:
        """Passages that match an FTS5 expression, best first, with BM25 (larger is better)."""
        ...

    def passages_holding(
        self, expression: str, *, article_ids: frozenset[str] | None = None
    ) -> Mapping[str, TermCount]:
        """By article: how many of its passages match."""
        ...

    def passages_by_id(self, passage_ids: Iterable[str]) -> Mapping[str, Passage]: ...

    def vectors_of_passages(self, passage_ids: Iterable[str]) -> VectorRows: ...

    def count_articles(self) -> int: ...

    def count_passages(self) -> int: ...

    def headers(self) -> Sequence[ArticleHeader]:
        """The current articles in order of entry."""
        ...


class NearestPassages(Protocol):
    """What search asks of a vector store."""

    def query(
        self, vector: FloatMatrix, *, limit: int, article_ids: frozenset[str] | None = None
    ) -> Sequence[Neighbour]: ...


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Everything that either way of searching found, best first, and why."""

    fused: Sequence[tuple[Passage, float]]
    similarity: Mapping[str, float]
    similarity_rank: Mapping[str, int]
    keyword_score: Mapping[str, float]
    keyword_rank: Mapping[str, int]

    def hit(self, position: int, rank: int, *, guaranteed: bool) -> Hit:
        passage, score = self.fused[position]
        return Hit(
            passage=passage,
            similarity=self.similarity.get(passage.passage_id),
            keyword_score=self.keyword_score.get(passage.passage_id),
            rank=rank,
            score=score,
            guaranteed=guaranteed,
            similarity_rank=self.similarity_rank.get(passage.passage_id),
            keyword_rank=self.keyword_rank.get(passage.passage_id),
        )

    def above_noise(self, passage: Passage) -> bool:
        by_meaning = self.similarity.get(passage.passage_id, 0.0) >= NOISE
        return by_meaning or passage.passage_id in self.keyword_score


def search(
    catalog: KeywordIndex,
    vectors: NearestPassages | None,
    embedder: Embedder,
    question: str,
    *,
    limit: int = 20,
    within: SearchFilter | None = None,
    per_source: int = 2,
) -> list[Hit]:
    """The ``limit`` best passages, then up to ``per_source`` guaranteed hits of each source that has something to
    say but no hit so far (at most 12 sources). Undated articles pass date filters.

    ``vectors`` None: keywords alone. Raises what catalogue, vector store and embedder raise.
    """
    allowed = catalog.article_ids_within(within)
    if allowed is not None and not allowed:
        return []
    vector = embedder.embed([question])[0] if vectors is not None else None
    found = _candidates(catalog, vectors, vector, question, allowed)
    chosen = list(range(min(limit, len(found.fused))))
    guaranteed = _guaranteed(found, len(chosen), per_source)
    return [
        found.hit(position, rank, guaranteed=position >= len(chosen))
        for rank, position in enumerate([*chosen, *guaranteed], start=1)
    ]


def _candidates(
    catalog: KeywordIndex,
    vectors: NearestPassages | None,
    vector: FloatMatrix | None,
    question: str,
    allowed: frozenset[str] | None,
) -> _Candidates:
    terms = keyword_terms(question)
    matches: Sequence[tuple[Passage, float]] = []
    if terms:
        matches = catalog.keyword_search(
            " OR ".join(terms), limit=CANDIDATES, article_ids=allowed, headline_weight=HEADLINE_WEIGHT
        )
    near = _nearest(catalog, vectors, vector, allowed) if vectors is not None and vector is not None else []
    similarity = {neighbour.passage_id: neighbour.similarity for neighbour in near}
    passages = {passage.passage_id: passage for passage, _ in matches}
    passages |= catalog.passages_by_id([passage_id for passage_id in similarity if passage_id not in passages])
    if vector is not None:
        rows = catalog.vectors_of_passages([passage_id for passage_id in passages if passage_id not in similarity])
        if len(rows):
            similarity |= dict(zip(rows.passage_ids, map(float, rows.vectors @ vector), strict=True))
    words = _article_scores(catalog, terms, allowed)
    keyword = {passage.passage_id: score for passage, score in matches}
    scores = {
        passage_id: fused_score(
            keyword=keyword.get(passage_id, 0.0),
            article=words.scores.get(passage.article_id, 0.0),
            most=words.most,
            similarity=None if vector is None else similarity.get(passage_id, 0.0),
        )
        for passage_id, passage in passages.items()
    }
    return _Candidates(
        fused=[(passages[key], scores[key]) for key in sorted(scores, key=lambda key: (-scores[key], key))],
        similarity=similarity,
        similarity_rank={neighbour.passage_id: rank for rank, neighbour in enumerate(near, start=1)},
        keyword_score=keyword,
        keyword_rank={passage_id: rank for rank, passage_id in enumerate(keyword, start=1)},
    )


def _article_scores(catalog: KeywordIndex, terms: Sequence[str], allowed: frozenset[str] | None) -> ArticleScores:
    counts = [catalog.passages_holding(term, article_ids=allowed) for term in terms]
    return score_articles(counts, articles=catalog.count_articles(), passages=catalog.count_passages())


def _nearest(
    catalog: KeywordIndex, vectors: NearestPassages, vector: FloatMatrix, allowed: frozenset[str] | None
) -> list[Neighbour]:
    """The nearest passages of all; in a small collection, each source's own nearest ones as well."""
    near = list(vectors.query(vector, limit=CANDIDATES, article_ids=allowed))
    if len(near) < CANDIDATES:
        return near
    few = allowed if allowed is not None else _few_sources(catalog)
    if len(few) > MOST_GUARANTEED_SOURCES:
        return near
    known = {neighbour.passage_id for neighbour in near}
    for article_id in sorted(few):
        if not any(passage_id.startswith(f"{article_id}:") for passage_id in known):
            near += vectors.query(vector, limit=MOST_PER_SOURCE, article_ids=frozenset({article_id}))
    return sorted(near, key=lambda neighbour: (-neighbour.similarity, neighbour.passage_id))


def _few_sources(catalog: KeywordIndex) -> frozenset[str]:
    """The ids of a small collection's articles; empty for a large one."""
    if catalog.count_articles() > MOST_GUARANTEED_SOURCES:
        return frozenset()
    return frozenset(header.article_id for header in catalog.headers())


def _guaranteed(found: _Candidates, taken: int, per_source: int) -> list[int]:
    """Positions below the top that give unheard sources a hearing, in fused order."""
    heard = {passage.article_id for passage, _ in found.fused[:taken]}
    positions: dict[str, list[int]] = defaultdict(list)
    for position in range(taken, len(found.fused)):
        passage = found.fused[position][0]
        if passage.article_id in heard or not found.above_noise(passage):
            continue
        if passage.article_id not in positions and len(positions) == MOST_GUARANTEED_SOURCES:
            continue
        if len(positions[passage.article_id]) < per_source:
            positions[passage.article_id].append(position)
    return sorted(position for chosen in positions.values() for position in chosen)
