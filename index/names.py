"""Which article a name means: an id, a path, a file name, a stem, a publisher. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

from index.errors import AmbiguousSource, UnknownSource
from index.types import ArticleHeader, Sources

_ID_PREFIX = re.compile(r"[0-9a-f]{8,16}")
SHOWN = 6  # articles that an error lists


def resolve_name(
    name: str, current: Sequence[ArticleHeader], by_id: Callable[[str], Sequence[ArticleHeader]]
) -> ArticleHeader:
    """The article that ``name`` means.

    Tried in this order, each first as written and then ignoring case: an id or a prefix of it (8 or more, older
    versions too: ``by_id``), the source or source key, the file name, its stem, its stem up to the first ``_``, the
    publisher, what answers call it ("Article 000", "Coast Radio (2024-05-01)"). The first that matches decides.

    Raises UnknownSource, or AmbiguousSource with the candidates.
    """
    wanted = name.strip()
    if _ID_PREFIX.fullmatch(wanted.lower()):
        found = by_id(wanted.lower())
        if found:
            return _only(wanted, found)
    for names_of in (_sources, _file_names, _stems, _short_stems, _publishers, _told_names):
        for fold in (str, str.casefold):
            found = [header for header in current if fold(wanted) in map(fold, names_of(header))]
            if found:
                return _only(wanted, found)
    raise UnknownSource(f"no article is called {name!r}{_known(current)}", "claimdesk sources")


def current_ids(names: Iterable[str], sources: Sources) -> frozenset[str]:
    """The ids of the articles that ``names`` mean, to search in.

    Raises UnknownSource, AmbiguousSource; UnknownSource too for an older version, which is not searched: it names the
    current one.
    """
    found = [sources.find_article(name) for name in names]
    current = {header.source_key: header.article_id for header in sources.headers()} if found else {}
    for header in found:
        newest = current.get(header.source_key, "")
        if newest != header.article_id:
            raise UnknownSource(
                f"{header.article_id} is an older version of {header.source}, kept to be read and cited; "
                f"the current one is {newest}",
                f"--source {newest[:8]}",
            )
    return frozenset(header.article_id for header in found)


def _sources(header: ArticleHeader) -> Iterator[str]:
    yield header.source
    yield header.source_key
    if header.url:
        yield header.url


def _file_names(header: ArticleHeader) -> Iterator[str]:
    yield PurePath(header.source.rstrip("/")).name


def _stems(header: ArticleHeader) -> Iterator[str]:
    for name in _file_names(header):
        yield name.split(".")[0] if not name.startswith(".") else name
        yield PurePath(name).stem


def _short_stems(header: ArticleHeader) -> Iterator[str]:
    for stem in _stems(header):
        if "_" in stem.strip("_"):
            yield stem.split("_")[0]


def _publishers(header: ArticleHeader) -> Iterator[str]:
    if header.publisher:
        yield header.publisher


def _told_names(header: ArticleHeader) -> Iterator[str]:
    """As answers, tables and reports call an article."""
    yield f"Article {header.article_id[:8]}"
    for stem in (*_stems(header), *_short_stems(header)):
        yield f"Article {stem}"
    host = (urlsplit(header.source).hostname or "").removeprefix("www.")
    if host:
        yield host
    if header.published:
        for outlet in filter(None, (header.publisher, host)):
            yield f"{outlet} ({header.published.isoformat()})"


def _only(name: str, found: Sequence[ArticleHeader]) -> ArticleHeader:
    if len(found) == 1:
        return found[0]
    raise AmbiguousSource(f"{name!r} may mean {_listed(found)}", "name it by its id: claimdesk sources")


def _known(current: Sequence[ArticleHeader]) -> str:
    if not current:
        return ": nothing is indexed"
    return f": there are {_some([next(_file_names(header)) or header.source for header in current])}"


def _listed(headers: Sequence[ArticleHeader]) -> str:
    return _some([f"{header.article_id[:8]} ({header.source})" for header in headers])


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"
