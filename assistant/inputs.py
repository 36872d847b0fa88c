"""What the user typed or named, read into text: claims, drafts and conversations. Every failure names what to do."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import BadInput
from assistant.types import Turn

_FILE_NAME = re.compile(r"\S+\.(?:txt|md|markdown|text|rst|html?|docx?|odt|pdf|rtf|json)", re.IGNORECASE)
MOST_CHARACTERS = 5_000_000  # of a draft: a long book; more is a mistake in the file's name


class _WrittenTurn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: str
    content: str


_TURNS = TypeAdapter(list[_WrittenTurn])


def _decoded(content: bytes, name: str) -> str:
    if b"\x00" in content:
        raise BadInput(f"{name} is not text", "give a text file, or the text itself")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is not UTF-8 text (byte {error.start})", "save it as UTF-8 and try again") from error
    if len(text) > MOST_CHARACTERS:
        raise BadInput(f"{name} has {len(text):,} characters, more than {MOST_CHARACTERS:,}", "split it and try again")
    return text


def _checked(text: str, name: str) -> str:
    if not text.strip():
        raise BadInput(f"{name} is empty", 'type a text in quotation marks: "…"')
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_or_file(given: str) -> str:
    """The text of an existing file, of stdin for ``-``, else ``given`` itself; newlines normalised.

    Raises BadInput when it is empty, not text, or cannot be read.
    """
    if given == "-":
        return _checked(_decoded(sys.stdin.buffer.read(), "stdin"), "stdin")
    if not given.strip() or not _names_file(given):
        if _FILE_NAME.fullmatch(given):
            raise BadInput(f"no file is called {given}", "name an existing file, or type the text in quotation marks")
        return _checked(given, "the text")
    path = Path(given)
    if path.is_dir():
        raise BadInput(f"{given} is a folder", "name one file in it")
    try:
        return _checked(_decoded(path.read_bytes(), given), given)
    except OSError as error:
        raise BadInput(f"{given} cannot be read: {error.strerror}", f"check who may read {given}") from error


def _names_file(given: str) -> bool:
    """Whether ``given`` is the name of something that exists. A text too long, or of no possible name, is none."""
    try:
        return Path(given).exists()
    except (OSError, ValueError):  # too long a name; a NUL character
        return False


def claim_or_question(given: str) -> str:
    """``given``, or stdin for ``-``, without white space around it.

    Raises BadInput when it is empty or not text.
    """
    text = _decoded(sys.stdin.buffer.read(), "stdin") if given == "-" else given
    return _checked(text, "the question").strip()


def conversation(given: str | None) -> list[Turn]:
    """The turns in a JSON file, oldest first; none for None.

    Raises BadInput naming the turn and the field that is wrong.
    """
    if given is None:
        return []
    try:
        content = json.loads(_decoded(Path(given).read_bytes(), given))
        turns = _TURNS.validate_python(content)
    except OSError as error:
        raise BadInput(f"{given} cannot be read: {error.strerror}", "--history FILE needs a JSON file") from error
    except json.JSONDecodeError as error:
        raise BadInput(f"{given} is not JSON: {error}", '[{"role": "user", "content": "…"}, …]') from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{given}: {where}: {first['msg']}", '[{"role": "user", "content": "…"}, …]') from error
    return [Turn(role=turn.role, content=turn.content) for turn in turns]
