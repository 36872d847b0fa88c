"""Characters that do not show: they stay in the text, and whoever indexes it is told of them.

What ordinary pages hold is passed over: soft hyphens, joiners inside emoji and scripts, variation selectors of emoji.
"""

from __future__ import annotations

import re

from index.readers.base import Draft

# Zero-width characters, marks and overrides of direction, tags; a variation selector after a letter; escape and bell.
_HIDDEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\x07\x1b]"
    "|(?<=[^\\W_])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def hidden_notes(draft: Draft) -> tuple[str, ...]:
    """What a user should know of the draft: how many hidden characters it holds, and where; nothing for none."""
    parts = {
        "text": draft.text,
        "headline": None if draft.headline_prefixed else draft.headline,
        "byline": draft.byline,
        "publisher": draft.publisher,
        "name": draft.source,
    }
    counts = {name: len(_HIDDEN.findall(part)) for name, part in parts.items() if part}
    return tuple(
        f"{count:,} hidden character{'s' if count > 1 else ''} in its {name}: kept, shown written out, and not read"
        for name, count in counts.items()
        if count
    )
