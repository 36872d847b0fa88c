"""Whether a word stands for the same thing in a source's headline as in its body."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.draft import Draft
from assistant.answers.mentions import flag_headline, mentions_near


def headline_against_body(draft: Draft, article_id: str, spans: Sequence[tuple[int, int]]) -> None:
    """Flag a headline that counts or words the thing at these places otherwise than the body does."""
    mentions = mentions_near(draft.material, article_id, spans)
    by_value: dict[float, list[int]] = {}
    for place, mention in enumerate(mentions):
        if mention.quantity is not None:
            by_value.setdefault(mention.quantity.value, []).append(place)
    for places in by_value.values():
        flag_headline(draft, [mentions[place] for place in places])
