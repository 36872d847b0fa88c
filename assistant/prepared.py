"""Reading ahead: what an answer computes of each sentence (its parse, its vector), made before anyone asks.

It is a cache in ``frames.db``: whatever is not in it is computed when it is needed. ``assistant/serve/ahead.py`` fills
it while a server runs.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.language.reader import LanguageReader
from index import Article, ArticleHeader, FloatMatrix, Hit, SearchFilter, Section, SectionKind, Sentence, Sources

MOST_ARTICLES = 10_000  # read ahead, the newest: about 60 KB on disk and a second of one core each
AT_ONCE = 16  # articles between two looks at whether to stop: enough sentences for the bulk embedder
MOST_KEYS = 500  # in one query
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class SentenceVectors:
    """Text → unit vector of one embedder, rounded to float16 whether it was kept or is fresh."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(_SCHEMA)
        self._fingerprint = fingerprint

    def close(self) -> None:
        self._connection.close()

    def embed(self, texts: Sequence[str], compute: Callable[[Sequence[str]], FloatMatrix]) -> FloatMatrix:
        """Float32, shape (len(texts), dimension), same order; ``compute`` is asked for those that were not kept."""
        keys = [self._key(text) for text in texts]
        kept = self._get(keys)
        missing = [place for place, key in enumerate(keys) if key not in kept]
        if missing:
            fresh = compute([texts[place] for place in missing]).astype(np.float16)
            rows = [(keys[place], row.tobytes()) for place, row in zip(missing, fresh, strict=True)]
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            kept.update(rows)
        return np.stack([np.frombuffer(kept[key], dtype=np.float16) for key in keys]).astype(np.float32)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts`` whose vectors are not kept."""
        keys = [self._key(text) for text in texts]
        kept = self._get(keys)
        return [text for text, key in zip(texts, keys, strict=True) if key not in kept]

    def _key(self, text: str) -> bytes:
        whole = f"{self._fingerprint}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).digest()[:16]

    def _get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for first in range(0, len(keys), MOST_KEYS):
            some = keys[first : first + MOST_KEYS]
            marks = ",".join("?" * len(some))
            found.update(self._connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some))
        return found


class PreparedSources:
    """``sources`` whose texts are embedded once."""

    def __init__(self, sources: Sources, vectors: SentenceVectors) -> None:
        self._sources = sources
        self._vectors = vectors

    def headers(self) -> Sequence[ArticleHeader]:
        return self._sources.headers()

    def article(self, article_id: str) -> Article:
        return self._sources.article(article_id)

    def find_article(self, name: str) -> ArticleHeader:
        return self._sources.find_article(name)

    def sections(self, article_id: str) -> Sequence[Section]:
        return self._sources.sections(article_id)

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        return self._sources.sentences(article_id)

    def search(
        self, question: str, *, limit: int = 20, within: SearchFilter | None = None, per_source: int = 2
    ) -> Sequence[Hit]:
        return self._sources.search(question, limit=limit, within=within, per_source=per_source)

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        return self._vectors.embed(texts, self._sources.embed)


def prepare(sources: Sources, reader: LanguageReader, vectors: SentenceVectors, should_stop: Callable[[], bool]) -> int:
    """Parse and embed the sentences of the newest articles, the newest first. Returns how many articles were read."""
    newest = sorted(sources.headers(), key=lambda header: header.sequence, reverse=True)[:MOST_ARTICLES]
    for first in range(0, len(newest), AT_ONCE):
        if should_stop():
            return first
        texts: list[str] = []
        for header in newest[first : first + AT_ONCE]:
            sentences = sources.sentences(header.article_id)
            reader.parse(sentences)
            for sentence in sentences:
                texts.append(sentence.text)
                if sentence.bullet or sentence.section is SectionKind.HEADLINE:
                    reader.parse([sentence])  # its capitals are read by the names beside it: alone they may differ
        missing = vectors.missing(texts)
        if missing:
            vectors.embed(missing, sources.embed)
    return len(newest)
