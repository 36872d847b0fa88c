"""The short thing that a sentence gives as an answer: a date, a number, a person, a place, a kind of what was asked.

Two values are different when they cannot be one thing in other form: intervals that do not meet, names of which
neither is part of the other. What cannot be compared ("Monday" beside "in 2019", "the mayor" beside "Ann Lee") is not.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.answer_types import ANYBODY, SPAN_OF_YEARS, candidates, counted_noun
from assistant.answers.matching import Term, kinship
from assistant.language.dates import find_times
from assistant.language.lexicon.wordlist import WORDS_KEPT
from assistant.language.lexicon.wordnet import ancestors, entry, members
from assistant.language.quantities import find_quantities
from assistant.language.types import ParsedSentence, Token
from assistant.question_parts import Part, unit_asked_for
from assistant.wording.countries import country_of
from assistant.wording.names import find_mentions, normal
from assistant.wording.words import PARTS, means_person

_DATED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
_LABELS = {"person": frozenset({"PERSON"}), "place": frozenset({"GPE", "LOC", "FAC"})}
_BODIES = frozenset({"ORG", ""})  # where nobody is named, what did it may be a body: "developed by Corvane Works"
BODY, KIND = "a body", "a kind"  # units of values that are words
NEAR = 4  # dependencies between an answer and the question's word for the matter: "built" → "in" → "1902"
_KINDS = frozenset({"type", "kind", "sort", "name", "form", "genre"})  # "what type of aircraft" asks for an aircraft
_NAMES = frozenset({"name", "nickname"})
_STATES = frozenset({"country", "nation"})
LIVINGS = frozenset({"profession", "occupation", "job", "career", "trade", "vocation", "calling"})
_NO_LIVINGS = frozenset({"relative", "inhabitant", "national"})  # what somebody is, but not for a living
_RELATED = 0.5  # kinship from which two words may mean one thing: "priest", "clergyman"


@dataclass(frozen=True, slots=True)
class Value:
    """``low`` to ``high`` of a date (days of the common era) or of a number in ``unit``; a name or a word has words."""

    start: int
    end: int
    text: str
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    words: frozenset[str] = frozenset()

    def may_be(self, other: Value) -> bool:
        """Whether both may be one thing."""
        if self.words and other.words and self.unit == other.unit:
            return self.words <= other.words or other.words <= self.words or self._is_kin(other)
        return self.unit != other.unit or (self.low <= other.high and other.low <= self.high)

    def _is_kin(self, other: Value) -> bool:
        """Whether both are kinds of a thing that may be one: "skier" and "athlete"."""
        pairs = [(ours, theirs) for ours in self.words for theirs in other.words if self.unit == KIND]
        return any(max(kinship(a, "n", b, "n"), kinship(b, "n", a, "n")) >= _RELATED for a, b in pairs)


def changed(ours: Sequence[Value], theirs: Sequence[Value]) -> bool:
    """Whether two copies of one sentence give other values where they are not the same."""
    same = {value.text for value in ours} & {value.text for value in theirs}
    return differ(*([value for value in row if value.text not in same] for row in (ours, theirs)))


def differ(ours: Sequence[Value], theirs: Sequence[Value]) -> bool:
    """Whether no value of the one can be a value of the other; without a value nothing is different."""
    return bool(ours) and bool(theirs) and not any(one.may_be(other) for one in ours for other in theirs)


def values_of(parse: ParsedSentence, part: Part, tokens: Sequence[Token], terms: Sequence[Term]) -> list[Value]:
    """What a sentence gives as an answer: of the type asked for, and of these what stands nearest to the matter.

    ``tokens`` and ``terms`` are the question's; its own words are no answer. A sentence without the question's words
    for the matter gives all that it has of the type, and so does one that is asked for a kind of thing.
    """
    found = of_type(parse, part, tokens, terms)
    matter = [
        place
        for place, token in enumerate(parse.tokens)
        if part.answer_type != "thing" and any(not term.name and _is_matter(term, token) for term in terms)
    ]
    if not matter or not found:
        return found
    steps = _steps(parse.tokens, matter)
    far = {v: min(steps[i] for i, t in enumerate(parse.tokens) if t.start < v.end and v.start < t.end) for v in found}
    return [value for value in found if far[value] <= min(NEAR, min(far.values()) + 1)]


def _is_matter(term: Term, token: Token) -> bool:
    lemma = token.lemma.lower()
    return lemma == term.lemma or kinship(term.lemma, term.part, lemma, PARTS.get(token.pos, "n")) >= 0.5


def _steps(tokens: Sequence[Token], places: Sequence[int]) -> list[int]:
    """How many dependencies lie between each token and the nearest of ``places``."""
    beside: list[set[int]] = [set() for _ in tokens]
    for place, token in enumerate(tokens):
        beside[place].add(token.head)
        beside[token.head].add(place)
    steps = [len(tokens)] * len(tokens)
    front, count = set(places), 0
    while front:
        for place in front:
            steps[place] = count
        count += 1
        front = {near for place in front for near in beside[place] if steps[near] > count}
    return steps


def of_type(parse: ParsedSentence, part: Part, tokens: Sequence[Token], terms: Sequence[Term]) -> list[Value]:
    """All that a sentence has of the type asked for, in order."""
    if part.answer_type == "date":
        return list(_dates(parse))
    if part.answer_type == "number":
        counted, unit = counted_noun(tokens), unit_asked_for(part.text)
        places = set(candidates(parse, "number", terms, counted, unit))
        return [
            Value(q.start, q.end, q.text, q.low or q.value, q.high or q.value, q.unit)
            for q in find_quantities(parse.text, offset=parse.start)
            if (q.start, q.end) in places
        ]
    own = {word for token in tokens for word in normal(token.text).split()}
    if part.answer_type == "place" and any(token.lemma.lower() in _STATES for token in tokens):
        return list(_countries(parse, own))
    if part.answer_type in _LABELS:
        named = list(_names(parse, _LABELS[part.answer_type], own))
        return named or (list(_names(parse, _BODIES, own, BODY)) if part.answer_type == "person" else [])
    kind = kind_asked_for(tokens)
    if kind in _NAMES:
        return list(_names(parse, None, own))
    return list(_of_kind(parse, kind, own)) or (list(_names(parse, _BODIES, own, BODY)) if _is_body(kind) else [])


def _dates(parse: ParsedSentence) -> Iterator[Value]:
    ranges = [match for match in SPAN_OF_YEARS.finditer(parse.text) if _last_year(match) > int(match["first"])]
    for match in ranges:
        low, high = _day(int(match["first"])), _day(_last_year(match) + 1) - 1
        yield Value(parse.start + match.start(), parse.start + match.end(), match.group(), low, high)
    for time in find_times(parse.text):
        key = time.key.removeprefix("year:").removeprefix("month:").removeprefix("decade:")
        found = _DATED.match(key)
        if found is None or time.kind not in ("date", "month", "year"):
            continue
        if any(match.start() <= time.start < match.end() for match in ranges):
            continue
        low, high = _days(int(found["year"]), found["month"], found["day"], time.key.startswith("decade:"))
        yield Value(parse.start + time.start, parse.start + time.end, time.text, low, high)


def _last_year(match: re.Match[str]) -> int:
    first, last = match["first"], match["last"]
    return int(last) if len(last) == 4 else int(first[:2] + last)


def _day(year: int, month: int = 1, day: int = 1) -> int:
    """A number that grows by one a day within a month; months and years are given room for the longest."""
    return (year * 12 + month - 1) * 31 + day


def _days(year: int, month: str | None, day: str | None, decade: bool) -> tuple[int, int]:
    if decade:
        return _day(year), _day(year + 10) - 1
    if month is None:
        return _day(year), _day(year + 1) - 1
    number = int(month)
    if day is None:
        return _day(year, number), _day(year, number, monthrange(year, number)[1])
    return _day(year, number, int(day)), _day(year, number, int(day))


def _names(parse: ParsedSentence, labels: frozenset[str] | None, own: set[str], unit: str = "") -> Iterator[Value]:
    """Its names with one of ``labels``, or all; the question's own words are none."""
    for mention in find_mentions(parse.tokens):
        words = frozenset(normal(mention.text).split())
        if (labels is None or mention.label in labels) and words and not words <= own:
            start, end = parse.tokens[mention.first].start, parse.tokens[mention.last].end
            yield Value(start, end, parse.text[start - parse.start : end - parse.start], unit=unit, words=words)


