"""Find, fold, check and read back quotations. Nothing here writes words: it only points at them.

A place is found when the words are the same and both ends stand on word boundaries: "end the blockade" is a
run of bytes inside "Suspend the blockade" and no quotation of it. Typography is folded for matching, never for output.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from index import INVISIBLE, Sources, Span, StoreDamaged

QUOTE_MARKS = "'\"‘’‚‛“”„‟‹›«»′″`´＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPECIAL = re.compile(
    rf"(?P<dash>[\s{INVISIBLE}]*[{DASHES}][\s{INVISIBLE}{DASHES}]*)"
    rf"|(?P<space>[\s{INVISIBLE}]*\s[\s{INVISIBLE}]*)"
    rf"|(?P<invisible>[{INVISIBLE}]+)"
    rf"|(?P<quote>[{re.escape(QUOTE_MARKS)}])"
    r"|(?P<ellipsis>…)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    r"|(?P<accent>\w[\u0300-\u034e\u0350-\u036f]+)"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
CLOSING = " .,;:!?'-"


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` with its typography folded, and the way back: ``source_start(i)`` for every folded position."""

    text: str
    lowered: str  # the same in lower case, one character for one
    _folded_at: tuple[int, ...]  # folded positions where a piece begins, ascending
    _source_at: tuple[int, ...]  # the source positions of the same
    _identity: tuple[bool, ...]  # whether the piece maps one to one
    _length: int

    def source_start(self, position: int) -> int:
        """Where in the source the folded character at ``position`` begins."""
        if position >= len(self.text):
            return self._length
        piece = bisect_right(self._folded_at, position) - 1
        shift = position - self._folded_at[piece] if self._identity[piece] else 0
        return self._source_at[piece] + shift

    def source_end(self, position: int) -> int:
        """Where in the source the folded character before ``position`` ends."""
        if position == 0:
            return 0
        piece = bisect_right(self._folded_at, position - 1) - 1
        if self._identity[piece]:
            return self._source_at[piece] + position - self._folded_at[piece]
        return self._source_at[piece + 1] if piece + 1 < len(self._source_at) else self._length


def fold(text: str) -> Folded:
    """Fold quotation marks to ``'``, dashes to ``-`` (spaces round them go), white space to a space, ``…`` to dots.

    Invisible characters go, accents are composed, case stays. Linear in the length of ``text``.
    """
    pieces: list[str] = []
    folded_at: list[int] = []
    source_at: list[int] = []
    identity: list[bool] = []
    length = 0
    position = 0

    def add(piece: str, source: int, same: bool) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            folded_at.append(length)
            source_at.append(source)
            identity.append(same)
            length += len(piece)

    for match in _SPECIAL.finditer(text):
        add(text[position : match.start()], position, True)
        add(_folded_piece(match), match.start(), False)
        position = match.end()
    add(text[position:], position, True)
    whole = "".join(pieces)
    return Folded(whole, _lower(whole), tuple(folded_at), tuple(source_at), tuple(identity), len(text))


def _folded_piece(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group()
    if kind == "ligature":
        return _LIGATURES[found]
    if kind == "accent":
        return unicodedata.normalize("NFC", found)
    return {"dash": "-", "space": " ", "invisible": "", "quote": "'", "ellipsis": "..."}[kind or ""]


def is_boundary(text: str, position: int) -> bool:
    """Whether a word could begin or end at ``position``.

    Not inside "re|election", "300,|000", "10|.5", "can|'t" or "US|-backed": half a word is another word.
    """
    left = _visible(text, position - 1, -1)
    right = _visible(text, position, 1)
    before, after = left[0], right[0]
    if before.isalnum() and after.isalnum():
        return False
    return not (_joins(left[1], before, after) or _joins(before, after, right[1]) or unicodedata.combining(after))


def _visible(text: str, position: int, step: int) -> str:
    """The next two visible characters from ``position`` on, in direction ``step``; spaces beyond the text."""
    found = ""
    while 0 <= position < len(text) and len(found) < 2:
        if not _INVISIBLE.match(text[position]):
            found += text[position]
        position += step
    return found.ljust(2)


def _joins(left: str, mark: str, right: str) -> bool:
    if mark in ".,":
        return left.isdigit() and right.isdigit()
    return (mark in "'’-‐‑_") and left.isalnum() and right.isalnum()


def snap_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest range on word boundaries that holds ``[start, end)``, without white space at its ends."""
    while start > 0 and not is_boundary(text, start):
        start -= 1
    while end < len(text) and not is_boundary(text, end):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """Where a quotation's words stand: ``text[start:end]``. ``exact``: byte for byte, else typography differs."""

    start: int
    end: int
    exact: bool


def find_quotation(quotation: str, text: str, folded: Folded | None = None) -> list[QuotePlace]:
    """All places in ``text`` with the words of ``quotation``, exact ones first, then in order.

    Typography may differ: quotation marks, dashes, spaces, closing punctuation, the case of the first letter and of
    words in capitals. Pass ``folded`` when many quotations are looked up in one text.
    """
    wanted = quotation.strip()
    if not any(character.isalnum() for character in wanted):
        return []
    exact = [QuotePlace(start, start + len(wanted), True) for start in _occurrences(wanted, text)]
    folded = folded or fold(text)
    needle = fold(wanted).text.strip(CLOSING)
    loose = [
        QuotePlace(folded.source_start(start), folded.source_end(start + len(needle)), False)
        for start in _positions(_lower(needle), folded.lowered)
        if _same_case(needle, folded.text[start : start + len(needle)])
    ]
    seen = {place.start for place in exact}
    return exact + [
        place
        for place in loose
        if place.start not in seen and is_boundary(text, place.start) and is_boundary(text, place.end)
    ]


def _lower(text: str) -> str:
    """Lower case, one character for one: ``İ`` and its kind, which grow, stay."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _positions(needle: str, text: str) -> Iterator[int]:
    position = text.find(needle) if needle else -1
    while position >= 0:
        yield position
        position = text.find(needle, position + 1)


def _occurrences(needle: str, text: str) -> Iterator[int]:
    for position in _positions(needle, text):
        if is_boundary(text, position) and is_boundary(text, position + len(needle)):
            yield position


def _same_case(ours: str, theirs: str) -> bool:
    """Whether two strings, equal but for case, differ only in a first letter or in words all in capitals."""
    if ours == theirs or ours[1:] == theirs[1:]:
        return True
    for index, (our_word, their_word) in enumerate(zip(ours.split(" "), theirs.split(" "), strict=False)):
        same = our_word == their_word or (index == 0 and our_word[1:] == their_word[1:])
        if not same and not (_shouted(our_word) or _shouted(their_word)):
            return False
    return True


def _shouted(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters)


def read_back(sources: Sources, article_id: str, start: int, end: int) -> Span:
    """The quotation at ``[start, end)``, re-read from the stored article, whose hash is checked.

    Raises UnknownSource for an unknown article, StoreDamaged when the text is not the one that was indexed, and
    ValueError when the range is empty, outside the text or cuts a word: that is a bug in the caller, never a quotation.
    """
    article = sources.article(article_id)
    if hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest() != article.text_sha256:
        raise StoreDamaged(
            f"{article.source} no longer has the text that was indexed (sha256 {article.text_sha256[:12]}…)",
            "claimdesk doctor",
        )
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"[{start}:{end}) is not a range of {article.source} ({len(article.text)} characters)")
    if not (is_boundary(article.text, start) and is_boundary(article.text, end)):
        raise ValueError(f"[{start}:{end}) cuts a word of {article.source}: {article.text[start:end]!r}")
    return Span(article_id, start, end, article.text[start:end])
