"""Numbers in running text: value, interval, unit, hedge, period."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.numbers import value_of
from assistant.language.quantities import find_quantities
from assistant.language.types import Qualifier, Quantity

NONE, AT_LEAST, AT_MOST = Qualifier.NONE, Qualifier.AT_LEAST, Qualifier.AT_MOST
ABOUT, BETWEEN, EXACTLY = Qualifier.ABOUT, Qualifier.BETWEEN, Qualifier.EXACTLY


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [quantity.text for quantity in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "qualifier"),
    [
        ("The bridge cost £2bn.", 2e9, 2e9, "gbp", NONE),
        ("half a million people fled", 5e5, 5e5, "", NONE),
        ("half a dozen eggs", 6, 6, "", NONE),
        ("1 in 5 voters stayed at home", 20, 20, "percent", NONE),
        ("one in five voters stayed at home", 20, 20, "percent", NONE),
        ("nine out of ten dentists", 90, 90, "percent", NONE),
        ("between 10 and 15 percent of the herd", 10, 15, "percent", BETWEEN),
        ("10-15 percent of the herd", 10, 15, "percent", BETWEEN),
        ("from 3 to 5 days", 3, 5, "day", BETWEEN),
        ("40% to 45% of them", 40, 45, "percent", BETWEEN),
        ("$1.5-2 billion", 1.5e9, 2e9, "usd", BETWEEN),
        ("$1.5 billion to $2 billion", 1.5e9, 2e9, "usd", BETWEEN),
        ("20 to 30 people", 20, 30, "", BETWEEN),
        ("10–15 people were hurt", 10, 15, "", BETWEEN),
        ("10 MILLION voters", 1e7, 1e7, "", NONE),
        ("at least 10 million voters", 1e7, None, "", AT_LEAST),
        ("more than 40 miners", 40, None, "", AT_LEAST),
        ("over 40 miners", 40, None, "", AT_LEAST),
        ("no fewer than 12 ships", 12, None, "", AT_LEAST),
        ("upwards of 300 homes", 300, None, "", AT_LEAST),
        ("1,000-plus homes", 1000, None, "", AT_LEAST),
        ("500+ homes", 500, None, "", AT_LEAST),
        ("1,200 or more homes", 1200, None, "", AT_LEAST),
        ("spread over four days", 4, 4, "day", NONE),
        ("lasted over four days", 4, None, "day", AT_LEAST),
        ("up to $20 billion", None, 2e10, "usd", AT_MOST),
        ("fewer than 40 seats", None, 40, "", AT_MOST),
        ("no more than 40 seats", None, 40, "", AT_MOST),
        ("not more than 40 seats", None, 40, "", AT_MOST),
        ("at most three tries", None, 3, "", AT_MOST),
        ("as many as 70 passengers", None, 70, "", AT_MOST),
        ("about 70 passengers", 70, 70, "", ABOUT),
        ("nearly 1.2 million", 1.2e6, 1.2e6, "", ABOUT),
        ("some 3,000 tenants", 3000, 3000, "", ABOUT),
        ("an estimated 3,000 tenants", 3000, 3000, "", ABOUT),
        ("50 or so people", 50, 50, "", ABOUT),
        ("~50 people", 50, 50, "", ABOUT),
        ("exactly 218 votes", 218, 218, "", EXACTLY),
        ("a total of 218 votes", 218, 218, "", EXACTLY),
        ("$20 billion", 2e10, 2e10, "usd", NONE),
        ("US$20bn", 2e10, 2e10, "usd", NONE),
        ("A$20m", 2e7, 2e7, "aud", NONE),
        ("€3.5m", 3.5e6, 3.5e6, "eur", NONE),
        ("EUR 300", 300, 300, "eur", NONE),
        ("10,000 US dollars", 1e4, 1e4, "usd", NONE),
        ("3.5m viewers", 3.5e6, 3.5e6, "", NONE),
        ("two dozen people", 24, 24, "", NONE),
        ("a dozen people", 12, 12, "", NONE),
        ("one hundred and twenty-three people", 123, 123, "", NONE),
        ("two hundred thousand people", 2e5, 2e5, "", NONE),
        ("twice as many", 2, 2, "times", NONE),
        ("12.5 per cent", 12.5, 12.5, "percent", NONE),
        ("3 percentage points", 3, 3, "percentage point", NONE),
        ("ten miles away", 10, 10, "mile", NONE),
        ("winds of 120 mph", 120, 120, "mile per hour", NONE),
        ("a 34-year-old man", 34, 34, "year of age", NONE),
        ("dozens of people", 24, None, "", AT_LEAST),
        ("hundreds of people", 200, None, "", AT_LEAST),
        ("tens of thousands of people", 2e4, None, "", AT_LEAST),
        ("hundreds of thousands of people", 2e5, None, "", AT_LEAST),
        ("12,600 cubic feet per second", 12_600, 12_600, "cubic foot", NONE),
        ("two-thirds of voters", 200 / 3, 200 / 3, "percent", NONE),
        ("a third of voters", 100 / 3, 100 / 3, "percent", NONE),
        ("half of the city", 50, 50, "percent", NONE),
        ("three quarters of the city", 75, 75, "percent", NONE),
        ("at least\u00a010 million voters", 1e7, None, "", AT_LEAST),
    ],
)
def test_a_number_is_read_as_an_interval_with_unit_and_hedge(
    text: str, low: float | None, high: float | None, unit: str, qualifier: Qualifier
) -> None:
    quantity = only(text)
    assert quantity.low == (pytest.approx(low) if low is not None else None)
    assert quantity.high == (pytest.approx(high) if high is not None else None)
    assert (quantity.unit, quantity.qualifier) == (unit, qualifier)


@pytest.mark.parametrize("text", ["in 2024", "since 1998", "the 2020 election", "9/11 attacks", "a B-52 bomber"])
def test_years_and_parts_of_names_are_no_counts(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "first", "second"), [("voted 5-4 to uphold it", 5, 4), ("won 3-1", 3, 1), ("a 6–3 ruling", 6, 3)]
)
def test_a_score_is_neither_a_date_nor_an_interval(text: str, first: int, second: int) -> None:
    quantity = only(text)
    assert quantity.unit == "score"
    assert quantity.value == pytest.approx(first + second / 1000)


@pytest.mark.parametrize(
    "text", ["a record 300,000 visitors", "A record-high of 300,000 visitors", "the record 300,000"]
)
def test_a_record_is_marked(text: str) -> None:
    quantity = only(text)
    assert (quantity.record, quantity.value) == (True, 300_000)


@pytest.mark.parametrize(
    ("text", "period"), [("$3 million a year", "year"), ("40 cases per day", "day"), ("$40 monthly", "month")]
)
def test_a_rate_keeps_its_period(text: str, period: str) -> None:
    found = find_quantities(text)
    assert found[0].period in {period, ""}
    if "cases" not in text:
        assert found[0].period == period


def test_the_first_time_is_an_ordinal() -> None:
    assert only("the first time").ordinal


def test_two_counts_in_one_sentence_are_two_quantities() -> None:
    found = find_quantities("At least two people and three dogs were hurt.")
    assert [(quantity.low, quantity.high) for quantity in found] == [(2, None), (3, 3)]


def test_a_date_that_is_taken_is_not_counted() -> None:
    assert find_quantities("on Jan. 5", taken=[(3, 9)]) == []


@given(st.integers(0, 10**12))
def test_every_whole_number_with_commas_reads_as_itself(number: int) -> None:
    assert value_of(f"{number:,}") == number


@given(st.text(max_size=80))
def test_any_text_is_read_without_failing_and_spans_hold_their_text(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


def test_a_long_line_of_digits_and_words_is_read() -> None:
    assert find_quantities("1," * 5000) is not None
    assert find_quantities("twenty " * 3000) is not None
