"""Whoever indexes an article is told of the hidden characters in it, but for those that ordinary pages hold.

Ordinary are soft hyphens, joiners inside emoji and scripts, one selector of a glyph after an emoji, a digit or an
ideograph, flags of countries, direction marks in text with Hebrew or Arabic letters, Mongolian selectors.
"""

from __future__ import annotations

import re

from index.invisible import INVISIBLE
from index.readers import Draft

_LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u052f"  # Latin, Greek, Cyrillic: they need neither joiners nor selectors
_CONTROLS = "\x07\x1b"  # what commands a terminal
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"  # of Scotland: "gbsct" in tags
_PARTS = re.compile(
    f"(?=[{INVISIBLE}{_CONTROLS}\U0001f3f4])(?:"
    f"(?P<inside>(?<=[{_LETTERS}])[\u061c\u200c-\u200f]+(?=[{_LETTERS}]))"
    "|(?P<mark>[\u061c\u200e\u200f])"
    f"|[\u00ad\u200c\u200d]|{_FLAG}"
    f"|(?<![{_LETTERS}{INVISIBLE}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # one: a row of them spells something
    "|(?<=[\u1820-\u18aa])[\u180b-\u180f]"
    f"|(?P<hidden>[{INVISIBLE}{_CONTROLS}]))"
)
_RIGHT_TO_LEFT = re.compile("[\u05d0-\u05f4\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def hidden_notes(draft: Draft) -> tuple[str, ...]:
    """What a user should know of the draft: how many hidden characters it holds, and where; nothing for none."""
    parts = {
        "text": draft.text,
        "headline": None if draft.headline_prefixed else draft.headline,
        "byline": draft.byline,
        "publisher": draft.publisher,
        "name": draft.source,
    }
    counts = {name: hidden_in(part) for name, part in parts.items() if part}
    return tuple(
        f"{count:,} hidden character{'s' if count > 1 else ''} in its {name}: kept, shown written out; "
        "a search may miss words that hold one"
        for name, count in counts.items()
        if count
    )


def hidden_in(text: str) -> int:
    """How many characters of ``text`` are hidden and not what ordinary pages hold."""
    counted = {"inside", "hidden"} if _RIGHT_TO_LEFT.search(text) else {"inside", "hidden", "mark"}
    return sum(len(part.group()) for part in _PARTS.finditer(text) if part.lastgroup in counted)
