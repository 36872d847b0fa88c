"""Refusing and answering are scored apart: a wrong answer is neither."""

from datetime import date
from pathlib import Path

import pytest

from eval.metrics import UNSCORED
from eval.suites.refusal import run_refusal, stands_in
from eval.suites.refusal_figures import Outcome, Question, auroc, figures_of, score_of


def outcome(number: int, *, answerable: bool, refused: bool, right: bool = False, hard: bool = False) -> Outcome:
    question = Question(str(number), "Who?", date(2031, 1, 1), ("Ann Bell",) if answerable else (), hard)
    return Outcome(question, refused, right, 0.9 if right else 0.1, "")


OUTCOMES = [
    outcome(1, answerable=True, refused=False, right=True),
    outcome(2, answerable=True, refused=False, right=False),
    outcome(3, answerable=True, refused=True),
    outcome(4, answerable=False, refused=True, hard=True),
    outcome(5, answerable=False, refused=False),
]


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("refusal_precision", 1 / 2),
        ("refusal_recall", 1 / 2),
        ("refusal_f1", 1 / 2),
        ("answer_precision", 1 / 3),
        ("answer_recall", 1 / 3),
        ("answer_f1", 1 / 3),
        ("refusal_recall/hard", 1.0),
    ],
)
def test_the_ratios(metric: str, value: float) -> None:
    assert figures_of(OUTCOMES)[metric].value == pytest.approx(value, abs=1e-4)


def test_a_build_that_never_refuses_is_caught() -> None:
    stubborn = [Outcome(o.question, False, o.right, o.score, o.told) for o in OUTCOMES]
    assert figures_of(stubborn)["refusal_recall"].value == 0.0
    assert figures_of(stubborn)["refusal_precision"].value is None


def test_each_question_says_why_it_failed() -> None:
    failed = {score.case: score.why for score in map(score_of, OUTCOMES) if score.value < 1}
    assert set(failed) == {"2", "3", "5"}
    assert failed["5"].startswith("expected a refusal")


@pytest.mark.parametrize(
    ("wanted", "texts", "stands"),
    [
        pytest.param("the Tax Office", ["It was a tax office."], True, id="small words and case do not count"),
        pytest.param("12 people", ["There were 120 people."], False, id="whole words"),
        pytest.param("Ann Bell", ["Ann came.", "Bell left."], False, id="all in one text"),
        pytest.param("It", ["It."], True, id="a small word alone counts"),
    ],
)
def test_when_an_answer_stands_in_a_text(wanted: str, texts: list[str], stands: bool) -> None:
    assert stands_in(wanted, texts) is stands


def test_auroc() -> None:
    assert auroc([0.1, 0.1], [True, False]) == 0.5
    assert auroc([0.1], [True]) is None


def test_without_data_it_is_unscored_and_says_what_it_needs() -> None:
    result = run_refusal(None, lambda _: pytest.fail("nothing is indexed"), Path("none"))
    assert set(result.figures.values()) == {UNSCORED}
    assert "CLAIMDESK_DATA" in result.unscored
