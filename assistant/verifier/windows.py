"""Token windows over long evidence: whole sentences where they fit, one of overlap. Pure; nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


def sentences_of(text: str) -> list[str]:
    """The text cut after sentence ends and at line breaks; stretches without a word character are left out."""
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    pieces = (text[start:end].strip() for start, end in pairwise(cuts))
    return [piece for piece in pieces if re.search(r"\w", piece)]


def windows_of(sentences: Sequence[Sequence[int]], room: int) -> list[tuple[int, ...]]:
    """Windows of at most ``room`` tokens that together hold every token, in order.

    A window is a run of sentences; the next one begins with the last sentence of the one before when that leaves room
    for something new. A sentence longer than ``room`` is cut into pieces that overlap by half.

    >>> windows_of([[1, 2], [3, 4], [5, 6]], 4)
    [(1, 2, 3, 4), (3, 4, 5, 6)]
    """
    pieces = [piece for sentence in sentences for piece in cut(sentence, room)]
    windows, first = [], 0
    while first < len(pieces):
        last, size = first + 1, len(pieces[first])
        while last < len(pieces) and size + len(pieces[last]) <= room:
            size += len(pieces[last])
            last += 1
        windows.append(tuple(token for piece in pieces[first:last] for token in piece))
        if last == len(pieces):
            break
        overlaps = last - 1 > first and len(pieces[last - 1]) + len(pieces[last]) <= room
        first = last - 1 if overlaps else last
    return windows


def cut(sentence: Sequence[int], room: int) -> list[Sequence[int]]:
    """The sentence itself, or pieces of ``room`` tokens that start half a ``room`` apart."""
    if len(sentence) <= room:
        return [sentence]
    starts = [*range(0, len(sentence) - room, max(1, room // 2)), len(sentence) - room]
    return [sentence[start : start + room] for start in starts]
