"""What every command shares: the options that stand everywhere, one way to fail, one way to speak.

A command is declared with ``command``: it is given a ``Desk`` first, and ``--json``, ``--home``, ``--quiet`` and
``--chroma-url`` are added to its options. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.assistant import Assistant

DONE, FAILED, USAGE, CHECK_FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
HomeOption = Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Where the collection is kept.")]
HomeAnywhere = Annotated[Path | None, typer.Option("--home", metavar="DIR", hidden=True)]
ChromaUrlOption = Annotated[
    str | None, typer.Option("--chroma-url", metavar="URL", help="The Chroma server that holds the vectors.")
]
ChromaUrlAnywhere = Annotated[str | None, typer.Option("--chroma-url", metavar="URL", hidden=True)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Only the result: no progress, no hints.")]
QuietAnywhere = Annotated[bool, typer.Option("--quiet", "-q", hidden=True)]


@dataclass(frozen=True, slots=True)
class Desk:
    """What one run of a command was told, and how it speaks."""

    given_home: Path | None = None
    quiet: bool = False
    as_json: bool = False
    chroma_url: str | None = None  # None: what the home's configuration says

    @contextmanager
    def assistant(self, *, readonly: bool = True, stays_open: bool = False) -> Iterator[Assistant]:
        """The assistant over this home's collection; closed at the end. ``readonly`` takes no writer's lock.

        A reader sees one state of the collection all along, unless it ``stays_open`` for many requests.
        """
        from assistant.assistant import Assistant

        with (
            Assistant.open(self.given_home, readonly=readonly, chroma_url=self.chroma_url) as assistant,
            assistant.reading() if readonly and not stays_open else nullcontext(),
        ):
            yield assistant
            for note in dict.fromkeys(assistant.notes):
                self.note(note)

    def console(self) -> Console:
        """Where a person reads the result."""
        from assistant.render.console import console

        return console()

    def put(self, result: dict[str, Any]) -> None:
        """Print ``result`` as the one object on stdout."""
        from assistant.render.escape import safe_json

        sys.stdout.write(safe_json(json.dumps(result, ensure_ascii=False, indent=2)) + "\n")

    def note(self, message: str) -> None:
        """One line beside the result, on stderr; silent under --quiet and --json."""
        if not (self.quiet or self.as_json):
            from assistant.render.escape import visible

            sys.stderr.write(visible(message) + "\n")


class Stop:
    """Ctrl-C and SIGTERM as a question: the work in hand is finished and kept. A second one ends at once.

    ``gentle`` False leaves signals as they are: whoever waits for stdin has nothing in hand.
    """

    def __init__(self, *, gentle: bool = True) -> None:
        self.code: int | None = None  # the exit code that the signal asks for
        self._numbers = (signal.SIGINT, signal.SIGTERM) if gentle else ()

    def asked(self) -> bool:
        return self.code is not None

    def __enter__(self) -> Stop:
        self._before = {number: signal.signal(number, self._heard) for number in self._numbers}
        return self

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        if self.code is not None:
            raise SystemExit(self.code)
        self.code = INTERRUPTED if number == signal.SIGINT else TERMINATED
        sys.stderr.write("\nFinishing the article in hand. Again to stop at once.\n")


def command(
    app: typer.Typer, name: str | None = None, *, panel: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function ``(desk, …) -> None`` as a command of ``app``, with the shared options."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def run(
            context: typer.Context,
            as_json: bool,
            home: Path | None,
            quiet: bool,
            chroma_url: str | None,
            **given: object,
        ) -> None:
            above = context.find_root().obj or Desk()
            desk = Desk(
                given_home=home or above.given_home,
                quiet=quiet or above.quiet,
                as_json=as_json,
                chroma_url=above.chroma_url if chroma_url is None else chroma_url,
            )
            with ended_well(desk):
                function(desk, **given)

        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        shared = [
            _keyword("context", typer.Context, inspect.Parameter.empty),
            _keyword("as_json", JsonOption, False),
            _keyword("home", HomeAnywhere, None),
            _keyword("quiet", QuietAnywhere, False),
            _keyword("chroma_url", ChromaUrlAnywhere, None),
        ]
        parameters = [part.replace(kind=inspect.Parameter.KEYWORD_ONLY) for part in own] + shared
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {part.name: part.annotation for part in parameters}
        del run.__wrapped__  # Typer would look through it at the original
        app.command(name, rich_help_panel=panel)(run)
        return function

    return register


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


@contextmanager
def ended_well(desk: Desk) -> Iterator[None]:
    """Turn what is the user's to mend into one line and an exit code. A bug stays a traceback."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # `claimdesk sources | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except _expected_errors() as error:
        _fail(desk, error)


def _expected_errors() -> tuple[type[Exception], ...]:
    """Evaluated only when something was raised: the index's façade is not imported to print help."""
    from assistant.errors import AssistantError
    from index import IndexingError

    return (AssistantError, IndexingError)


def _fail(desk: Desk, error: Any) -> NoReturn:
    from assistant.errors import CheckFailed
    from assistant.render.escape import one_line
    from assistant.wire import error_json

    if desk.as_json:
        desk.put(error_json(error))
    else:
        hint = f". Next: {error.next_step}" if error.next_step else ""
        sys.stderr.write(one_line(f"claimdesk: {error.message.rstrip('.')}{hint}") + "\n")
    raise typer.Exit(CHECK_FAILED if isinstance(error, CheckFailed) else FAILED)
