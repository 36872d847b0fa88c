"""``claimdesk``: the command line. Commands stand in ``cli_*.py``, one module a group; here they are put together.

Further packages bring commands of their own through the entry-point group ``claimdesk.commands``: a function
``register(app: typer.Typer) -> None``. Nothing heavy is imported on the way to ``claimdesk --help``.
"""

from __future__ import annotations

import signal
import sys
from functools import cache
from importlib.metadata import entry_points, version
from types import FrameType
from typing import Annotated

import typer

from assistant import cli_articles, cli_outputs, cli_questions, cli_serve, cli_store
from assistant.cli_shared import TERMINATED, ChromaUrlOption, Desk, HomeOption, QuietOption
from assistant.environment import stay_local

COMMANDS = "claimdesk.commands"


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimdesk {version('claimdesk')}")
        raise typer.Exit


def options(
    context: typer.Context,
    home: HomeOption = None,
    quiet: QuietOption = False,
    chroma_url: ChromaUrlOption = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Check claims against your own articles: exact quotations, a verdict for every source, no guessing.

    Begin with: claimdesk index FOLDER, then claimdesk ask "…" or claimdesk verify "…".
    """
    context.obj = Desk(given_home=home, quiet=quiet, chroma_url=chroma_url)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    """SIGTERM unwinds the stack like Ctrl-C: batches are finished, locks given back."""
    raise SystemExit(TERMINATED)


@cache
def build() -> typer.Typer:
    """The whole command line: our own groups, then those of other packages, in order of their names."""
    app = typer.Typer(
        name="claimdesk",
        no_args_is_help=True,
        pretty_exceptions_enable=False,  # a bug stays a plain traceback
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(options)
    cli_articles.register(app)
    cli_store.register(app)
    cli_questions.register(app)
    cli_outputs.register(app)
    cli_serve.register(app)
    for entry in sorted(entry_points(group=COMMANDS), key=lambda entry: entry.name):
        entry.load()(app)
    return app


def main() -> None:
    """The console script. Ends the process with DESIGN's exit codes."""
    stay_local()
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    build()()
