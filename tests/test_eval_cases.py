"""A wrong evaluation case stops the run, and says where and why."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import BadInput
from eval.cases import check_against, read_cases
from index import Article, UnknownSource

TEXT = "Ferry service resumes\n\nThe ferry sails again from Monday, the harbour office said."
GOOD: dict[str, Any] = {
    "id": "F1",
    "mode": "ask",
    "text": "When does the ferry sail?",
    "expect": {"status": "answered"},
}


class OneArticle:
    """Knows the article called "ferry" and no other."""

    def article(self, name: str) -> Article:
        if name != "ferry":
            raise UnknownSource(f"no article is called {name!r}")
        added = datetime(2030, 1, 1, tzinfo=UTC).isoformat()
        return Article(
            article_id="0" * 16, source_key="ferry", source="ferry.txt", text_sha256="", added_at=added, text=TEXT
        )


def written(folder: Path, *cases: object) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(f"{case if isinstance(case, str) else json.dumps(case)}\n" for case in cases))
    return path


def test_one_value_or_a_list_of_right_ones(tmp_path: Path) -> None:
    several = {**GOOD, "id": "F2", "expect": {"status": ["answered", "partial"]}}
    (_, one), (_, many) = read_cases(written(tmp_path, GOOD, several))
    assert one.expect.status == ["answered"]
    assert many.expect.status == ["answered", "partial"]


@pytest.mark.parametrize(
    ("case", "why"),
    [
        pytest.param({**GOOD, "expects": {}}, r"line 2, expects: .*the fields are id", id="an unknown field"),
        pytest.param({**GOOD, "expect": {"state": "x"}}, r"line 2, expect\.state", id="an unknown field further in"),
        pytest.param({**GOOD, "expect": {"status": "maybe"}}, r"line 2, expect\.status", id="an unknown label"),
        pytest.param({**GOOD, "mode": "guess"}, r"line 2, mode", id="an unknown mode"),
        pytest.param({"id": "F1"}, r"line 2, mode: Field required", id="a missing field"),
        pytest.param("{", r"line 2, column 2: not JSON", id="a torn line"),
        pytest.param({**GOOD, "id": "F0"}, r"line 2, id: 'F0' stands on line 1 already", id="a repeated id"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, case: object, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_cases(written(tmp_path, {**GOOD, "id": "F0"}, case))


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no case"):
        read_cases(written(tmp_path))


@pytest.mark.parametrize(
    ("expect", "why"),
    [
        pytest.param(
            {"quotes": [{"source": "fery", "text": "sails"}]}, r"line 1, expect\.quotes\.0\.source", id="a wrong source"
        ),
        pytest.param(
            {"forbidden": [{"source": "x", "wording": "boat"}]}, r"expect\.forbidden\.0\.source", id="forbidden"
        ),
        pytest.param(
            {"quotes": [{"source": "ferry", "text": "The ferry sails", "start": 0, "end": 15}]},
            r"expect\.quotes\.0\.start: ferry\.txt holds 'Ferry service r' at 0–15; expected 'The ferry sails'",
            id="offsets that hold other words",
        ),
        pytest.param(
            {"quotes": [{"source": "ferry", "text": "The boat sails"}]},
            r"expect\.quotes\.0\.text: 'The boat sails' does not stand in ferry\.txt",
            id="words that stand nowhere",
        ),
    ],
)
def test_a_case_must_fit_its_articles(tmp_path: Path, expect: dict[str, object], why: str) -> None:
    path = written(tmp_path, {**GOOD, "expect": expect})
    with pytest.raises(BadInput, match=why):
        check_against(path, read_cases(path), OneArticle())


def test_the_bundled_cases_are_well_formed() -> None:
    cases = read_cases(Path(__file__).parents[1] / "eval" / "data" / "seeds.jsonl")
    assert len(cases) == 32


@pytest.mark.parametrize(
    ("mode", "field", "value"),
    [("verify", "status", "answered"), ("ask", "verdict", "refuted"), ("ask", "quote_status", "exact")],
)
def test_what_a_mode_cannot_give_is_not_expected_of_it(tmp_path: Path, mode: str, field: str, value: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"id": "1", "mode": mode, "text": "Two died.", "expect": {field: value}}))
    with pytest.raises(BadInput, match=f"line 1.*expect.{field} goes with mode .*, not with {mode}"):
        read_cases(path)
