"""The nouns of the assistant: what is claimed, what the sources hold, what is answered. No behaviour, no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

from index import SectionKind, Span


class Stance(StrEnum):
    """One source towards one claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    DIFFERS = "differs"  # same matter, materially other wording, strength, quantity or attribution
    SILENT = "silent"


class VerdictLabel(StrEnum):
    """AVeriTeC's four labels (Schlichtkrull et al., 2023)."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class FlagKind(StrEnum):
    """What a reader must be told beside a verdict or an answer."""

    WORDING = "wording"
    QUANTITY = "quantity"
    QUALIFIER = "qualifier"
    SCOPE = "scope"
    ATTRIBUTION = "attribution"
    QUOTATION = "quotation"
    MODALITY = "modality"
    NEGATION = "negation"
    TIME = "time"
    HEADLINE_BODY = "headline_body"
    OPINION = "opinion"
    SECONDHAND = "secondhand"
    SINGLE_SOURCE = "single_source"
    OVERREACH = "overreach"
    FALSE_PREMISE = "false_premise"


class AnswerStatus(StrEnum):
    ANSWERED = "answered"  # the sources hold the answer, be it "no" or "they differ"
    PARTIAL = "partial"  # part of it; what is missing is named
    REFUSED = "refused"  # the sources do not say, or the question assumes what they do not say


class QuoteStatus(StrEnum):
    EXACT = "exact"
    TYPOGRAPHY = "typography"
    ALTERED = "altered"
    SPLICED = "spliced"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class FlagSide:
    """One side of a flag: a source's span, or the user's own words (then only ``quote`` is set)."""

    quote: str
    article_id: str | None = None
    start: int | None = None
    end: int | None = None

    @classmethod
    def of(cls, span: Span) -> FlagSide:
        return cls(span.quote, span.article_id, span.start, span.end)


@dataclass(frozen=True, slots=True)
class Flag:
    """A typed difference or warning, with the words on both sides and one line of plain English."""

    kind: FlagKind
    note: str
    ours: FlagSide | None = None  # the claim's words, or one source's
    theirs: FlagSide | None = None  # the other's


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span and what the verifier makes of it. The three probabilities sum to 1; ``differing``: the part of neutral
    that is on the claim's matter and tells it otherwise, where the verifier knows it."""

    span: Span
    entailment: float
    contradiction: float
    neutral: float
    verifier_id: str
    section: SectionKind = SectionKind.BODY
    decided_by: str = "model"  # "model" (the verifier, or the balance of all sentences), or "rule:quantity.disjoint"
    differing: float = 0.0

    @property
    def on_matter(self) -> float:
        """The probability that the span speaks of what the claim says, whichever way."""
        return self.entailment + self.contradiction + self.differing


@dataclass(frozen=True, slots=True)
class SourceStance:
    """What one source says to one claim. ``silent`` has no evidence; what came nearest is under ``nearest``."""

    article_id: str
    stance: Stance
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Evidence, ...] = ()
    rule: str = ""  # the row of the stance table that decided, or "model" (also the balance of all sentences)


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement. ``start``/``end`` are code points into the text it was extracted from."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A sentence that is listed, not judged, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ClaimError:
    """A claim that could not be judged: it stands beside the verdicts."""

    claim: str
    error: str


@dataclass(frozen=True, slots=True)
class Verdict:
    claim: Claim
    label: VerdictLabel
    confidence: float | None  # calibrated probability of the label where the model decided, else None
    sources: tuple[SourceStance, ...]
    flags: tuple[Flag, ...] = ()
    reason: str = ""  # one line: why this label


@dataclass(frozen=True, slots=True)
class Verification:
    """All claims of one text."""

    verdicts: tuple[Verdict, ...]
    unchecked: tuple[Unchecked, ...] = ()
    errors: tuple[ClaimError, ...] = ()
    not_consulted: int = 0
    degraded: str | None = None  # why passages were searched by keyword alone; None: by meaning too


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, exact quotation. Its metadata is looked up by ``article_id`` when it is shown."""

    n: int  # counts from 1, in order of first use
    span: Span
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the citations that carry it."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source that was consulted, silent ones too, with the numbers of its citations."""

    article_id: str
    stance: Stance | None = None
    citations: tuple[int, ...] = ()


