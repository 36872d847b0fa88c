"""Saved web pages: the article's text without menus and teasers, and what the page says of itself. No fetching."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from index.errors import UnreadableSource
from index.readers.base import Draft, Origin, ReadFailure, ReadOptions, read_whole, require_words
from index.readers.decode import Decoded, decode, repaired
from index.readers.jsonl import with_headline
from index.readers.page_metadata import read_metadata

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DEEPEST = 1_000  # nested elements: beyond it a page is an attack, and extraction would recurse
_MOST_ATTRIBUTES = 5_000  # of one element: the parser compares each with all before it
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FOREIGN_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # lxml refuses them


class HtmlReader:
    """.html: text by trafilatura with ``favor_precision``, metadata by our own reader."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, stream: BinaryIO, origin: Origin, options: ReadOptions) -> Iterator[Draft | ReadFailure]:
        """One draft. Raises UnreadableSource."""
        data = read_whole(stream, origin, options.max_article_bytes)
        charset = _CHARSET.search(data[:4_000])
        decoded = decode(data, origin.source, charset[1].decode("ascii") if charset else None)
        tree = _parsed(decoded.text, origin.source)
        metadata = read_metadata(tree, options.today)
        body = _article_text(tree, decoded, origin.source)
        require_words(body, origin.source)
        text, prefixed = with_headline(body, metadata.headline)
        yield Draft(
            text=text,
            source_key=origin.source_key,
            source=origin.source,
            headline_prefixed=prefixed,
            headline=metadata.headline,
            byline=metadata.byline,
            publisher=metadata.publisher,
            published=metadata.published,
            url=metadata.url,
            encoding=decoded.encoding,
            notes=decoded.notes + metadata.notes,
        )


def _parsed(html: str, source: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    if any(_attributes(piece) > _MOST_ATTRIBUTES for piece in html.split("<") if len(piece) > _MOST_ATTRIBUTES):
        raise UnreadableSource(
            f"{source} has an element with more than {_MOST_ATTRIBUTES:,} attributes: not a news page"
        )
    try:
        tree = lxml_html.document_fromstring(_FOREIGN_CONTROLS.sub("", html).encode("utf-8"), parser=_parser())
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableSource(f"{source} is not a page that can be parsed: {error}") from error
    if _depth(tree) > _DEEPEST:
        raise UnreadableSource(f"{source} nests more than {_DEEPEST} elements: not a news page")
    return tree


def _attributes(piece: str) -> int:
    """About how many attributes the tag that opens ``piece`` has: words outside quotation marks."""
    return len(_QUOTED.sub("", piece.partition(">")[0]).split())


def _parser() -> Any:
    from lxml import html as lxml_html

    return lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _depth(tree: Any) -> int:
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _article_text(tree: Any, decoded: Decoded, source: str) -> str:
    """The article, paragraphs apart by empty lines, items of a list on lines of their own."""
    import trafilatura

    try:
        found = trafilatura.extract(
            tree, favor_precision=True, include_comments=False, include_tables=False, output_format="txt"
        )
        if not found:
            _, found, _ = trafilatura.baseline(_FOREIGN_CONTROLS.sub("", decoded.text))
    except (RecursionError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableSource(f"{source} broke the extraction of its text: {error}") from error
    if not found:
        raise UnreadableSource(f"{source} shows no article text")
    return _spaced(repaired(found, "utf-8", source).text)


def _spaced(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    pieces = lines[:1]
    for line in lines[1:]:
        pieces.append(("\n" if line.startswith("- ") else "\n\n") + line)
    return "".join(pieces)
