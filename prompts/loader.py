"""Load a prompt file and fill it. Values are inserted, never read as templates, and fenced as data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

FENCE = "```"


class PromptError(Exception):
    """A prompt that does not exist, or variables that are not the prompt's own."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt. ``version`` is the sha256 of its file: an answer records which text the model was given."""

    name: str
    text: str
    version: str

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(Template(self.text).get_identifiers())

    def fill(self, **variables: str) -> str:
        """The prompt with its variables. Raises PromptError when one is missing or unknown.

        A value cannot end the fence that it stands in: runs of three or more backticks in it are broken up.
        """
        missing, unknown = self.variables - set(variables), set(variables) - self.variables
        if missing or unknown:
            wrong = [f"missing {name}" for name in sorted(missing)] + [f"unknown {name}" for name in sorted(unknown)]
            raise PromptError(f"prompt {self.name!r}: {', '.join(wrong)}")
        return Template(self.text).substitute({name: _as_data(value) for name, value in variables.items()})


def _as_data(value: str) -> str:
    return value.replace(FENCE, "` ` `")


def names() -> tuple[str, ...]:
    """The prompts there are, by name."""
    return tuple(
        sorted(place.name.removesuffix(".md") for place in files("prompts").iterdir() if place.name.endswith(".md"))
    )


@cache
def load(name: str) -> Prompt:
    """One prompt by name. Raises PromptError for an unknown one."""
    if name not in names():
        raise PromptError(f"no prompt {name!r}: there are {', '.join(names())}")
    data = files("prompts").joinpath(f"{name}.md").read_bytes()
    return Prompt(name, data.decode("utf-8"), hashlib.sha256(data).hexdigest())
