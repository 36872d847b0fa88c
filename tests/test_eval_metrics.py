"""Figures: means with intervals that never change, and None where nothing was measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import UNSCORED, Labelled, Score, macro_f1, macro_f1_of, mean_of, paired_difference, percentiles


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


def called(*pairs: tuple[str, str]) -> list[Labelled]:
    """Cases as (labels that are right, label given)."""
    return [Labelled(str(number), frozenset(right), given) for number, (right, given) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("labelled", "f1"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param(called(("a", "a"), ("b", "b")), 1.0, id="all right"),
        pytest.param(called(("a", "a"), ("b", "a")), 1 / 3, id="always one label"),
        pytest.param(called(("ab", "b"), ("a", "a")), 1.0, id="several are right"),
    ],
)
def test_macro_f1(labelled: list[Labelled], f1: float | None) -> None:
    assert macro_f1(labelled) == (None if f1 is None else pytest.approx(f1))


def test_macro_f1_stands_beside_what_one_label_for_all_would_reach() -> None:
    figure = macro_f1_of(called(("a", "a"), ("b", "b")), "a")
    assert (figure.value, figure.n, figure.baseline, figure.rule) == (1.0, 2, 0.3333, "always a")
    assert macro_f1_of([], "a") is UNSCORED


def test_a_difference_is_drawn_in_pairs() -> None:
    ours, theirs = scores(1, 1, 0, 0), scores(0, 0, 0, 0)
    assert paired_difference(ours, theirs[::-1]).value == 0.5
    assert paired_difference(ours, ours).high == 0.0  # the same answers differ in no draw


def test_percentiles_of_nothing_are_none() -> None:
    assert percentiles([]) == {}
    assert percentiles([1.0, 2.0, 3.0])["p50"] == 2.0
