"""Relative times → calendar days, once the article's own date is known. Never guessed across articles."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from assistant.language.dates import WEEKDAYS
from assistant.language.types import TimeReference

Days = tuple[date | None, date | None]
UNKNOWN: Days = (None, None)
LENGTHS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}


def anchored(time: TimeReference, anchor: date | None) -> TimeReference:
    """The reference with ``low`` and ``high``, both inclusive, as far as they can be known from ``anchor``.

    "Friday" is the nearest Friday; a month or day without a year is the nearest one. ``anchor`` None: only full dates.
    """
    low, high = bounds(time.key, anchor)
    return replace(time, low=low, high=high)


def bounds(key: str, anchor: date | None) -> Days:
    kind, _, rest = key.partition(":")
    if not rest:
        return day_bounds(key, anchor)
    parts = rest.split(":")
    if kind == "year":
        return year_bounds(int(parts[0]))
    if kind == "decade":
        return date(int(parts[0]), 1, 1), date(int(parts[0]) + 9, 12, 31)
    if kind == "month":
        return month_key_bounds(parts, anchor)
    if anchor is None:
        return UNKNOWN
    if kind == "weekday":
        return weekday_bounds(parts, anchor)
    if kind == "relative":
        return relative_bounds(parts[0], int(parts[1]), anchor)
    if kind in {"ago", "in"}:
        return step_bounds(parts, anchor, -1 if kind == "ago" else 1)
    if kind in {"past", "coming"}:
        low, _ = step_bounds(parts, anchor, -1 if kind == "past" else 1)
        if low is None:
            return UNKNOWN
        return (low, anchor) if kind == "past" else (anchor, low)
    return UNKNOWN


def day_bounds(key: str, anchor: date | None) -> Days:
    """ "2024-01-05", or "01-05" in the year that brings it nearest to the anchor."""
    numbers = [int(part) for part in key.split("-")]
    if len(numbers) == 3:
        day = valid(*numbers)
        return day, day
    if anchor is None:
        return UNKNOWN
    days = [day for year in (-1, 0, 1) if (day := valid(anchor.year + year, *numbers)) is not None]
    nearest = min(days, key=lambda day: abs((day - anchor).days)) if days else None
    return nearest, nearest


def valid(year: int, month: int, day: int) -> date | None:
    """None for a day that the calendar does not have ("Feb. 30")."""
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def year_bounds(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def month_bounds(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def month_key_bounds(parts: list[str], anchor: date | None) -> Days:
    """ "2023-05", or "12" in the year that brings it nearest; a step ("last May") counts from there."""
    if "-" in parts[0]:
        year, month = (int(part) for part in parts[0].split("-"))
        return month_bounds(year, month)
    if anchor is None:
        return UNKNOWN
    month = int(parts[0])
    step = next((int(part) for part in parts[1:] if part.lstrip("-").isdigit()), None)
    years = [anchor.year + offset for offset in (-1, 0, 1)]
    if step is not None and step < 0:
        return month_bounds(max(y for y in years if (y, month) < (anchor.year, anchor.month)), month)
    if step is not None and step > 0:
        return month_bounds(min(y for y in years if (y, month) > (anchor.year, anchor.month)), month)
    best = min(years, key=lambda year: abs((year - anchor.year) * 12 + month - anchor.month))
    return month_bounds(best, month)


def weekday_bounds(parts: list[str], anchor: date) -> Days:
    """The nearest such day; "last Friday" lies before the anchor, "next Friday" after it."""
    ahead = (WEEKDAYS.index(parts[0]) - anchor.weekday()) % 7
    if len(parts) > 1 and int(parts[1]) < 0:
        back = ahead - 7
    elif len(parts) > 1 and int(parts[1]) > 0:
        back = ahead or 7
    else:
        back = ahead if ahead <= 3 else ahead - 7
    day = anchor + timedelta(days=back)
    return day, day


def relative_bounds(unit: str, step: int, anchor: date) -> Days:
    if unit in {"day", "night", "morning", "afternoon", "evening"}:
        day = anchor + timedelta(days=step)
        return day, day
    if unit in {"week", "weekend"}:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * step)
        return (monday + timedelta(days=5) if unit == "weekend" else monday), monday + timedelta(days=6)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return month_bounds(months // 12, months % 12 + 1)
    if unit == "year":
        return year_bounds(anchor.year + step)
    return UNKNOWN


def step_bounds(parts: list[str], anchor: date, sign: int) -> Days:
    """So many days or weeks from the anchor: a day; months and years: the month or year."""
    unit = parts[0]
    if parts[1] == "some" or not parts[1].isdigit():
        return UNKNOWN
    count = sign * int(parts[1])
    if abs(count) > 10_000:
        return UNKNOWN
    if unit in LENGTHS:
        day = anchor + timedelta(days=LENGTHS[unit] * count)
        return day, day
    if unit == "month":
        return relative_bounds("month", count, anchor)
    if unit == "year" and 1 < anchor.year + count < 9999:
        return year_bounds(anchor.year + count)
    return UNKNOWN
