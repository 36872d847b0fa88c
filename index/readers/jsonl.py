"""JSON lines, plain or gzipped: one article a line. A bad line is reported and the next one read."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from index.errors import UnreadableSource
from index.identity import sha256_of
from index.readers.base import Draft, Origin, ReadFailure, ReadOptions, one_line, require_words, web_address
from index.readers.dates import parse_published
from index.readers.decode import decode, repaired

_SKIP_AT_MOST = 1_000_000_000  # bytes of one overlong line: after that the file is a bomb
_CHUNK = 1 << 20


class JsonLinesReader:
    """``text`` and any of url/id, title/headline, date/published/publish_date, author(s)/byline, publisher."""

    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

    def read(self, stream: BinaryIO, origin: Origin, options: ReadOptions) -> Iterator[Draft | ReadFailure]:
        """A draft or a failure for each line that is not blank. Raises UnreadableSource for a file without lines."""
        zipped = origin.name.endswith(".gz")
        lines = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if zipped else stream
        found = False
        try:
            for number, line in _lines(lines, options.max_article_bytes):
                found = True
                where = f"{origin.source}:{number}"
                try:
                    if line is None:
                        limit = options.max_article_bytes / 1e6
                        raise UnreadableSource(f"{where} has more than {limit:.0f} MB, too much for one article")
                    yield draft_of_row(_row(line, where), origin, where)
                except UnreadableSource as error:
                    yield ReadFailure(where, error.message)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableSource(
                f"{origin.source} is a torn or wrong gzip file ({error}): the rest is not read"
            ) from error
        if not found:
            raise UnreadableSource(f"{origin.source} is empty")


def draft_of_row(row: Mapping[str, object], origin: Origin, where: str) -> Draft:
    """One article from one JSON object. Raises UnreadableSource when it has no text."""
    body = row.get("text")
    if not isinstance(body, str):
        raise UnreadableSource(f'{where} has no "text"')
    decoded = repaired(body, "utf-8", where)
    require_words(decoded.text, where)
    notes = list(decoded.notes)
    headline = _string(row, where, "title", "headline")
    url = web_address(_string(row, where, "url"))
    name = _string(row, where, "url", "id")
    text, prefixed = with_headline(decoded.text, headline)
    key = url or f"{origin.source_key}#{name or sha256_of(text)[:12]}"
    published = None
    if (written := _string(row, where, "date", "published", "publish_date")) is not None:
        try:
            published = parse_published(written)
        except ValueError as error:
            notes.append(f"date of publication left out: {error}")
    return Draft(
        text=text,
        source_key=key,
        source=name or where,
        headline_prefixed=prefixed,
        headline=headline,
        byline=_names(row, where),
        publisher=_string(row, where, "publisher"),
        published=published,
        url=url,
        notes=tuple(notes),
    )


def with_headline(text: str, headline: str | None) -> tuple[str, bool]:
    """``text`` under its headline, and whether a headline stands there now; not twice when the text begins with it."""
    if headline is None:
        return text, False
    first, _, rest = text.lstrip().partition("\n")
    if one_line(first) == headline and rest.strip():
        return f"{headline}\n\n{rest.lstrip()}", True
    return f"{headline}\n\n{text}", True


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines that hold anything, numbered from 1; None for one over ``limit``. Raises UnreadableSource for a bomb."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            skipped = len(line)
            while rest := stream.readline(_CHUNK):
                skipped += len(rest)
                if rest.endswith(b"\n"):
                    break
                if skipped > _SKIP_AT_MOST:
                    raise UnreadableSource(f"line {number} does not end within {_SKIP_AT_MOST / 1e9:.0f} GB")
            yield number, None
        elif line.strip():
            yield number, line


def _row(line: bytes, where: str) -> Mapping[str, object]:
    try:
        row = json.loads(decode(line, where).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"{where} is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UnreadableSource(f"{where} is not a JSON object")
    return row


def _string(row: Mapping[str, object], where: str, *fields: str) -> str | None:
    """The first of ``fields`` that holds anything, on one line."""
    for field in fields:
        value = row.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and (line := one_line(repaired(value, "utf-8", where).text)):
            return line
    return None


def _names(row: Mapping[str, object], where: str) -> str | None:
    for field in ("authors", "author", "byline"):
        value = row.get(field)
        parts = value if isinstance(value, list) else [value]
        plain = [part.get("name") if isinstance(part, dict) else part for part in parts]
        names = [name for part in plain if (name := _string({"name": part}, where, "name"))]
        if names:
            return ", ".join(dict.fromkeys(names))
    return None
