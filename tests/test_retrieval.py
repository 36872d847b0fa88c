"""The retrieval suite: its metrics are pure, and without its data it is unscored."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.suites.retrieval import (
    ARTICLES,
    QUESTIONS,
    Question,
    distinct,
    measure,
    ndcg_at,
    read_questions,
    recall_at,
    reciprocal_rank,
    run_retrieval,
)
from index import Collection, HashingEmbedder

GOLD = frozenset({"b", "d"})


@pytest.mark.parametrize(
    ("order", "first", "five", "rank"),
    [
        (["b", "a"], 1.0, 1.0, 1.0),
        (["a", "c", "d"], 0.0, 1.0, 1 / 3),
        (["a", "c", "e", "f", "g", "b"], 0.0, 0.0, 1 / 6),
        (["a"], 0.0, 0.0, 0.0),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_a_right_source_counts_where_it_first_stands(order: list[str], first: float, five: float, rank: float) -> None:
    assert (recall_at(order, GOLD, 1), recall_at(order, GOLD, 5)) == (first, five)
    assert reciprocal_rank(order, GOLD) == pytest.approx(rank)


def test_ndcg_rewards_every_right_source_near_the_top() -> None:
    assert ndcg_at(["b", "d", "a"], GOLD, 10) == 1.0
    assert ndcg_at(["b", "a", "d"], GOLD, 10) < 1.0
    assert ndcg_at(["a", "b", "d"], GOLD, 1) == 0.0


@given(st.lists(st.sampled_from("abcdefg")), st.sets(st.sampled_from("abcdefg")), st.integers(1, 10))
def test_metrics_stay_between_nothing_and_all(order: list[str], gold: set[str], k: int) -> None:
    found = distinct(order)
    right = frozenset(gold)
    for value in (recall_at(found, right, k), reciprocal_rank(found, right), ndcg_at(found, right, k)):
        assert 0 <= value <= 1 + 1e-9


def test_without_the_data_the_suite_is_unscored(tmp_path: Path) -> None:
    for data in (None, tmp_path):
        result = run_retrieval(data, lambda _: pytest.fail("nothing is indexed"))
        assert result.figures["mrr"].value is None
        assert "CLAIMDESK_DATA" in result.unscored


def test_questions_are_measured_through_the_collection(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    rows = [
        {"url": "https://a.example/1", "title": "Channel", "text": "The council voted to dredge the harbour."},
        {"url": "https://a.example/2", "title": "Ferry", "text": "A ferry ticket costs two crowns more."},
    ]
    (tmp_path / ARTICLES).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    asked = [
        {"id": "1", "question": "Who voted to dredge?", "gold_urls": ["https://a.example/1"]},
        {"id": "2", "question": "What stands nowhere?", "gold_urls": []},
    ]
    (tmp_path / QUESTIONS).write_bytes(gzip.compress("\n".join(map(json.dumps, asked)).encode()))
    questions = read_questions(tmp_path / QUESTIONS)
    assert questions == [Question("1", "Who voted to dredge?", frozenset({"https://a.example/1"}))]
    with Collection.open(tmp_path / "home", embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / ARTICLES)])
        result = measure(collection, questions)
    assert {name: figure.value for name, figure in result.figures.items()} == dict.fromkeys(result.figures, 1.0)
    assert result.extra["keywords"]["mrr"]["value"] == 1.0