def _countries(parse: ParsedSentence, own: set[str]) -> Iterator[Value]:
    """The countries that a sentence names, within longer names too: "the Court of Norway", "Norwegian"."""
    for first, token in enumerate(parse.tokens):
        for last in range(min(first + 3, len(parse.tokens)) - 1, first - 1, -1):
            start, end = token.start, parse.tokens[last].end
            text = parse.text[start - parse.start : end - parse.start]
            country = country_of(normal(text)) if text[:1].isupper() and text[-1:].isalnum() else ""
            if country:
                if country not in own:
                    yield Value(start, end, text, words=frozenset({country}))
                break


def kind_asked_for(tokens: Sequence[Token]) -> str:
    """The noun whose kind is asked for: "sport" of "what sport", "aircraft" of "what type of aircraft"; else "".

    What stands before a noun and says which is passed over: "operator" of "which private railway operator".
    """
    for place, token in enumerate(tokens[:-1]):
        if token.text.lower() in ("what", "which"):
            near = [t for t in tokens[place + 1 : place + 6] if t.pos == "NOUN"]
            nouns = [t.lemma.lower() for t in near if t.dep != "compound" or tokens[t.head] not in near]
            things = [noun for noun in nouns if noun not in _KINDS]
            return (things or [noun for noun in nouns if noun in _NAMES] or [""])[0]
    return ""


