"""The terminal that results are printed on. NO_COLOR, TERM=dumb and pipes are Rich's to respect."""

from __future__ import annotations

from rich.console import Console
from rich.theme import Theme

NARROW = 72  # columns; below it nothing stands side by side

THEME = Theme(
    {
        "good": "bold green",
        "bad": "bold red",
        "mixed": "bold yellow",
        "unknown": "bold blue",
        "quiet": "dim",
        "differing": "bold underline yellow",
        "name": "cyan",
        "heading": "bold",
    }
)


def console(*, stderr: bool = False) -> Console:
    """A console on stdout that reads no markup, emoji codes or highlights out of anybody's text."""
    return Console(theme=THEME, markup=False, emoji=False, highlight=False, stderr=stderr)
