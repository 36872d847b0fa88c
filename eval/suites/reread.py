"""Questions that the data calls unanswerable although an article answers them: where a reader found the answer.

``eval/data/questions_reread.jsonl`` holds places and hashes, no text; ``eval/data/README.md`` says who read what.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant import Assistant, BadInput
from index import AmbiguousSource, Span, UnknownSource


@dataclass(frozen=True, slots=True)
class Found:
    """The stretch of an article that answers a question."""

    span: Span
    doubtful: bool  # the reader was not sure that it answers


def read_found(path: Path, asked: Container[str], assistant: Assistant) -> dict[str, Found]:
    """What was found for those questions of ``path`` (JSON lines) that are ``asked``, by id.

    Raises BadInput for a row of another form, a name of no article or of several, and words that are not those read.
    """
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            if row["id"] in asked:
                found[str(row["id"])] = _place(row, assistant)
        except (UnknownSource, AmbiguousSource, ValueError, KeyError, TypeError) as error:
            why = f"{path}, line {number} is no place in an article as it was read: {error!r}"
            raise BadInput(why, "set CLAIMDESK_DATA to the articles that were read") from error
    return found


def _place(row: Mapping[str, Any], assistant: Assistant) -> Found:
    """Raises ValueError when other words stand there."""
    article = assistant.article(row["url"])
    span = Span(article.article_id, row["start"], row["end"], article.text[row["start"] : row["end"]])
    if not span.quote or sha256(span.quote.encode()).hexdigest() != row["quote_sha256"]:
        raise ValueError(f"{row['url']} has other words at {span.start}-{span.end}")
    return Found(span, bool(row["doubtful"]))


def overlaps(cited: Span, read: Span) -> bool:
    """Whether two stretches of one article share at least half of the shorter.

    >>> overlaps(Span("a", 0, 10, ""), Span("a", 5, 90, "")), overlaps(Span("a", 0, 10, ""), Span("a", 6, 90, ""))
    (True, False)
    """
    shared = min(cited.end, read.end) - max(cited.start, read.start)
    shorter = min(cited.end - cited.start, read.end - read.start)
    return cited.article_id == read.article_id and 2 * shared >= shorter
