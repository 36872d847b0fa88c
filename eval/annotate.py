"""Blind annotations of how several outlets tell one event: URL and exact words in, offsets and hashes out.

An annotation names two stretches of text by URL, code points and SHA-256; it never holds the words of an article.
This module chooses the events, finds words in articles, and checks committed rows against the articles under
$CLAIMDESK_DATA. eval/annotate_notes.py reads an annotator's private notes (which do quote); scoring lives in
eval/wording_scores.py; the method in docs/wording_annotations.md.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

EVENT_SETS = {"events_open": 22, "basil_open": 8}  # file stem under news/, events annotated of it
WORDS_AT_LEAST = 100  # a shorter text is a teaser, not a telling
WORDS_AT_MOST = 1100
SECOND_READER_EVENTS = 5  # of each split

KINDS = frozenset(
    {
        "wording",
        "quantity",
        "qualifier",
        "scope",
        "attribution",
        "quotation",
        "modality",
        "negation",
        "time",
        "headline_body",
        "opinion",
    }
)

# One character each way, so that offsets in the folded text are offsets in the article.
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " ", "\n": " "})

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9@#])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|St|Jr|Sr|No|vs|Inc|Corp|Co"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Wisc|Va|Md|Mass|Conn|Ark|Calif|Fla|Ill|Tenn)\.)$"
)


class AnnotationError(ValueError):
    """Notes or rows that do not fit the articles. The message names the event, the place and what to correct."""


class Label(StrEnum):
    """What a row says of its two stretches of text."""

    DIFFERENCE = "difference"  # a careful fact-checker would defend it: it counts for recall
    OPTIONAL = "optional"  # defensible, minor: reporting it is neither right nor wrong
    AGREEMENT = "agreement"  # the same thing in the same or other words: reporting it is wrong
    LOOK_ALIKE = "look_alike"  # looks like a difference of `kind`, is none: reporting it is wrong


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of an event as the index would hold it: ``text`` is headline, blank line, body."""

    url: str
    publisher: str
    headline: str
    text: str

    @property
    def text_sha256(self) -> str:
        return sha256(self.text)


@dataclass(frozen=True, slots=True)
class Event:
    """One event and those of its tellings that are annotated; ``tellings`` keeps the data set's order."""

    event_id: str
    event_set: str
    topic: str  # the neutral headline or main event: what `compare` is asked
    tellings: Sequence[Telling]
    positions: Sequence[int]  # of the tellings among all articles of the event, counted from 0


def sha256(text: str) -> str:
    """SHA-256 of ``text`` in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def article_text(headline: str, body: str) -> str:
    """``Article.text`` of a JSONL article: headline, two newlines, body; CRLF and CR become LF.

    A body that begins with the headline's own line loses it, as when the index reads it: no headline stands twice.
    """
    headline, body = (part.replace("\r\n", "\n").replace("\r", "\n") for part in (headline, body))
    first, _, rest = body.lstrip().partition("\n")
    if " ".join(first.split()) == headline and rest.strip():
        body = rest.lstrip()
    return f"{headline}\n\n{body}"


def read_events(path: Path) -> Iterator[Event]:
    """All events of one data file (``.jsonl.gz``) that have at least two tellings of full length, in file order.

    Raises OSError when the file can't be read, KeyError when a row lacks a field.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            event = event_of(json.loads(line), path.name.split(".")[0])
            if len(event.tellings) >= 2:
                yield event


def event_of(row: Mapping[str, Any], event_set: str) -> Event:
    """One row of the data set, with only the tellings of 100 to 1,100 words."""
    kept: list[tuple[int, Telling]] = []
    for position, article in enumerate(row["articles"]):
        # BASIL comes as sentences: each becomes a paragraph of its own.
        body = article["text"] if "text" in article else "\n\n".join(s["text"] for s in article["sentences"])
        if WORDS_AT_LEAST <= len(body.split()) <= WORDS_AT_MOST:
            text = article_text(article["title"], body)
            kept.append((position, Telling(article["url"], article["source"], article["title"], text)))
    topic = row.get("neutral_title") or row["main_event"]
    return Event(row["event_id"], event_set, topic, [t for _, t in kept], [p for p, _ in kept])


def chosen(events: Sequence[Event], count: int) -> list[Event]:
    """The fixed rule: the ``count`` events whose id has the lowest SHA-256. Raises AnnotationError when too few."""
    if len(events) < count:
        raise AnnotationError(f"{len(events)} events have two full tellings, {count} are wanted")
    return sorted(events, key=lambda event: sha256(event.event_id))[:count]


def chosen_from(data: Path) -> list[Event]:
    """The annotated events of both sets under ``data`` ($CLAIMDESK_DATA), in the order of the rule."""
    return [
        event
        for event_set, count in EVENT_SETS.items()
        for event in chosen(list(read_events(data / "news" / f"{event_set}.jsonl.gz")), count)
    ]


