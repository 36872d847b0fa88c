"""What stands inside quotation marks, within a sentence and over several; and whose words they then are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
QUOTED = re.compile(
    r"[“„«\"](?P<double>[^“”„«»\"]*)(?:[”»\"]|$)"
    r"|(?<![\w’'])[‘'](?P<single>[^‘’'\n]{2,}(?:['’]\w[^‘’'\n]*)*)['’](?!\w)"
)
LONGEST_RUN = 8  # sentences; a quotation that stays open for longer lost its closing mark


def quoted_spans(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Stretches inside quotation marks, marks left out; an unclosed quotation runs to the end."""
    spans = []
    for match in QUOTED.finditer(text.replace("’’", "” ").replace("''", '" ')):
        group = "double" if match["double"] is not None else "single"
        if match[group].strip():
            spans.append((match.start(group) + offset, match.end(group) + offset))
    return spans


@dataclass(frozen=True, slots=True)
class Run:
    """One quotation over several sentences: (sentence number, start, end) of each part, offsets in the sentence."""

    parts: tuple[tuple[int, int, int], ...]


def runs(texts: Sequence[str], paragraphs: Sequence[int]) -> list[Run]:
    """Quotations that cross sentence ends. A paragraph may open again without having closed, as newspapers do."""
    found: list[Run] = []
    parts: list[tuple[int, int, int]] = []
    for number, text in enumerate(texts):
        start = 0
        if parts:
            reopened = text.lstrip()[:1] in {*OPENING, STRAIGHT}
            apart = paragraphs[number] - paragraphs[parts[-1][0]]
            if len(parts) >= LONGEST_RUN or apart > 1 or (apart == 1 and not reopened):
                parts = []  # the closing mark is missing: claim nothing
            else:
                skip = len(text) - len(text.lstrip()) + 1 if reopened and apart else 0
                end = closing_mark(text, skip)
                parts.append((number, skip, len(text) if end is None else end))
                if end is None:
                    continue
                found.append(Run(tuple(parts)))
                parts, start = [], end + 1
        opened = left_open(text, start)
        if opened is not None:
            parts = [(number, opened, len(text))]
    return found


def closing_mark(text: str, start: int) -> int | None:
    """Where the quotation that is open at ``start`` closes."""
    for place in range(start, len(text)):
        if text[place] in CLOSING or text[place] == STRAIGHT:
            return place
    return None


def left_open(text: str, start: int) -> int | None:
    """Where the words begin of a quotation that is still open at the end of the text."""
    opened: int | None = None
    for place in range(start, len(text)):
        character = text[place]
        if character in OPENING:
            opened = place + 1
        elif character in CLOSING:
            opened = None
        elif character == STRAIGHT:
            inches = opened is None and text[place - 1 : place].isdigit()
            opened = None if opened is not None or inches else place + 1
    return opened


def is_all_quoted(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Does the sentence hold nothing but one quotation? ``spans``: offsets in the text."""
    if len(spans) != 1:
        return False
    start, end = spans[0]
    outside = text[:start] + text[end:]
    return not any(character.isalnum() for character in outside)
