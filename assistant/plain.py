"""A language model's text without anything that a page, a terminal or a chat client could act on. Pure."""

from __future__ import annotations

import re
import unicodedata

_IMAGE = re.compile(r"!\[[^\]]*\]\s*(?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\]\s*\([^)]*\)")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_URL = re.compile(r"(?:\b(?:https?|ftp|file|javascript|data|mailto)\s*:\s*(?://)?\S+|\bwww\.\S+)", re.IGNORECASE)
_SCHEME = re.compile(r"\b(https?|ftp|file|javascript|data|mailto)\s*:", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
_MARKS = str.maketrans(
    dict.fromkeys("「『《〈｢❝〝‟❮", "“")
    | dict.fromkeys("」』》〉｣❞〞〟❯", "”")
    | {"＂": '"', "❛": "‘", "❜": "’", "‛": "‘"}
)


def without_markup(text: str) -> tuple[str, list[str]]:
    """The text without control characters, images, links, URLs and tags, and a list of what was taken out."""
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    removed: list[str] = []

    def take(match: re.Match[str]) -> str:
        removed.append(_SCHEME.sub(r"\1[:]", match.group().strip()[:200]))  # chat clients make links of bare addresses
        return match.group(1) if match.re is _LINK else " "

    for pattern in (_IMAGE, _REFERENCE, _LINK, _TAG, _URL):
        text = pattern.sub(take, text)
    text = text.replace("``", '"').replace("''", '"')
    text = re.sub(r"[*_#`|]{1,}|^\s*[-+>]\s+", " ", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]+", " ", text).strip(), removed


def plain_marks(text: str) -> str:
    """Rarer quotation marks (「…」, ❝…❞, ＂…＂) as those that every reader of drafts knows; same length."""
    return text.translate(_MARKS)
