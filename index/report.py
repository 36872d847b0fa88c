"""What an indexing run was asked for, how far it is, and what came of it. No behaviour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """Metadata that the user sets for all inputs of one run; None leaves what the article itself says."""

    publisher: str | None = None
    published: date | None = None
    headline: str | None = None
    prune: bool = False  # also forget indexed files of these folders that are gone
    group_passages: int = 2_048  # published together: enough to sort by length, little to do again after a kill


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands."""

    source: str  # the one just read
    read: int  # inputs dealt with so far: embedded, unchanged or failed
    total: int | None  # inputs in all; None while it is not known
    articles: int  # added or updated so far, those being embedded left out
    passages: int  # embedded so far


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class FailedSource:
    """An input that did not become an article, and why."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did. ``passages`` counts those of the articles added and updated."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    passages: int = 0
    failed: tuple[FailedSource, ...] = ()
    stopped: bool = False  # asked to stop before the end; what was reported is searchable
    notes: tuple[str, ...] = ()  # what was recovered or rebuilt on the way
