"""What is promised to those who install it: four packages, façades that hold their names, commands by entry point."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_wheel_holds_exactly_four_top_level_names() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert sorted(packages) == ["assistant", "eval", "index", "prompts"]
    assert all((ROOT / name / "__init__.py").exists() for name in packages)


@pytest.mark.parametrize("package", ["assistant", "index", "prompts"])
def test_every_name_of_a_facade_is_there(package: str) -> None:
    facade = importlib.import_module(package)
    assert [name for name in facade.__all__ if getattr(facade, name, None) is None] == []


def test_the_assistants_facade_refuses_other_names() -> None:
    facade = importlib.import_module("assistant")
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        _ = facade.guess


def test_nobody_may_import_eval_as_a_name() -> None:
    found = [
        f"{path.name}: {line}"
        for folder in ("assistant", "index", "prompts", "eval", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() == "import eval"
    ]
    assert found == [], "it would hide the built-in: from eval.x import y"


def test_the_entry_points_are_there() -> None:
    script = PROJECT["project"]["scripts"]["claimdesk"]
    commands = PROJECT["project"]["entry-points"]["claimdesk.commands"].values()
    for target in (script, *commands):
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))
