"""``claimdesk eval`` from a user's chair: own cases over an own collection, reports, a gate that fails, a starter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import build
from eval.cases import read_cases
from eval.results import Run, SuiteResult, run_json
from eval.starter import write_starter

CASES: list[dict[str, Any]] = [
    {
        "id": "W1",
        "kind": "quotation",
        "mode": "quotes",
        "text": "The keeper said “The lamp never went out”.",
        "expect": {"quote_status": "exact", "quotes": [{"source": "light", "text": "The lamp never went out"}]},
    },
    {
        "id": "W2",
        "kind": "quotation",
        "mode": "quotes",
        "text": "The keeper said “The lamp always went out”.",
        "expect": {"quote_status": ["altered", "not_found"]},
    },
]


def claimdesk(home: Path, *words: str) -> Result:
    return CliRunner(env={"CLAIMDESK_HOME": str(home), "COLUMNS": "120"}).invoke(build(), list(words))


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article about a lighthouse."""
    folder = tmp_path_factory.mktemp("lighthouse")
    (folder / "desk").mkdir()
    (folder / "desk" / "config.toml").write_text('embedder = "hashing"')
    (folder / "light.txt").write_text("The storm lasted three days. “The lamp never went out,” said the keeper.\n")
    assert claimdesk(folder / "desk", "index", str(folder / "light.txt")).exit_code == 0
    return folder / "desk"


def cases_file(folder: Path, cases: list[dict[str, Any]] = CASES) -> str:
    path = folder / "cases.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in cases))
    return str(path)


def test_own_cases_run_over_the_own_collection(lighthouse: Path, tmp_path: Path) -> None:
    result = claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path), "--json")
    assert result.exit_code == 0, result.stderr
    metrics = json.loads(result.stdout)["suites"]["seeds"]["metrics"]
    assert metrics["quotes_status"]["value"] == 1.0
    assert metrics["quote_exact"]["value"] == 1.0
    assert metrics["verdict_accuracy"] == {"value": None, "low": None, "high": None, "n": 0}


def test_two_runs_are_equal_but_for_the_clock(lighthouse: Path, tmp_path: Path) -> None:
    runs = [json.loads(claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path), "--json").stdout) for _ in "ab"]
    assert all(run["run"].pop("clock") for run in runs)
    assert runs[0] == runs[1]


def test_a_figure_below_the_baseline_exits_with_3_and_is_named(lighthouse: Path, tmp_path: Path) -> None:
    wrong = [{**CASES[0], "expect": {"quote_status": "spliced"}}]
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps({"suites": {"seeds": {"metrics": {"quotes_status": 0.5, "quote_exact": 1.0}}}}))
    result = claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path, wrong), "--baseline", str(baseline))
    assert result.exit_code == 3
    assert "BELOW THE BASELINE  seeds quotes_status: 0.0000" in result.stdout
    assert "exact, expected spliced" in result.stdout
    assert "quote_exact: " not in result.stdout


def test_an_earlier_run_is_a_baseline(lighthouse: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path), "--json").stdout)
    again = claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path), "--baseline", str(earlier))
    assert again.exit_code == 0


def test_the_report_is_whole_and_fetches_nothing(lighthouse: Path, tmp_path: Path) -> None:
    hostile = [{**CASES[0], "text": "“<script>alert(1)</script> lamp”", "expect": {"quote_status": "exact"}}, CASES[1]]
    result = claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path, hostile), "--report", str(tmp_path / "out"))
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<script" not in page
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", page)
    assert "<svg" in page
    cases = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot().iter("testcase")
    failed = {(case.get("name"), case.get("classname")) for case in cases if case.find("failure") is not None}
    assert ("W1", "seeds.quotes_status") in failed
    assert "| quotes_status | 0.500 |" in (tmp_path / "out" / "report.md").read_text()
    assert json.loads((tmp_path / "out" / "report.json").read_text())["suites"]["seeds"]["failures"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(("eval", "guesses"), "no suite is called 'guesses'", id="an unknown suite"),
        pytest.param(("eval", "--data", "missing.jsonl"), "cannot be read", id="a missing file"),
        pytest.param(("eval", "--articles", "."), "needs cases about them", id="articles without cases"),
    ],
)
def test_a_wrong_request_is_1(lighthouse: Path, words: tuple[str, ...], why: str) -> None:
    result = claimdesk(lighthouse, *words)
    assert result.exit_code == 1
    assert why in result.stderr
    assert "Next: " in result.stderr


def test_a_case_about_another_collection_stops_the_run(lighthouse: Path, tmp_path: Path) -> None:
    foreign = [{**CASES[0], "expect": {"quotes": [{"source": "elsewhere", "text": "x"}]}}]
    result = claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path, foreign), "--json")
    assert result.exit_code == 1
    assert "line 1, expect.quotes.0.source" in json.loads(result.stdout)["error"]["message"]


def test_what_could_not_be_measured_is_null_and_says_why() -> None:
    run = Run((SuiteResult("retrieval", {}, unscored="needs the data"),), {})
    assert run_json(run)["suites"]["retrieval"] == {"metrics": {}, "failures": [], "unscored": "needs the data"}


def test_the_starter_never_writes_over_anything(tmp_path: Path) -> None:
    first = claimdesk(tmp_path, "eval", "init", str(tmp_path / "mine"), "--json")
    assert len(json.loads(first.stdout)["written"]) == len(list((tmp_path / "mine").rglob("*.*"))) == 2
    again = claimdesk(tmp_path, "eval", "init", str(tmp_path / "mine"))
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_the_starter_passes_its_own_check(tmp_path: Path) -> None:
    _, cases = write_starter(tmp_path)
    assert [case.id for _, case in read_cases(cases)] == ["FERRY-1", "FERRY-2", "FERRY-3"]
