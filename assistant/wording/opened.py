"""The sources consulted on a topic, their sentences on it, and which of them may tell the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assistant.differing import PairReader
from assistant.language.reader import LanguageReader
from assistant.types import Scope
from assistant.wording.aligned import Aligned
from assistant.wording.candidates import plain
from assistant.wording.consulted import choose_sources, sentences_for
from assistant.wording.library import Library, open_claim, open_library, read_articles
from assistant.wording.likelihood import weights
from assistant.wording.likeness import is_headline, likely_pairs, rarity_of
from assistant.wording.matching import Side
from assistant.wording.names import Names
from assistant.wording.pair import LIKELY, Pair
from assistant.wording.scale import Signals
from assistant.wording.signals import pair_signals
from assistant.wording.topic import about, whole_articles, widened
from index import ArticleHeader, Sources, Span

UNREAD_FACT = -6.0  # log odds that a pair which was not read tells one fact
MOST_GAP = 5.0
LONGEST = 120  # words of a sentence: comparing two takes time by the product of their words
# Pairs of one request that the network reads, those first that likely tell one fact: 60 a second on two cores.
MOST_READ, AN_ARTICLE = 32, 11


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


def open_topic(topic: str, *, sources: Sources, reader: LanguageReader, differing: PairReader, scope: Scope) -> Opened:
    """Read the sources consulted. Raises UnknownSource or AmbiguousSource for a name in ``scope``."""
    consulted = choose_sources(topic, sources, scope)
    sentences = sentences_for(topic, consulted, sources)
    library = open_library(consulted.headers, read_articles(sentences, reader), reader.parse_text(topic))
    asked = open_claim(topic, reader, library.names)
    whole = whole_articles(asked, library)
    on_topic = {a.header.article_id: about(asked, a, whole=a.header.article_id in whole) for a in library.articles}
    chosen = widened(on_topic, library)
    pairs = read_pairs(find_pairs(chosen, library), differing, most_read(len(library.articles)))
    return Opened(asked, library, chosen, pairs, consulted.not_consulted)


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
    found = []
    for alike in likely_pairs(lefts, rights, rarity):
        aligned = Aligned(lefts[alike.left], rights[alike.right], names)
        signals = pair_signals(aligned, alike)
        found.append(Pair(aligned, alike, signals, weights().one_fact.probability(signals)))
    return found


def most_read(articles: int) -> int:
    return max(MOST_READ, AN_ARTICLE * articles)


def read_pairs(pairs: Sequence[Pair], differing: PairReader, most: int) -> list[Pair]:
    """The same pairs, same order; those that likely tell one fact with what the network made of them."""
    likely = sorted((n for n, pair in enumerate(pairs) if pair.one_fact >= LIKELY), key=lambda n: -pairs[n].one_fact)
    chosen = likely[:most]
    texts = [(pairs[n].aligned.left.sentence.text, pairs[n].aligned.right.sentence.text) for n in chosen]
    readings = dict(zip(chosen, differing.read(texts), strict=True))
    read = [replace(pair, reading=readings.get(n)) for n, pair in enumerate(pairs)]
    return [replace(pair, standing=standing) for pair, standing in zip(read, standings(read), strict=True)]


def standings(pairs: Sequence[Pair]) -> list[Signals]:
    """Is another sentence of the same article likelier to tell the fact that a pair tells? Of the left one's and of the
    right one's other pairs, by what was read; in the order of ``pairs``."""
    facts = [pair.reading.one_fact if pair.reading is not None else UNREAD_FACT for pair in pairs]
    rivals: dict[tuple[Span, str], list[int]] = defaultdict(list)
    for n, pair in enumerate(pairs):
        left, right = pair.aligned.left.span, pair.aligned.right.span
        rivals[left, right.article_id].append(n)
        rivals[right, left.article_id].append(n)
    found = []
    for n, pair in enumerate(pairs):
        left, right = pair.aligned.left.span, pair.aligned.right.span
        of_left, of_right = rivals[left, right.article_id], rivals[right, left.article_id]
        ranks = [sum(facts[m] > facts[n] for m in others) for others in (of_left, of_right)]
        best = max([facts[m] for m in (*of_left, *of_right) if m != n], default=UNREAD_FACT)
        found.append(
            {
                "fact_left": 1 / (1 + ranks[0]),
                "fact_right": 1 / (1 + ranks[1]),
                "fact_best": float(ranks == [0, 0]),
                "fact_gap": max(-MOST_GAP, min(MOST_GAP, facts[n] - best)),
            }
        )
    return found
