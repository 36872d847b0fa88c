"""Prompts are files: variables are checked, values stay data, the version is the file's hash."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import prompts
from prompts import PromptError, load, names


@pytest.mark.parametrize("name", names())
def test_a_prompt_is_versioned_by_its_file(name):  # type: ignore[no-untyped-def]
    assert load(name).version == sha256((Path(prompts.__file__).parent / f"{name}.md").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("variables", "wrong"),
    [
        pytest.param({"question": "Who?"}, "missing rows", id="missing"),
        pytest.param({"question": "Who?", "rows": "", "extra": ""}, "unknown extra", id="unknown"),
    ],
)
def test_missing_and_unknown_variables_are_refused(variables, wrong):  # type: ignore[no-untyped-def]
    with pytest.raises(PromptError, match=wrong):
        load("answer").fill(**variables)


def test_an_unknown_prompt_names_those_that_exist():  # type: ignore[no-untyped-def]
    with pytest.raises(PromptError, match="there are answer"):
        load("anwser")


@given(st.text())
def test_a_value_is_never_read_as_a_template_and_cannot_end_its_fence(value):  # type: ignore[no-untyped-def]
    filled = load("answer").fill(question="Who?", rows=value + "$question ${rows} ```")
    assert "$question ${rows}" in filled
    assert filled.count("```") == load("answer").text.count("```")
