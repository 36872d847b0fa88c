"""The questions within a question, and what type of thing would answer each. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_NUMBER_HEADS = {
    "number", "percentage", "percent", "share", "rate", "price", "cost", "amount", "total", "sum", "score", "rating",
    "age", "figure", "proportion", "temperature", "distance", "speed", "length", "size", "population", "salary", "fee",
}  # fmt: skip
_REASON_HEADS = {"reason", "cause", "motive", "ground", "grounds", "purpose"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a question. ``text`` has the names of articles taken out."""

    text: str
    answer_type: str
    asks: bool = True


def parts_of(text: str) -> list[Part]:
    """The questions within a question: "Who said so, and when?" has two. Sentences that ask nothing are no part."""
    found: list[Part] = []
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ\"“‘'])", text):
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
            "number" if re.match(r"\s+(?:many|much|old|long|far|tall|big|large|high|fast|often)\b", rest) else "manner"
        )
    if word in ("which", "what"):
        return _type_of_head(rest)
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
            if word in heads or word.rstrip("s") in heads:
                return name
        if word in ("of", "for", "did", "does", "do", "is", "was", "has", "will", "would", "to", "in"):
            break
    return "thing"
