"""The examples run as a reader would run them, without a language model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.door
EXAMPLES = Path(__file__).parents[1] / "examples"


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / program), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONPATH": str(EXAMPLES.parent)},
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_agent_reports_a_quotation_that_no_article_has(seed_home: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("He said “we were promised a golden bridge to the moon”. Talks continue in Washington.")
    report = run("check_a_draft.py", str(draft), "--home", str(seed_home))
    assert "golden bridge" in report
    assert "not found" in report.lower()


def test_the_chain_names_the_place_that_carries_its_answer(seed_home: Path) -> None:
    told = run("cite_a_chain.py", "Where do talks continue?", "--home", str(seed_home))
    assert "supported" in told
    assert ".txt" in told
    assert "–" in told
