"""The commands about the collection as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from assistant import cli_store
from index import Collection, HashingEmbedder


def run(home: Path, *words: str) -> Result:
    app = typer.Typer()
    cli_store.register(app)
    return CliRunner(env={"CLAIMDESK_HOME": str(home), "NO_COLOR": "1"}).invoke(app, list(words))


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
    assert "− Repairs cost 3 million crowns." in shown.stdout
    assert "+ Repairs cost 9 million crowns." in shown.stdout
    found = json.loads(run(home, "history", "report.txt", "--json").stdout)
    assert len(found["versions"]) == 2
    [change] = found["revisions"][0]["changes"]
    assert (change["kind"], change["after"]["quote"]) == ("rewritten", "Repairs cost 9 million crowns.")


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
