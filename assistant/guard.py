"""Check what a language model wrote against the evidence rows that it was given. Nothing unchecked passes.

Sentence by sentence: links, images, markup and control characters go; an unknown number is taken out; a quotation that
is not the cited row's own words loses its marks, and is then judged as a paraphrase; a number, name or "not" that the
cited rows don't have, or a statement that they don't carry, drops the sentence. What was dropped is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import NotJudged
from assistant.quote import find_quotation
from assistant.types import Citation, Statement, Verifier

CARRIED = 0.5  # entailment from which a row carries a statement
CONTRADICTED = 0.5
_IMAGE = re.compile(r"!\[[^\]]*\]\s*(?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\]\s*\([^)]*\)")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_URL = re.compile(r"(?:\b(?:https?|ftp|file|javascript|data|mailto)\s*:\s*(?://)?\S+|\bwww\.\S+)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
_NUMBERED = re.compile(r"\[\s*(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\s*\]")
_QUOTATION = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"»]")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:[”\"’'»)]*)(?:\s*\[\s*\d[\d\s,;]*\])*\s+(?=[A-ZÀ-Þ“\"‘'(\[*])|\n+")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guarded:
    """What passed, as statements over the given citations, and what did not, each with its reason."""

    statements: tuple[Statement, ...]
    dropped: tuple[str, ...]


def guard(text: str, citations: Sequence[Citation], names: Mapping[str, str], verifier: Verifier) -> Guarded:
    """Check a model's text. ``names``: article_id → the name that prose gives to the article."""
    by_number = {citation.n: citation for citation in citations}
    kept: list[Statement] = []
    dropped: list[str] = []
    clean, removed = without_markup(text)
    dropped.extend(f"{piece} (removed: links, images and markup are not allowed)" for piece in removed)
    for sentence in sentences_of(clean):
        statement, why = _checked(sentence, by_number, names, verifier)
        if statement is not None:
            kept.append(statement)
        if why:
            dropped.append(f"{sentence} ({why})")
    return Guarded(tuple(kept), tuple(dropped))


def without_markup(text: str) -> tuple[str, list[str]]:
    """The text without control characters, images, links, URLs and tags, and a list of what was taken out."""
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn"))
    removed: list[str] = []

    def take(match: re.Match[str]) -> str:
        removed.append(match.group().strip()[:200])
        return match.group(1) if match.re is _LINK else " "

    for pattern in (_IMAGE, _REFERENCE, _LINK, _TAG, _URL):
        text = pattern.sub(take, text)
    text = re.sub(r"[*_#`|]{1,}|^\s*[-+>]\s+", " ", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]+", " ", text).strip(), removed


def sentences_of(text: str) -> list[str]:
    """A model's sentences, each with the numbers that follow its full stop."""
    pieces: list[str] = []
    position = 0
    for match in _SENTENCE_END.finditer(text):
        pieces.append(text[position : match.end()])
        position = match.end()
    pieces.append(text[position:])
    return [piece.strip() for piece in pieces if any(c.isalnum() for c in piece)]


def _checked(
    sentence: str, by_number: Mapping[int, Citation], names: Mapping[str, str], verifier: Verifier
) -> tuple[Statement | None, str]:
    """The statement as it may be shown, or None, and what was wrong with it ("" when nothing was)."""
    asked = [int(n) for group in _NUMBERED.findall(sentence) for n in re.findall(r"\d+", group)]
    numbers = tuple(dict.fromkeys(n for n in asked if n in by_number))
    unknown = [n for n in asked if n not in by_number]
    plain = re.sub(r"\s+([.,;!?])", r"\1", re.sub(r"\s{2,}", " ", _NUMBERED.sub("", sentence))).strip()
    why = f"unknown number {', '.join(f'[{n}]' for n in unknown)} removed" if unknown else ""
    if not numbers:  # what the sources are silent on is said by the evidence itself, never by the model
        return None, why + ("; " if why else "") + "dropped: no row carries it"
    rows = [by_number[n] for n in numbers]
    plain, altered = _with_exact_quotations(plain, rows)
    if altered:
        why += ("; " if why else "") + "quotation marks removed: not the source's exact words"
    wrong = _slots_not_carried(plain, rows, names) or _not_entailed(plain, rows, names, verifier)
    if wrong:
        return None, why + ("; " if why else "") + f"dropped: {wrong}"
    return Statement(plain, numbers), why


def _with_exact_quotations(text: str, rows: Sequence[Citation]) -> tuple[str, bool]:
    """Quotations as the rows have them, letter for letter; the marks go from what no row has."""
    altered = False

    def exact(match: re.Match[str]) -> str:
        nonlocal altered
        wanted = match.group(1).strip()
        for row in rows:
            places = find_quotation(wanted, row.span.quote) or find_quotation(wanted.rstrip(".,;:!?"), row.span.quote)
            if places:
                return f"“{row.span.quote[places[0].start : places[0].end]}”"
        altered = True
        return match.group(1)

    return _QUOTATION.sub(exact, text), altered


def _slots_not_carried(text: str, rows: Sequence[Citation], names: Mapping[str, str]) -> str:
    """Why the rows don't carry the slots of a statement: a figure, a name or a negation of its own. "" when they do."""
    told = " ".join(row.span.quote for row in rows)
    known = told + " " + " ".join(names.get(row.span.article_id, "") for row in rows)
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(known)}
    for figure in _FIGURE.findall(text):
        if figure.replace(",", "").rstrip(".") not in figures and figure.replace(",", "") not in figures:
            return f"the number {figure} is not in its row"
    lowered = known.lower()
    for name in _NAME.findall(text):
        if re.sub(r"['’]s$", "", name).lower() not in lowered:
            return f"{name} is not in its row"
    if bool(_NEGATION.search(text)) != bool(_NEGATION.search(told)):
        return "its row and it differ in a negation"
    return ""


def _not_entailed(text: str, rows: Sequence[Citation], names: Mapping[str, str], verifier: Verifier) -> str:
    """Why a cited source does not carry a statement, by the grounding model. "" when a row of each does."""
    claim = _without_speaker(text, [names.get(row.span.article_id, "") for row in rows])
    try:
        found = verifier.judge(claim, [row.span for row in rows])
    except NotJudged as error:
        return f"could not be judged: {error.message}"
    if any(
        evidence.contradiction >= CONTRADICTED and evidence.contradiction > evidence.entailment for evidence in found
    ):
        return "its row contradicts it"
    carrying = {row.span.article_id for row, seen in zip(rows, found, strict=True) if seen.entailment >= CARRIED}
    if carrying == {row.span.article_id for row in rows}:
        return ""
    return "its row does not carry it" if not carrying else "a source that it cites does not carry it"


def _without_speaker(text: str, names: Sequence[str]) -> str:
    """ "Article 7 says that the bridge is closed." → "the bridge is closed.": the row is that article already."""
    for name in names:
        verb = r"(?:\w+ly )?(?:says?|writes?|reports?|states?|puts it)(?:\s+that)?[:,]?\s+"
        pattern = rf"^(?:the\s+)?{re.escape(name)}(?:'s \w+)?\s+{verb}"
        text = re.sub(pattern, "", text, flags=re.IGNORECASE) if name else text
    return re.sub(r"^according to [^,]{1,60},\s*", "", text, flags=re.IGNORECASE)
