"""Does a sentence hold the kind of thing that a question asks for: a person, a number, a date, a place, a reason?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.matching import Term, kinship
from assistant.answers.measured import in_measure, is_gap
from assistant.language.dates import find_times
from assistant.language.lexicon.verbs import is_speech_verb
from assistant.language.quantities import find_quantities
from assistant.language.types import ParsedSentence, Token
from assistant.wording.words import PARTS, means_person

_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|in order to|so that|so as to|after|following|citing|over|"
    r"amid|caused by|"
    r"in response to|to (?:avoid|prevent|protect|allow|make|help|ensure|keep|reduce|stop)|on the grounds|"
    r"reason|for fear|given)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through|by|to|before|up to)\s+(?:the\s+)?$", re.IGNORECASE)
SPAN_OF_YEARS = re.compile(r"\b(?P<first>(?:1[0-9]|20)\d\d)\s?[-–/]\s?(?P<last>\d{4}|\d\d)\b")
ANYBODY = frozenset("people person man woman".split())  # noqa: SIM905
_PERSON = {"PERSON", "ORG", "NORP", "GPE"}
_PLACE = {"GPE", "LOC", "FAC"}


def candidates(
    parse: ParsedSentence, answer_type: str, terms: Sequence[Term], counted: str = "", unit: str = ""
) -> list[tuple[int, int]]:
    """Stretches of the sentence that could be the answer: of the right type, and not the question's own words."""
    own = {term.lemma for term in terms} | {term.text.lower() for term in terms}
    if answer_type == "number":
        return _numbers(parse, own, counted, unit)
    if answer_type == "date":
        times = [(t.start, t.end) for t in find_times(parse.text, parse.start) if t.text.lower() not in own]
        return times or [(parse.start + m.start(), parse.start + m.end()) for m in SPAN_OF_YEARS.finditer(parse.text)]
    if answer_type == "reason":
        return [(parse.start + m.start(), parse.end) for m in _REASON.finditer(parse.text)]
    return [
        (t.start, t.end)
        for t in parse.tokens
        if _fits(t, answer_type) and not ({t.lemma.lower(), t.text.lower()} & own)
    ]


def _fits(token: Token, answer_type: str) -> bool:
    if answer_type == "person":
        return (
            token.entity in _PERSON
            or (token.pos == "NOUN" and means_person(token.lemma.lower()))
            or token.pos == "PROPN"
        )
    if answer_type == "place":
        return token.entity in _PLACE or token.pos == "PROPN"
    return token.pos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")


def _numbers(parse: ParsedSentence, own: set[str], counted: str, unit: str) -> list[tuple[int, int]]:
    """Quantities of the sentence; with ``counted``, those that count this noun, or stand beside it as its measure.

    ``unit``: a measure such as "percent", "money", "age"; "" for any quantity.
    """
    found = []
    days = [(t.start, t.end) for t in find_times(parse.text, parse.start) if t.kind not in ("duration", "relative")]
    for quantity in find_quantities(parse.text, offset=parse.start):
        if quantity.ordinal or quantity.text.lower() in own or _is_article(parse, quantity.start, quantity.end):
            continue
        if any(start <= quantity.start and quantity.end <= end for start, end in days):
            continue  # "14 March" counts nothing
        if unit and not in_measure(parse, quantity, unit):
            continue
        if counted and is_gap(parse, quantity, sorted(own)):
            continue
        if counted and not _counts(parse, quantity.start, quantity.end, counted, quantity.unit):
            continue
        found.append((quantity.start, quantity.end))
    return found


def ends_of_time(parse: ParsedSentence) -> bool:
    """ "until 4 May": a date up to which something lasts answers how long it does."""
    times = find_times(parse.text)
    return any(_UNTIL.search(parse.text[: time.start]) for time in times)


def _is_article(parse: ParsedSentence, start: int, end: int) -> bool:
    """ "One official said": no count, but "a"."""
    inside = [token for token in parse.tokens if token.start < end and start < token.end]
    if len(inside) != 1 or inside[0].text.lower() != "one":
        return False
    head = parse.tokens[inside[0].head]
    governor = parse.tokens[head.head]
    return head.dep in ("nsubj", "nsubjpass") and is_speech_verb(governor.lemma.lower())


def is_named(parse: ParsedSentence, head: str, own: set[str]) -> bool:
    """Whether the sentence names whom a noun means: a person's name beside it, that the question does not have."""
    for index, token in enumerate(parse.tokens):
        if token.entity != "PERSON" or token.text.lower() in own:
            continue
        near = {token.head, *(i for i, t in enumerate(parse.tokens) if t.head == index)}
        near |= {parse.tokens[token.head].head}
        if any(kinship(head, "n", parse.tokens[i].lemma.lower(), "n") >= 0.5 for i in near if i != index):
            return True
    return False


def _counts(parse: ParsedSentence, start: int, end: int, counted: str, unit: str) -> bool:
    inside = {i for i, token in enumerate(parse.tokens) if token.start < end and start < token.end}
    near = [t for i, t in enumerate(parse.tokens) if t.start >= end][:5]
    heads = [parse.tokens[parse.tokens[i].head] for i in inside if parse.tokens[i].head not in inside]
    for token in (*heads, *near):
        if kinship(counted, "n", token.lemma.lower(), PARTS.get(token.pos, "n")) >= 0.5:
            return True
        person = token.entity in ("NORP", "PERSON") or means_person(token.lemma.lower())
        if counted in ANYBODY and person:
            return True
    return bool(unit) and kinship(counted, "n", unit, "n") >= 0.5


def counted_noun(tokens: Sequence[Token]) -> str:
    """The lemma of the noun that "how many …" counts; "" when there is none ("how much", "how many are there")."""
    for position, token in enumerate(tokens):
        if token.text.lower() == "many" and position and tokens[position - 1].text.lower() == "how":
            head = tokens[token.head]
            if head.pos in ("NOUN", "PROPN") and token.head > position:
                return head.lemma.lower()
            after = [t for t in tokens[position + 1 : position + 5] if t.pos == "NOUN"]
            return after[0].lemma.lower() if after else ""
    return ""
