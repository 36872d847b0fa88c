"""Words by their first letters: which texts share words, whatever their endings, without a parse."""

from __future__ import annotations

import re
from collections.abc import Set

STEM = 5  # letters that tell a word from another, whatever its ending
_WORD = re.compile(r"\w{3,}")


def stems_of(text: str, without: Set[str] = frozenset()) -> set[str]:
    """The stems of the words of three letters and more, but for those ``without`` holds (in lower case)."""
    return {word[:STEM] for word in _WORD.findall(text.lower()) if word not in without}
