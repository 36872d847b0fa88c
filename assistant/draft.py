"""Find the quotations of a draft: what stands between quotation marks, exactly where it stands. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", "‚": "‘’", '"': '"', "'": "'", "＂": "＂", "〝": "〞"}
SINGLE = "‘‚'‹"
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class DraftQuotation:
    """``draft[start:end]`` without its marks. ``closed`` is False when the closing mark is missing."""

    text: str
    start: int
    end: int
    closed: bool = True


def find_draft_quotations(draft: str) -> list[DraftQuotation]:
    """All quotations of ``draft`` in order: the outermost marks count, quotations inside them are theirs.

    A quotation ends with its paragraph; one that runs on is opened again by the next paragraph, as is the custom.
    Apostrophes and marks for feet and inches are no quotation marks. A Markdown block quotation (``> …``) is one.
    """
    found: list[DraftQuotation] = []
    for paragraph in _PARAGRAPH.finditer(draft):
        block = re.match(r"(?:>[ \t]?[^\n]*\n?)+", paragraph.group())
        if block and block.end() == len(paragraph.group()):
            found.extend(_block_quotation(draft, paragraph.start(), paragraph.end()))
        else:
            found.extend(_inline_quotations(draft, paragraph.start(), paragraph.end()))
    return found


def _block_quotation(draft: str, start: int, end: int) -> list[DraftQuotation]:
    """A block quotation of one line is found as it stands; marks inside it are searched first."""
    inline = _inline_quotations(draft, start, end)
    if inline:
        return inline
    while start < end and draft[start] in "> \t":
        start += 1
    return [DraftQuotation(draft[start:end], start, end)] if start < end else []


def _inline_quotations(draft: str, start: int, end: int) -> list[DraftQuotation]:
    found: list[DraftQuotation] = []
    position = start
    while position < end:
        mark = draft[position]
        if mark not in OPENING or not _opens(draft, position, start, end):
            position += 1
            continue
        closing = _closing_mark(draft, position, end)
        if closing is None and mark in SINGLE:
            position += 1  # an apostrophe that begins a word: ’90s, 'em
            continue
        stop = end if closing is None else closing
        inner = draft[position + 1 : stop]
        if any(character.isalnum() for character in inner):
            lead = len(inner) - len(inner.lstrip())
            text = inner.strip()
            found.append(
                DraftQuotation(text, position + 1 + lead, position + 1 + lead + len(text), closing is not None)
            )
        position = stop + 1
    return found


def _opens(draft: str, position: int, start: int, end: int) -> bool:
    mark = draft[position]
    before = draft[position - 1] if position > start else " "
    after = draft[position + 1] if position + 1 < end else " "
    if mark == '"' or mark in SINGLE:
        return not before.isalnum() and not after.isspace() and not (mark in SINGLE and before in "”’\"'")
    return True


def _closing_mark(draft: str, position: int, end: int) -> int | None:
    """Where the quotation opened at ``position`` closes, or None. Quotations of the same marks may nest once."""
    mark = draft[position]
    closers = OPENING[mark]
    depth = 0
    for index in range(position + 1, end):
        character = draft[index]
        if character == mark and character not in closers:
            depth += 1
        elif character in closers and (mark not in SINGLE or _closes_single(draft, index, end)):
            if depth == 0:
                return index
            depth -= 1
    return None


def _closes_single(draft: str, index: int, end: int) -> bool:
    """Whether a single mark closes a quotation and is no apostrophe: nothing of a word follows it."""
    after = draft[index + 1] if index + 1 < end else " "
    return not after.isalnum() and not draft[index - 1].isspace()
