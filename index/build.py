"""Index: drafts → articles → sentences and passages → catalogue (pending) → vectors → visible. Incremental.

Articles are gathered until they hold enough passages to embed well, then published together. A kill at any moment
leaves whole articles: those published, and those that the next writer finishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from index.catalog import Catalog, Prepared, Stored
from index.embedder import Embedder
from index.hidden import hidden_notes
from index.identity import article_id_of, sha256_of
from index.origins import FilesRead, record
from index.readers import Draft, ReadFailure
from index.recovery import OpenVectors, finish_pending
from index.report import FailedSource, IndexOptions, IndexReport, Progress, ProgressCallback
from index.sections import find_sections
from index.sentences import find_sentences
from index.split import split_passages
from index.types import Article

GROUP_CHARACTERS = 8_000_000  # of articles published together: bounds the memory


def prepare(draft: Draft, added_at: str) -> Prepared:
    """An article with its parts."""
    article_id = article_id_of(draft.source_key, draft.text)
    sections = find_sections(draft.text, headline_prefixed=draft.headline_prefixed)
    sentences = find_sentences(article_id, draft.text, sections)
    passages = split_passages(article_id, draft.text, sections, sentences)
    article = Article(
        article_id=article_id,
        source_key=draft.source_key,
        source=draft.source,
        text_sha256=sha256_of(draft.text),
        text=draft.text,
        headline=draft.headline,
        byline=draft.byline,
        publisher=draft.publisher,
        published=draft.published,
        url=draft.url,
        added_at=added_at,
        passages=len(passages),
        words=len(draft.text.split()),
    )
    return Prepared(article, sections, sentences, passages)


@dataclass(slots=True)
class Builder:
    """One indexing run over a catalogue. The caller holds the writer's lock."""

    catalog: Catalog
    embedder: Embedder
    open_vectors: OpenVectors
    progress: ProgressCallback | None = None
    should_stop: Callable[[], bool] | None = None
    total: int | None = None
    group_passages: int = IndexOptions().group_passages
    _group: list[Prepared] = field(default_factory=list)
    files: FilesRead = field(default_factory=FilesRead)  # what this run read
    _keys: set[str] = field(default_factory=set)  # those waiting in the group
    _failed: list[FailedSource] = field(default_factory=list)
    _older: dict[str, Draft] = field(default_factory=dict)
    _counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("added", "updated", "unchanged", "passages"), 0)
    )
    _notes: list[str] = field(default_factory=list)
    _read: int = 0
    _source: str = ""

    def run(self, results: Iterable[Draft | ReadFailure]) -> IndexReport:
        """Index every draft. Raises StoreDamaged, ModelUnavailable or VectorsUnavailable; what was published stays."""
        stopped = False
        for result in results:
            if self.should_stop and self.should_stop():
                stopped = True
                break
            self._read += 1
            self._source = result.source
            self.files.note(result)
            if isinstance(result, ReadFailure):
                self._failed.append(FailedSource(result.source, result.error))
            else:
                self._take(result)
            self._tell()
        if not stopped:
            for draft in list(self._older.values()):
                self._add(draft, self.catalog.current_at(draft.source_key))  # it went back to an earlier text
        self._publish()
        record(self.catalog, self.files)
        return IndexReport(**self._counts, failed=tuple(self._failed), stopped=stopped, notes=tuple(self._notes))

    def _take(self, draft: Draft) -> None:
        article_id = article_id_of(draft.source_key, draft.text)
        self._older.pop(draft.source_key, None)
        self._notes += [f"{draft.source}: {note}" for note in (*draft.notes, *hidden_notes(draft))]
        if draft.source_key in self._keys:
            self._publish()  # the same source twice in one run: in order
        stored = self.catalog.stored(article_id)
        if stored and stored.current:
            self._refresh(draft, stored)
        elif stored:
            self._older[draft.source_key] = draft  # unless a later text of this source follows in this run
        else:
            self._add(draft, self.catalog.current_at(draft.source_key))

    def _refresh(self, draft: Draft, stored: Stored) -> None:
        """The text is the same: only metadata may have changed. What was set by hand stays."""
        changes: dict[str, str | None] = {}
        for name in ("headline", "byline", "publisher", "published", "url"):
            value = getattr(draft, name)
            if value is not None and value != getattr(stored.header, name) and name not in stored.edited:
                changes[name] = value.isoformat() if isinstance(value, date) else value
        if changes:
            self.catalog.edit(stored.article_id, changes, by_hand=False)
        self._counts["updated" if changes else "unchanged"] += 1

    def _add(self, draft: Draft, before: Stored | None) -> None:
        edited = ""
        if before and "publisher" in before.edited:
            draft, edited = replace(draft, publisher=before.header.publisher), "publisher"  # still the same source
        prepared = replace(prepare(draft, datetime.now(UTC).isoformat(timespec="seconds")), edited=edited)
        if not prepared.passages:
            self._failed.append(FailedSource(draft.source, "it holds no text"))
            return
        self._counts["updated" if before else "added"] += 1
        self._counts["passages"] += len(prepared.passages)
        self._group.append(prepared)
        self._keys.add(draft.source_key)
        if (
            sum(len(item.passages) for item in self._group) >= self.group_passages
            or sum(len(item.article.text) for item in self._group) >= GROUP_CHARACTERS
        ):
            self._publish()

    def _publish(self) -> None:
        if not self._group:
            return
        self.catalog.add_pending(self._group)
        finish_pending(self.catalog, self.embedder, self.open_vectors, self._tell)
        self._group.clear()
        self._keys.clear()
        self._tell()

    def _tell(self, embedded: int = 0) -> None:
        """Report progress; ``embedded`` passages of the group are done."""
        if self.progress is None:
            return
        passages = sum(len(item.passages) for item in self._group)
        waiting = round(len(self._group) * (1 - embedded / passages)) if passages else 0
        done = self._counts["added"] + self._counts["updated"] - waiting
        embedded += self._counts["passages"] - passages
        self.progress(Progress(self._source, self._read - waiting, self.total, done, embedded))


def remove_articles(
    catalog: Catalog, article_ids: Sequence[str], open_vectors: OpenVectors, *, purge: bool = False
) -> None:
    """Delete versions for good: first from what is searched, then from the vector store. ``purge``: more follows."""
    passage_ids = catalog.passages_of_articles(article_ids)
    store = open_vectors()
    catalog.forget(article_ids, purge=purge)
    store.delete(passage_ids)
