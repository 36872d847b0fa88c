"""The nouns of parsed language: tokens, phrases, quantities, times, speakers, frames. No behaviour.

All offsets are code points into the article's text (or into the claim, for a claim's frames), half-open:
``text[start:end]`` is the thing itself, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index import SectionKind


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parse. ``head`` is the position of the head token in the same sentence (itself for the root)."""

    text: str
    lemma: str
    pos: str  # Universal POS: NOUN, VERB, PROPN, AUX …
    tag: str  # Penn tag: NNS, VBD …
    dep: str  # spaCy (ClearNLP) relation: nsubj, dobj, nummod …
    head: int
    start: int
    end: int
    entity: str = ""  # PERSON, ORG, GPE, NORP, DATE, MONEY … or ""


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its tokens. ``article_id`` is "" for text that is no article's (claims, questions, drafts)."""

    article_id: str
    start: int
    end: int
    text: str
    section: SectionKind
    tokens: tuple[Token, ...]
    paragraph: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: ``text[start:end]``. ``head`` is the head noun's lemma, lower case; for names the full name."""

    start: int
    end: int
    text: str
    head: str
    modifiers: frozenset[str] = frozenset()  # lower-case lemmas: adjectives, compounds, participles
    name: bool = False  # the head is a proper name
    entity: str = ""  # entity label of the head, if any
    plural: bool = False
    person: bool = False  # people or a group of people (by entity label or lexicon)
    complements: tuple[
        tuple[str, str], ...
    ] = ()  # ("of", "crossings"), ("living", "living in the US"): what follows it
    determiner: str = ""  # "the", "all", "some", "no", "several", possessor …


class Qualifier(StrEnum):
    """How a number is hedged. The interval in Quantity already says what it means."""

    NONE = ""
    EXACTLY = "exactly"
    AT_LEAST = "at least"  # more than, over, at least, no fewer than, upwards of
    AT_MOST = "at most"  # fewer than, under, up to
    ABOUT = "about"  # about, around, nearly, almost, some, roughly
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as an interval ``[low, high]``; ``None`` is open."""

    start: int  # the whole expression with its qualifier
    end: int
    text: str
    low: float | None
    high: float | None
    value: float  # the number as written ("at least 40 million": 40_000_000)
    unit: str = ""  # "usd", "eur", "percent", "kilometre" … "" for a plain count
    qualifier: Qualifier = Qualifier.NONE
    qualifier_text: str = ""
    record: bool = False  # "a record 300,000"
    ordinal: bool = False
    period: str = ""  # "year", "month" … for rates ("a year", "per day")
    counted: Phrase | None = None  # what it counts: "300 <nurses working at night>"


@dataclass(frozen=True, slots=True)
class TimeReference:
    """A date or time expression, kept relative unless the article's own date is known.

    ``low``/``high`` bound the calendar days meant, when they can be known.
    """

    start: int
    end: int
    text: str
    kind: str  # "date", "weekday", "month", "year", "relative", "duration", "clock"
    key: str  # normal form for comparison: "2024-01-05", "weekday:friday", "month:12", "relative:month:0:late"
    low: date | None = None
    high: date | None = None


class SpeakerKind(StrEnum):
    OWN_VOICE = "own_voice"  # the article itself says so
    NAMED = "named"  # a named person or body
    UNNAMED = "unnamed"  # "a senior official", "critics"
    OUTLET = "outlet"  # another publication: "NBC News reports", "per NBC", "according to the outlet"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says what a frame says. ``start``/``end`` locate the speaker's phrase (0, 0 for the article's own voice)."""

    kind: SpeakerKind
    text: str = ""
    start: int = 0
    end: int = 0
    name: str = ""  # normal form for comparison: "mara voss", "harbour post"; "" for own voice
    verb: str = ""  # lemma of the reporting verb: "say", "tell", "deny"; "" for "according to" / "per"
    relayed_by: str = ""  # the outlet through which it came ("told NBC News"): normal form, or ""


class Modality(StrEnum):
    """How firmly a frame is put. Ordered from firm to weak only within the table in wording/strength."""

    FACT = "fact"  # did, does
    FUTURE = "future"  # will, is set to, is to
    EXPECTED = "expected"  # is expected to, is likely to, plans to, hopes to
    WILLING = "willing"  # is willing / ready / prepared to
    CONDITIONAL = "conditional"  # would, if …
    POSSIBLE = "possible"  # may, might, could, can
    OBLIGED = "obliged"  # must, has to, needs to, should
    WANTED = "wanted"  # wants, asks, demands, calls for, seeks that …: content of a request
    ATTEMPTED = "attempted"  # try to, seek to, aim to
    REPORTED = "reported"  # reportedly, allegedly
    QUESTIONED = "questioned"  # asked, not asserted


@dataclass(frozen=True, slots=True)
class Frame:
    """One clause: who does what to whom, how many, how firmly, who says so. One frame for each predicate.

    A bullet's frame inherits speaker, modality and requester from its lead-in sentence.
    """

    article_id: str
    start: int  # the clause
    end: int
    text: str
    sentence_start: int
    sentence_end: int
    section: SectionKind
    predicate: str  # lemma of the main verb, or of the noun in a verbless clause ("approval for a plan …": "approve")
    predicate_start: int
    predicate_end: int
    subject: Phrase | None = None
    object: Phrase | None = None
    recipient: Phrase | None = None  # "to coastal states"; indirect object
    obliques: tuple[tuple[str, Phrase], ...] = ()  # (preposition, phrase)
    complement: str = ""  # predicate adjective or noun's lemma for copulas ("is secure": "secure")
    quantities: tuple[Quantity, ...] = ()  # those inside the clause
    times: tuple[TimeReference, ...] = ()
    modality: Modality = Modality.FACT
    modality_text: str = ""  # the words that carry it: "is willing to"
    negated: bool = False
    negation_text: str = ""
    speaker: Speaker = Speaker(SpeakerKind.OWN_VOICE)
    quoted: bool = False  # the clause (mostly) stands inside quotation marks
    requester: Phrase | None = None  # who wants it, when modality is WANTED ("the union's terms:", "called on X to")
    request_verb: str = ""  # lemma: ask, demand, call, urge, beg …
    evaluative: tuple[tuple[int, int], ...] = ()  # spans of loaded or evaluative words
    entities: frozenset[str] = frozenset()  # normal forms of the names in the clause
    content: frozenset[str] = frozenset()  # content lemmas, lower case, for overlap
    bullet: bool = False
    paragraph: int = 0
