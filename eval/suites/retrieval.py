"""The ``retrieval`` suite: is an article that answers a question among the first that search finds?

300 answerable questions over 2,454 news articles, which no release ships: without that data the suite is unscored.
One half of the questions was used to choose how rankings are fused; the figures of the other half stand beside
those of all, and beside them what keywords alone and vectors alone reach.
"""

from __future__ import annotations

import gzip
import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant import Assistant, BadInput
from eval.cases import check_against, read_cases
from eval.metrics import UNSCORED, Figure, Score, mean_of
from eval.results import SuiteResult, figure_json
from index import Hit, Sources

METRICS = ("recall@1", "recall@5", "mrr", "ndcg@10")
ARTICLES = Path("questions") / "news_corpus.jsonl.gz"
QUESTIONS = Path("questions") / "news_questions.jsonl.gz"
DEEP = 400  # hits looked at: the first ten distinct articles are among them


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the sources (URLs) of which any answers it."""

    id: str
    text: str
    gold: frozenset[str]
    kind: str = ""  # what the report groups by; empty: its half

    @property
    def development(self) -> bool:
        """Whether it belongs to the half that choices were made on."""
        return sha256(self.id.encode()).hexdigest() < "8"


# Pure: an order of distinct sources against the right ones


def recall_at(order: Sequence[str], gold: frozenset[str], k: int) -> float:
    """1 when a right source is among the first ``k``, else 0."""
    return float(not gold.isdisjoint(order[:k]))


def reciprocal_rank(order: Sequence[str], gold: frozenset[str]) -> float:
    """1 over the rank of the first right source; 0 when none was found."""
    return next((1 / rank for rank, source in enumerate(order, start=1) if source in gold), 0.0)


def ndcg_at(order: Sequence[str], gold: frozenset[str], k: int) -> float:
    """Gain of the right sources among the first ``k``, discounted by rank, over the best that ``k`` places allow.

    >>> ndcg_at(["a", "b"], frozenset({"a"}), 10), ndcg_at([], frozenset({"a"}), 10)
    (1.0, 0.0)
    """
    gain = sum(1 / math.log2(rank + 1) for rank, source in enumerate(order[:k], start=1) if source in gold)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(gold)) + 1))
    return gain / best if best else 0.0


def score_order(question: Question, order: Sequence[str]) -> list[Score]:
    """One score a metric; ``why`` names what came first where the right source did not."""
    values = {
        "recall@1": recall_at(order, question.gold, 1),
        "recall@5": recall_at(order, question.gold, 5),
        "mrr": reciprocal_rank(order, question.gold),
        "ndcg@10": ndcg_at(order, question.gold, 10),
    }
    why = "" if values["recall@1"] else f"first came {order[0] if order else 'nothing'}"
    kind = question.kind or ("development" if question.development else "held out")
    return [Score(question.id, metric, values[metric], why, kind) for metric in METRICS]


def distinct(sources: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(sources))


# Running


def run_retrieval(data: Path | None, open_over: Callable[[Path], AbstractContextManager[Assistant]]) -> SuiteResult:
    """Search the news articles of ``data`` for every answerable question. ``open_over`` indexes the articles of a file.
    Unscored without ``data``.

    Raises BadInput for a file of another form, IndexingError as indexing and searching do.
    """
    if data is None or not (data / QUESTIONS).is_file() or not (data / ARTICLES).is_file():
        why = f"needs {ARTICLES} and {QUESTIONS} in the folder that CLAIMDESK_DATA names"
        return SuiteResult("retrieval", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    questions = read_questions(data / QUESTIONS)
    with open_over(data / ARTICLES) as assistant:
        return measure(assistant.sources, questions)


def run_own_retrieval(assistant: Assistant, path: Path) -> SuiteResult:
    """Search for every question of a user's cases that says which passages should be cited.

    Raises BadInput for the first wrong case.
    """
    numbered = read_cases(path)
    check_against(path, numbered, assistant)
    questions = [
        Question(
            case.id, case.text, frozenset(assistant.article(one.source).source for one in case.expect.quotes), case.kind
        )
        for _, case in numbered
        if case.mode == "ask" and case.expect.quotes
    ]
    if not questions:
        why = f"no case of {path} is a question with `expect.quotes`"
        return SuiteResult("retrieval", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    return measure(assistant.sources, questions)


def measure(sources: Sources, questions: Sequence[Question]) -> SuiteResult:
    """Figures of fused search, with those of each half and of each way of searching under ``extra``."""
    named = {header.article_id: header.source for header in sources.headers()}
    fused: list[Score] = []
    alone: dict[str, list[Score]] = {"keywords": [], "vectors": []}
    seconds: list[float] = []
    for question in questions:
        began = time.perf_counter()
        hits = sources.search(question.text, limit=DEEP, per_source=0)
        seconds.append(round(time.perf_counter() - began, 4))
        fused += score_order(question, distinct([named[hit.passage.article_id] for hit in hits]))
        for way, rank_of in WAYS.items():
            found = sorted((hit for hit in hits if rank_of(hit) is not None), key=lambda hit: rank_of(hit) or 0)
            alone[way] += score_order(question, distinct([named[hit.passage.article_id] for hit in found]))
    kinds = {kind: [score for score in fused if score.kind == kind] for kind in sorted({one.kind for one in fused})}
    parts = {name: _figures_json(scores) for name, scores in {**kinds, **alone}.items()}
    figures = {metric: _figure(metric, fused, alone["keywords"]) for metric in METRICS}
    texts = {question.id: question.text for question in questions}
    return SuiteResult("retrieval", figures, tuple(fused), tuple(seconds), extra=parts, texts=texts)


def _figure(metric: str, fused: Sequence[Score], keywords: Sequence[Score]) -> Figure:
    simple = mean_of([score for score in keywords if score.metric == metric])
    found = mean_of([score for score in fused if score.metric == metric])
    return replace(found, baseline=simple.value, rule="keywords alone")


WAYS: Mapping[str, Callable[[Hit], int | None]] = {
    "keywords": lambda hit: hit.keyword_rank,
    "vectors": lambda hit: hit.similarity_rank,
}


def _figures_json(scores: Sequence[Score]) -> dict[str, Any]:
    return {metric: figure_json(mean_of([score for score in scores if score.metric == metric])) for metric in METRICS}


def read_questions(path: Path) -> list[Question]:
    """The answerable questions of ``path`` (JSON lines, gzipped). Raises BadInput."""
    questions = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["gold_urls"]:
                    questions.append(Question(str(row["id"]), str(row["question"]), frozenset(row["gold_urls"])))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{path} is not a file of questions: {error!r}", "set CLAIMDESK_DATA to the data folder"
        ) from error
    return questions