def _of_kind(parse: ParsedSentence, kind: str, own: set[str]) -> Iterator[Value]:
    """Words that name a kind of what is asked for, with the words right before that say which: "ice hockey"."""
    for place, token in enumerate(parse.tokens):
        lemma = token.lemma.lower()
        if token.pos not in ("NOUN", "PROPN"):
            continue
        if kind and lemma == kind and token.pos == "PROPN":  # "the Harbour Party", where a party is asked for
            yield from _named_kind(parse, place, own)
        meant = lemma if _is_kind(lemma, kind) else _activity(lemma, kind)
        if not meant or lemma in own:
            continue
        first = place
        while first and parse.tokens[first - 1].dep in ("compound", "amod") and parse.tokens[first - 1].head == place:
            first -= 1
        start, words = parse.tokens[first].start, frozenset({meant})
        yield Value(start, token.end, parse.text[start - parse.start : token.end - parse.start], 0, 0, KIND, words)


def _named_kind(parse: ParsedSentence, place: int, own: set[str]) -> Iterator[Value]:
    """The name that ends in the noun asked for."""
    first = place
    while first and parse.tokens[first - 1].pos == "PROPN":
        first -= 1
    words = frozenset(token.text.lower() for token in parse.tokens[first:place]) - own
    if words:
        start, end = parse.tokens[first].start, parse.tokens[place].end
        yield Value(start, end, parse.text[start - parse.start : end - parse.start], words=words)


@lru_cache(maxsize=WORDS_KEPT)
def _is_kind(word: str, kind: str) -> bool:
    """Whether a noun names a kind of another ("hockey" of "sport"), or one who has such a profession ("cook")."""
    wanted = set(entry(kind, "n").main_senses)
    if not wanted or word == kind:
        return False
    above = [ancestors(sense, "n").keys() for sense in entry(word, "n").fair_senses]
    if kind in LIVINGS:
        lives = any(_NO_LIVINGS & set(members(sense, "n")) for row in above[:1] for sense in row)
        return means_person(word) and word not in ANYBODY and not lives
    return any(wanted & row for row in above)


@lru_cache(maxsize=WORDS_KEPT)
def _is_body(kind: str) -> bool:
    """Whether a noun may mean a body of people, which a name answers for: "team", "company", "newspaper".

    A state is a body too, but what answers for it is a place.
    """
    if kind in _STATES:
        return False
    above = [ancestors(sense, "n").keys() for sense in entry(kind, "n").fair_senses] if kind else []
    return any("organization" in members(sense, "n") for row in above for sense in row)


@lru_cache(maxsize=WORDS_KEPT)
def _activity(word: str, kind: str) -> str:
    """What somebody does, where that is of the kind asked for: "skiing" of "skier", asked for a sport; else ""."""
    if kind in LIVINGS or not kind or not means_person(word):
        return ""
    acts = [found for part, found in entry(word, "n").derived if part == "n"]
    acts += [
        act
        for part, verb in entry(word, "n").derived
        if part == "v"
        for kin_part, act in entry(verb, "v").derived
        if kin_part == "n"
    ]
    return next((act for act in acts if act != word and _is_kind(act, kind)), "")
