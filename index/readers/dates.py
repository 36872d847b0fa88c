"""The day that an article says it was published. Metadata only: dates inside the text are not its business."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T|$)")
_DAY_FIRST = re.compile(r"(?:[A-Za-z]{3,9},? +)?(\d{1,2})(?:st|nd|rd|th)? +([A-Za-z]{3,9})\.?,? +(\d{4})\b")
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]{3,9},? +)?([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\b")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_SECONDS = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")


def parse_published(value: str) -> date:
    """The day that ``value`` names, in its own time zone. Raises ValueError for anything doubtful.

    >>> parse_published("2021/11/02"), parse_published("Tue, 02 Nov 2021 23:30:00 -0500")
    (datetime.date(2021, 11, 2), datetime.date(2021, 11, 2))
    """
    value = " ".join(value[:100].split())
    if found := _YEAR_FIRST.match(value) or _COMPACT.match(value):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _DAY_FIRST.match(value)) and found[2].lower() in _MONTHS:
        return date(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if (found := _MONTH_FIRST.match(value)) and found[1].lower() in _MONTHS:
        return date(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    if found := _NUMBERS.match(value):
        return _unambiguous(int(found[1]), int(found[2]), int(found[3]), value)
    if _SECONDS.fullmatch(value):
        seconds = float(value)
        return datetime.fromtimestamp(seconds / 1_000 if seconds > 1e11 else seconds).astimezone().date()
    raise ValueError(f"{value!r} is not a date that can be read without guessing: write it as 2024-01-31")


def _unambiguous(first: int, second: int, year: int, value: str) -> date:
    """03/25/2024 and 25.03.2024 say which is the month; 03/04/2024 does not."""
    if first == second or second > 12:
        return date(year, first, second)
    if first > 12:
        return date(year, second, first)
    raise ValueError(f"{value!r} can mean two days: write it as 2024-01-31")
