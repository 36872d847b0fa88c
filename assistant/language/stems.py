"""Words by their first letters: which texts share words, whatever their endings, without a parse."""

from __future__ import annotations

import re
from collections.abc import Set

from index import without_invisible

STEM = 5  # letters that tell a word from another, whatever its ending
_WORD = re.compile(r"\w{3,}")


def stems_of(text: str, without: Set[str] = frozenset()) -> set[str]:
    """The stems of the words of three letters and more, but for those ``without`` holds (in lower case).

    Invisible characters inside a word are passed over.
    """
    return {word[:STEM] for word in _WORD.findall(without_invisible(text).lower()) if word not in without}
