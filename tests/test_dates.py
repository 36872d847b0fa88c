"""Dates and time expressions: normal forms, and days once the article's own date is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.anchor import anchored
from assistant.language.dates import find_times


def key(text: str) -> str:
    found = find_times(text)
    assert len(found) == 1, [time.text for time in found]
    return found[0].key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("late this month", "relative:month:0:late"),
        ("later this month", "relative:month:0:later"),
        ("early this month", "relative:month:0:early"),
        ("earlier this week", "relative:week:0:earlier"),
        ("last month", "relative:month:-1"),
        ("just last month", "relative:month:-1"),
        ("next year", "relative:year:1"),
        ("this week", "relative:week:0"),
        ("on Friday", "weekday:friday"),
        ("last Friday", "weekday:friday:-1"),
        ("Jan. 5", "01-05"),
        ("January 5th", "01-05"),
        ("5 January 2024", "2024-01-05"),
        ("January 5, 2024", "2024-01-05"),
        ("2024-01-05", "2024-01-05"),
        ("the 5th of May", "05-05"),
        ("in December alone", "month:12"),
        ("in late December", "month:12:late"),
        ("mid-January", "month:1:mid"),
        ("since May 2023", "month:2023-05"),
        ("in 2024", "year:2024"),
        ("early 2023", "year:2023:early"),
        ("the 1990s", "decade:1990"),
        ("yesterday", "relative:day:-1"),
        ("tonight", "relative:day:0:night"),
        ("two weeks ago", "ago:week:2"),
        ("a year ago", "ago:year:1"),
        ("within 48 hours", "in:hour:48"),
        ("in the past three years", "past:year:3"),
        ("over the next decade", "coming:decade:1"),
        ("for three days", "duration:day:3"),
        ("a 10-year sentence", "duration:year:10"),
        ("at 9 p.m.", "clock:21:00"),
        ("at 14:30", "clock:14:30"),
        ("on\u00a0Friday", "weekday:friday"),
    ],
)
def test_a_time_has_one_normal_form(text: str, expected: str) -> None:
    assert key(text) == expected


@pytest.mark.parametrize(
    "text", ["he may go", "they march on", "a 34-year-old", "voted 5-4", "2,024 people", "the second man", "$2024"]
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_times(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("on Friday", date(2024, 1, 5), date(2024, 1, 5)),  # the nearest Friday, before or after
        ("last month", date(2023, 12, 1), date(2023, 12, 31)),
        ("in December", date(2023, 12, 1), date(2023, 12, 31)),
        ("late this month", date(2024, 1, 1), date(2024, 1, 31)),
        ("yesterday", date(2024, 1, 6), date(2024, 1, 6)),
        ("Jan. 5", date(2024, 1, 5), date(2024, 1, 5)),
        ("5 January 2023", date(2023, 1, 5), date(2023, 1, 5)),
        ("in 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("two weeks ago", date(2023, 12, 24), date(2023, 12, 24)),
    ],
)
def test_the_articles_date_turns_relative_times_into_days(text: str, low: date, high: date) -> None:
    time = anchored(find_times(text)[0], date(2024, 1, 7))
    assert (time.low, time.high) == (low, high)


def test_a_duration_has_no_days() -> None:
    time = anchored(find_times("for three days")[0], date(2024, 1, 7))
    assert (time.low, time.high) == (None, None)


@given(st.text(max_size=80))
def test_any_text_is_read_without_failing_and_spans_hold_their_text(text: str) -> None:
    for time in find_times(text):
        assert text[time.start : time.end] == time.text


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_iso_date_is_its_own_key(day: date) -> None:
    assert key(day.isoformat()) == day.isoformat()
