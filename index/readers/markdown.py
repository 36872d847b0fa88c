"""Markdown: what a reader would see, as plain text. Front matter becomes metadata; comments and images go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from index.readers.base import Draft, Origin, ReadFailure, ReadOptions, one_line, read_whole, require_words
from index.readers.decode import decode
from index.readers.jsonl import draft_of_row

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_ENDS_BY = 20_000  # characters
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)


class MarkdownReader:
    """.md with or without front matter (title, author, date, publisher, url)."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, stream: BinaryIO, origin: Origin, options: ReadOptions) -> Iterator[Draft | ReadFailure]:
        """One draft. Raises UnreadableSource."""
        decoded = decode(read_whole(stream, origin, options.max_article_bytes), origin.source)
        fields, body = _front_matter(decoded.text)
        first_heading, text = plain_text(body)
        require_words(text, origin.source)
        row = {**fields, "text": text, "title": fields.get("title") or fields.get("headline") or first_heading}
        draft = draft_of_row(row, origin, origin.source)
        yield Draft(
            text=draft.text,
            source_key=origin.source_key,
            source=origin.source,
            headline_prefixed=draft.headline_prefixed,
            headline=draft.headline,
            byline=draft.byline,
            publisher=draft.publisher,
            published=draft.published,
            url=draft.url,
            encoding=decoded.encoding,
            notes=decoded.notes + draft.notes,
        )


def plain_text(markdown: str) -> tuple[str | None, str]:
    """The heading that opens the document, if one does, and all of it as plain text, paragraphs set apart."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    heading = None
    if len(tokens) > 1 and tokens[0].type == "heading_open":
        heading = one_line(_inline(tokens[1].children or []))
    return heading, _blocks(tokens)


def _blocks(tokens: Sequence[Token]) -> str:
    pieces: list[str] = []
    lists: list[int | None] = []  # the next number of each open list, None in a bulleted one
    marker = ""
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            marker = "- " if number is None else f"{number}. "
            lists[-1] = None if number is None else number + 1
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            shown = _shown(token)
            if shown:
                gap = "\n" if marker and pieces else "\n\n" if pieces else ""
                pieces.append(f"{gap}{marker}{shown}")
                marker = ""
    return "".join(pieces)


def _shown(token: Token) -> str:
    if token.type == "inline":
        return _inline(token.children or []).strip()
    if token.type == "html_block":
        return _TAG.sub("", token.content).strip()
    return token.content.strip("\n")


def _inline(tokens: Sequence[Token]) -> str:
    shown = {"text": None, "code_inline": None, "text_special": None, "softbreak": " ", "hardbreak": "\n"}
    return "".join(shown[token.type] or token.content for token in tokens if token.type in shown)


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    import yaml

    found = _FRONT_MATTER.match(text, 0, _FRONT_MATTER_ENDS_BY)
    if found is None:
        return {}, text
    try:
        fields = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text  # a rule between two lines of dashes is text, too
    if not isinstance(fields, dict):
        return {}, text
    return {str(key).lower(): _plain(value) for key, value in fields.items()}, text[found.end() :]


def _plain(value: object) -> object:
    """YAML reads dates by itself; readers take strings."""
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
