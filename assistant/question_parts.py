"""The questions within a question, and what type of thing would answer each. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.reader import split_text

AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|shall|may|might|must|isn't|aren't|wasn't|"
    r"weren't|don't|doesn't|didn't|hasn't|haven't|won't|wouldn't|can't|couldn't)"
)
_NEXT_PART = re.compile(
    r"[,;]\s*and\s+(?=(?:(?:say|tell|name|state)\s+\w+\s+)?(?:which|who|whom|whose|what|when|where|why|how|do|did|does|is|are|has|have|"
    r"was|were)\b)|\?\s+(?=\S)|\s+and\s+(?=(?:who|whom|when|where|why|how (?:many|much)|which \w+)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:who|whom|whose|what|which|when|where|why|how|list|name|quote|give|say|tell)\b", re.IGNORECASE
)
_PLACE_HEADS = {
    "city", "country", "state", "nation", "place", "town", "county", "continent", "region", "island", "village",
    "capital",
    "location", "venue", "street", "port",
}  # fmt: skip
_DATE_HEADS = {"year", "day", "date", "month", "week", "time", "deadline", "hour", "decade", "century"}
_PERSON_HEADS = {
    "person", "man", "woman", "official", "politician", "actor", "actress", "singer", "athlete", "player", "author",
    "senator", "president", "minister", "leader", "candidate", "celebrity", "star", "musician", "rapper", "artist",
    "judge", "justice", "lawmaker", "representative", "writer", "comedian", "director", "king", "queen", "coach", "mp",
    "governor", "mayor", "ceo", "host", "model", "billionaire", "poet", "scientist", "spokesman", "spokeswoman",
}  # fmt: skip
_SHARES = ("share", "percentage", "percent", "proportion")
_PRICES = ("price", "cost")
_MEASURES = ("rating", "rate", "temperature", "age", "score", "speed", "length", "population", "salary", "fee")
_OR_THINGS = ("value", "budget", "deficit", "margin", "turnout", "toll")  # measures that may be meant as things
_NUMBER_HEADS = {"number", "amount", "total", "sum", "figure", "distance", "size", *_SHARES, *_PRICES, *_MEASURES}
_REASON_HEADS = {"reason", "cause", "motive", "ground", "grounds", "purpose"}
COSTING = frozenset({"cost", "pay", "spend", "charge"})  # one deal, told from either side
_COSTS = r"\b(?:cost|spend|charge|earn|pay for)\b"
_SHARE = re.compile(
    rf"\b(?:what|which|how (?:big|large|great) (?:is )?(?:a|the)?)\s*(?:{'|'.join(_SHARES)})\b", re.IGNORECASE
)
_MONEY = re.compile(
    rf"\bwhat (?:do|does|did|will|would|has|have)\b.*{_COSTS}|\b(?:what|which)\b.{{0,20}}\b(?:{'|'.join(_PRICES)})\b|"
    r"\bhow much\b.*\b(?:money|cash|earn|paid?|pays?|costs?|spen[dt]|spending|funds?|funding|donat\w+|worth|raised?|"
    r"charged?|owes?|owed|lost|invest\w*|budget\w*|fined?|sold|price\w*)\b",
    re.IGNORECASE,
)
_HOW_MUCH_OF = (  # "how long is the tear" asks for a length or a time, "how long did it last" for a time
    (
        "duration",
        re.compile(r"\bhow long\b.*\b(?:last|lasted|take|took|ago|wait|waited|spen[dt]|until|before)\b", re.IGNORECASE),
    ),
    ("extent", re.compile(r"\bhow long\b(?! (?:is|are|was|were) the (?:article|story|report|text))", re.IGNORECASE)),
    ("age", re.compile(r"\bhow old\b", re.IGNORECASE)),
    (
        "length",
        re.compile(
            r"\bhow (?:far|tall|high|deep|wide)\b(?=.{0,4}\b(?:is|are|was|were|away|did|does|do|from)\b)", re.IGNORECASE
        ),
    ),
    ("weight", re.compile(r"\bhow heavy\b", re.IGNORECASE)),
)
_MEASURE = re.compile(rf"\b({'|'.join((*_MEASURES, *_OR_THINGS))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a question. ``text`` has the names of articles taken out."""

    text: str
    answer_type: str
    asks: bool = True


def parts_of(text: str) -> list[Part]:
    """The questions within a question: "Who said so, and when?" has two. Sentences that ask nothing are no part."""
    found: list[Part] = []
    for sentence in (each.text for each in split_text(text)):
        for piece in _NEXT_PART.split(sentence):
            if piece.strip(" ?"):
                asks = sentence.rstrip().endswith(("?", ":")) or bool(_ASKS.search(piece))
                found.append(Part(piece.strip(" ?"), answer_type_of(piece), asks))
    return found


def answer_type_of(text: str) -> str:
    """What would answer: person, number, date, place, reason, manner, yes_no, or thing."""
    lowered = text.lower()
    match = re.search(r"\b(who|whom|whose|when|where|why|how|which|what)\b", lowered)
    if re.match(rf"\s*(?:and |but |so |then )?{AUXILIARY}\b", lowered) or (
        match is None and re.search(rf"[,.]\s+{AUXILIARY}\b", lowered)
    ):
        return "yes_no"
    if match is None:
        return "thing"
    word, rest = match.group(1), lowered[match.end() :]
    if word == "how":
        return (
            "number"
            if re.match(r"\s+(?:many|much|old|long|far|tall|big|large|high|deep|wide|heavy|fast|often)\b", rest)
            else "manner"
        )
    if word in ("which", "what"):
        return "number" if word == "what" and _MONEY.search(lowered) else _type_of_head(rest)
    return {"who": "person", "whom": "person", "whose": "person", "when": "date", "where": "place", "why": "reason"}[
        word
    ]


def _type_of_head(rest: str) -> str:
    words = re.findall(r"[a-z'’]+", rest)
    if words[:1] and words[0] in ("is", "was", "are", "were", "'s"):
        words = [word for word in words[1:8] if word not in ("the", "a", "an")]
    for word in words[:4]:
        for heads, name in (
            (_PLACE_HEADS, "place"), (_DATE_HEADS, "date"), (_PERSON_HEADS, "person"), (_NUMBER_HEADS, "number"),
            (_REASON_HEADS, "reason"),
        ):  # fmt: skip
            if {word, word.rstrip("s"), word.removesuffix("ies") + "y"} & heads:
                return name
        if word in ("of", "for", "did", "does", "do", "is", "was", "has", "will", "would", "to", "in"):
            break
    return "thing"


def unit_asked_for(question: str) -> str:
    """What measures the answer: "percent" of "what share", "money" of "what did it cost", "age"; else ""."""
    for measure, pattern in _HOW_MUCH_OF:
        if pattern.search(question):
            return measure
    if _SHARE.search(question):
        return "percent"
    return "money" if _MONEY.search(question) else ""


def measure_noun(question: str) -> str:
    """ "What is the approval rating of …": the figure must stand with "rating". "" when no measure is asked for."""
    match = _MEASURE.search(question)
    return match.group(1).lower() if match else ""
