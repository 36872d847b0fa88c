"""``claimdesk eval`` from a user's chair: own cases over an own collection, reports, a gate that fails, a starter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from assistant import AnswerStatus, QuoteStatus, Stance, VerdictLabel
from assistant.cli import build
from eval.cases import Expected, read_cases
from eval.files import markdown
from eval.metrics import Score
from eval.results import Run, SuiteResult, run_json
from eval.starter import README, write_starter

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


def test_two_reports_are_equal_but_for_the_clock(lighthouse: Path, tmp_path: Path) -> None:
    written = []
    for name in "ab":
        folder = tmp_path / name
        assert claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path), "--report", str(folder)).exit_code == 0
        texts = {path.name: path.read_text() for path in sorted(folder.iterdir())}
        texts["report.html"] = re.sub(
            r'<section class="clock">.*?</section>', "", texts["report.html"], flags=re.DOTALL
        )
        texts["report.json"] = json.dumps({**json.loads(texts["report.json"]), "run": None})
        written.append(texts)
    assert written[0] == written[1]
    assert '<section class="clock">' in (tmp_path / "a" / "report.html").read_text()


def test_the_report_says_what_decided_a_failing_case(lighthouse: Path, tmp_path: Path) -> None:
    wrong = [{**CASES[0], "expect": {"quote_status": "spliced"}}]
    claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path, wrong), "--report", str(tmp_path / "out"))
    page = (tmp_path / "out" / "report.html").read_text()
    assert "exact, expected spliced" in page
    assert "“The lamp never went out" in page.split("<blockquote>")[1].split("</blockquote>")[0]


def test_an_own_run_records_what_it_was_run_with(lighthouse: Path, tmp_path: Path) -> None:
    run = json.loads(claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path), "--json").stdout)["run"]
    assert set(run) == {"claimdesk", "python", "libraries", "verifier", "models", "data", "bootstrap", "clock"}
    assert run["models"]["embedder"] == "hashing"
    assert len(run["data"]["cases.jsonl"]) == 64
    assert 0 < run["verifier"]["threshold"] < 1
    assert run["clock"]["percentiles"]["seeds"]["p50"] >= 0


BAD = [
    pytest.param({"expectation": {}}, "line 2, expectation", "the fields are", id="an unknown field"),
    pytest.param(
        {"expect": {"forbidden": [{"source": "lights", "wording": "dark"}]}},
        "line 2, expect.forbidden.0.source",
        "expected an",
        id="a wrong source",
    ),
    pytest.param(
        {"expect": {"quotes": [{"source": "light", "text": "The lamp", "start": 0, "end": 8}]}},
        "line 2, expect.quotes.0.start",
        "expected 'The lamp'",
        id="an offset that does not match its quote",
    ),
    pytest.param({"id": "W1"}, "line 2, id", "expected a new one", id="a repeated id"),
]


@pytest.mark.parametrize(("change", "where", "expected"), BAD)
def test_a_bad_case_is_named_and_nothing_is_half_run(
    lighthouse: Path, tmp_path: Path, change: dict[str, Any], where: str, expected: str
) -> None:
    file, report = cases_file(tmp_path, [CASES[0], {**CASES[1], **change}]), tmp_path / "out"
    result = claimdesk(lighthouse, "eval", "seeds", "citations", "--data", file, "--report", str(report))
    assert result.exit_code == 1
    assert where in result.stderr
    assert expected in result.stderr
    assert result.stdout == ""
    assert not report.exists()


def test_an_empty_file_of_cases_is_refused(lighthouse: Path, tmp_path: Path) -> None:
    result = claimdesk(lighthouse, "eval", "--data", cases_file(tmp_path, []))
    assert result.exit_code == 1
    assert "holds no case" in result.stderr


def test_other_suites_run_on_own_cases_too(lighthouse: Path, tmp_path: Path) -> None:
    asked = {"mode": "ask", "text": "What did the keeper say about the lamp?", "kind": "own"}
    cited = {"status": "answered", "quotes": [{"source": "light", "text": "The lamp never went out"}]}
    cases = [{**asked, "id": "K1", "expect": cited}, {**asked, "id": "K2", "expect": {"status": "refused"}}]
    result = claimdesk(lighthouse, "eval", "retrieval", "refusal", "--data", cases_file(tmp_path, cases), "--json")
    assert result.exit_code == 0, result.stderr
    suites = json.loads(result.stdout)["suites"]
    assert suites["retrieval"]["metrics"]["recall@1"]["value"] == 1.0
    assert suites["refusal"]["metrics"]["refusal_recall"]["n"] == 2


def test_a_suite_without_cases_of_its_kind_is_unscored_and_says_why(lighthouse: Path, tmp_path: Path) -> None:
    run = json.loads(claimdesk(lighthouse, "eval", "retrieval", "--data", cases_file(tmp_path), "--json").stdout)
    assert "is a question with `expect.quotes`" in run["suites"]["retrieval"]["unscored"]


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
    summary = (tmp_path / "out" / "report.md").read_text()
    assert "| quotes_status | 0.500 |" in summary
    assert "- **W1**" in summary
    assert "  - quotes\\_status: not\\_found, expected exact" in summary
    assert not re.search(r"(?<!\\)<script", summary)
    assert json.loads((tmp_path / "out" / "report.json").read_text())["suites"]["seeds"]["failures"]


def test_the_summary_holds_the_first_failing_cases_with_what_decided_them() -> None:
    scores = tuple(Score(f"C{number:02}", "stance_accuracy", 0.0, "said | *silent*", "claim") for number in range(25))
    suite = SuiteResult(
        "seeds", {}, scores, texts={"C00": "The pier\nclosed."}, decides={"C00": "a.txt: It shut.\nb.txt: Open."}
    )
    lines = markdown(Run((suite,), {}), []).splitlines()
    assert lines[lines.index("- **C00** claim: The pier closed.") + 1 :][:3] == [
        "  - stance\\_accuracy: said \\| \\*silent\\*",
        "  > a.txt: It shut.",
        "  > b.txt: Open.",
    ]
    assert sum(line.startswith("- **C") for line in lines) == 20
    assert lines[-1] == "5 more failing cases stand in report.html."


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
    assert len(json.loads(first.stdout)["written"]) == len(list((tmp_path / "mine").rglob("*.*"))) == 3
    again = claimdesk(tmp_path, "eval", "init", str(tmp_path / "mine"))
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_the_starters_page_names_every_field_and_label() -> None:
    fields = [name for name in Expected.model_fields if name != "answer_points"]
    labels = [*AnswerStatus, *VerdictLabel, *Stance, *QuoteStatus]
    assert [name for name in (*fields, *labels) if f"`{name}`" not in README.replace("`expect.", "`")] == []


def test_the_starter_passes_its_own_check(tmp_path: Path) -> None:
    _, cases, _ = write_starter(tmp_path)
    assert [case.id for _, case in read_cases(cases)] == ["FERRY-1", "FERRY-2", "FERRY-3"]
