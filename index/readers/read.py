"""Inputs → drafts. One bad file never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BufferedReader
from typing import BinaryIO, cast

from index.errors import UnreadableSource
from index.identity import sha256_of
from index.readers.base import Draft, Origin, Reader, ReadFailure, ReadOptions, one_line
from index.readers.expand import FoundFile, expand
from index.readers.html import HtmlReader
from index.readers.jsonl import JsonLinesReader, with_headline
from index.readers.text import TextReader
from index.registry import Registry
from index.sections import find_sections, read_byline
from index.types import SectionKind

readers: Registry[type[Reader]] = Registry(
    "reader",
    "claimdesk.readers",
    {
        "text": "index.readers.text:TextReader",
        "markdown": "index.readers.markdown:MarkdownReader",
        "html": "index.readers.html:HtmlReader",
        "jsonl": "index.readers.jsonl:JsonLinesReader",
    },
)
STDIN = "-"


def read_sources(inputs: Sequence[str], options: ReadOptions | None = None) -> Iterator[Draft | ReadFailure]:
    """A draft for every article in ``inputs`` (files, folders, patterns, ``-``), a failure for all that is none.

    Lazy, and in a stable order; drafts carry headline, byline and publisher as the article shows them unless
    ``options`` says otherwise.
    """
    options = options or ReadOptions()
    by_suffix = _by_suffix()
    if STDIN in inputs:
        yield from _attempt(_read_stdin(options), STDIN, options)
    for found in expand([given for given in inputs if given != STDIN], by_suffix):
        if isinstance(found, ReadFailure):
            yield found
        else:
            for result in _attempt(_read_file(found, by_suffix, options), found.source, options):
                yield replace(result, file=_key(found))


def _by_suffix() -> Mapping[str, Reader]:
    """Longest suffix first, so that .jsonl.gz is not taken for another .gz."""
    known = {
        suffix: reader for name in readers.names() for reader in (readers.get(name)(),) for suffix in reader.suffixes
    }
    return dict(sorted(known.items(), key=lambda item: -len(item[0])))


def _attempt(drafts: Iterator[Draft | ReadFailure], source: str, options: ReadOptions) -> Iterator[Draft | ReadFailure]:
    try:
        for draft in drafts:
            yield draft if isinstance(draft, ReadFailure) else _completed(draft, options)
    except UnreadableSource as error:
        yield ReadFailure(source, error.message)
    except OSError as error:
        yield ReadFailure(source, f"cannot be read: {error.strerror or error}")


def _read_file(
    found: FoundFile, by_suffix: Mapping[str, Reader], options: ReadOptions
) -> Iterator[Draft | ReadFailure]:
    name = found.path.name.lower()
    reader = next((reader for suffix, reader in by_suffix.items() if name.endswith(suffix)), None) or TextReader()
    with found.path.open("rb") as stream:
        yield from reader.read(stream, Origin(found.source, _key(found), name), options)


def _key(found: FoundFile) -> str:
    return str(found.path).encode("utf-8", "backslashreplace").decode("utf-8")


def _read_stdin(options: ReadOptions) -> Iterator[Draft | ReadFailure]:
    stream = options.stdin or sys.stdin.buffer
    buffered = stream if isinstance(stream, BufferedReader) else BufferedReader(cast("BufferedReader", stream))
    opening = buffered.peek(512)[:512].lstrip().lower()
    reader: Reader = TextReader()
    if opening.startswith(b"{"):
        reader = JsonLinesReader()
    elif opening.startswith((b"<!doctype html", b"<html")):
        reader = HtmlReader()
    for draft in reader.read(cast(BinaryIO, buffered), Origin(STDIN, "stdin", ""), options):
        if isinstance(draft, Draft) and draft.source_key == "stdin":
            draft = replace(draft, source_key=f"stdin:{sha256_of(draft.text)[:16]}")
        yield draft


def _completed(draft: Draft, options: ReadOptions) -> Draft:
    """The draft with what the user said, and with what stands at the top of its text."""
    if options.headline and draft.headline != one_line(options.headline):
        headline = one_line(options.headline)
        text, prefixed = with_headline(draft.text, headline)
        draft = replace(draft, text=text, headline_prefixed=prefixed, headline=headline)
    headline, byline, outlet = draft.headline, draft.byline, draft.publisher
    for section in find_sections(draft.text, headline_prefixed=draft.headline_prefixed):
        shown = draft.text[section.start : section.end]
        if section.section is SectionKind.HEADLINE:
            headline = headline or one_line(shown)
        elif section.section is SectionKind.BYLINE and (signed := read_byline(shown)) is not None:
            byline, outlet = byline or signed.names, outlet or signed.outlet
    return replace(
        draft,
        headline=headline,
        byline=byline,
        publisher=options.publisher or outlet,
        published=options.published or draft.published,
    )
