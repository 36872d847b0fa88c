"""Put an answer together: numbered citations re-read from the store, statements, flags, a row for every source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

from assistant.answers.material import Material
from assistant.quote import read_back, snap_to_words
from assistant.types import Answer, AnswerStatus, Citation, Flag, FlagKind, FlagSide, SourceRow, Stance, Statement
from index import ArticleHeader, SectionKind, Span

LONGEST_CITATION = 90  # words; a longer sentence is cited by the clause that carries the statement


def label_of(header: ArticleHeader, headers: Sequence[ArticleHeader]) -> str:
    """How prose names an article: its publisher, else "Article 000", else its file, always one that no other shares.

    Not even as the name of its file, which the other is rarely called by: a reader may ask for any article by that.
    """
    taken = Counter(name for other in headers for name in {*_names(other), *_file_names(other)})
    for name in _names(header):
        if taken[name] == 1:
            return name
    return f"Article {header.article_id[:8]}"


def _names(header: ArticleHeader) -> list[str]:
    host = urlsplit(header.source).hostname or ""
    if header.publisher:
        dated = [f"{header.publisher} ({header.published.isoformat()})"] if header.published else []
        return [header.publisher, *dated]
    if host:
        named = host.removeprefix("www.")
        return [named, f"{named} ({header.published.isoformat()})"] if header.published else [named]
    return _file_names(header)


def _file_names(header: ArticleHeader) -> list[str]:
    stem = PurePath(header.source).stem
    return [f"Article {stem.split('_', 1)[0]}", f"Article {stem}"]


class Draft:
    """An answer in the making. Whatever it quotes is read back from the store first."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._citations: list[Citation] = []
        self._statements: list[Statement] = []
        self._flags: list[Flag] = []
        self._stances: dict[str, Stance] = {}

    def label(self, article_id: str) -> str:
        return label_of(self.material.header(article_id), self.material.headers)

    def span(self, article_id: str, start: int, end: int) -> Span:
        """A stretch of an article on word boundaries, read back from the store."""
        text = self.material.sources.article(article_id).text
        start, end = snap_to_words(text, start, end)
        return read_back(self.material.sources, article_id, start, end)

    def cite(self, article_id: str, start: int, end: int) -> int:
        """The number of a citation: the sentence round ``[start, end)``, or this stretch when the sentence is long."""
        sentence = self.material.sentence_at(article_id, start)
        if sentence is not None and end <= sentence.end and len(sentence.text.split()) <= LONGEST_CITATION:
            start, end = sentence.start, sentence.end
        span = self.span(article_id, start, end)
        for citation in self._citations:
            if citation.span == span:
                return citation.n
        section = sentence.section if sentence is not None else SectionKind.BODY
        self._citations.append(Citation(len(self._citations) + 1, span, section))
        return len(self._citations)

    def quoted(self, article_id: str, start: int, end: int) -> str:
        """A source's own words in quotation marks, for a statement about this source."""
        return f"“{self.span(article_id, start, end).quote}”"

    def say(self, text: str, *citations: int) -> None:
        """Add a statement. A quotation that ends its own sentence needs no second full stop."""
        text = re.sub(r"(?<=[.!?])(?P<marks>[”\"'’]*”)\.$", r"\g<marks>", text)
        self._statements.append(Statement(text, tuple(dict.fromkeys(citations))))

    def flag(self, kind: FlagKind, note: str, ours: FlagSide | None = None, theirs: FlagSide | None = None) -> None:
        """Add a flag once for each pair of sides."""
        new = Flag(kind, note, ours, theirs)
        if all((flag.kind, flag.ours, flag.theirs) != (kind, ours, theirs) for flag in self._flags):
            self._flags.append(new)

    def side(self, article_id: str, start: int, end: int) -> FlagSide:
        return FlagSide.of(self.span(article_id, start, end))

    def stance(self, article_id: str, stance: Stance) -> None:
        self._stances[article_id] = stance

    @property
    def cited_sources(self) -> list[str]:
        return list(dict.fromkeys(citation.span.article_id for citation in self._citations))

    def citations_of(self, article_id: str) -> list[Citation]:
        return [citation for citation in self._citations if citation.span.article_id == article_id]

    @property
    def flag_kinds(self) -> set[FlagKind]:
        return {flag.kind for flag in self._flags}

    def answer(self, status: AnswerStatus, *, missing: Sequence[str] = (), score: float | None = None) -> Answer:
        """The finished answer, with a row for every source consulted: those without a citation are silent."""
        rows = []
        for header in self.material.headers:
            numbers = tuple(c.n for c in self._citations if c.span.article_id == header.article_id)
            default = None if numbers and status is not AnswerStatus.REFUSED else Stance.SILENT
            rows.append(SourceRow(header.article_id, self._stances.get(header.article_id, default), numbers))
        return Answer(
            reading=self.material.reading,
            status=status,
            statements=tuple(self._statements),
            citations=tuple(self._citations),
            sources=tuple(rows),
            flags=tuple(self._flags),
            missing=tuple(missing),
            not_consulted=self.material.not_consulted,
            score=score,
        )
