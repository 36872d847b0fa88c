"""The one service object behind every door: command line, Python, web page, chat and tools all call these verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

from assistant.ask import answer_question, one_line
from assistant.compare import compare_topic
from assistant.listener import NOBODY, Listener, while_waited
from assistant.quotes import audit_draft
from assistant.terms import Terms, find_terms
from assistant.types import Answer, AuditedQuote, Comparison, Scope, Turn, Verification
from assistant.verify import verify_text
from assistant.wiring import Parts
from index import (
    Article,
    ArticleHeader,
    Diagnosis,
    EmptyCollection,
    FloatMatrix,
    Hit,
    IndexOptions,
    IndexReport,
    Progress,
    Revision,
    SearchFilter,
    Section,
    Sentence,
    Sources,
    current_ids,
)

EVERYTHING = Scope()


class Assistant:
    """Ask, verify, compare and audit quotations over one collection of articles.

    Use it as a context manager, or call ``close``. Every verb raises AssistantError or IndexingError for what the
    user can mend, EmptyCollection when nothing is indexed yet.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @classmethod
    def open(cls, home: Path | None = None, *, readonly: bool = True, chroma_url: str | None = None) -> Assistant:
        """The assistant over the collection in ``home`` (CLAIMDESK_HOME, or the platform's data folder, when None).

        ``readonly`` (the default) takes no writer's lock; ``index``, ``edit`` and ``remove`` need ``readonly=False``.
        ``chroma_url``: the Chroma server that holds the vectors; None leaves it to the home's configuration.
        """
        return cls(Parts(home, readonly=readonly, chroma_url=chroma_url))

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._parts.close()

    @property
    def notes(self) -> Sequence[str]:
        """What became of the files of caches, in plain words, when something did: answers are not affected."""
        return self._parts.notes

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One request: all verbs inside see the articles as they are now, whatever is indexed meanwhile.

        Whoever looks up what a result names does it inside too. Threads that share an assistant take turns.
        """
        with self._parts.collection.reading():
            yield

    # Questions

    def ask(
        self,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        history: Sequence[Turn] = (),
        model: str | None = None,
        listener: Listener = NOBODY,
    ) -> Answer:
        """Answer ``question`` from the articles. ``model`` ("provider:name") may phrase it; its text is checked.

        ``model`` None is the one that is configured, "extractive" none. ``listener`` hears the model's sentences.
        """
        parts = self._parts
        with self.reading():
            self._require_articles()
            answer = answer_question(
                question,
                sources=parts.sources,
                reader=parts.reader,
                verifier=while_waited(parts.verifier, listener),
                scope=scope,
                history=history,
                phrase_with=parts.chat_model(model),
                listener=listener,
            )
            return replace(answer, degraded=self.degraded)

    def verify(self, text: str, *, scope: Scope = EVERYTHING, listener: Listener = NOBODY) -> Verification:
        """Judge each claim of ``text`` against every source. Raises Gone once ``listener`` no longer waits."""
        parts = self._parts
        with self.reading():
            self._require_articles()
            found = verify_text(
                text,
                sources=parts.collection,
                reader=parts.reader,
                verifier=parts.verifier,
                differing=parts.differing,
                scope=scope,
                listener=listener,
            )
            return replace(found, degraded=self.degraded)

    def compare(self, topic: str, *, scope: Scope = EVERYTHING) -> Comparison:
        """How each source words ``topic``.

        Raises BadInput for one that is longer than a question may be, VerifierUnavailable.
        """
        topic = one_line(topic, "topic")
        with self.reading():
            self._require_articles()
            parts = self._parts
            found = compare_topic(
                topic, sources=parts.collection, reader=parts.reader, differing=parts.differing, scope=scope
            )
            return replace(found, degraded=self.degraded)

    def terms(self, topic: str = "", *, scope: Scope = EVERYTHING) -> Terms:
        """Which sources call what by which name, and how often; of everything they tell when ``topic`` is empty.

        Raises BadInput for a topic that is longer than a question may be, VerifierUnavailable.
        """
        topic = one_line(topic, "topic")
        with self.reading():
            self._require_articles()
            parts = self._parts
            return find_terms(
                topic, sources=parts.collection, reader=parts.reader, differing=parts.differing, scope=scope
            )

    def audit_quotes(self, draft: str, *, listener: Listener = NOBODY) -> list[AuditedQuote]:
        """Every quotation of ``draft`` in order, with where its words stand. Raises Gone when nobody waits."""
        with self.reading():
            self._require_articles()
            return audit_draft(draft, sources=self._parts.collection, reader=self._parts.reader, listener=listener)

    def explain(self, question: str, *, scope: Scope = EVERYTHING) -> Sequence[Hit]:
        """The passages that a search for ``question`` finds, best first."""
        with self.reading():
            return self._parts.collection.search(question, within=self.filter_of(scope))

    @property
    def degraded(self) -> str | None:
        """Why this request (or the last one) searched by keyword alone; None when by meaning too."""
        return self._parts.collection.degraded

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        """Unit rows of the collection's embedder, same order."""
        return self._parts.collection.embed(texts)

    def filter_of(self, scope: Scope) -> SearchFilter:
        """``scope`` as the index understands it. Raises UnknownSource or AmbiguousSource for a name in it."""
        ids = current_ids(scope.names, self._parts.collection)
        until = min((day for day in (scope.until, scope.as_of) if day), default=None)
        return SearchFilter(article_ids=ids or None, since=scope.since, until=until)

    def phrasing_model(self, named: str | None) -> str | None:
        """The language model that answers are sent to when ``named`` is asked for; None: nothing is sent anywhere."""
        name = self._parts.config.chat_model if named is None else named
        return None if name in ("", "extractive") else name

    def models(self, *, chat: str | None = None) -> Mapping[str, str | None]:
        """The names of the embedder, the verifier and the chat model (None: answers are extractive)."""
        parts = self._parts
        return {"embedder": parts.embedder_name, "verifier": parts.verifier.verifier_id, "chat": chat}

    # Articles

    @property
    def sources(self) -> Sources:
        """The articles as the engines read them."""
        return self._parts.collection

    def headers(self) -> Sequence[ArticleHeader]:
        """All current articles in order of entry."""
        return self._parts.collection.headers()

    def known(self) -> Mapping[str, ArticleHeader]:
        """All current articles by id."""
        return {header.article_id: header for header in self.headers()}

    def article(self, name: str) -> Article:
        """One article by any of its names, or an older version by its full id."""
        return self._parts.collection.article(self._parts.collection.find_article(name).article_id)

    def versions(self, name: str) -> Sequence[ArticleHeader]:
        """All versions of one source, oldest first."""
        return self._parts.collection.versions(name)

    def revisions(self, name: str) -> Sequence[Revision]:
        """What changed from each version of one source to the next, oldest first."""
        return self._parts.collection.revisions(name)

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        return self._parts.collection.sentences(article_id)

    def sections(self, article_id: str) -> Sequence[Section]:
        return self._parts.collection.sections(article_id)

    def index(
        self,
        inputs: Sequence[str],
        *,
        publisher: str | None = None,
        published: date | None = None,
        headline: str | None = None,
        prune: bool = False,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> IndexReport:
        """Read files, folders, globs or ``-`` (stdin) into the collection; only what changed is read again.

        ``should_stop`` is asked before every input: what was read until then can be searched, and the run ends.
        """
        options = IndexOptions(publisher=publisher, published=published, headline=headline, prune=prune)
        return self._parts.collection.index(inputs, options, progress=progress, should_stop=should_stop)

    def edit(
        self, name: str, *, publisher: str | None = None, published: date | None = None, headline: str | None = None
    ) -> ArticleHeader:
        """Set what is known of an article; None leaves a field as it is, an empty text takes it away."""
        return self._parts.collection.edit(name, publisher=publisher, published=published, headline=headline)

    def remove(self, name: str, *, purge: bool = False) -> ArticleHeader:
        """Take an article out with all its versions; ``purge`` wipes its text from every file of the home too."""
        collection = self._parts.collection
        if purge:
            versions = collection.versions(name)
            texts = [collection.article(version.article_id).text for version in versions]
            self._parts.wipe_conversations([version.article_id for version in versions], texts)
        return collection.remove(name, purge=purge)

    def _require_articles(self) -> None:
        if not self._parts.collection.headers():
            raise EmptyCollection("no articles are indexed yet", "claimdesk index FOLDER")


def diagnose(home: Path | None = None, *, repair: bool = False, chroma_url: str | None = None) -> Diagnosis:
    """Examine the collection in ``home``, after mending it when ``repair``.

    It stands outside ``Assistant``: a damaged collection cannot be opened. Raises EmptyCollection, StoreBusy.
    """
    return Parts(home, chroma_url=chroma_url).diagnose(repair=repair)
