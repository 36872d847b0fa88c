"""A sentence that another source repeats with some words changed: what was changed may be the answer itself.

A copy in which a number or a name was changed is how a corrected or a forged article looks. To show one of the two and
pass over the other would settle what the sources leave open, so both are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from assistant.answers.matching import CONTENT, Match

COPIED = 0.65  # share of the longer sentence's words that both have
SHORTEST = 4  # words in common: shorter sentences are alike by chance
ON_IT = 0.3  # cosine to the question, from which a pair is told of which neither sentence was chosen


def altered_copies(kept: Sequence[Match], fitting: Sequence[Match]) -> list[Match]:
    """What else is to be told: copies of kept sentences, and pairs of copies that speak of all that the question names.

    ``fitting``: the sentences that hold something of the type asked for, best first.
    """
    shown = {match.sentence for match in kept}
    on_it = [match for match in fitting if match.sentence not in shown and match.similarity >= ON_IT]
    found: list[Match] = []
    for one, other in combinations([*kept, *(match for match in on_it if match.names == 1.0)], 2):
        if one.sentence.article_id != other.sentence.article_id and is_altered(one, other):
            found += [match for match in (one, other) if match.sentence not in shown]
            shown |= {one.sentence, other.sentence}
    return found


def is_altered(one: Match, other: Match) -> bool:
    """Whether one sentence is the other with content words changed."""
    ours, theirs = (
        Counter(token.text.lower() for token in m.parse.tokens if token.pos != "PUNCT") for m in (one, other)
    )
    common = (ours & theirs).total()
    if common < max(SHORTEST, COPIED * max(ours.total(), theirs.total())):
        return False
    content = {token.text.lower() for m in (one, other) for token in m.parse.tokens if token.pos in CONTENT}
    return bool(content & ((ours - theirs) + (theirs - ours)).keys())
