"""Reading ahead: what an answer computes of each sentence (its parse, its vector), made before anyone asks.

It is a cache in ``frames.db``: whatever is not in it is computed when it is needed. ``assistant/serve/ahead.py`` fills
it while a server runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from assistant.cache import BlobCache
from assistant.language.cache import key_of
from assistant.language.reader import LanguageReader
from index import (
    Article,
    ArticleHeader,
    Collection,
    FloatMatrix,
    Hit,
    SearchFilter,
    Section,
    SectionKind,
    Sentence,
    Sources,
    UnknownSource,
)

MOST_ARTICLES = 10_000  # read ahead, the newest: about 60 KB on disk and a second of one core each
AT_ONCE = 16  # articles between two looks at whether to stop: enough sentences for the bulk embedder


class SentenceVectors:
    """Text → unit vector of one embedder, rounded to float16 whether it was kept or is fresh."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._blobs = BlobCache(path, "vectors")
        self._read = BlobCache(path, "read_ahead")
        self._fingerprint = fingerprint

    @property
    def notes(self) -> Sequence[str]:
        """What became of the file, when something did."""
        return [*self._blobs.notes, *self._read.notes]

    def close(self) -> None:
        self._blobs.close()
        self._read.close()

    def embed(self, texts: Sequence[str], compute: Callable[[Sequence[str]], FloatMatrix]) -> FloatMatrix:
        """Float32, shape (len(texts), dimension), same order; ``compute`` is asked for those that were not kept."""
        keys = [self._key(text) for text in texts]
        kept = self._blobs.get(keys)
        missing = [place for place, key in enumerate(keys) if key not in kept]
        if missing:
            fresh = compute([texts[place] for place in missing]).astype(np.float16)
            rows = [(keys[place], row.tobytes()) for place, row in zip(missing, fresh, strict=True)]
            self._blobs.put(rows)
            kept.update(rows)
        return np.stack([np.frombuffer(kept[key], dtype=np.float16) for key in keys]).astype(np.float32)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts`` whose vectors are not kept."""
        keys = [self._key(text) for text in texts]
        kept = self._blobs.get(keys)
        return [text for text, key in zip(texts, keys, strict=True) if key not in kept]

    def unread(self, headers: Sequence[ArticleHeader]) -> list[ArticleHeader]:
        """Those of ``headers`` that were not read ahead by this embedder and this parser, same order."""
        keys = [self._article_key(header) for header in headers]
        read = self._read.get(keys)
        return [header for header, key in zip(headers, keys, strict=True) if key not in read]

    def mark_read(self, headers: Sequence[ArticleHeader]) -> None:
        self._read.put((self._article_key(header), b"") for header in headers)

    def _article_key(self, header: ArticleHeader) -> bytes:
        return key_of(f"{self._fingerprint}\0{header.article_id}\0{header.headline}")

    def _key(self, text: str) -> bytes:
        whole = f"{self._fingerprint}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).digest()[:16]


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


def prepare(
    sources: Collection, reader: LanguageReader, vectors: SentenceVectors, should_stop: Callable[[], bool]
) -> int:
    """Parse and embed the sentences of the newest articles, the newest first; each once, whatever is indexed later.

    Returns how many articles were read.
    """
    newest = sorted(sources.headers(), key=lambda header: header.sequence, reverse=True)[:MOST_ARTICLES]
    unread = vectors.unread(newest)
    for first in range(0, len(unread), AT_ONCE):
        if should_stop():
            return first
        texts: list[str] = []
        for header in unread[first : first + AT_ONCE]:
            with sources.reading(), suppress(UnknownSource):  # a purge waits for the parse; what is gone is not parsed
                sentences = sources.sentences(header.article_id)
                reader.parse(sentences)
                for sentence in sentences:
                    texts.append(sentence.text)
                    if sentence.bullet or sentence.section is SectionKind.HEADLINE:
                        reader.parse([sentence])  # its capitals are read by the names beside it: alone they may differ
        missing = vectors.missing(texts)
        if missing:
            vectors.embed(missing, sources.embed)
        vectors.mark_read(unread[first : first + AT_ONCE])
    return len(unread)
