"""Vectors in Chroma, in a folder or behind a URL: the only file that imports chromadb.

Passage ids, article ids and vectors stand here, no text: what is quoted is always read from store.db, and what is
deleted there leaves no words behind. Vectors are always passed in, so Chroma never runs an embedding function.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from index.errors import VectorsUnavailable
from index.stores.base import Neighbour, VectorRows
from index.types import FloatMatrix

BATCH_IN_FOLDER = 5_000  # records a write; Chroma's own limit is 5,461
BATCH_OVER_HTTP = 300  # the limit of Chroma's hosted engine
PAGE = 5_000  # ids a read
RETRIES = 3
FIRST_WAIT = 0.2  # seconds; doubles with every retry
TIMEOUT = 30.0  # seconds a request may take; no further attempt begins when so many have passed

Result = TypeVar("Result")


def collection_name(home_id: str, fingerprint: str) -> str:
    """One collection for each home and embedding model: 3–63 characters of those that Chroma allows."""
    model = (
        "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in fingerprint.lower())[:24].strip(
            "-"
        )
        or "model"
    )
    return f"claimdesk-{home_id[:12]}-{model}"


class ChromaStore:
    """One Chroma collection. Open it with ``in_folder`` or ``at_url``."""

    name = "chroma"

    def __init__(self, client: Any, collection: str, *, batch: int, retries: int, patience: float = TIMEOUT) -> None:
        self._client = client
        self._name = collection
        self._batch = batch
        self._retries = retries
        self._patience = patience  # seconds
        self._guard = threading.RLock()  # the client must not be closed under a query of another thread
        self._closed = False
        self._collection = self._attempt(lambda: self._get_or_create())

    @classmethod
    def in_folder(cls, folder: Path, collection: str) -> ChromaStore:
        """Open or create the collection in a folder. Raises VectorsUnavailable.

        Two processes must never write to one folder; a folder that may be torn must be probed first (probe.py).
        """
        import chromadb

        folder.mkdir(parents=True, exist_ok=True)
        try:
            client = chromadb.PersistentClient(str(folder), settings=_settings())
        except (chromadb.errors.ChromaError, ValueError, AttributeError) as error:
            # AttributeError: chromadb trips over its own clean-up when the folder's database cannot be opened.
            raise VectorsUnavailable(
                f"the vector index {folder} cannot be opened: {error}", "check the disk's free space, then run it again"
            ) from error
        return cls(client, collection, batch=BATCH_IN_FOLDER, retries=0)

    @classmethod
    def at_url(cls, url: str, collection: str, *, retries: int = RETRIES, timeout: float = TIMEOUT) -> ChromaStore:
        """Open or create the collection on a Chroma server. Raises VectorsUnavailable after bounded retries."""
        client = _retried(lambda: _connect(url, timeout), retries, url, timeout)
        return cls(client, collection, batch=BATCH_OVER_HTTP, retries=retries, patience=timeout)

    def upsert(self, rows: VectorRows) -> None:
        """Write in batches, each retried on its own: an id written twice stays one record."""
        for start in range(0, len(rows), self._batch):
            part = slice(start, start + self._batch)
            self._attempt(
                lambda part=part: self._collection.upsert(  # type: ignore[misc]
                    ids=list(rows.passage_ids[part]),
                    embeddings=rows.vectors[part],
                    metadatas=[{"article_id": article_id} for article_id in rows.article_ids[part]],
                )
            )

    def delete(self, passage_ids: Sequence[str]) -> None:
        for start in range(0, len(passage_ids), self._batch):
            ids = list(passage_ids[start : start + self._batch])
            self._attempt(lambda ids=ids: self._collection.delete(ids=ids))  # type: ignore[misc]

    def query(self, vector: FloatMatrix, *, limit: int, article_ids: frozenset[str] | None = None) -> list[Neighbour]:
        """The nearest passages, best first. Raises VectorsUnavailable."""
        if limit < 1 or (article_ids is not None and not article_ids):
            return []
        where = None if article_ids is None else {"article_id": {"$in": sorted(article_ids)}}
        found = self._attempt(
            lambda: self._collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=limit, where=where, include=["distances"]
            )
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [Neighbour(passage_id, 1.0 - float(distance)) for passage_id, distance in pairs]

    def count(self) -> int:
        return int(self._attempt(lambda: self._collection.count()))

    def passage_ids(self) -> set[str]:
        return {passage_id for page in self._pages() for passage_id in page}

    def vectors_of(self, passage_ids: Sequence[str]) -> dict[str, FloatMatrix]:
        """The vectors as the index holds them, of those ids that it knows."""
        found: dict[str, FloatMatrix] = {}
        for start in range(0, len(passage_ids), self._batch):
            ids = list(passage_ids[start : start + self._batch])
            part = self._attempt(lambda ids=ids: self._collection.get(ids=ids, include=["embeddings"]))  # type: ignore[misc]
            found |= dict(zip(part["ids"], part["embeddings"], strict=True))
        return found

    def _pages(self) -> Iterator[list[str]]:
        page = PAGE if self._batch == BATCH_IN_FOLDER else BATCH_OVER_HTTP
        offset = 0
        while True:
            found = self._attempt(
                lambda offset=offset: self._collection.get(include=[], limit=page, offset=offset)  # type: ignore[misc]
            )
            yield found["ids"]
            if len(found["ids"]) < page:
                return
            offset += page

    def clear(self) -> None:
        """Empty the collection: the first step of a rebuild on a server."""
        self._attempt(lambda: self._client.delete_collection(self._name))
        self._collection = self._attempt(lambda: self._get_or_create())

    def close(self) -> None:
        """Let go of the files or connections; a query after that raises VectorsUnavailable."""
        with self._guard:
            if not self._closed:
                self._closed = True
                self._client.close()

    def _get_or_create(self) -> Any:
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def _attempt(self, action: Callable[[], Result]) -> Result:
        with self._guard:
            if self._closed:
                raise VectorsUnavailable(f"the vector index {self._name} was closed by another thread")
            return _retried(action, self._retries, self._name, self._patience)


def _retried(action: Callable[[], Result], retries: int, where: str, patience: float) -> Result:
    """Call ``action`` up to 1 + ``retries`` times, waiting longer each time, for about ``patience`` seconds.

    Raises VectorsUnavailable.
    """
    import httpx
    from chromadb.errors import ChromaError

    deadline = time.monotonic() + patience
    for attempt in range(retries + 1):
        try:
            return action()
        except (ChromaError, httpx.HTTPError, ValueError) as error:
            if attempt == retries or time.monotonic() >= deadline:
                raise VectorsUnavailable(
                    f"the vector index {where} does not answer: {error or type(error).__name__}", "claimdesk doctor"
                ) from error
            time.sleep(FIRST_WAIT * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _connect(url: str, timeout: float) -> Any:
    """A client whose requests end: chromadb itself waits without limit, and hides what a failing server said."""
    import chromadb
    import httpx

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise VectorsUnavailable(f"{url!r} is not the address of a Chroma server", "--chroma-url http://HOST:8000")
    httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=timeout, trust_env=False).raise_for_status()
    ssl = parts.scheme == "https"
    port = parts.port or (443 if ssl else 80)
    client = chromadb.HttpClient(host=parts.hostname, port=port, ssl=ssl, settings=_settings())
    session = client._server._session
    session.timeout = httpx.Timeout(timeout)
    session.event_hooks = {"request": [], "response": [_raise_server_faults]}
    return client


def _raise_server_faults(response: Any) -> None:
    if response.status_code >= 500:
        response.read()
        response.raise_for_status()


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
