"""A desk's own style: entries of a small YAML file, and where a draft goes against them.

- term: seafarers             # words as written; a plural s may follow
  instead: sailors            # optional: what the desk writes
  note: Say who is meant.     # optional: why
  case: false                 # optional: true where capitals count
  applies-to: own words       # optional: own words (default) | quotations | everything
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.draft import find_draft_quotations
from assistant.errors import BadInput

FIELDS = {"term", "instead", "note", "case", "applies-to"}
MOST_ENTRIES = 5000


class AppliesTo(StrEnum):
    OWN_WORDS = "own words"  # outside quotation marks: a source's words are the source's
    QUOTATIONS = "quotations"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """One rule of the desk. ``term`` is matched as whole words, a plural s included."""

    term: str
    instead: str = ""
    note: str = ""
    case: bool = False
    applies_to: AppliesTo = AppliesTo.OWN_WORDS

    @property
    def pattern(self) -> re.Pattern[str]:
        words = r"\s+".join(re.escape(word).replace("'", "['’]") for word in self.term.split())
        return re.compile(rf"(?<!\w){words}(?:s|es)?(?!\w)", 0 if self.case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StyleHit:
    """One place of the draft, ``draft[start:end] == text``, and the entry that it goes against."""

    entry: StyleEntry
    start: int
    end: int
    text: str

    @property
    def advice(self) -> str:
        """One line of plain English."""
        told = f"The desk's style has “{self.entry.instead}” for it." if self.entry.instead else "Against the style."
        return f"{told} {self.entry.note}".strip()


def read_style(path: Path) -> list[StyleEntry]:
    """The entries of ``path`` in order. Raises BadInput naming the entry and what is wrong with it."""
    import yaml

    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", "--style FILE.yaml") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not YAML: {str(error).splitlines()[0]}", f"edit {path}") from error
    if rows is None:
        return []
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise BadInput(
            f"{path} must hold a list of at most {MOST_ENTRIES} entries", f"edit {path}: begin with `- term:`"
        )
    return [entry_of(row, f"{path}, entry {number}") for number, row in enumerate(rows, 1)]


def entry_of(row: Any, where: str) -> StyleEntry:
    """One entry of the file, checked. Raises BadInput."""

    def wrong(why: str) -> BadInput:
        return BadInput(f"{where}: {why}", f"the fields are {', '.join(sorted(FIELDS))}")

    if not isinstance(row, dict):
        raise wrong("an entry is a mapping that begins with `term:`")
    unknown = {str(name) for name in row} - FIELDS
    if unknown:
        raise wrong(f"unknown field {sorted(unknown)[0]!r}")
    texts = {name: row.get(name, "") for name in ("term", "instead", "note")}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise wrong(f"{name} must be text: put it in quotation marks")
    if not any(character.isalnum() for character in texts["term"]):
        raise wrong("term is missing")
    if not isinstance(row.get("case", False), bool):
        raise wrong("case is true or false")
    try:
        applies = AppliesTo(row.get("applies-to", AppliesTo.OWN_WORDS))
    except ValueError:
        raise wrong(f"applies-to is one of {', '.join(AppliesTo)}") from None
    return StyleEntry(texts["term"].strip(), texts["instead"], texts["note"], row.get("case", False), applies)


def check_style(draft: str, entries: Sequence[StyleEntry]) -> list[StyleHit]:
    """Every place of ``draft`` that goes against an entry, in the draft's order."""
    quoted = [(quotation.start, quotation.end) for quotation in find_draft_quotations(draft)]
    found = [hit for entry in entries for hit in hits_of(draft, entry, quoted)]
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.entry.term))


def hits_of(draft: str, entry: StyleEntry, quoted: Sequence[tuple[int, int]]) -> Iterator[StyleHit]:
    for match in entry.pattern.finditer(draft):
        inside = any(start <= match.start() and match.end() <= end for start, end in quoted)
        wanted = {AppliesTo.EVERYTHING, AppliesTo.QUOTATIONS if inside else AppliesTo.OWN_WORDS}
        if entry.applies_to in wanted:
            yield StyleHit(entry, match.start(), match.end(), match.group())


def style_json(hits: Sequence[StyleHit]) -> list[dict[str, object]]:
    """The ``style`` of ``quotes --json`` and ``verify --json``."""
    return [
        {
            "term": hit.entry.term,
            "instead": hit.entry.instead,
            "note": hit.entry.note,
            "start": hit.start,
            "end": hit.end,
            "quote": hit.text,
        }
        for hit in hits
    ]
