"""Figures: means with intervals that never change, and None where nothing was measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import UNSCORED, Score, macro_f1, mean_of


def scores(*values: float) -> list[Score]:
    return [Score(f"case {number}", "metric", value) for number, value in enumerate(values)]


def test_what_was_not_measured_is_none_never_zero() -> None:
    assert mean_of([]) is UNSCORED
    assert UNSCORED.value is None


def test_the_same_scores_give_the_same_interval() -> None:
    assert mean_of(scores(1, 0, 1, 1)) == mean_of(scores(1, 0, 1, 1))


def test_a_perfect_score_has_no_width() -> None:
    figure = mean_of(scores(1, 1, 1))
    assert (figure.value, figure.low, figure.high, figure.n) == (1.0, 1.0, 1.0, 3)


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30))
def test_the_interval_holds_the_mean(values: list[float]) -> None:
    figure = mean_of(scores(*values))
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    assert 0 <= figure.low <= figure.value + 1e-4
    assert figure.value - 1e-4 <= figure.high <= 1


def test_scores_of_one_case_are_resampled_together() -> None:
    together = [Score("one", "metric", value) for value in (0.0, 1.0)]
    assert (mean_of(together).low, mean_of(together).high) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("pairs", "f1"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([(frozenset({"a"}), "a"), (frozenset({"b"}), "b")], 1.0, id="all right"),
        pytest.param([(frozenset({"a"}), "a"), (frozenset({"b"}), "a")], 0.3333, id="always one label"),
        pytest.param([(frozenset({"a", "b"}), "b"), (frozenset({"a"}), "a")], 1.0, id="several are right"),
    ],
)
def test_macro_f1(pairs: list[tuple[frozenset[str], str]], f1: float | None) -> None:
    assert macro_f1(pairs) == f1
