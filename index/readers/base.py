"""What every reader takes and gives. A reader turns one stream of bytes into drafts of articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import BinaryIO, Protocol

from index.errors import UnreadableSource

MAX_ARTICLE_BYTES = 10_000_000  # one article; a long novel has 3 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as read: its text and what the source says about itself. Nothing is guessed."""

    text: str  # Article.text: newlines normalised, headline prefixed where it stood outside
    source_key: str  # resolved path, or URL, or path and id
    source: str  # as given; for a line of a .jsonl file its url or id
    headline_prefixed: bool = False  # for find_sections
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None  # http(s) only
    encoding: str = "utf-8"
    file: str = ""  # resolved path of the file that it stands in; empty for stdin
    notes: tuple[str, ...] = ()  # what a user should know: repairs, doubtful metadata


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file or line that became no article, and why."""

    source: str
    error: str
    file: str = ""  # resolved path of the file, when it could be found


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user said about all the inputs of one run; it overrides what a source says of itself."""

    publisher: str | None = None
    published: date | None = None
    headline: str | None = None
    max_article_bytes: int = MAX_ARTICLE_BYTES
    today: date = field(default_factory=_today)  # a date of publication after tomorrow is not believed
    stdin: BinaryIO | None = None  # None: the process's own


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stream comes from."""

    source: str
    source_key: str
    name: str  # file name, "" for stdin


class Reader(Protocol):
    """One format. Registered under the entry-point group ``claimdesk.readers``."""

    suffixes: tuple[str, ...]  # lower case, with the dot: (".txt",)

    def read(self, stream: BinaryIO, origin: Origin, options: ReadOptions) -> Iterator[Draft | ReadFailure]:
        """Drafts in order. Raises UnreadableSource when the stream cannot be read on, OSError as the stream does."""
        ...


def read_whole(stream: BinaryIO, origin: Origin, limit: int) -> bytes:
    """All bytes of a stream that holds one article. Raises UnreadableSource above ``limit`` bytes or when empty."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableSource(
            f"{origin.source} has more than {limit / 1e6:.0f} MB, too much for one article: split it"
        )
    if not data:
        raise UnreadableSource(f"{origin.source} is empty")
    return data


def require_words(text: str, source: str) -> None:
    """Raises UnreadableSource when ``text`` shows no letter or digit."""
    if not any(map(str.isalnum, text)):
        raise UnreadableSource(f"{source} holds no words: nothing to index")


def one_line(value: str | None) -> str | None:
    """White space collapsed; None for what shows nothing."""
    return (" ".join(value.split()) or None) if value else None


def web_address(value: str | None) -> str | None:
    """``value`` when it is an http(s) address without user name and white space, else None."""
    if not value:
        return None
    value = value.strip()
    scheme, separator, rest = value.partition("://")
    if scheme.lower() not in ("http", "https") or not separator or any(map(str.isspace, value)):
        return None
    host = rest.split("/", 1)[0]
    return value if host and "@" not in host and len(value) <= 2_000 else None
