"""What a web page says of itself: JSON-LD first, then OpenGraph and meta tags, then what it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from index.readers.base import one_line, web_address
from index.readers.dates import parse_published

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "ClaimReview")
_MOST_OBJECTS = 2_000  # of JSON-LD in one page
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "sailthru.date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """Each part is None where the page is silent or contradicts itself beyond repair."""

    headline: str | None
    byline: str | None
    publisher: str | None
    published: date | None
    url: str | None
    notes: tuple[str, ...]


def read_metadata(tree: Any, today: date) -> PageMetadata:
    """The metadata of one parsed page (an lxml tree). What cannot be believed is left out with a note."""
    linked, tags = _json_ld(tree), _meta_tags(tree)
    notes: list[str] = []
    canonical = _attribute(tree, "//link[@rel='canonical']/@href")
    url = web_address(canonical) or web_address(tags.get("og:url")) or web_address(_text(linked.get("url")))
    return PageMetadata(
        headline=one_line(_text(linked.get("headline")) or tags.get("og:title") or _heading(tree)),
        byline=_byline(linked, tags),
        publisher=_publisher(linked, tags, url, notes),
        published=_published(linked, tags, tree, today, notes),
        url=url,
        notes=tuple(notes),
    )


def _publisher(linked: Mapping[str, Any], tags: Mapping[str, str], url: str | None, notes: list[str]) -> str | None:
    """The outlet. Where the page names two, neither is more than a claim: the first is kept and the other noted."""
    claimed = [name for name in (one_line(_name(linked.get("publisher"))), one_line(tags.get("og:site_name"))) if name]
    if len(claimed) == 2 and not _alike(*claimed):
        notes.append(f"the page names two publishers, {claimed[0]!r} and {claimed[1]!r}")
    hosts = {urlsplit(address).hostname for address in (url, web_address(tags.get("og:url"))) if address}
    if len(hosts) == 2:
        notes.append(f"the page names two hosts as its own: {', '.join(sorted(str(host) for host in hosts))}")
    return claimed[0] if claimed else None


def _published(
    linked: Mapping[str, Any], tags: Mapping[str, str], tree: Any, today: date, notes: list[str]
) -> date | None:
    shown = _attribute(tree, "//time[@datetime and (@itemprop='datePublished' or @pubdate)]/@datetime")
    for written in (_text(linked.get("datePublished")), *(tags.get(name) for name in _PUBLISHED), shown):
        if not written:
            continue
        try:
            day = parse_published(written)
        except (ValueError, OverflowError, OSError):
            continue
        if day > today + timedelta(days=1):
            notes.append(f"date of publication {day} lies in the future: left out")
            return None
        return day
    return None


def _byline(linked: Mapping[str, Any], tags: Mapping[str, str]) -> str | None:
    authors = linked.get("author")
    names = [one_line(_name(author)) for author in (authors if isinstance(authors, list) else [authors])]
    found = list(dict.fromkeys(name for name in names if name and web_address(name) is None))
    if found:
        return ", ".join(found)
    for tag in ("author", "article:author", "byl", "parsely-author", "dc.creator"):
        name = one_line(tags.get(tag))
        if name and web_address(name) is None:
            return name.removeprefix("By ").removeprefix("by ")
    return None


def _json_ld(tree: Any) -> Mapping[str, Any]:
    """The first object that describes an article; empty when there is none."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # many pages hold broken JSON-LD; the tags still speak
        for found in _objects(data):
            kinds = found.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).endswith(_ARTICLE_TYPES) for kind in kinds):
                return found
    return {}


def _objects(data: object) -> Iterator[Mapping[str, Any]]:
    queue = [data]
    for _ in range(_MOST_OBJECTS):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue += item[:_MOST_OBJECTS]
        elif isinstance(item, dict):
            yield item
            queue += [item[key] for key in ("@graph", "mainEntity") if key in item]


def _meta_tags(tree: Any) -> Mapping[str, str]:
    tags: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        tags.setdefault(name.lower(), meta.get("content"))
    return tags


def _heading(tree: Any) -> str | None:
    headings = [one_line(heading.text_content()) for heading in tree.xpath("//h1")]
    shown = [heading for heading in headings if heading]
    return shown[0] if len(shown) == 1 else one_line(tree.findtext(".//title"))


def _attribute(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return str(found[0]) if found else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _alike(one: str, other: str) -> bool:
    """ "The Post" and "post" are one outlet, and so is a name that holds the other."""
    first, second = ("".join(filter(str.isalnum, name.lower().removeprefix("the "))) for name in (one, other))
    return first in second or second in first