def articles_jsonl(event: Event) -> str:
    """The event as `claimdesk index` reads it: one JSON object an article, in order; texts come out as annotated."""
    rows = (
        {"url": t.url, "title": t.headline, "publisher": t.publisher, "text": t.text[len(t.headline) + 2 :]}
        for t in event.tellings
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def splits(event_ids: Sequence[str]) -> dict[str, str]:
    """``development`` or ``reported`` for every event: the lower half by SHA-256 of ``split:<id>`` is development."""
    order = sorted(event_ids, key=lambda event_id: sha256(f"split:{event_id}"))
    half = len(order) // 2
    return {event_id: "development" if n < half else "reported" for n, event_id in enumerate(order)}


def second_reader(split_of: Mapping[str, str]) -> frozenset[str]:
    """Events that a second reader annotates too: of each split the five lowest by SHA-256 of ``second:<id>``."""
    picked: set[str] = set()
    for split in sorted(set(split_of.values())):
        members = [event_id for event_id, name in split_of.items() if name == split]
        picked.update(sorted(members, key=lambda event_id: sha256(f"second:{event_id}"))[:SECOND_READER_EVENTS])
    return frozenset(picked)


def locate(text: str, quote: str, within: str | None = None, nth: int | None = None) -> tuple[int, int]:
    """Where ``quote`` stands in ``text``: (start, end) in code points. Typography is folded, case is not.

    Words that occur more than once need ``within``, a longer stretch that holds them, or ``nth``, counted from 1.
    Raises AnnotationError unless there is exactly one such place.

    >>> locate("She said “no”. He said “no”.", '"no"', within='He said "no"')
    (23, 27)
    """
    if within is not None:
        outer, _ = locate(text, within, nth=nth)
        inner, end = locate(within, quote)
        return outer + inner, outer + end
    folded, wanted = text.translate(_FOLD), quote.translate(_FOLD)
    places = [found.start() for found in re.finditer(re.escape(wanted), folded)] if wanted else []
    if len(places) < (nth or 1):
        raise AnnotationError(f"not (so often) in the article: {quote!r}")
    if nth is None and len(places) > 1:
        raise AnnotationError(f"{len(places)} times in the article, give a longer stretch round it: {quote!r}")
    start = places[(nth or 1) - 1]
    return start, start + len(wanted)


def sentence_round(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence (or headline, or run of sentences) of ``text`` that holds ``[start, end)``, without outer space.

    Plain rules on purpose: the gold must not move when the product's splitter does.
    """
    breaks = [0]
    for found in _SENTENCE_END.finditer(text):
        words = text[max(0, found.start() - 12) : found.start() + 1]
        if "\n" in found.group() or not _ABBREVIATION.search(words):
            breaks.append(found.end())
    breaks.append(len(text))
    held = [(a, b) for a, b in pairwise(breaks) if a < end and start < b]
    first, last = held[0][0], held[-1][1]
    stretch = text[first:last]
    return first + len(stretch) - len(stretch.lstrip()), last - (len(stretch) - len(stretch.rstrip()))


def side_of(telling: Telling, quote: str, within: str | None = None, nth: int | None = None) -> dict[str, Any]:
    """One side of a row: where the words stand, and hashes instead of the words. Raises AnnotationError."""
    start, end = locate(telling.text, quote, within, nth)
    sentence_start, sentence_end = sentence_round(telling.text, start, end)
    return {
        "url": telling.url,
        "text_sha256": telling.text_sha256,
        "start": start,
        "end": end,
        "quote_sha256": sha256(telling.text[start:end]),
        "sentence_start": sentence_start,
        "sentence_end": sentence_end,
    }


def problems(rows: Sequence[Mapping[str, Any]], tellings: Mapping[str, Telling]) -> list[str]:
    """What is wrong with committed rows, one line each; empty when every hash and offset fits the articles by URL."""
    found: list[str] = []
    seen: set[str] = set()
    for row in rows:
        name = str(row["row_id"])
        if name in seen:
            found.append(f"{name}: the row id occurs twice")
        seen.add(name)
        if row["label"] not in set(Label):
            found.append(f"{name}: unknown label {row['label']!r}")
        if (row["kind"] not in KINDS) and not (row["kind"] is None and row["label"] == Label.AGREEMENT):
            found.append(f"{name}: unknown kind {row['kind']!r}")
        sides = (row["left"], row["right"])
        for side in sides:
            found += [f"{name}: {why}" for why in _side_problems(side, tellings)]
        if (sides[0]["url"] == sides[1]["url"]) != (row["kind"] == "headline_body"):
            found.append(f"{name}: headline_body, and nothing else, compares an article with itself")
    return found


def _side_problems(side: Mapping[str, Any], tellings: Mapping[str, Telling]) -> list[str]:
    telling = tellings.get(side["url"])
    if telling is None:
        return [f"no such article: {side['url']}"]
    if telling.text_sha256 != side["text_sha256"]:
        return [f"the text of {side['url']} has changed"]
    start, end = side["start"], side["end"]
    found: list[str] = []
    if not side["sentence_start"] <= start < end <= side["sentence_end"] <= len(telling.text):
        found.append(f"offsets {start}-{end} do not lie in their sentence or text")
    if sha256(telling.text[start:end]) != side["quote_sha256"]:
        found.append(f"the words at {start}-{end} are not those annotated")
    return found


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of an annotation file (JSONL), in order. Raises OSError, or json.JSONDecodeError on a broken line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
