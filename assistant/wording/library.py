"""The articles consulted, opened for comparison: sentences parsed, frames by sentence, items with names resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.language.frames import frames_of_sentences
from assistant.language.reader import LanguageReader
from assistant.language.types import Frame, ParsedSentence, Token
from assistant.wording.items import Item, ItemKind, find_items
from assistant.wording.learn_names import learn_names
from assistant.wording.matching import Side
from assistant.wording.names import Names
from index import ArticleHeader, SectionKind, Sentence

SPEAKER_WEIGHT = 0.5
SAYING_WEIGHT = 0.1
REACH = 2  # sentences back that may name who "he" or "the company" is


@dataclass(frozen=True)
class OpenArticle:
    """One article's sentences as sides of a comparison, in order; bylines are left out."""

    header: ArticleHeader
    sides: tuple[Side, ...]

    @cached_property
    def vocabulary(self) -> str:
        """All words of the article in lower case, one space between them: what it calls things somewhere."""
        words = (token.text.lower() for side in self.sides for token in side.sentence.tokens)
        return f" {' '.join(words)} "

    def section(self, kind: SectionKind) -> list[Side]:
        return [side for side in self.sides if side.sentence.section is kind]


@dataclass(frozen=True)
class Library:
    """All articles consulted, with the names that their texts and the claims share."""

    articles: tuple[OpenArticle, ...]
    names: Names
    many: bool = False  # of many sources those found: only what is near the claim was opened of them


def read_articles(
    sentences: Mapping[str, Sequence[Sentence]], reader: LanguageReader
) -> dict[str, tuple[list[ParsedSentence], list[Frame]]]:
    """Parses and frames of each article's sentences."""
    read: dict[str, tuple[list[ParsedSentence], list[Frame]]] = {}
    for article_id, rows in sentences.items():
        parsed = reader.parse(rows)
        read[article_id] = parsed, frames_of_sentences(parsed)
    return read


def open_library(
    headers: Sequence[ArticleHeader],
    read: Mapping[str, tuple[list[ParsedSentence], list[Frame]]],
    more: Sequence[ParsedSentence],
    many: bool = False,
) -> Library:
    """``read`` as from ``read_articles``; ``more``: the claims' or topic's sentences, whose names count too;
    ``many``: see Library."""
    names = learn_names([*(sentence for parsed, _ in read.values() for sentence in parsed), *more])
    articles = tuple(
        OpenArticle(header, tuple(open_sides(*read[header.article_id], names)))
        for header in headers
        if header.article_id in read
    )
    return Library(articles, names, many)


def open_sides(parsed: Sequence[ParsedSentence], frames: Sequence[Frame], names: Names) -> list[Side]:
    """One side for each sentence but bylines, each with the context that may tell who is meant."""
    by_sentence: dict[int, list[Frame]] = defaultdict(list)
    for frame in frames:
        by_sentence[frame.sentence_start].append(frame)
    sides: list[Side] = []
    headline: tuple[Item, ...] = ()
    lead_in: tuple[Item, ...] = ()
    for sentence in parsed:
        if sentence.section is SectionKind.BYLINE:
            continue
        own = tuple(by_sentence[sentence.start])
        items = tuple(find_items(sentence, own, names))
        if sentence.bullet:
            earlier = [side for side in sides if not side.sentence.bullet][-2 * REACH :]
            before = [i for side in earlier for i in side.items if i.kind is ItemKind.NAME or side in earlier[-REACH:]]
            context = (*lead_in, *before)
        else:
            context = tuple(i for side in sides[-REACH:] for i in side.items if i.kind is ItemKind.NAME)
            lead_in = items
        sides.append(Side(sentence, own, items, (*context, *headline)))
        if sentence.section is SectionKind.HEADLINE:
            headline = tuple(item for item in items if item.kind is ItemKind.NAME)
    known = frozenset(item.key for side in sides for item in side.items if item.kind is ItemKind.NAME)
    return [replace(side, known=known) for side in sides]


def open_claim(text: str, reader: LanguageReader, names: Names) -> Side | None:
    """The claim as a side; of several sentences all items and frames together. None when nothing can be parsed."""
    parsed = reader.parse_text(text)
    if not parsed:
        return None
    frames = frames_of_sentences(parsed)
    first = parsed[0]
    if len(parsed) > 1:
        first = join(parsed, text)
    items = [weighed(item, frames) for item in find_items(first, frames, names)]
    return Side(first, tuple(frames), tuple(items))


def weighed(item: Item, frames: Sequence[Frame]) -> Item:
    """Who says so is compared by itself: the claim's "X said that" is little of its matter."""
    for frame in frames:
        speaker = frame.speaker
        if speaker.end and speaker.start <= item.start < speaker.end:
            return replace(item, weight=min(item.weight, SPEAKER_WEIGHT))
        if speaker.end and speaker.verb and item.key == speaker.verb and item.part == "v":
            return replace(item, weight=SAYING_WEIGHT)
    return item


def join(parsed: Sequence[ParsedSentence], text: str) -> ParsedSentence:
    """Several sentences as one, heads shifted: a claim that the splitter cut."""
    tokens: list[Token] = []
    for sentence in parsed:
        shift = len(tokens)
        tokens += [
            Token(t.text, t.lemma, t.pos, t.tag, t.dep, t.head + shift, t.start, t.end, t.entity)
            for t in sentence.tokens
        ]
    last = parsed[-1]
    return ParsedSentence("", parsed[0].start, last.end, text[parsed[0].start : last.end], last.section, tuple(tokens))
