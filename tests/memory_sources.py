"""Articles held in memory, behind the same Protocol as a Collection: for tests of everything above the index.

Sentences and sections are the index's own. Search is exact: the share of the question's words (stems of five letters,
rarer ones heavier) that a passage holds. Embeddings are hashed word counts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import PurePath

import numpy as np

from index import (
    AmbiguousSource,
    Article,
    ArticleHeader,
    FloatMatrix,
    HashingEmbedder,
    Hit,
    Passage,
    SearchFilter,
    Section,
    SectionKind,
    Sentence,
    UnknownSource,
)
from index.sections import find_sections, read_byline
from index.sentences import find_sentences

_WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> list[str]:
    return [word.casefold()[:5] for word in _WORD.findall(text) if len(word) > 2]


@dataclass
class MemorySources:
    """``Sources`` over texts. ``MemorySources({"north.txt": "…", "south.txt": "…"})`` is all a test needs."""

    texts: Mapping[str, str]
    publishers: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._articles = {
            article.article_id: article for article in (self._open(name, text) for name, text in self.texts.items())
        }
        self._sections = {key: find_sections(article.text) for key, article in self._articles.items()}
        self._sentences = {
            key: find_sentences(key, article.text, self._sections[key]) for key, article in self._articles.items()
        }
        self._embedder = HashingEmbedder(64)

    def _open(self, name: str, text: str) -> Article:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        sections = find_sections(text)
        parts = {section.section: text[section.start : section.end] for section in sections}
        byline = read_byline(parts.get(SectionKind.BYLINE, ""))
        return Article(
            article_id=sha256(f"{name}\0{text}".encode()).hexdigest()[:16],
            source_key=name,
            source=name,
            text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            headline=parts.get(SectionKind.HEADLINE),
            byline=byline.names if byline else None,
            publisher=self.publishers.get(name) or (byline.outlet if byline else None),
            published=self.dates.get(name),
            url=name if name.startswith("http") else None,
            passages=len(sections),
            words=len(text.split()),
            text=text,
        )

    def id_of(self, name: str) -> str:
        """The id of the article given as ``name``."""
        return next(key for key, article in self._articles.items() if article.source == name)

    def headers(self) -> Sequence[ArticleHeader]:
        return list(self._articles.values())

    def article(self, article_id: str) -> Article:
        try:
            return self._articles[article_id]
        except KeyError:
            raise UnknownSource(f"no article {article_id!r}") from None

    def find_article(self, name: str) -> ArticleHeader:
        wanted = name.casefold()
        found = [article for article in self._articles.values() if wanted in self._names(article)]
        if not found and len(wanted) >= 8:
            found = [article for article in self._articles.values() if article.article_id.startswith(wanted)]
        if not found:
            raise UnknownSource(f"no article is called {name!r}", "claimdesk sources")
        if len(found) > 1:
            raise AmbiguousSource(f"{name!r} may be " + ", ".join(article.source for article in found))
        return found[0]

    @staticmethod
    def _names(article: Article) -> set[str]:
        path = PurePath(article.source)
        names = {article.source, path.name, path.stem, path.stem.split("_", 1)[0], article.publisher or ""}
        return {name.casefold() for name in names if name} | {article.article_id}

    def sections(self, article_id: str) -> Sequence[Section]:
        return self._sections[article_id]

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        return self._sentences[article_id]

    def search(
        self, question: str, *, limit: int = 20, within: SearchFilter | None = None, per_source: int = 2
    ) -> Sequence[Hit]:
        rows = [
            (score, -place, sentence)
            for place, sentence in enumerate(
                s for key in self._articles for s in self._sentences[key] if self._passes(key, within)
            )
            if (score := self._score(question, sentence.text)) > 0
        ]
        rows.sort(key=lambda row: row[:2], reverse=True)
        top = rows[:limit]
        heard = {row[2].article_id for row in top}
        late = []
        for key in self._articles:
            late += [row for row in rows if row[2].article_id == key and key not in heard][:per_source]
        return [
            Hit(self._passage(sentence), None, score, rank, score, guaranteed=rank > len(top))
            for rank, (score, _, sentence) in enumerate([*top, *late], 1)
        ]

    def _passes(self, article_id: str, within: SearchFilter | None) -> bool:
        if within is None:
            return True
        published = self._articles[article_id].published
        if within.article_ids is not None and article_id not in within.article_ids:
            return False
        if published is None:
            return True
        return not ((within.since and published < within.since) or (within.until and published > within.until))

    def _score(self, question: str, text: str) -> float:
        held = set(stems(text))
        counts = Counter(stem for rows in self._sentences.values() for row in rows for stem in set(stems(row.text)))
        total = sum(len(rows) for rows in self._sentences.values())
        weights = {stem: math.log(1 + total / (1 + counts[stem])) for stem in set(stems(question))}
        whole = sum(weights.values())
        return sum(weight for stem, weight in weights.items() if stem in held) / whole if whole else 0.0

    @staticmethod
    def _passage(sentence: Sentence) -> Passage:
        name = f"{sentence.article_id}:{sentence.start}-{sentence.end}"
        return Passage(name, sentence.article_id, sentence.start, sentence.end, sentence.text, sentence.section)

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        return np.asarray(self._embedder.embed(list(texts)), dtype=np.float32)
