"""What an evaluation case is, and reading a file of them. A wrong case stops the run before anything is run.

One JSON object a line. Where ``expect`` holds a list under ``status``, ``verdict``, a stance or ``quote_status``,
any of its values is right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from assistant import AnswerStatus, BadInput, FlagKind, QuoteStatus, Stance, VerdictLabel
from index import AmbiguousSource, Article, SectionKind, UnknownSource


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedQuote(_Strict):
    """A stretch of an article that a good answer cites. Offsets are code points; both or neither are given."""

    source: str
    text: str = Field(min_length=1)
    start: int | None = None
    end: int | None = None
    section: SectionKind | None = None

    @model_validator(mode="after")
    def _both_offsets(self) -> ExpectedQuote:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end come together")
        return self


class ForbiddenWording(_Strict):
    """Words that must not be put in this source's mouth."""

    source: str
    wording: str = Field(min_length=1)


class Words(_Strict):
    """Words of an article, copied from it: the first place where they stand is meant."""

    source: str
    text: str = Field(min_length=1)


class ExpectedDifference(_Strict):
    """Two stretches that `compare` should set side by side, or, when they say the ``same``, should not."""

    left: Words
    right: Words
    kind: FlagKind | None = None  # None: any
    same: bool = False


class Expected(_Strict):
    """What is right. An empty or absent field is not scored."""

    status: Annotated[list[AnswerStatus], BeforeValidator(_as_list)] = []
    verdict: Annotated[list[VerdictLabel], BeforeValidator(_as_list)] = []
    stance: dict[str, Annotated[list[Stance], BeforeValidator(_as_list)]] = {}
    quote_status: Annotated[list[QuoteStatus], BeforeValidator(_as_list)] = []
    flags: list[FlagKind] | None = None
    flags_allowed: list[FlagKind] = []
    quotes: list[ExpectedQuote] = []
    forbidden: list[ForbiddenWording] = []
    differences: list[ExpectedDifference] = []  # of a comparison: scored by the suite `wording`
    answer_points: list[str] = []  # for people who read the report; not scored

    @model_validator(mode="after")
    def _allowed_beside_expected(self) -> Expected:
        if self.flags_allowed and (self.flags is None or set(self.flags) & set(self.flags_allowed)):
            raise ValueError("flags_allowed goes beside flags, and names others")
        return self


class CaseTurn(_Strict):
    role: Literal["user", "assistant"]
    content: str


SCORED_IN = {  # what is expected of some modes only
    "status": ("ask",),
    "verdict": ("verify",),
    "stance": ("verify",),
    "quote_status": ("quotes",),
    "differences": ("compare",),
}


class Case(_Strict):
    """One question, claim, draft or topic, and what is right."""

    id: str = Field(min_length=1)
    kind: str = "case"  # what cases are grouped by in the report
    mode: Literal["ask", "verify", "compare", "quotes"]
    text: str = Field(min_length=1)
    history: list[CaseTurn] = []
    sources: list[str] = []  # as --source
    expect: Expected
    note: str = ""

    @model_validator(mode="after")
    def _fields_of_its_mode(self) -> Case:
        for field, modes in SCORED_IN.items():
            if getattr(self.expect, field) and self.mode not in modes:
                raise ValueError(f"expect.{field} goes with mode {' or '.join(modes)}, not with {self.mode}")
        return self


class KnowsArticles(Protocol):
    """What checking a case needs of the assistant."""

    def article(self, name: str) -> Article: ...


def _wrong(path: Path, line: int, field: str, why: str) -> BadInput:
    return BadInput(f"{path}, line {line}, {field}: {why}", "mend that line; `claimdesk eval init` writes an example")


def _parsed(path: Path, line: int, text: str) -> Case:
    try:
        return Case.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise _wrong(path, line, f"column {error.colno}", f"not JSON: {error.msg}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if not str(part).startswith("function-")) or "the object"
        known = f"; the fields are {', '.join(_fields_at(first['loc']))}" if first["type"] == "extra_forbidden" else ""
        raise _wrong(path, line, field, f"{first['msg']}{known}") from error


def _fields_at(place: Sequence[int | str]) -> list[str]:
    """The names that stand beside an unknown field."""
    nested: dict[str, type[BaseModel]] = {
        "quotes": ExpectedQuote,
        "forbidden": ForbiddenWording,
        "differences": ExpectedDifference,
        "left": Words,
        "right": Words,
        "history": CaseTurn,
        "expect": Expected,
    }
    for part in reversed(place[:-1]):
        if part in nested:
            return list(nested[str(part)].model_fields)
    return list(Case.model_fields)


def read_cases(path: Path) -> list[tuple[int, Case]]:
    """(line number, case) of every line of ``path``, in order. Blank lines are skipped.

    Raises BadInput naming the file, line and field for the first wrong case, a repeated id, or an empty file.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", "claimdesk eval --data FILE") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 (byte {error.start})", "save it as UTF-8") from error
    cases = [(number, _parsed(path, number, line)) for number, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise BadInput(f"{path} holds no case", "one JSON object a line; `claimdesk eval init` writes an example")
    first: dict[str, int] = {}
    for number, case in cases:
        if case.id in first:
            raise _wrong(path, number, "id", f"{case.id!r} stands on line {first[case.id]} already; expected a new one")
        first[case.id] = number
    return cases


def check_against(path: Path, cases: Sequence[tuple[int, Case]], articles: KnowsArticles) -> None:
    """Raise BadInput for the first case that names no article, or whose offsets do not hold its quotation."""
    for number, case in cases:
        for place, name in _named_sources(case):
            _article(path, number, place, name, articles)
        for position, quote in enumerate(case.expect.quotes):
            place = f"expect.quotes.{position}"
            article = _article(path, number, f"{place}.source", quote.source, articles)
            _check_quote(path, number, place, quote, article)
        for place, words in _compared_words(case):
            article = _article(path, number, f"{place}.source", words.source, articles)
            if words.text not in article.text:
                raise _wrong(path, number, f"{place}.text", f"{words.text!r} does not stand in {article.source}")


def _compared_words(case: Case) -> Iterator[tuple[str, Words]]:
    for position, pair in enumerate(case.expect.differences):
        yield f"expect.differences.{position}.left", pair.left
        yield f"expect.differences.{position}.right", pair.right


def _named_sources(case: Case) -> list[tuple[str, str]]:
    named = [(f"sources.{position}", name) for position, name in enumerate(case.sources)]
    named += [(f"expect.stance.{name}", name) for name in case.expect.stance]
    named += [
        (f"expect.forbidden.{position}.source", item.source) for position, item in enumerate(case.expect.forbidden)
    ]
    return named


def _article(path: Path, number: int, place: str, name: str, articles: KnowsArticles) -> Article:
    try:
        return articles.article(name)
    except (UnknownSource, AmbiguousSource) as error:
        raise _wrong(path, number, place, f"{error.message}; expected an article's id, file name or stem") from error


def _check_quote(path: Path, number: int, place: str, quote: ExpectedQuote, article: Article) -> None:
    if quote.start is None or quote.end is None:
        if quote.text not in article.text:
            raise _wrong(path, number, f"{place}.text", f"{quote.text!r} does not stand in {article.source}")
        return
    held = article.text[quote.start : quote.end]
    if held != quote.text:
        why = f"{article.source} holds {held!r} at {quote.start}–{quote.end}; expected {quote.text!r}"
        raise _wrong(path, number, f"{place}.start", why)