class QuestionKind(StrEnum):
    CONTENT = "content"
    WORD_USE = "word_use"  # who uses which word, and for whom
    DESCRIBE = "describe"  # how each source words a thing
    ALTERNATIVES = "alternatives"  # X or Y?
    HEADLINE_BODY = "headline_body"
    AGREEMENT = "agreement"
    INDEPENDENCE = "independence"
    QUOTATION = "quotation"  # exact words
    ATTRIBUTION = "attribution"  # who says so
    METADATA = "metadata"  # dates, authors, outlets, how many articles


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read by rules. ``question`` stands alone (history resolved)."""

    kind: QuestionKind
    question: str
    sources: tuple[str, ...] = ()  # article_ids named in the question; empty: all
    target: str = ""  # the thing asked about ("the 300 nurses")
    words: tuple[str, ...] = ()  # words or alternatives asked about, without quotation marks
    answer_type: str = ""  # person, number, date, place, yes_no, reason, manner, thing …
    presuppositions: tuple[str, ...] = ()  # what the question takes for granted, as statements


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: str  # "user" or "assistant"
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    reading: Reading
    status: AnswerStatus
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    sources: tuple[SourceRow, ...]
    flags: tuple[Flag, ...] = ()
    missing: tuple[str, ...] = ()  # parts of the question that the sources do not answer
    not_consulted: int = 0
    dropped: tuple[str, ...] = ()  # sentences of a language model that failed the checks, and why
    score: float | None = None  # how strongly the sources carry the answer, 0..1; None: not measured
    models: Mapping[str, str | None] = field(default_factory=dict)
    degraded: str | None = None  # why passages were searched by keyword alone; None: by meaning too

    @property
    def text(self) -> str:
        """The statements with their numbers, as one paragraph."""
        return " ".join(
            statement.text + "".join(f" [{n}]" for n in statement.citations) for statement in self.statements
        )


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One source's own words for the topic: who or what is worded, and what it is said of."""

    span: Span
    section: SectionKind
    wording: str  # the phrase itself: a substring of span.quote
    about: str  # what the phrase describes, in plain words


@dataclass(frozen=True, slots=True)
class Difference:
    kind: FlagKind
    left: Span
    right: Span
    note: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A point on which sources agree, with each source's own span."""

    spans: tuple[Span, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    topic: str
    rows: tuple[ComparisonRow, ...]
    differences: tuple[Difference, ...]
    agreements: tuple[Agreement, ...]
    flags: tuple[Flag, ...] = ()
    not_consulted: int = 0
    degraded: str | None = None  # why passages were searched by keyword alone; None: by meaning too


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A place where a quotation's words stand, or what comes nearest."""

    span: Span
    relation: str  # same | nearest | fragment | elsewhere


@dataclass(frozen=True, slots=True)
class AuditedQuote:
    """One quotation of a draft. ``start``/``end`` are code points into the draft, inside the marks."""

    text: str
    start: int
    end: int
    status: QuoteStatus
    attributed_to: str | None = None  # article_id, or None
    speaker: str | None = None  # the name the draft gives to the words, if any
    match: Span | None = None
    matches: tuple[QuoteMatch, ...] = ()
    diff: tuple[tuple[str, str], ...] = ()  # ("same" | "drop" | "add", words), the draft against the source
    flags: tuple[Flag, ...] = ()
    elided: bool = False


class Verifier(Protocol):
    """Does this evidence support this claim, refute it, or neither?"""

    @property
    def verifier_id(self) -> str: ...

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        """One Evidence for each span, same order.

        Raises NotJudged for an empty claim, empty evidence, or a language the model does not read.
        """
        ...


@runtime_checkable
class QuestionReader(Protocol):
    """A verifier that was trained on questions too."""

    def answers(self, question: str, spans: Sequence[Span]) -> list[float]:
        """The probability that each span answers the question, same order. Raises NotJudged."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sources a question or claim is put to."""

    names: tuple[str, ...] = ()  # as the user named them; empty: all
    since: date | None = None
    until: date | None = None
    as_of: date | None = None  # nothing later is consulted; relative dates in the question count from here
