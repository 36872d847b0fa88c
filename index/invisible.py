"""The characters that do not show: one set for all that matches, reads, shows or tells of them."""

from __future__ import annotations

import re

# Soft hyphen, joiners, zero-width characters, marks and overrides of direction, fillers that look like nothing,
# variation selectors, annotation and tag characters. For use inside a character class; no white space, no controls.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def without_invisible(text: str) -> str:
    """``text`` as its reader sees it."""
    return text if text.isascii() else _INVISIBLE.sub("", text)
