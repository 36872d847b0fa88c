"""Say true sentences in other words, to test the product on claims that nobody wrote so. Pure, no parser.

Each rule keeps a sentence true: what it drops makes the claim weaker, what it moves or exchanges says the same. Like
the mutators they work on the surface, on purpose apart from the engine's own parser. The word lists are general
English, written for this suite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewording:
    """A true sentence in other words, and the rule that made it."""

    rule: str
    text: str


FEWEST = 5  # words that must be left
SYNONYMS: Mapping[str, str] = {
    "announced": "made known",
    "approximately": "about",
    "assist": "help",
    "assisted": "helped",
    "automobile": "car",
    "automobiles": "cars",
    "began": "started",
    "begin": "start",
    "biggest": "largest",
    "big": "large",
    "bought": "purchased",
    "buy": "purchase",
    "concerning": "about",
    "currently": "now",
    "demonstrated": "showed",
    "due to": "because of",
    "employees": "staff",
    "ended": "came to an end",
    "enough": "sufficient",
    "entire": "whole",
    "film": "movie",
    "films": "movies",
    "get": "obtain",
    "huge": "enormous",
    "in order to": "to",
    "including": "among them",
    "large": "big",
    "largest": "biggest",
    "located in": "in",
    "mainly": "mostly",
    "nation": "country",
    "nations": "countries",
    "nearly": "almost",
    "numerous": "many",
    "obtained": "got",
    "people": "persons",
    "permitted": "allowed",
    "previously": "before that",
    "prior to": "before",
    "purchase": "buy",
    "purchased": "bought",
    "regarding": "about",
    "require": "need",
    "requires": "needs",
    "required": "needed",
    "said": "stated",
    "start": "begin",
    "started": "began",
    "such as": "like",
    "United Kingdom": "UK",
    "United States": "US",
    "whole": "entire",
    "worldwide": "around the world",
}
_DIGITS: Mapping[str, str] = dict(
    zip(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        map(str, range(2, 13)),
        strict=True,
    )
)
_CONTRACTIONS = {
    "did not": "didn’t",
    "does not": "doesn’t",
    "do not": "don’t",
    "was not": "wasn’t",
    "were not": "weren’t",
}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SAID = "said|says|stated"
_OPENING = re.compile(r"^(?P<when>(?:On|In|At|During|Since|Throughout) [^,]{3,40}), (?P<rest>[^,;]+)\.$")
_ASIDE = re.compile(r"(?<=\w)(?<!However), (?:a|an|the|who|which|whose) [^,;]{3,70},(?= (?!and\b|or\b)[a-z])")
_TAIL = re.compile(r"^(?P<main>[^;]+?), (?:which|who|whom|whose|where|although|though|whereas) [^;]+\.$")
_BUT = re.compile(r"^(?P<main>(?!Not only|While|Although|If)[^;]+?), but [^;]+\.$")
_SPOKE_LAST = re.compile(rf"^(?P<what>[^;]+), (?P<who>(?:[A-Z]|the )[^,;]{{2,40}}) (?P<verb>{_SAID})\.$")
_SPOKE_FIRST = re.compile(
    rf"^(?P<who>[A-Z][^,;]{{2,40}}?)(?<!\bhave)(?<!\bhas)(?<!\bhad) (?P<verb>{_SAID}) (?:that )?"
    r"(?P<what>(?!on |in |to |at )[^;]+)\.$"
)
_PASSIVE = re.compile(
    r"^(?P<what>[A-Z][^,;]{2,50}?) (?:was|were) (?P<verb>[a-z]+ed) by (?P<who>(?:[A-Z]|the |a |an )[^,;]{2,40}?)"
    r"(?P<rest> (?:on|in|at|during|after) [^,;]+)?\.$"
)
_ACTIVE = re.compile(
    r"^(?P<who>(?:The |A |An )?[A-Z]?[\w’'. -]{2,40}?) (?P<verb>[a-z]+ed) (?P<what>(?:the|a|an) [^,;]+?)"
    r"(?P<rest> (?:on|in|at|during|after|for|from|with|to|as|by) [^,;]+)?\.$"
)
_UNSURE = re.compile(
    r"\b(?:and|or|that|this|who|which|to|was|were|is|are|has|have|had|be|been|not|of|in|on|at|during|after|how|just)\b",
    re.IGNORECASE,
)


def rewordings(sentence: str) -> list[Rewording]:
    """One rewording by each rule that applies, in a fixed order; none that is the sentence itself."""
    found: dict[str, Rewording] = {}
    for rule, make in RULES.items():
        for text in make(sentence):
            if len(text.split()) >= FEWEST and text != sentence:
                found.setdefault(text, Rewording(rule, text))
    return list(found.values())


def synonyms(sentence: str) -> Iterator[str]:
    """Up to two words exchanged for others that mean the same."""
    text, count = sentence, 0
    for old, new in SYNONYMS.items():
        changed = re.sub(rf"(?<![\w’'-]){old}(?![\w’'-])", new, text, count=1)
        if changed != text and count < 2 and not (new in sentence or old in SYNONYMS.get(old, "")):
            text, count = changed, count + 1
    if count:
        yield text


def notation(sentence: str) -> Iterator[str]:
    """Figures for number words, "%" for "percent", "5 June" for "June 5", "didn’t" for "did not"."""
    text = re.sub(rf"\b({_MONTH}) (\d{{1,2}})(?!\d|st|nd|rd|th)", r"\2 \1", sentence)
    text = re.sub(r"(?<=\d) ?per ?cent\b", "%", text)
    text = re.sub(r"\b(" + "|".join(_DIGITS) + r")\b(?! (?:hundred|thousand|million))", lambda m: _DIGITS[m[0]], text)
    for long, short in _CONTRACTIONS.items():
        text = re.sub(rf"\b{long}\b", short, text)
    yield text


def speech(sentence: str) -> Iterator[str]:
    """ "S, X said" as "X said that S", and both as "According to X, S"."""
    last, first = _SPOKE_LAST.match(sentence), _SPOKE_FIRST.match(sentence)
    if last:
        yield f"{_capital(last['who'])} {last['verb']} that {_inside(last['what'])}."
    found = last or first
    if found:
        yield f"According to {_inside(found['who'])}, {_inside(found['what'])}."


def moved(sentence: str) -> Iterator[str]:
    """The time or place that opens the sentence closes it."""
    found = _OPENING.match(sentence)
    if found and len(found["rest"].split()) <= 18:
        yield f"{_capital(found['rest'])} {found['when'][0].lower()}{found['when'][1:]}."


def clause_dropped(sentence: str) -> Iterator[str]:
    """Without its opening time or place, without what follows a comma and "which", "although" or "but"."""
    found = _OPENING.match(sentence)
    if found:
        yield f"{_capital(found['rest'])}."
    for pattern in (_TAIL, _BUT):
        found = pattern.match(sentence)
        if found and found["main"].count(",") % 2 == 0:
            yield f"{found['main']}."


def aside_dropped(sentence: str) -> Iterator[str]:
    """Without an apposition, a relative clause between commas, or a bracket."""
    yield _ASIDE.sub("", sentence, count=1)
    yield re.sub(r" \([^()]*\)", "", sentence)


def voice(sentence: str) -> Iterator[str]:
    """Active for passive and passive for active, of regular verbs in the past."""
    passive = _PASSIVE.match(sentence)
    if passive:
        yield f"{_capital(passive['who'])} {passive['verb']} {_inside(passive['what'])}{passive['rest'] or ''}."
        return
    active = _ACTIVE.match(sentence)
    if active and not _UNSURE.search(active["who"]) and not _UNSURE.search(active["what"].partition(" of ")[0]):
        head = active["what"].partition(" of ")[0]
        be = "were" if re.search(r"[^su]s$", head) else "was"
        yield f"{_capital(active['what'])} {be} {active['verb']} by {_inside(active['who'])}{active['rest'] or ''}."


RULES: Mapping[str, Callable[[str], Iterator[str]]] = {
    "synonyms": synonyms,
    "notation": notation,
    "speech": speech,
    "moved": moved,
    "clause_dropped": clause_dropped,
    "aside_dropped": aside_dropped,
    "voice": voice,
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _inside(text: str) -> str:
    """Without the capital that only the beginning of a sentence gave it: articles and pronouns are sure."""
    first, _, rest = text.partition(" ")
    sure = first in ("The", "A", "An", "He", "She", "It", "They", "We", "There", "This", "These", "Its", "His", "Their")
    return f"{first.lower()} {rest}" if sure else text
