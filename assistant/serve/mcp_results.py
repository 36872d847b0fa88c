"""What the MCP tools give back, as types: published to clients as output schemas. The fields are those of ``wire``.

Results may hold more than is written here; nothing that is written here is ever missing.
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict


class Quoted(TypedDict):
    """An article's own words: its text at ``[start:end)``, counted in code points."""

    article_id: str
    start: int
    end: int
    quote: str


class Passage(TypedDict):
    rank: int
    passage_id: str
    article_id: str
    source: str
    section: str
    start: int
    end: int
    text: str


class Passages(TypedDict):
    passages: list[Passage]
    degraded: str | None  # why the search went by keyword alone


class Side(TypedDict):
    quote: str


class RaisedFlag(TypedDict):
    kind: str
    note: str
    ours: Side
    theirs: Side


class Said(TypedDict):
    text: str
    citations: list[int]


class Cited(Quoted):
    n: int
    source: str
    section: str
    headline: str | None
    publisher: str | None
    published: str | None
    url: str | None


class Consulted(TypedDict):
    article_id: str
    source: str
    citations: list[int]


class Answered(TypedDict):
    question: str
    status: Literal["answered", "partial", "refused"]
    answer: str
    statements: list[Said]
    citations: list[Cited]
    sources: list[Consulted]
    flags: list[RaisedFlag]
    missing: list[str]
    not_consulted: int
    degraded: str | None


class SourceOnClaim(TypedDict):
    article_id: str
    source: str
    stance: Literal["supports", "refutes", "differs", "silent"]
    evidence: list[Quoted]
    nearest: list[Quoted]


class JudgedClaim(TypedDict):
    text: str
    start: int
    end: int
    verdict: Literal["supported", "refuted", "conflicting", "not_enough_evidence"]
    reason: str
    sources: list[SourceOnClaim]
    flags: list[RaisedFlag]


class Unchecked(TypedDict):
    text: str
    why: str


class NotJudged(TypedDict):
    claim: str
    error: str


class Verified(TypedDict):
    claims: list[JudgedClaim]
    unchecked: list[Unchecked]
    errors: list[NotJudged]
    not_consulted: int
    degraded: str | None


class Worded(Quoted):
    source: str
    section: str
    wording: str
    about: str


class WordedOtherwise(TypedDict):
    kind: str
    left: Quoted
    right: Quoted
    note: str


class Agreed(TypedDict):
    spans: list[Quoted]
    note: str


class Compared(TypedDict):
    topic: str
    rows: list[Worded]
    differences: list[WordedOtherwise]
    agreements: list[Agreed]
    flags: list[RaisedFlag]
    not_consulted: int
    degraded: str | None


class QuotationFound(TypedDict):
    text: str
    start: int
    end: int
    status: Literal["exact", "typography", "altered", "spliced", "not_found"]
    matches: list[Quoted]
    flags: list[RaisedFlag]


class Audited(TypedDict):
    quotations: list[QuotationFound]


class Listed(TypedDict):
    article_id: str
    source: str
    headline: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    url: str | None


class Articles(TypedDict):
    articles: list[Listed]
