"""Write docs/cli.md from the commands themselves, so that it cannot say otherwise than ``--help``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from assistant.cli import build

PAGE = Path(__file__).with_name("cli.md")
OPENING = """# The command line

Written from `claimdesk --help` by `make docs`; a test fails when the two differ.

`claimdesk [--home DIR] [--chroma-url URL] [--quiet] COMMAND …`. The collection is kept in `--home`, else in the folder
that `CLAIMDESK_HOME` names, else in the platform's data folder. `--chroma-url` is the address of a Chroma server that
holds its vectors, else `chroma_url` in the home's `config.toml`, else they stand in the home. These options may also
follow the command.

| exit code | meaning |
| --- | --- |
| 0 | done: a refusal, a refuted claim and an altered quotation are results, too |
| 1 | something of yours needs mending: one line says what to type next (with `--json`: `{"error": {…}}`) |
| 2 | the command was not understood |
| 3 | a check failed: `quotes --strict`, `eval --baseline`, `doctor` |
| 130, 143 | stopped by Ctrl-C or SIGTERM |

Colour is left out when `NO_COLOR` is set or the output is no terminal.
"""


def page() -> str:
    """The whole page."""
    group: Any = typer.main.get_command(build())
    parts = [OPENING]
    for name, command in _every(group):
        parts.append(f"## claimdesk {name}\n\n{_prose(command.help)}\n\n{_usage(name, command)}\n{_table(command)}")
    return "\n".join(parts)


def _every(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its whole name, groups opened."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _every(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _prose(text: str) -> str:
    return " ".join(text.split())


def _shown(command: Any) -> list[Any]:
    return [part for part in command.params if not getattr(part, "hidden", False)]


def _usage(name: str, command: Any) -> str:
    arguments = [_metavar(part) for part in _shown(command) if part.param_type_name == "argument"]
    return f"```\nclaimdesk {' '.join([name, *arguments, '[OPTIONS]'])}\n```\n"


def _metavar(part: Any) -> str:
    return str(part.metavar or part.name.upper())


def _table(command: Any) -> str:
    rows = ["| | |", "| --- | --- |"]
    for part in _shown(command):
        if part.param_type_name == "argument":
            label = _metavar(part)
        else:
            label = ", ".join(part.opts) + ("" if part.is_flag else f" {_metavar(part)}")
        rows.append(f"| `{label}` | {_prose(part.help or '')} |".replace("|…", "\\|…"))
    return "\n".join(row if row.startswith("| |") else _escaped(row) for row in rows) + "\n"


def _escaped(row: str) -> str:
    """Pipes inside code would end a cell."""
    first, *rest = row.split("`")
    return "`".join([first, *(part.replace("|", "\\|") if n % 2 == 0 else part for n, part in enumerate(rest))])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
