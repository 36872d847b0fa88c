"""Cut a body into units: paragraphs, lines and list items, the stretches that no sentence crosses.

An empty line always ends a unit. A single newline does too, unless the block is hard-wrapped: every line but
the last is as full as its width allows. A list item belongs to the paragraph of its lead-in, and its marker
("- ", "• ", "1) ") to no unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_MARKER = re.compile(r"(?:[-*+•‣◦▪●·–—∙]|\(?(?:\d{1,3}|[A-Za-z])\)|\d{1,3}\.)[ \t\u00a0]+(?=\S)")
_WIDEST_WRAP = 120  # characters: longer lines are paragraphs, not wrapped ones
_NARROWEST_WRAP = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """``text[start:end]`` without outer white space and list marker."""

    start: int
    end: int
    paragraph: int
    bullet: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of the first visible character
    end: int  # after the last visible one
    indent: int
    after_blank: bool
    marker: int  # length of the list marker and the white space after it; 0 without one


def find_units(text: str, start: int, end: int, *, first_paragraph: int) -> Iterator[Unit]:
    """Units of ``text[start:end]`` in order; paragraphs are numbered from ``first_paragraph``."""
    paragraph = first_paragraph - 1
    in_list, leads_in = False, False
    for lines in _joined(text, start, end):
        first, last = lines[0], lines[-1]
        bullet = first.marker > 0
        if not (bullet and (in_list or leads_in or (paragraph >= first_paragraph and not first.after_blank))):
            paragraph += 1
        yield Unit(first.start + first.marker, last.end, paragraph, bullet)
        in_list = bullet
        leads_in = text[last.end - 1] == ":"


def _joined(text: str, start: int, end: int) -> Iterator[list[_Line]]:
    """Lines of ``text[start:end]``, those that wrapping tore apart together."""
    block: list[_Line] = []
    for line in _lines(text, start, end):
        if block and line.after_blank:
            yield from _unwrapped(text, block)
            block = []
        block.append(line)
    if block:
        yield from _unwrapped(text, block)


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    blank = False
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            marker = _MARKER.match(text, first, last)
            yield _Line(first, last, first - start, blank, len(marker.group()) if marker else 0)
        blank = first == last
        start = stop + 1


def _unwrapped(text: str, block: list[_Line]) -> Iterator[list[_Line]]:
    wrapped = _is_wrapped(text, block)
    together = [block[0]]
    for before, line in pairwise(block):
        hangs = together[0].marker > 0 and line.indent > together[0].indent
        full = before.end - before.start >= _NARROWEST_WRAP
        torn = full and text[line.start].islower() and text[before.end - 1] not in ".!?:;"
        if line.marker == 0 and (hangs or wrapped or torn):
            together.append(line)
        else:
            yield together
            together = [line]
    yield together


def _is_wrapped(text: str, block: list[_Line]) -> bool:
    """Every line but the last is so full that the next word would not have fitted."""
    plain = [line for line in block if line.marker == 0]
    if len(plain) < 2 or len(plain) < len(block):
        return False
    width = max(line.end - line.start for line in plain)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return False
    for line, following in pairwise(plain):
        word = text[following.start : following.start + width].split(maxsplit=1)[0]
        if line.end - line.start + 1 + len(word) <= width:
            return False
    return True
