"""What a sentence of a language model may not have of its own: numbers, names, outlets, speakers, a "not". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.language.lexicon.wordnet import is_common_word
from assistant.language.numbers import FRACTIONS, NUMBER, SCALES, value_of
from assistant.language.quantities import find_quantities
from assistant.language.types import Quantity
from assistant.types import Citation

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_NUMBER = re.compile(rf"(?<![\w.,]){NUMBER}(?!\w)", re.IGNORECASE)
_LOOSE = frozenset(word for word in SCALES if word.endswith("s")) | FRACTIONS.keys() | {"twice", "double", "triple"}
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+")
_STARTS = re.compile(r"(?:^|[.!?:]\s)[\s“\"'‘(]*$")
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE)
_TELLER = re.compile(
    r"^(?:according to (?:the )?|as (?:the )?|the )?(?P<who>[A-ZÀ-Þ][\w’'-]+)"
    r"(?:,|\s+(?:(?:has|have|had)\s+)?(?:says?|said|reports?|reported|writes?|wrote|states?|stated|notes?|noted|claims?|"
    r"claimed|quotes?|quoted|describes?|described|calls?|called|puts?)\b)",
    re.IGNORECASE,
)
_TOLD_BY = re.compile(
    r"^(?:the |this |as )?(?P<who>[^,.;:“\"]{2,60}?)\s+(?:has |have )?"
    r"(?:says?|said|reports?|reported|writes?|wrote|states?|stated)\b",
    re.IGNORECASE,
)
_ANY_TELLER = frozenset(
    {"article", "articles", "source", "sources", "report", "story", "row", "text", "it", "he", "she", "they"}
)


def slots_not_carried(text: str, rows: Sequence[Citation], names: Mapping[str, str]) -> str:
    """Why the rows don't carry the slots of a statement: a figure, a name or a negation of its own. "" when they do."""
    told = " ".join(row.span.quote for row in rows)
    known = told + " " + " ".join(names.get(row.span.article_id, "") for row in rows)
    return (
        _number_of_its_own(text, known)
        or _measure_of_its_own(text, told)
        or _name_of_its_own(text, known)
        or _teller_of_its_own(text, known)
        or _negation_of_its_own(text, told)
    )


def names_somebody_else(text: str, rows: Sequence[Citation], names: Mapping[str, str]) -> str:
    """The source that a statement names without citing it. "" when it names none such."""
    cited = {names.get(row.span.article_id, "").lower() for row in rows}
    for name in names.values():
        if name.lower() in cited or not name or any(name.lower() in known for known in cited):
            continue
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            return f"it names {name}, which it does not cite"
    return ""


def _number_of_its_own(text: str, known: str) -> str:
    values = {value for _, value in _values(known)}
    covered: list[tuple[int, int]] = []
    for match, value in _values(text):
        covered.append(match.span())
        if value not in values and match.group().lower() != "one":
            return f"the number {match.group()} is not in its row"
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(known)}
    for match in _FIGURE.finditer(text):
        inside = any(start <= match.start() < end for start, end in covered)
        if not inside and match.group().replace(",", "").rstrip(".") not in figures:
            return f"the number {match.group()} is not in its row"
    words = set(re.findall(r"\w+", known.lower()))
    own = [word for word in re.findall(r"\w+", text.lower()) if word in _LOOSE and word not in words]
    return f"the number {own[0]} is not in its row" if own else ""


def _measure_of_its_own(text: str, told: str) -> str:
    """A number that the rows have too, but hedged, measured or per another time: "at most 40" of "at least 40"."""
    theirs = find_quantities(told)
    for ours in find_quantities(text):
        same = [one for one in theirs if one.value == ours.value and one.ordinal == ours.ordinal]
        if same and all(_measure(one) != _measure(ours) for one in same):
            return f"its row has “{same[0].text}”, not “{ours.text}”"
        way = _direction(text, ours)
        ways = {_direction(told, one) for one in same}
        if way and ways and way not in ways and "" not in ways:
            return f"its row has “{ways.pop()} {ours.text}”, not “{way} {ours.text}”"
    return ""


def _direction(text: str, quantity: Quantity) -> str:
    """ "rose by 4", "rose to 4"."""
    before = re.search(r"\b(by|to|from)\s+\S{0,2}$", text[: quantity.start], re.IGNORECASE)
    return before[1].lower() if before else ""


def _measure(quantity: Quantity) -> tuple[str, str, str]:
    return quantity.qualifier, quantity.unit, quantity.period


def _values(text: str) -> Iterator[tuple[re.Match[str], float]]:
    for match in _NUMBER.finditer(text):
        try:
            yield match, value_of(match.group())
        except ValueError:  # "half a" of something that is no number
            continue


def _name_of_its_own(text: str, known: str) -> str:
    lowered = known.lower()
    teller = _TELLER.match(text)
    for match in _NAME.finditer(text):
        name = re.sub(r"['’]s?$", "", match.group())
        if name.lower() in lowered:
            continue
        first = _STARTS.search(text[: match.start()])
        if first and is_common_word(name.lower()) and not (teller and teller.start("who") == match.start()):
            continue  # "Officials", "The": capitals that begin a sentence
        return f"{name} is not in its row"
    return ""


def _teller_of_its_own(text: str, known: str) -> str:
    """Who is said to tell it has no word in common with its rows and their names: "Harbour stays quiet says …"."""
    match = _TOLD_BY.match(text)
    if match is None:
        return ""
    words = set(re.findall(r"\w{3,}", match["who"].lower()))
    theirs = set(re.findall(r"\w+", known.lower())) | _ANY_TELLER
    return f"“{match['who']}” is not who tells it" if words and not words & theirs else ""


def _negation_of_its_own(text: str, told: str) -> str:
    """A "not" where the rows have none. One that it has not, of several, is found clause by clause."""
    own = _NEGATION.search(text) and not _NEGATION.search(told)
    return "its row and it differ in a negation" if own else ""
