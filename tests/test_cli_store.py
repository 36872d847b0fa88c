"""The commands about the collection as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import build
from index import Collection, HashingEmbedder


def run(home: Path, *words: str) -> Result:
    env = {"CLAIMDESK_HOME": str(home), "NO_COLOR": "1", "COLUMNS": "100"}
    return CliRunner(env=env).invoke(build(), list(words))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "config.toml").write_text('embedder = "hashing"')
    report = tmp_path / "report.txt"
    with Collection.open(desk, embedder=HashingEmbedder()) as collection:
        for cost in (3, 9):
            report.write_text(f"Bridge closes\n\nThe bridge closed on Monday. Repairs cost {cost} million crowns.\n")
            collection.index([str(report)])
    return desk


def test_history_shows_the_words_of_both_versions(home: Path) -> None:
    shown = run(home, "history", "report.txt")
    assert shown.exit_code == 0
    assert "− “Repairs cost 3 million crowns.”" in shown.stdout
    assert "+ “Repairs cost 9 million crowns.”" in shown.stdout
    found = json.loads(run(home, "history", "report.txt", "--json").stdout)
    assert len(found["versions"]) == 2
    [change] = found["revisions"][0]["changes"]
    assert (change["kind"], change["after"]["quote"]) == ("rewritten", "Repairs cost 9 million crowns.")


def test_show_diff_is_the_article_with_its_history(home: Path) -> None:
    shown = run(home, "show", "report.txt", "--diff").stdout
    assert "Bridge closes" in shown
    assert "2 versions" in shown
    assert "+ “Repairs cost 9 million crowns.”" in shown
    assert "on Monday. Repairs" not in shown
    found = json.loads(run(home, "show", "report.txt", "--diff", "--json").stdout)
    assert "9 million" in found["text"]
    assert found["versions"][1]["article_id"] == found["article_id"] == found["revisions"][0]["newer"]
    old = found["versions"][0]["article_id"]
    assert "3 million" in json.loads(run(home, "show", old, "--diff", "--json").stdout)["text"]


def test_what_never_changed_says_so(home: Path, tmp_path: Path) -> None:
    (tmp_path / "once.txt").write_text("Once\n\nIt was written once.\n")
    assert run(home, "index", str(tmp_path / "once.txt")).exit_code == 0
    assert "One version" in run(home, "show", "once.txt", "--diff").stdout


def test_a_collection_moves_by_export_and_import(home: Path, tmp_path: Path) -> None:
    archive = str(tmp_path / "backup.zip")
    assert json.loads(run(home, "export", archive, "--json").stdout)["articles"] == 1
    assert json.loads(run(tmp_path / "new", "import", archive, "--json").stdout)["articles"] == 1
    assert "9 million" in run(tmp_path / "new", "history", "report.txt").stdout


def test_what_cannot_be_done_is_one_line_and_exit_1(home: Path, tmp_path: Path) -> None:
    for words in (("history", "nobody"), ("import", str(tmp_path / "none.zip")), ("export", "/nowhere/x.zip")):
        told = run(home, *words)
        assert told.exit_code == 1
        assert "Traceback" not in told.output
