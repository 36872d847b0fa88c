"""Claims about the sources themselves: "both articles say …", "002 says …", "according to the Herald, …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.naming import NamedSources, find_named_sources
from index import ArticleHeader

_NOUNS = (
    r"(?:articles?|stor(?:y|ies)|pieces?|reports?|texts?|sources?|accounts?|outlets?|newspapers?|papers?|"
    r"publications?|versions?|documents?)"
)
_SAYING = (
    r"(?:all\s+|both\s+|also\s+|each\s+)*(?:sa(?:y|ys|id)|reports?|reported|claims?|claimed|states?|stated|agrees?|"
    r"agreed|notes?|noted|writes?|wrote|asserts?|asserted|tells? us|mentions?|mentioned|confirms?|confirmed|"
    r"maintains?|puts?|places?|locates?|suggests?|indicates?|quotes?|cites?|shows?|calls?|called|describes?|described|labels?|labelled|according)"
)
_MANY = re.compile(
    r"^\s*(?P<who>both|all|neither|none|no|every|each|either|the two|all two|all three|all of the|both of the|"
    r"neither of the|none of the|each of the|the)\s+(?:of\s+the\s+|the\s+)?(?:two\s+|three\s+|other\s+)?"
    rf"(?P<noun>{_NOUNS})\s+(?P<verb>{_SAYING})\s+(?:that\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_VERB = re.compile(
    rf"^\s*(?:(?:'s|’s)\s+)?(?:{_NOUNS}\s+)?(?P<verb>{_SAYING})\s+(?:that\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ONLY = re.compile(r"^\s*only\s+", re.IGNORECASE)
_LEAD = re.compile(
    rf"^\s*(?:only\s+|both\s+|all of\s+)?(?:according\s+to\s+)?(?:the\s+)?(?:{_NOUNS}\s+)?(?:the\s+)?$", re.IGNORECASE
)
_ACCORDING = re.compile(r"^\s*according\s+to\s+", re.IGNORECASE)
_TAIL = re.compile(r",?\s+(?:according\s+to|per)\s+(?:the\s+)?(?:article\s+|story\s+|report\s+)?$|,\s+$", re.IGNORECASE)


_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:the\s+|also\s+)?", re.IGNORECASE)


class Mode(StrEnum):
    ALL = "all"  # each of those named says it
    NONE = "none"  # none of them does
    ONLY = "only"  # those named say it, nobody else


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says that sources say: ``rest`` is ``text[start:]`` (or up to the tag) of the claim."""

    article_ids: tuple[str, ...]
    mode: Mode
    rest: str
    who: str  # the claim's words for the sources


def read_said(text: str, headers: Sequence[ArticleHeader]) -> Said | None:
    """The sources that the claim is about, or None when it is about the matter itself."""
    everyone = tuple(header.article_id for header in headers)
    many = _MANY.match(text)
    if many and (many["who"].lower() != "the" or many["noun"].lower().endswith("s")):
        none = many["who"].lower().split()[0] in {"neither", "none", "no"}
        return Said(everyone, Mode.NONE if none else Mode.ALL, many["rest"], text[: many.start("verb")].strip())
    named = joined(text, [place for place in find_named_sources(text, headers) if not place.everyone])
    if not named:
        return None
    return leading(text, named[0].start, named[0].end, named[0].article_ids) or trailing(
        text, named[-1].start, named[-1].end, named[-1].article_ids
    )


def joined(text: str, named: Sequence[NamedSources]) -> list[NamedSources]:
    """ "A, B and C" is one place that names three."""
    found: list[NamedSources] = []
    for place in named:
        if found and _AND.fullmatch(text[found[-1].end : place.start]):
            last = found.pop()
            ids = tuple(dict.fromkeys((*last.article_ids, *place.article_ids)))
            found.append(NamedSources(last.start, place.end, ids))
        else:
            found.append(place)
    return found


def leading(text: str, start: int, end: int, ids: tuple[str, ...]) -> Said | None:
    """ "Article X says that …", "Only the Herald reports …", "According to the Herald, …"."""
    if not _LEAD.match(text[:start]):
        return None
    mode = Mode.ONLY if _ONLY.match(text) else Mode.ALL
    after = text[end:]
    if _ACCORDING.match(text):
        rest = after.lstrip(" ,") if after.lstrip().startswith(",") else ""
        return Said(ids, mode, rest, text[start:end]) if rest else None
    verb = _VERB.match(after)
    return Said(ids, mode, verb["rest"], text[start:end]) if verb else None


def trailing(text: str, start: int, end: int, ids: tuple[str, ...]) -> Said | None:
    """ "…, according to the Herald", "…, the Herald reports"."""
    before, after = text[:start], text[end:].strip()
    tail = _TAIL.search(before)
    if tail and "according" in tail.group().lower() and after in {"", ".", "!", "'s report."}:
        return Said(ids, Mode.ALL, before[: tail.start()].rstrip(" ,") + ".", text[start:end])
    if re.search(r",\s+(?:the\s+)?$", before) and re.fullmatch(rf"{_SAYING}\s*\.?", after, re.IGNORECASE):
        return Said(ids, Mode.ALL, before.rstrip().removesuffix("the").rstrip(" ,") + ".", text[start:end])
    return None
