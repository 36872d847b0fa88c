"""The words around a number that say how firmly it is meant: "at least", "up to", "some", "a record", "or so"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.language.types import Qualifier

AT_LEAST = (
    r"at least|at minimum|a minimum of|no fewer than|no less than|not less than|not fewer than|more than|over|"
    r"upwards? of|above|in excess of|exceeding|greater than|higher than|north of|as many as (?=\bor more\b)"
)
AT_MOST = (
    r"at most|at the most|a maximum of|no more than|not more than|fewer than|less than|under|below|up to|"
    r"as many as|as much as|as few as|within|lower than|south of|not exceeding"
)
ABOUT = (
    r"about|around|roughly|approximately|nearly|almost|some|close to|an estimated|estimated|circa|just (?:over|under)|"
    r"more or less|or so|in the region of|approaching|virtually|an average of|on average"
)
EXACT = r"exactly|precisely|a total of|just|only"
BEFORE = re.compile(
    rf"(?:\b(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT})|(?P<exact>{EXACT}))\s+)$", re.I
)
TILDE = re.compile(r"[~≈]\s?$")
RECORD = re.compile(
    r"\b(?:an?\s+|the\s+)?(?:new\s+)?(?:all-time\s+)?record(?:[-\s](?:high|low|breaking|setting))?(?:\s+of)?\s+$", re.I
)
AFTER = re.compile(
    r"\s*-?(?P<least>\bplus\b|\+(?!\d)|\s+or (?:more|greater|above|over|older|higher)\b|\s+and (?:above|over|up)\b)"
    r"|(?P<most>\s+or (?:less|fewer|under|below|younger)\b)|(?P<about>\s+or so\b)",
    re.I,
)
LONGER = re.compile(r"\b(?:for|of|just|well|lasted|lasting|took|after|is|was|are|were)\s+$", re.I)
HEDGES = {
    "least": Qualifier.AT_LEAST,
    "most": Qualifier.AT_MOST,
    "about": Qualifier.ABOUT,
    "exact": Qualifier.EXACTLY,
}
REACH = 40  # characters before the number


@dataclass(frozen=True, slots=True)
class Hedge:
    """The stretch ``[start:end)`` of number and hedges, and what they amount to."""

    start: int
    end: int
    qualifier: Qualifier
    words: str = ""
    record: bool = False


def hedge_after(text: str, hedge: Hedge) -> Hedge:
    """With "or more", "-plus", "or so" behind the number; an interval keeps its own bounds."""
    after = AFTER.match(text, hedge.end)
    if after is None or after.lastgroup is None or hedge.qualifier is not Qualifier.NONE:
        return hedge
    return replace(hedge, qualifier=HEDGES[after.lastgroup], words=after.group().strip(" -"), end=after.end())


def hedge_before(text: str, hedge: Hedge, *, timed: bool) -> Hedge:
    """With all hedges in front of the number, outermost first. ``timed``: it counts days, hours, years."""
    plain = hedge.qualifier
    while True:
        start = hedge.start
        marked = RECORD.search(text, max(0, start - REACH), start)
        tilde = TILDE.search(text, max(0, start - 3), start)
        before = BEFORE.search(text, max(0, start - REACH), start)
        if marked:
            hedge = replace(hedge, record=True, start=marked.start())
        elif tilde:
            hedge = replace(hedge, qualifier=Qualifier.ABOUT, words="~", start=tilde.start())
        elif before and before.lastgroup and hedge.qualifier in {Qualifier.NONE, Qualifier.BETWEEN}:
            words = before.group().strip()
            if words.lower() in {"just", "only"}:
                return hedge  # a comment on the number, no hedge
            during = words.lower() == "over" and timed and not LONGER.search(text, max(0, start - 20), before.start())
            if during:
                return hedge  # "spread over four days"
            exact = hedge.qualifier is Qualifier.NONE
            hedge = replace(
                hedge,
                start=before.start(),
                qualifier=HEDGES[before.lastgroup] if exact else plain,
                words=words if exact else hedge.words,
            )
        else:
            return hedge
