"""Find headline, byline and body in an article's text. Offsets only: nothing is cleaned or moved.

In plain text the first line is the headline when it has at most 150 characters, does not end in a full
stop, and a blank line follows. A headline that a reader knew from elsewhere stands in front of the text,
followed by an empty line (``headline_prefixed``). A byline is a short line "By …" straight after the headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.types import Section, SectionKind

MAX_HEADLINE = 150  # characters
MAX_BYLINE = 160
_BY = re.compile(r"by[ \t\u00a0]+(?=\S)", re.IGNORECASE)
_OUTLET = re.compile(r"[ \t\u00a0]+[–—|•·-]{1,2}[ \t\u00a0]+|[|•]|,[ \t]+(?=The[ \t])|[ \t]+for[ \t]+")
_JOINERS = frozenset({"and", "&", "with", "in", "of", "y", "et", "und"})
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "bin",
        "al",
        "el",
        "ter",
    ]
)
_NAME_SUFFIXES = ("jr.", "sr.", "esq.", "ph.d.", "m.d.")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who signed an article, and for which outlet, as the article itself says."""

    names: str
    outlet: str | None


def find_sections(text: str, *, headline_prefixed: bool = False) -> list[Section]:
    """Headline, byline and body of ``text``, in order, without surrounding white space; empty ones are left out."""
    sections: list[Section] = []
    start, end = _line_at(text, 0)
    if start < end and (headline_prefixed or _is_headline(text, start, end)):
        sections.append(Section(SectionKind.HEADLINE, start, end))
        start, end = _line_at(text, end)
        if start < end and read_byline(text[start:end]) is not None and _blank_line_follows(text, end):
            sections.append(Section(SectionKind.BYLINE, start, end))
            start, end = _line_at(text, end)
    if start < end:
        sections.append(Section(SectionKind.BODY, start, _last_visible(text, start)))
    return sections


def read_byline(line: str) -> Byline | None:
    """``By Ann Lee – The Harbour Post`` → names and outlet; None when the line is not a byline.

    >>> read_byline("By Friday the river had risen.") is None
    True
    """
    line = line.strip().strip("*_").strip()
    opening = _BY.match(line)
    if opening is None or len(line) > MAX_BYLINE:
        return None
    credit = line[opening.end() :].strip()
    if not credit or (credit[-1] in ".!?:;,…" and not credit.lower().endswith(_NAME_SUFFIXES)):
        return None
    parts = _OUTLET.split(credit, maxsplit=1)
    names = parts[0].strip(" ,")
    if not _are_names(names):
        return None
    outlet = parts[1].strip() if len(parts) > 1 else ""
    return Byline(names=names, outlet=outlet or None)


def _are_names(names: str) -> bool:
    words = names.replace(",", " , ").split()
    if not 1 <= len(words) <= 30 or not words[0][0].isupper():
        return False
    return all(
        word == "," or word[0].isupper() or word.lower() in _JOINERS | _PARTICLES or word[1:2] in ("'", "’")
        for word in words
    )


def _is_headline(text: str, start: int, end: int) -> bool:
    short = end - start <= MAX_HEADLINE
    return short and text[end - 1] != "." and _blank_line_follows(text, end) and _line_at(text, end)[0] < len(text)


def _line_at(text: str, position: int) -> tuple[int, int]:
    """The first line from ``position`` on that shows anything, without its surrounding white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    while end > position and text[end - 1].isspace():
        end -= 1
    return position, end


def _blank_line_follows(text: str, end: int) -> bool:
    first = text.find("\n", end)
    if first < 0:
        return False
    second = text.find("\n", first + 1)
    return not text[first + 1 : len(text) if second < 0 else second].strip()


def _last_visible(text: str, start: int) -> int:
    end = len(text)
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
