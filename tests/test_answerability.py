"""Two small logistics say whether a large collection holds an answer: the shipped file fits the code, fitting works."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.answerability import QUESTION, SENTENCE, asks_of_now, fitted, log_odds, probability, threshold
from assistant.answers.fit_answerability import applied, logistic, scores


@pytest.mark.parametrize(("part", "names"), [("sentence", SENTENCE), ("question", QUESTION)])
def test_the_shipped_file_has_a_weight_mean_and_scale_for_each_feature(part, names):  # type: ignore[no-untyped-def]
    data = fitted()[part]
    assert isinstance(data, dict)
    for column in ("weights", "mean", "scale"):
        assert set(data[column]) == set(names)
    assert all(scale > 0 for scale in data["scale"].values())


def test_the_shipped_file_says_how_it_was_made():  # type: ignore[no-untyped-def]
    assert "sha256" in str(fitted()["recipe"])
    assert 0 < threshold() < 1


@pytest.mark.parametrize("feature", ["coverage", "similarity", "fresh"])
def test_a_sentence_that_has_more_of_the_question_is_likelier_to_answer(feature):  # type: ignore[no-untyped-def]
    assert log_odds("sentence", {feature: 1.0}) > log_odds("sentence", {feature: 0.0})


@given(st.dictionaries(st.sampled_from(QUESTION), st.floats(-1e6, 1e6)))
def test_any_features_give_a_probability(features):  # type: ignore[no-untyped-def]
    assert 0 <= probability(log_odds("question", features)) <= 1


def test_a_logistic_finds_what_tells_the_two_apart():  # type: ignore[no-untyped-def]
    random = np.random.RandomState(1)
    rows = random.normal(size=(400, 2))
    wanted = (rows[:, 0] + 0.1 * random.normal(size=400) > 0).astype(float)
    odds = applied(logistic(rows, wanted, 1.0), rows)
    assert np.mean((odds > 0) == (wanted == 1)) > 0.95


def test_scores_count_a_wrong_answer_as_none():  # type: ignore[no-untyped-def]
    refusal, answering = scores(
        np.array([0.1, 0.9, 0.9, 0.9]), 0.5, np.array([0.0, 1.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0, 0.0])
    )
    assert math.isclose(refusal, 2 * 1 / (1 + 2))
    assert math.isclose(answering, 2 * 1 / (3 + 2))


@pytest.mark.parametrize(
    ("question", "now"),
    [("Who won this week?", True), ("Which firm recently closed?", True), ("Who won in 1950?", False)],
)
def test_questions_of_now_are_known(question, now):  # type: ignore[no-untyped-def]
    assert asks_of_now(question) is now


@pytest.mark.parametrize("feature", ["story", "story_now", "lead", "best"])
def test_an_article_on_the_story_makes_an_answer_likelier(feature):  # type: ignore[no-untyped-def]
    assert log_odds("question", {feature: 1.0}) > log_odds("question", {feature: 0.0})
