"""Dates and time expressions → TimeReference. Relative ones stay relative until ``anchored`` is given a date.

Keys: "2024-01-05" · "01-05" (no year) · "month:12" · "month:2024-01" · "year:2024" · "decade:1990" · "weekday:friday",
"weekday:friday:-1" (last Friday) · "relative:month:0" (this month), ":late", ":later", ":early", ":earlier" ·
"relative:day:-1" (yesterday) · "ago:week:2" · "in:day:3" · "past:year:3" · "duration:day:3" · "clock:21:30".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from assistant.language.numbers import NUMBER, value_of
from assistant.language.types import TimeReference

SENTENCES_KEPT = 1_000  # those of a few questions or claims
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_DAYS = {"mon.": "monday", "tue.": "tuesday", "tues.": "tuesday", "wed.": "wednesday", "thu.": "thursday",
              "thurs.": "thursday", "fri.": "friday", "sat.": "saturday", "sun.": "sunday"}  # fmt: skip
FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
SHOUTED_MONTH = FULL_MONTH.upper().replace("|MAY|", "|")
MONTH = rf"(?-i:{FULL_MONTH}|{SHOUTED_MONTH}|{SHORT_MONTH}(?!\w))"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
PART = r"(?:early|late|mid|later|earlier|end of|beginning of|start of|middle of)"
PERIODS = (
    r"(?:day|night|week|weekend|month|quarter|year|decade|century|morning|afternoon|evening|"
    r"spring|summer|autumn|fall|winter|season)"
)
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + "|" + "|".join(map(re.escape, SHORT_DAYS)) + ")"
NOT_INSIDE = r"(?<![\w.,/:$£€-])"
SPANS = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|quarters?|years?|decades?|centur(?:y|ies))"
COUNT = rf"(?:{NUMBER}|an?|several|a few|many|a couple of|couple of)"
STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
WORDS_OF_DAYS = {
    "today": "relative:day:0", "tonight": "relative:day:0:night", "yesterday": "relative:day:-1",
    "tomorrow": "relative:day:1", "this morning": "relative:day:0:morning",
    "this afternoon": "relative:day:0:afternoon", "this evening": "relative:day:0:evening",
    "last night": "relative:day:-1:night", "overnight": "relative:day:0:night",
}  # fmt: skip
PARTS = {"end of": "late", "beginning of": "early", "start of": "early", "middle of": "mid"}

Made = tuple[str, str] | None  # kind, key


def number_of(word: str) -> str:
    lowered = " ".join(word.lower().split())
    if lowered in {"a", "an"}:
        return "1"
    if lowered in {"several", "a few", "many"}:
        return "some"
    if "couple" in lowered:
        return "2"
    return f"{value_of(word):g}"


def unit_of(word: str) -> str:
    lowered = word.lower()
    return "century" if lowered.startswith("centur") else lowered.removesuffix("s")


def day_of(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def month_of(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def part_of(match: re.Match[str]) -> str:
    part = (match["part"] or "").lower().rstrip("- ")
    return f":{PARTS.get(part, part)}" if part else ""


def make_iso(match: re.Match[str]) -> Made:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return ("date", f"{year:04d}-{month:02d}-{day:02d}") if 1 <= month <= 12 and 1 <= day <= 31 else None


def make_date(match: re.Match[str]) -> Made:
    month, day = month_of(match["month"]), day_of(match["day"])
    if match["year"]:
        return "date", f"{int(match['year']):04d}-{month:02d}-{day:02d}"
    return "date", f"{month:02d}-{day:02d}"


def make_month(match: re.Match[str]) -> Made:
    month = month_of(match["month"])
    step = (match["step"] or "").lower()
    year = f"{match['year']}-{month:02d}" if match["year"] else f"{month}"
    return "month", f"month:{year}{part_of(match)}" + (f":{STEPS[step]}" if step and STEPS[step] else "")


def make_year(match: re.Match[str]) -> Made:
    return "year", f"year:{match['year']}{part_of(match)}"


def make_weekday(match: re.Match[str]) -> Made:
    step = (match["step"] or "").lower()
    day = match["day"].lower()
    day = SHORT_DAYS.get(day, day)
    return "weekday", f"weekday:{day}" + (f":{STEPS[step]}" if step else "")


def make_relative(match: re.Match[str]) -> Made:
    step, unit = match["step"].lower(), match["unit"].lower()
    return "relative", f"relative:{unit}:{STEPS[step]}{part_of(match)}"


def make_word(match: re.Match[str]) -> Made:
    return "relative", WORDS_OF_DAYS[" ".join(match.group().lower().split())]


def make_ago(match: re.Match[str]) -> Made:
    return "relative", f"ago:{unit_of(match['unit'])}:{number_of(match['count'])}"


def make_in(match: re.Match[str]) -> Made:
    return "relative", f"in:{unit_of(match['unit'])}:{number_of(match['count'])}"


def make_past(match: re.Match[str]) -> Made:
    count = number_of(match["count"]) if match["count"] else "1"
    return "relative", f"{'past' if STEPS[match['step'].lower()] < 0 else 'coming'}:{unit_of(match['unit'])}:{count}"


def make_duration(match: re.Match[str]) -> Made:
    return "duration", f"duration:{unit_of(match['unit'])}:{number_of(match['count'])}"


def make_clock(match: re.Match[str]) -> Made:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if hour > 24 or minute > 59 or (half and hour > 12):
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return "clock", f"clock:{hour:02d}:{minute:02d}"


def make_decade(match: re.Match[str]) -> Made:
    return "year", f"decade:{match['decade']}0"


OF_YEAR = rf"(?:,?\s+(?P<year>{YEAR})\b)?"
STEP = r"(?P<step>last|this|next|past|previous|coming|following)"
NO_NUMBER = r"(?!\d|,\d{3}\b|\s*(?:percent|million|billion))"
NO_COUNT = r"(?![\w/]|[.,:]\d|-\d|\s+(?:people|percent|million|homes|troops|workers|jobs|deaths|cases))"
PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Made]], ...] = (
    (rf"{NOT_INSIDE}(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\w)", make_iso),
    (rf"(?<!\w)(?P<month>{MONTH})\.?\s+(?P<day>{DAY}){NO_NUMBER}{OF_YEAR}", make_date),
    (rf"{NOT_INSIDE}(?:the\s+)?(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{MONTH})(?!\w){OF_YEAR}", make_date),
    (
        rf"(?<!\w)(?:the\s+)?(?:(?P<part>{PART})[\s-]+)?(?:(?P<step>last|this|next|past)\s+)?"
        rf"(?P<month>(?-i:{FULL_MONTH}|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.))(?!\w)"
        rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})\b)?",
        make_month,
    ),
    (rf"(?<!\w)(?:(?P<part>{PART})[\s-]+)?{NOT_INSIDE}(?P<year>{YEAR}){NO_COUNT}", make_year),
    (rf"{NOT_INSIDE}(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d)0s\b", make_decade),
    (
        r"\b(?:today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)|last\s+night|overnight)\b",
        make_word,
    ),
    (rf"(?<!\w)(?:{STEP}\s+)?(?P<day>{WEEKDAY})(?!\w)", make_weekday),
    (rf"{NOT_INSIDE}(?P<count>{COUNT})\s+(?P<unit>{SPANS})\s+(?:ago|earlier|before)\b", make_ago),
    (rf"\b(?:in|within)\s+(?P<count>{COUNT})\s+(?P<unit>{SPANS})(?!\s+of\b)(?!\w)", make_in),
    (
        rf"\b(?:(?:over|during|in|for|of|within)\s+)?the\s+{STEP}\s+(?:(?P<count>{COUNT})\s+)?(?P<unit>{SPANS})\b",
        make_past,
    ),
    (
        rf"\b(?:(?:the\s+)?(?P<part>{PART})[\s-]+(?:the\s+)?)?(?:just\s+)?"
        rf"(?P<step>last|this|next|past|previous|coming|following|current)\s+(?P<unit>{PERIODS})\b",
        make_relative,
    ),
    (rf"{NOT_INSIDE}(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\b\.?)", make_clock),
    (rf"{NOT_INSIDE}(?P<hour>[012]?\d):(?P<minute>\d\d)(?P<half>)(?![\w:])", make_clock),
    (
        rf"{NOT_INSIDE}(?P<count>{COUNT})[\s-]+(?P<unit>{SPANS})(?!\w)(?!-old|\s+old|\s+of\s+age|-?\w*-olds?)",
        make_duration,
    ),
)
RULES = tuple((re.compile(pattern, re.I), make) for pattern, make in PATTERNS)
VERB_MAY = re.compile(
    r"\b(?:in|since|by|last|early|late|until|till|of|this|from|mid|next|through|before|after|during|every|and|to)"
    r"[\s-]+$",
    re.I,
)


def find_times(text: str, offset: int = 0) -> list[TimeReference]:
    """All dates, times and durations of ``text`` in order; earlier rules win where they overlap."""
    return [replace(time, start=time.start + offset, end=time.end + offset) for time in times_in(text)]


@lru_cache(maxsize=SENTENCES_KEPT)  # asked of each sentence when it is read, and when it is compared
def times_in(text: str) -> tuple[TimeReference, ...]:
    found: list[TimeReference] = []
    for pattern, make in RULES:
        for match in pattern.finditer(text):
            start, end = match.start() + len(match.group()) - len(match.group().lstrip()), match.end()
            if any(time.start < end and start < time.end for time in found) or is_verb(text, match):
                continue
            made = make(match)
            if made:
                found.append(TimeReference(start, end, text[start:end], *made))
    return tuple(sorted(found, key=lambda time: time.start))


def is_verb(text: str, match: re.Match[str]) -> bool:
    """ "May" and "March" may be a verb: without day or year they need a preposition before them."""
    groups = match.groupdict()
    if groups.get("month") not in {"May", "March", "Mar."} or groups.get("year") or groups.get("day"):
        return False
    if groups.get("step") or groups.get("part"):
        return False
    return VERB_MAY.search(text[: match.start("month")]) is None
