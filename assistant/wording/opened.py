"""The sources consulted on a topic, their sentences on it, and which of them may tell the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.language.reader import LanguageReader
from assistant.types import Scope
from assistant.wording.aligned import Aligned
from assistant.wording.candidates import plain
from assistant.wording.consulted import choose_sources, sentences_for
from assistant.wording.library import Library, open_claim, open_library, read_articles
from assistant.wording.likeness import Likeness, is_headline, likely_pairs, rarity_of
from assistant.wording.matching import Side
from assistant.wording.names import Names
from assistant.wording.topic import about, whole_articles, widened
from index import ArticleHeader, Sources

LONGEST = 120  # words of a sentence: comparing two takes time by the product of their words


@dataclass(frozen=True)
class Pair:
    """Two sentences that may tell the same thing."""

    aligned: Aligned
    alike: Likeness


@dataclass(frozen=True)
class Opened:
    """What the sources say of a topic: the articles, their sentences on it, and which of them may tell the same."""

    asked: Side | None
    library: Library
    chosen: Mapping[str, Sequence[Side]]
    pairs: Sequence[Pair]
    skipped: int  # sources that were not consulted

    @property
    def headers(self) -> list[ArticleHeader]:
        return [article.header for article in self.library.articles]


def open_topic(topic: str, *, sources: Sources, reader: LanguageReader, scope: Scope) -> Opened:
    """Read the sources consulted. Raises UnknownSource or AmbiguousSource for a name in ``scope``."""
    consulted = choose_sources(topic, sources, scope)
    sentences = sentences_for(topic, consulted, sources)
    library = open_library(consulted.headers, read_articles(sentences, reader), reader.parse_text(topic))
    asked = open_claim(topic, reader, library.names)
    whole = whole_articles(asked, library)
    on_topic = {a.header.article_id: about(asked, a, whole=a.header.article_id in whole) for a in library.articles}
    chosen = widened(on_topic, library)
    return Opened(asked, library, chosen, find_pairs(chosen, library), consulted.not_consulted)


def find_pairs(chosen: Mapping[str, Sequence[Side]], library: Library) -> list[Pair]:
    """Sentences that may tell the same thing: of two articles, and of headline and body of one."""
    texts = [chosen[article.header.article_id] for article in library.articles]
    rarity = rarity_of([article.sides for article in library.articles])  # among few sentences no shared word is rare
    found = []
    for lefts, rights in combinations(texts, 2):
        found += pairs_of(without(lefts, rights), without(rights, lefts), rarity, library.names)
    for text in texts:
        headline, body = [s for s in text if is_headline(s)], [s for s in text if not is_headline(s)]
        found += pairs_of(headline, without(body, headline), rarity, library.names)
    return found


def without(sides: Sequence[Side], others: Sequence[Side]) -> list[Side]:
    """The sentences that the other text does not repeat word for word, cut as it may be; none of endless length."""
    told = plain(" ".join(side.sentence.text for side in others))
    short = [side for side in sides if len(side.sentence.tokens) <= LONGEST]
    return [side for side in short if plain(side.sentence.text) not in told]


def pairs_of(lefts: Sequence[Side], rights: Sequence[Side], rarity: Mapping[str, float], names: Names) -> list[Pair]:
    return [
        Pair(Aligned(lefts[alike.left], rights[alike.right], names), alike)
        for alike in likely_pairs(lefts, rights, rarity)
    ]
