"""Scores of claim–evidence pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.pair_scores import (
    FLOORS,
    MACRO_SETS,
    JudgedPair,
    auc,
    balanced_accuracy,
    balanced_accuracy_of_sets,
    expected_calibration_error,
    macro,
)


def test_a_verifier_that_supports_everything_scores_one_half_whatever_the_mixture() -> None:
    assert balanced_accuracy([True] * 9 + [False], [True] * 10) == 0.5


def test_a_set_of_one_outcome_is_unscored() -> None:
    assert balanced_accuracy([True, True], [True, False]) is None


def test_every_label_but_supported_counts_against() -> None:
    rows = [
        JudgedPair("s", label, 0.9 if label == "supported" else 0.1)
        for label in ("supported", "refuted", "nei", "unsupported")
    ]
    assert balanced_accuracy_of_sets(rows, 0.5) == {"s": 1.0}


def test_a_missing_set_leaves_the_mean_unscored() -> None:
    assert macro({"a": 0.5, "b": 0.7}, ("a", "b")) == pytest.approx(0.6)
    assert macro({"a": 0.5}, ("a", "b")) is None
    assert macro({"a": 0.5, "b": None}, ("a", "b")) is None


def test_the_macro_mean_is_over_thirteen_sets_each_with_a_floor() -> None:
    assert len(set(MACRO_SETS)) == 13
    assert set(MACRO_SETS) <= set(FLOORS)


def test_a_sure_and_wrong_verifier_has_a_calibration_error_of_one() -> None:
    assert expected_calibration_error([1.0, 1.0], [False, False]) == 1.0
    assert expected_calibration_error([], []) is None


def test_a_score_that_says_nothing_ranks_half_of_the_pairs_right() -> None:
    assert auc([True, False, True, False], [0.4] * 4) == 0.5
    assert auc([True, False], [0.9, 0.1]) == 1.0
    assert auc([True], [0.9]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_calibration_error_lies_between_zero_and_one(rows: list[tuple[float, bool]]) -> None:
    error = expected_calibration_error([row[0] for row in rows], [row[1] for row in rows])
    assert error is not None
    assert -1e-9 <= error <= 1 + 1e-9
