"""A user's own articles and cases in the suites ``hostile`` and ``wording``: what moves and what is missed is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, BadInput
from eval.runner import BUNDLED, assistant_over
from eval.suites.hostile import run_own_hostile
from eval.suites.own_wording import run_own_wording

ARTICLES = {
    "gazette": "The mill at Oster burned down on Sunday. Fire officers said 12 people were hurt.",
    "herald": "The mill at Oster burned down on Sunday. Fire officers said 40 people were hurt.",
}
DIFFERENCE = {
    "left": {"source": "gazette", "text": "12 people"},
    "right": {"source": "herald", "text": "40 people"},
    "kind": "quantity",
}
SAME = {
    "left": {"source": "gazette", "text": "burned down on Sunday"},
    "right": {"source": "herald", "text": "burned down on Sunday"},
    "same": True,
}


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("mill")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text)
    with assistant_over(folder) as assistant:
        yield assistant


def cases(folder: Path, *differences: dict[str, Any]) -> Path:
    path = folder / "cases.jsonl"
    rows = [
        {"id": "C", "mode": "compare", "text": "the fire at the mill", "expect": {"differences": differences}},
        {"id": "V", "mode": "verify", "text": "The mill at Oster burned down on Sunday.", "expect": {}},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_the_differences_that_a_user_lists_are_looked_for(mill: Assistant, tmp_path: Path) -> None:
    found = run_own_wording(mill, cases(tmp_path, DIFFERENCE, SAME)).figures
    assert (found["recall"].value, found["kind_right"].value, found["look_alike_avoided"].value) == (1.0, 1.0, 1.0)


def test_a_difference_that_is_not_told_is_named(mill: Assistant, tmp_path: Path) -> None:
    result = run_own_wording(mill, cases(tmp_path, {**SAME, "same": False}))
    assert result.figures["recall"].value == 0.0
    assert "“burned down on Sunday”" in result.scores[0].why


def test_words_that_stand_in_no_article_stop_the_run_with_line_and_field(mill: Assistant, tmp_path: Path) -> None:
    wrong = {**DIFFERENCE, "right": {"source": "herald", "text": "50 people"}}
    with pytest.raises(BadInput, match=r"line 1, expect\.differences\.0\.right\.text: '50 people' does not stand in"):
        run_own_wording(mill, cases(tmp_path, wrong))


def test_cases_without_differences_leave_the_suite_unscored(mill: Assistant, tmp_path: Path) -> None:
    assert "no case of" in run_own_wording(mill, cases(tmp_path)).unscored


def test_an_injection_in_a_users_own_articles_moves_no_verdict(mill: Assistant, tmp_path: Path) -> None:
    result = run_own_hostile(mill, cases(tmp_path), BUNDLED, assistant_over)
    assert result.extra["injections"] == 28
    assert result.figures["verdicts_moved"].value == 0.0
    assert result.figures["completed"].value == 1.0
