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
from assistant.wording.names import find_mentions, normal
from assistant.wording.words import PARTS, means_person

_DATED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
_LABELS = {"person": frozenset({"PERSON"}), "place": frozenset({"GPE", "LOC", "FAC"})}
NEAR = 4  # dependencies between an answer and the question's word for the matter: "built" → "in" → "1902"
_KINDS = frozenset({"type", "kind", "sort", "name", "form", "genre"})  # "what type of aircraft" asks for an aircraft


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
        if self.words or other.words:
            return bool(self.words) and bool(other.words) and (self.words <= other.words or other.words <= self.words)
        return self.unit != other.unit or (self.low <= other.high and other.low <= self.high)


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
    if part.answer_type in _LABELS:
        return list(_names(parse, _LABELS[part.answer_type], own))
    return list(_of_kind(parse, kind_asked_for(tokens), own))


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


def _names(parse: ParsedSentence, labels: frozenset[str], own: set[str]) -> Iterator[Value]:
    for mention in find_mentions(parse.tokens):
        words = frozenset(normal(mention.text).split())
        if mention.label in labels and words and not words <= own:
            start, end = parse.tokens[mention.first].start, parse.tokens[mention.last].end
            yield Value(start, end, parse.text[start - parse.start : end - parse.start], words=words)


def kind_asked_for(tokens: Sequence[Token]) -> str:
    """The noun whose kind is asked for: "sport" of "what sport", "aircraft" of "what type of aircraft"; else ""."""
    for place, token in enumerate(tokens[:-1]):
        if token.text.lower() in ("what", "which"):
            nouns = [t.lemma.lower() for t in tokens[place + 1 : place + 6] if t.pos == "NOUN"]
            nouns = [noun for noun in nouns if noun not in _KINDS]
            return nouns[0] if nouns else ""
    return ""


def _of_kind(parse: ParsedSentence, kind: str, own: set[str]) -> Iterator[Value]:
    """Words that name a kind of what is asked for, with the words right before that say which: "ice hockey"."""
    for place, token in enumerate(parse.tokens):
        lemma = token.lemma.lower()
        if token.pos not in ("NOUN", "PROPN"):
            continue
        if kind and lemma == kind and token.pos == "PROPN":  # "the Harbour Party", where a party is asked for
            yield from _named_kind(parse, place, own)
        if lemma in own or not _is_kind(lemma, kind):
            continue
        first = place
        while first and parse.tokens[first - 1].dep in ("compound", "amod") and parse.tokens[first - 1].head == place:
            first -= 1
        words = frozenset({lemma})
        start = parse.tokens[first].start
        yield Value(start, token.end, parse.text[start - parse.start : token.end - parse.start], words=words)


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
    if any("occupation" in members(sense, "n") for sense in wanted):
        return means_person(word) and word not in ANYBODY
    return any(wanted & ancestors(sense, "n").keys() for sense in entry(word, "n").fair_senses)
