"""Which sentences of the articles are on a topic: those that hold its words, tell the same, or all of them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.wording.align import rough_coverage
from assistant.wording.library import Library, OpenArticle
from assistant.wording.likeness import likely_pairs, rarity_of
from assistant.wording.matching import Side, item_kin
from assistant.wording.quantities import pair_quantities
from assistant.wording.words import Kin

ABOUT = 0.5  # share of the topic's words that a sentence must hold
ALIKE = 0.35  # share of both sentences' weight in common from which one brings the other into the topic
WHOLE_EVENT = 4  # content words from which on a topic may name an event
OPENING = 4  # sentences in which an article says what it is about
OPENS_ALIKE = 0.2  # share of two openings' weight in common from which they open one story
CARRIED = 0.5  # share of the topic's words in the opening
MOST_SENTENCES = 60  # of one article


def about(topic: Side | None, article: OpenArticle, *, whole: bool) -> list[Side]:
    """The article's sentences on the topic, in order; all of them when the ``whole`` article is on it."""
    if topic is None or not topic.items or whole:
        return list(article.sides[:MOST_SENTENCES])
    graded = [(topic_share(topic, side), -place, side) for place, side in enumerate(article.sides)]
    kept = sorted((row for row in graded if row[0] >= ABOUT), key=lambda row: row[:2], reverse=True)[:MOST_SENTENCES]
    return [side for _, _, side in sorted(kept, key=lambda row: -row[1])]


def widened(chosen: Mapping[str, list[Side]], library: Library) -> dict[str, list[Side]]:
    """With the sentences that plainly tell the same as one on the topic, in words that the topic has not."""
    rarity = rarity_of([article.sides for article in library.articles])
    added: dict[str, set[int]] = {article_id: {id(side) for side in sides} for article_id, sides in chosen.items()}
    for article in library.articles:
        for other_id, sides in chosen.items():
            if other_id == article.header.article_id or len(chosen[article.header.article_id]) == len(article.sides):
                continue
            for alike in likely_pairs(sides, article.sides, rarity):
                if alike.rank_left == alike.rank_right == 0 and alike.cover >= ALIKE:
                    added[article.header.article_id].add(id(article.sides[alike.right]))
    return {
        article.header.article_id: [side for side in article.sides if id(side) in added[article.header.article_id]]
        for article in library.articles
    }


def whole_articles(topic: Side | None, library: Library) -> set[str]:
    """Articles that the topic names as a whole: their opening carries it, or opens as that of such an article."""
    if topic is None or not names_event(topic):
        return set()
    found = {article.header.article_id for article in library.articles if opens_with(topic, article)}
    rarity = rarity_of([article.sides for article in library.articles])
    openings = {article.header.article_id: article.sides[:OPENING] for article in library.articles}
    for other in openings.keys() - found if found else ():
        alike = [pair for known in found for pair in likely_pairs(openings[known], openings[other], rarity)]
        if any(pair.cover >= OPENS_ALIKE for pair in alike):
            found = found | {other}
    return found


def names_event(topic: Side) -> bool:
    """Has the topic words enough to name an event, and not only a thing in it?"""
    return sum(item.last - item.first + 1 for item in topic.items) >= WHOLE_EVENT


def opens_with(topic: Side, article: OpenArticle) -> bool:
    """Do headline and opening carry half of the topic between them?"""
    opening = article.sides[:OPENING]
    held = [
        any(item_kin(item, other) >= Kin.BROADER for side in opening for other in side.items) for item in topic.items
    ]
    return sum(held) >= CARRIED * len(held)


def topic_share(topic: Side, side: Side) -> float:
    share = rough_coverage(topic, side)
    pairs = pair_quantities(topic.quantities, side.quantities)
    missing = any(other is None or other.value != quantity.value for quantity, other in pairs)
    return 0.0 if missing else share  # "the 400 workers": no other number will do
