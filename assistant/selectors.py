"""Point at a quotation so that others find it: W3C selectors, text-fragment links, copy with citation. Pure.

Web Annotation Data Model (W3C, 2017), sections 4.2.4 and 4.2.5; URL Fragment Text Directives (WICG).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote as percent_encode

from assistant.quote import snap_to_words
from index import ArticleHeader

CONTEXT = 32  # characters before and after, enough to tell two places apart
LONG = 12  # words: a longer quotation is named by its first and last words
ENDS = 4  # words at each end of a long one


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """A TextQuoteSelector and a TextPositionSelector for ``text[start:end]``."""
    before, _ = snap_to_words(text, max(0, start - CONTEXT), start)
    _, after = snap_to_words(text, end, min(len(text), end + CONTEXT))
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[before:start],
            "suffix": text[end : max(after, end)],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def fragment_link(url: str, text: str, start: int, end: int) -> str:
    """``url`` with ``#:~:text=…`` that scrolls a browser to the quotation.

    A quotation that stands at several places gets the words before it as a prefix. A directive does not cross
    paragraphs, so a quotation that does is named by its two ends.
    """
    quotation = text[start:end]
    words = quotation.split()
    if len(words) > LONG or "\n" in quotation:
        directive = f"{_encode(' '.join(words[:ENDS]))},{_encode(' '.join(words[-ENDS:]))}"
    else:
        directive = _encode(" ".join(words))
    if text.count(quotation) > 1:
        before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2].split()[-ENDS:]
        directive = f"{_encode(' '.join(before))}-,{directive}" if before else directive
    base, _, fragment = url.partition("#")
    return f"{base}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _encode(words: str) -> str:
    """Percent-encode all that a directive reserves: ``-``, ``,`` and ``&`` too, which ``quote`` would leave or not."""
    return percent_encode(words, safe="").replace("-", "%2D")


def copy_text(quotation: str, header: ArticleHeader) -> str:
    """The quotation with its source, as one line to paste: “…” (Publisher, “Headline”, date, URL)."""
    published = header.published.isoformat() if header.published else None
    headline = f"“{header.headline}”" if header.headline else None
    known = [part for part in (header.byline, header.publisher, headline, published, header.url) if part]
    return f"“{' '.join(quotation.split())}” ({', '.join(known or [header.source])})"
