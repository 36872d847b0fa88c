"""Numbers in running text → Quantity: an interval with unit, hedge, period. What they count is bound by ``counted``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.hedges import BEFORE, Hedge, hedge_after, hedge_before
from assistant.language.numbers import FRACTIONS, NUMBER, ORDINALS, SCALE, UNITS, scale_of, value_of
from assistant.language.types import Qualifier, Quantity
from assistant.language.units import CODES, CURRENCY_WORDS, SIGNS, UNIT_WORDS

SIGN = r"(?:(?:US|U\.S\.\s?|A|AU|C|CA|NZ|HK|S)?\$|[£€¥₹₽₩]|\b(?:" + "|".join(CODES) + r")\s?)"
RANGE = re.compile(
    rf"(?P<between>\b(?:between|from)\s+)?(?P<sign>{SIGN})?(?<![\w.,/:-])(?P<first>{NUMBER})(?P<unit1>\s?%|\s+per\s?cent)?"
    rf"(?:(?P<join>\s*[-–—]\s*|\s+to\s+|\s+and\s+)(?P<sign2>{SIGN})?(?P<second>{NUMBER}))?(?![\w/]|[.,:]\d)",
    re.I,
)
IN_RATIO = re.compile(
    rf"(?<![\w.,/-])(?P<part>{NUMBER})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<whole>{NUMBER})(?![\w/]|[.,:]\d)", re.I
)
FRACTION = re.compile(
    r"(?<![\w.,/-])(?:(?P<top>an?|one|two|three|four|five|seven|nine)[\s-](?P<bottom>half|thirds?|quarters?|fourths?|"
    r"fifths?|sixths?|eighths?|tenths?)|(?P<half>half)(?=\s+(?:of|the|its|their|his|her|all)\b))\b",
    re.I,
)
VAGUE = re.compile(
    r"\b(?:(?P<some>several|a few|many|tens|scores)\s+(?:of\s+)?)?"
    r"(?:(?P<tens>tens|dozens|scores|hundreds|thousands|millions)\s+of\s+)?"
    r"(?P<scale>dozens|hundreds|thousands|millions|billions|trillions)\b",
    re.I,
)
TIMES = re.compile(r"\b(?P<word>twice|thrice|double|triple)\b", re.I)
ORDINAL = re.compile(
    r"(?<![\w.,/-])(?<!\bper )(?<!\ba )(?<!\bevery )"
    rf"(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)}))\b(?!-?year)",
    re.I,
)
PERIOD = re.compile(
    r"\s*(?:(?:an?|per|each|every|/)\s*(?P<period>second|minute|hour|day|week|month|quarter|year|night)\b|(?P<adverb>annually|yearly|monthly|weekly|daily|hourly)\b)",
    re.I,
)
ADVERBS = {"annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour"}
AGE = re.compile(r"[-\s]years?[-\s]olds?\b|[-\s]years? of age\b", re.I)
UNIT = re.compile(
    r"\s*-?\s*(?P<unit>" + "|".join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True)) + r")(?![\w])", re.I
)
CURRENCY = re.compile(r"\s*-?\s*(?P<unit>" + "|".join(sorted(CURRENCY_WORDS, key=len, reverse=True)) + r")\b", re.I)
TIME_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
VAGUE_SCALES = {
    "tens": 20.0,
    "scores": 40.0,
    "dozens": 24.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
    "trillions": 2e12,
}


def find_quantities(text: str, taken: Sequence[tuple[int, int]] = (), offset: int = 0) -> list[Quantity]:
    """All quantities of ``text`` in order, offsets moved by ``offset``. ``taken``: spans of ``text`` that are dates."""
    found: list[Quantity] = []
    used = list(taken)
    for finder in (find_ratios, find_fractions, find_numbers, find_vague, find_times_as_many, find_ordinals):
        for quantity in finder(text):
            if not any(quantity.start < end and start < quantity.end for start, end in used):
                found.append(quantity)
                used.append((quantity.start, quantity.end))
    found.sort(key=lambda quantity: quantity.start)
    return [replace(quantity, start=quantity.start + offset, end=quantity.end + offset) for quantity in found]


def finish(text: str, start: int, end: int, low: float, high: float, unit: str) -> Quantity:
    """The number at ``[start:end)`` with its hedge, record, period and unit; the interval follows the hedge."""
    value = low if low == high else (low + high) / 2
    if not unit:
        unit, end = unit_after(text, end)
    hedge = hedge_after(text, Hedge(start, end, Qualifier.NONE if low == high else Qualifier.BETWEEN))
    end = hedge.end
    if not unit:
        unit, end = unit_after(text, end)
    period = PERIOD.match(text, end)
    if period:
        end = period.end()
    hedge = hedge_before(text, hedge, timed=unit in TIME_UNITS)
    least, most = hedge.qualifier is Qualifier.AT_LEAST, hedge.qualifier is Qualifier.AT_MOST
    name = ""
    if period:
        name = period["period"].lower() if period["period"] else ADVERBS[period["adverb"].lower()]
    return Quantity(
        hedge.start,
        end,
        text[hedge.start : end],
        None if most else low,
        None if least else high,
        value,
        unit,
        hedge.qualifier,
        hedge.words,
        hedge.record,
        period=name,
    )


def unit_after(text: str, end: int) -> tuple[str, int]:
    age = AGE.match(text, end)
    if age:
        return "year of age", age.end()
    for pattern, table in ((UNIT, UNIT_WORDS), (CURRENCY, CURRENCY_WORDS)):
        match = pattern.match(text, end)
        if match:
            return table[" ".join(match["unit"].lower().split())], match.end()
    return "", end


def find_numbers(text: str) -> list[Quantity]:
    found = []
    place = 0
    while match := RANGE.search(text, place):
        place = max(match.end(), match.start() + 1)
        quantity, end = read_range(text, match)
        place = end
        if quantity is not None:
            found.append(quantity)
    return found


def read_range(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """The quantity of a RANGE match (None for years and the like), and where to go on."""
    sign = (match["sign"] or match["sign2"] or "").strip().lower().replace(" ", "")
    unit = SIGNS.get(sign, SIGNS.get(sign[-1:], "")) if sign else ""
    first = value_of(match["first"])
    start = match.start("sign") if match["sign"] else match.start("first")
    join = (match["join"] or "").strip().lower()
    if match["second"] and join == "and" and not match["between"]:
        match_end = match.end("unit1") if match["unit1"] else match.end("first")
        return single(text, match, start, match_end, first, unit), match_end
    if not match["second"]:
        end = match.end("unit1") if match["unit1"] else match.end("first")
        return single(text, match, start, match.end("first"), first, unit), end
    second = value_of(match["second"])
    if scale_of(match["first"]) == 1.0 and scale_of(match["second"]) > 1.0 and first < 1000:
        first *= scale_of(match["second"])  # "$1.5-2 billion"
    end = match.end("second")
    tight = join in {"-", "–", "—"} and len(match["join"]) == 1
    plain = not unit and not unit_after(text, end)[0] and first < 1000 and match["first"].isdigit()
    if tight and plain and (first >= second or is_score(text, match.start(), end)):
        # A score or vote: first and second side are kept apart in one value, so that 5-4 and 6-3 are disjoint.
        value = first + second / 1000
        return Quantity(start, end, text[start:end], value, value, value, "score"), end
    if YEAR.fullmatch(match["first"]) and not unit:
        return None, end
    if first > second:
        if join == "to" and not match["between"]:
            return single(text, match, start, match.end("first"), first, unit), match.end("first")
        first, second = second, first
    begin = match.start("between") if match["between"] else start
    quantity = finish(text, begin, end, first, second, unit)
    return quantity, max(end, quantity.end)


def is_score(text: str, start: int, end: int) -> bool:
    """Is "3-7" a result? Yes beside a word of voting or winning, and where no plural noun follows."""
    around = text[max(0, start - 40) : start].lower() + " " + text[end : end + 25].lower()
    return (
        re.search(
            r"\b(?:vot|won|win|beat|lost|los|defeat|ruling|ruled|decision|victor|draw|drew|score|split|lead|led)",
            around,
        )
        is not None
    )


def single(text: str, match: re.Match[str], start: int, end: int, value: float, unit: str) -> Quantity | None:
    written = match["first"]
    if YEAR.fullmatch(written) and not unit and not UNIT.match(text, end):
        return None
    if (
        written.lower() == "one"
        and not unit
        and not UNIT.match(text, end)
        and not BEFORE.search(text, max(0, start - 40), start)
    ):
        return finish(text, start, end, 1.0, 1.0, "")
    return finish(text, start, end, value, value, unit)


def find_ratios(text: str) -> list[Quantity]:
    found = []
    for match in IN_RATIO.finditer(text):
        part, whole = value_of(match["part"]), value_of(match["whole"])
        if (
            not whole
            or part > whole
            or whole > 1e4
            or YEAR.fullmatch(match["whole"])
            or re.search(SCALE, match["part"], re.I)
        ):
            continue
        share = 100 * part / whole
        found.append(finish(text, match.start(), match.end(), share, share, "percent"))
    return found


def find_fractions(text: str) -> list[Quantity]:
    found = []
    for match in FRACTION.finditer(text):
        if re.match(rf"\s+an?\s+{SCALE}\b", text[match.end() :], re.I):
            continue  # "half a million" is a number
        if match["half"] and re.match(r"\s+(?:hour|day|week|month|year)", text[match.end() :]):
            continue
        top = 1 if match["half"] or match["top"].lower() in {"a", "an"} else UNITS[match["top"].lower()]
        bottom = 2 if match["half"] else FRACTIONS[match["bottom"].lower()]
        share = 100 * top / bottom
        found.append(finish(text, match.start(), match.end(), share, share, "percent"))
    return found


def find_vague(text: str) -> list[Quantity]:
    """ "dozens", "hundreds of thousands": open upwards from the smallest count that the words allow."""
    found = []
    for match in VAGUE.finditer(text):
        low = VAGUE_SCALES[match["scale"].lower()]
        times = (match["tens"] or match["some"] or "").lower()
        if times in VAGUE_SCALES:
            low = VAGUE_SCALES[times] * low / 2  # the least number of thousands, not of "thousands"
        found.append(
            Quantity(match.start(), match.end(), match.group(), low, None, low, "", Qualifier.AT_LEAST, match.group())
        )
    return found


def find_times_as_many(text: str) -> list[Quantity]:
    factors = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "triple": 3.0}
    found = []
    for match in TIMES.finditer(text):
        factor = factors[match["word"].lower()]
        found.append(Quantity(match.start(), match.end(), match.group(), factor, factor, factor, "times"))
    return found


def find_ordinals(text: str) -> list[Quantity]:
    found = []
    for match in ORDINAL.finditer(text):
        value = float(match["digits"] or ORDINALS[match["word"].lower()])
        found.append(Quantity(match.start(), match.end(), match.group(), value, value, value, ordinal=True))
    return found
