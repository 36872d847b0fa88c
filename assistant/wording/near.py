"""Which sentences of many articles may bear on a claim, by their words alone: to read all of them takes seconds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.language.stems import stems_of
from index import SectionKind, Sentence

NEAR = 24  # sentences for each sentence of the claim, of all articles together
OF_EACH = 2  # at least so many of each article that has them
LEAST = 0.125  # share of the claim's words, the rarer counting more, below which a sentence says nothing of it


def nearest(texts: Sequence[str], rows: Mapping[str, Sequence[Sentence]]) -> dict[str, list[Sentence]]:
    """Of each article's ``rows`` (in order) those that share most with one of ``texts``, the rarer words counting more.

    With each comes the one before it, which may say who "he" is; headlines are always kept.
    """
    every = [(article_id, place) for article_id, sentences in rows.items() for place in range(len(sentences))]
    words = [rows[article_id][place].text for article_id, place in every]
    kept: set[tuple[str, int]] = {key for key in every if rows[key[0]][key[1]].section is SectionKind.HEADLINE}
    for text in texts:
        shares = dict(zip(every, shares_of_words(text, words), strict=True))
        ranked = sorted((key for key in every if shares[key] > LEAST), key=lambda key: -shares[key])
        heard: Counter[str] = Counter()
        for rank, (article_id, place) in enumerate(ranked):
            if rank < NEAR or heard[article_id] < OF_EACH:
                heard[article_id] += 1
                kept |= {(article_id, place), (article_id, max(place - 1, 0))}
    return {
        article_id: [sentence for place, sentence in enumerate(sentences) if (article_id, place) in kept]
        for article_id, sentences in rows.items()
    }


def shares_of_words(text: str, sentences: Sequence[str]) -> list[float]:
    """How much of ``text``'s words each of ``sentences`` has, 0 to 1, same order; words that few of them have count
    more."""
    stems = [stems_of(sentence) for sentence in sentences]
    counts = Counter(stem for found in stems for stem in found)
    weights = {stem: math.log(1 + len(sentences) / max(1, counts[stem])) for stem in stems_of(text)}
    whole = sum(weights.values())
    return [sum(weights[stem] for stem in found & weights.keys()) / whole if whole else 0.0 for found in stems]
