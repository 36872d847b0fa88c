"""Quotations in what a language model wrote: letter for letter as a cited row has them, or without their marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.draft import DraftQuotation, find_draft_quotations
from assistant.quote import find_quotation
from assistant.types import Citation

_STRAY_MARK = re.compile('[“”„"«»‹›]')


def _found_in(quotation: DraftQuotation, row: Citation) -> str:
    """The row's own words of a quotation, "" when it has none such."""
    for wanted in (quotation.text, quotation.text.rstrip(".,;:!?")):
        places = find_quotation(wanted, row.span.quote) if wanted else ()
        if places:
            return row.span.quote[places[0].start : places[0].end]
    return ""


def quotation_of_another(text: str, rows: Sequence[Citation], names: Mapping[str, str]) -> str:
    """Why a quotation stands in another source than the one named before it. "" when none does."""
    by_name = {
        names[row.span.article_id].lower(): row.span.article_id for row in rows if names.get(row.span.article_id)
    }
    for quotation in find_draft_quotations(text):
        before = text[: quotation.start].lower()
        speaking = max(by_name, key=before.rfind, default="")
        theirs = {row.span.article_id for row in rows if _found_in(quotation, row)}
        if speaking and speaking in before and theirs and by_name[speaking] not in theirs:
            return f"“{quotation.text}” stands in another source than the one it is given to"
    return ""


def with_exact_quotations(text: str, rows: Sequence[Citation]) -> tuple[str, bool]:
    """Quotations as the rows have them, letter for letter; the marks go from what no row has."""
    shown: list[str] = []
    position, altered = 0, False
    for quotation in find_draft_quotations(text):
        start, end = quotation.start, quotation.end
        while start > position and not text[start - 1].isalnum() and text[start - 1] not in ".,;:!?)]":
            start -= 1
            if not text[start].isspace():
                break  # the opening mark
        while quotation.closed and end < len(text) and text[end].isspace():
            end += 1
        end += quotation.closed
        words = next(filter(None, (_found_in(quotation, row) for row in rows)), "")
        altered = altered or not words
        shown += [_STRAY_MARK.sub("", text[position:start]), f"“{words}”" if words else _unmarked(quotation.text)]
        position = end
    rest = text[position:]
    altered = altered or bool(_STRAY_MARK.search(rest))
    return "".join([*shown, _STRAY_MARK.sub("", rest)]), altered


def _unmarked(words: str) -> str:
    """Words that are nobody's, without any mark in them that could make them look like a quotation."""
    inner = [(q.start - 1, q.end) for q in find_draft_quotations(words)]
    places = {place for start, end in inner for place in (start, end)}
    return _STRAY_MARK.sub("", "".join(c for place, c in enumerate(words) if place not in places))
