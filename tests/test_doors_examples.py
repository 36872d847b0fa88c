"""The examples run as a reader would run them: without a language model, and with one behind an OpenAI-like server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.model_server import ModelServer, tool_model_server

pytestmark = pytest.mark.door
EXAMPLES = Path(__file__).parents[1] / "examples"


def run(program: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / program), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONPATH": str(EXAMPLES.parent)} | environment,
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


DRAFT = "He said “we were promised a golden bridge to the moon”. Talks continue in Washington."


def behind(model: ModelServer) -> dict[str, str]:
    return {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": f"{model.address}/v1"}


def checks_twice_and_reports(request: dict[str, Any]) -> dict[str, Any]:
    """What a model does that is given tools: it calls two of them, reads what they say, and writes a report."""
    results = [message["content"] for message in request["messages"] if message["role"] == "tool"]
    if results:
        return {"content": "REPORT\n" + "\n".join(results)}
    offered = {tool["function"]["name"] for tool in request["tools"]}
    wanted = {"audit_quotations": {"draft": DRAFT}, "verify_claim": {"claim": "Talks continue in Washington."}}
    assert wanted.keys() <= offered
    calls = [
        {"id": name, "type": "function", "function": {"name": name, "arguments": json.dumps(given)}}
        for name, given in wanted.items()
    ]
    return {"content": None, "tool_calls": calls}


def test_the_agent_with_a_model_behind_it_calls_the_tools_and_reports_what_they_say(
    seed_home: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT)
    with tool_model_server(checks_twice_and_reports) as model:
        told = run("check_a_draft.py", str(draft), "--home", str(seed_home), "--model", "openai:tiny", **behind(model))
    assert told.startswith("REPORT")
    assert "not found" in told.lower()
    assert "Talks continue in Washington" in told
    assert [message["role"] for message in model.asked[-1]["messages"]][-2:] == ["tool", "tool"]


def test_the_chain_with_a_model_behind_it_marks_each_of_its_sentences(seed_home: Path) -> None:
    said = "The two countries are expected to continue talks in Washington. The mayor of Oslo resigned on Tuesday."
    with tool_model_server(lambda _: {"content": said}) as model:
        told = run(
            "cite_a_chain.py",
            "Where do talks go on?",
            "--home",
            str(seed_home),
            "--model",
            "openai:tiny",
            **behind(model),
        )
    supported, unsupported = told.strip().split("The mayor of Oslo resigned on Tuesday.")
    assert "supported [" in supported
    assert "continue talks in Washington" in supported.partition("supported [")[2]
    assert unsupported.strip() == "not_enough_evidence"
    assert "Washington" in model.prompts[0]  # the passages were in the prompt
