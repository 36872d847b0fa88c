"""The door to parsed language: sentences in, tokens and frames out. Parses are cached; frames are computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.language.cache import ParseCache
from assistant.language.frames import frames_of_sentences
from assistant.language.normalise import Clean, clean, names_in
from assistant.language.parse import parse_texts
from assistant.language.types import Frame, ParsedSentence, Token
from index import SectionKind, Sentence

STOP = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.$"
)


LONGEST_ABBREVIATION = 40  # characters looked at: "U.S.S.R." and the like are shorter


class LanguageReader:
    """Reads sentences. ``cache``: a SQLite file for parses; None keeps them in memory for this reader's life."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = ParseCache(cache)

    @property
    def notes(self) -> Sequence[str]:
        """What became of the cache's file, when something did."""
        return self._cache.notes

    def close(self) -> None:
        self._cache.close()

    def parse(self, sentences: Sequence[Sentence]) -> list[ParsedSentence]:
        """One parse for each sentence, same order. Raises ParserUnavailable when something is not cached."""
        names = names_in(sentence.text for sentence in sentences)
        texts = [clean(s.text, names, heading=s.bullet or s.section is SectionKind.HEADLINE) for s in sentences]
        rows = self._tokens(texts)
        return [
            ParsedSentence(s.article_id, s.start, s.end, s.text, s.section, moved(row, s.start), s.paragraph, s.bullet)
            for s, row in zip(sentences, rows, strict=True)
        ]

    def parse_text(self, text: str) -> list[ParsedSentence]:
        """Sentences of a claim, question or draft; offsets into ``text``, article_id ""."""
        return self.parse(split_text(text))

    def frames(self, sentences: Sequence[Sentence]) -> list[Frame]:
        """Frames of one article's sentences, given in order; list items inherit from their lead-in."""
        return frames_of_sentences(self.parse(sentences))

    def frames_of_text(self, text: str) -> list[Frame]:
        return frames_of_sentences(self.parse_text(text))

    def _tokens(self, texts: Sequence[Clean]) -> list[tuple[Token, ...]]:
        rows = self._cache.get([text.text for text in texts])
        missing = [number for number, row in enumerate(rows) if row is None]
        if missing:
            fresh = parse_texts([Clean(texts[n].text, tuple(range(len(texts[n].text) + 1))) for n in missing])
            self._cache.put([texts[n].text for n in missing], fresh)
            for number, row in zip(missing, fresh, strict=True):
                rows[number] = row
        return [placed(row or (), text.places) for row, text in zip(rows, texts, strict=True)]


def placed(row: Sequence[Token], places: Sequence[int]) -> tuple[Token, ...]:
    """Tokens of the clean text, at their places in the original."""
    return tuple(
        Token(t.text, t.lemma, t.pos, t.tag, t.dep, t.head, places[t.start], places[t.end - 1] + 1, t.entity)
        for t in row
    )


def moved(row: Sequence[Token], offset: int) -> tuple[Token, ...]:
    return tuple(
        Token(t.text, t.lemma, t.pos, t.tag, t.dep, t.head, t.start + offset, t.end + offset, t.entity) for t in row
    )


def ends_in_abbreviation(text: str, end: int) -> bool:
    """Does ``text[:end]`` end in one? Only its last characters are looked at, however long it is."""
    return ABBREVIATION.search(text[max(0, end - LONGEST_ABBREVIATION) : end]) is not None


def split_text(text: str) -> list[Sentence]:
    """Short texts only (claims, questions, drafts): the index splits articles."""
    found: list[Sentence] = []
    start = 0
    cuts = [match for match in STOP.finditer(text) if not ends_in_abbreviation(text, match.start())]
    for match in (*cuts, None):
        end = match.start() if match else len(text)
        if match:
            quotes = match.group().rstrip()
            end += len(quotes)
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            first = start + piece.index(inner)
            found.append(Sentence("", first, first + len(inner), inner, SectionKind.BODY, 0))
        start = match.end() if match else end
    return found
