"""Events to pairs of sentences: those that a label joins, and those that the product would read and no label joins."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assistant.differing.reading import Place
from assistant.differing.training.labels import BETWEEN, Label, Sort, Words, is_kept
from assistant.language.reader import LanguageReader
from assistant.types import FlagKind
from assistant.verifier.training.desk import Event
from assistant.wording.library import open_library, read_articles
from assistant.wording.opened import find_pairs
from assistant.wording.topic import MOST_SENTENCES
from index import Article, SectionKind, Sentence

At = tuple[str, int]  # article_id and start of a sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A label in a pair of sentences: where its words stand in the left and in the right one."""

    sort: Sort
    kind: FlagKind | None
    ours: Place
    theirs: Place


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two sentences, in one order. ``number``: of the pair within its event, the same in either order. ``kept``: out of
    training, to be measured on."""

    event: str
    kept: bool
    number: int
    left: str
    right: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An event's articles by the letter that its labels give them."""

    name: str
    kept: bool
    articles: Mapping[str, Article]
    sentences: Mapping[str, Sequence[Sentence]]  # by article_id
    labels: Sequence[Label]


def invented(event: Event, labels: Sequence[Label]) -> Told:
    """Each numbered sentence is one sentence of the article, in a paragraph of its own."""
    articles, sentences = {}, {}
    for outlet, told in event.told.items():
        text, name = BETWEEN.join(told), f"{event.name}/{outlet}"
        digest = sha256(text.encode("utf-8")).hexdigest()
        articles[outlet] = Article(
            article_id=name,
            source_key=name,
            source=name,
            text_sha256=digest,
            headline=told[0],
            publisher=event.outlets.get(outlet),
            text=text,
        )
        rows, start = [], 0
        for number, sentence in enumerate(told):
            section = SectionKind.BODY if number else SectionKind.HEADLINE
            rows.append(Sentence(name, start, start + len(sentence), sentence, section, number))
            start += len(sentence) + len(BETWEEN)
        sentences[name] = rows
    return Told(event.name, is_kept(event.name), articles, sentences, labels)


def pairs_of(told: Told, reader: LanguageReader, generator: random.Random) -> Iterator[LabelledPair]:
    """The joined pairs in both orders; then the others, each in one order by chance."""
    texts: dict[At, str] = {}
    joined: dict[tuple[At, At], list[tuple[Label, bool]]] = {}
    for label in told.labels:
        places = [at_of(words, told) for words in (label.left, label.right)]
        for place, words in zip(places, (label.left, label.right), strict=True):
            texts[place] = told.articles[words.article].text[words.sentence_start : words.sentence_end]
        turned = places[1] < places[0]
        first, second = reversed(places) if turned else places
        joined.setdefault((first, second), []).append((label, turned))
    for number, ((first, second), labels) in enumerate(joined.items()):
        left, right = texts[first], texts[second]
        yield LabelledPair(told.name, told.kept, number, left, right, tuple(mark_of(*row) for row in labels))
        turned_marks = tuple(mark_of(label, not turned) for label, turned in labels)
        yield LabelledPair(told.name, told.kept, number, right, left, turned_marks)
    others = [pair for pair in found_pairs(told, reader) if pair not in joined]
    all_texts = {(row.article_id, row.start): row.text for rows in told.sentences.values() for row in rows}
    for number, pair in enumerate(others, len(joined)):
        left, right = (all_texts[place] for place in generator.sample(pair, 2))
        yield LabelledPair(told.name, told.kept, number, left, right, ())


def at_of(words: Words, told: Told) -> At:
    return told.articles[words.article].article_id, words.sentence_start


def mark_of(label: Label, turned: bool) -> Mark:
    ours, theirs = (
        (words.start - words.sentence_start, words.end - words.sentence_start) for words in (label.left, label.right)
    )
    return Mark(label.sort, label.kind, *((theirs, ours) if turned else (ours, theirs)))


def found_pairs(told: Told, reader: LanguageReader) -> list[tuple[At, At]]:
    """The pairs that the product would look at, each with its lesser place first."""
    library = open_library(list(told.articles.values()), read_articles(told.sentences, reader), [])
    chosen = {article.header.article_id: article.sides[:MOST_SENTENCES] for article in library.articles}
    places = []
    for pair in find_pairs(chosen, library):
        sentences = (pair.aligned.left.sentence, pair.aligned.right.sentence)
        first, second = sorted((sentence.article_id, sentence.start) for sentence in sentences)
        places.append((first, second))
    return list(dict.fromkeys(places))
