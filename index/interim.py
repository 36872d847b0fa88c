"""Stands in for the readers' façade and the search until both are in the tree."""

from __future__ import annotations

import re
from collections import defaultdict

from index.catalog_read import CatalogReader
from index.embedder import Embedder
from index.stores.base import VectorStore
from index.types import Hit, SearchFilter


def search(
    catalog: CatalogReader,
    vectors: VectorStore | None,
    embedder: Embedder,
    question: str,
    *,
    limit: int = 20,
    within: SearchFilter | None = None,
    per_source: int = 2,
) -> list[Hit]:
    allowed = catalog.article_ids_within(within)
    terms = [f'"{word}"' for word in re.findall(r"\w+", question)[:64]]
    keyword = catalog.keyword_search(" OR ".join(terms), limit=200, article_ids=allowed) if terms else []
    vector = embedder.embed([question])
    dense = vectors.query(vector, limit=200, article_ids=allowed) if vectors else []
    scores: dict[str, float] = defaultdict(float)
    for rank, (passage, _) in enumerate(keyword, 1):
        scores[passage.passage_id] += 1 / (60 + rank)
    for rank, neighbour in enumerate(dense, 1):
        scores[neighbour.passage_id] += 1 / (60 + rank)
    words = {passage.passage_id: score for passage, score in keyword}
    near = {neighbour.passage_id: neighbour.similarity for neighbour in dense}
    passages = catalog.passages_by_id(scores)
    order = sorted((p for p in scores if p in passages), key=lambda p: (-scores[p], p))
    kept: list[tuple[str, bool]] = [(p, False) for p in order[:limit]]
    heard = {passages[p].article_id for p, _ in kept}
    extra: dict[str, int] = defaultdict(int)
    for p in order[limit:]:
        article = passages[p].article_id
        if article not in heard and extra[article] < per_source and (article in extra or len(extra) <= 12):
            extra[article] += 1
            kept.append((p, True))
    return [
        Hit(passages[p], near.get(p), words.get(p), rank, scores[p], guaranteed)
        for rank, (p, guaranteed) in enumerate(kept, 1)
    ]
