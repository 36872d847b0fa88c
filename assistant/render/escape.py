"""Make hidden and dangerous characters visible before text reaches a terminal. Article text is data, never commands."""

from __future__ import annotations

import re

# Controls but tab and newline; soft hyphen; bidirectional marks, overrides and isolates; zero-width characters;
# line separators; fillers that look like nothing; variation selectors; surrogates; the tag block.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""``text`` with every hidden or control character written out: ESC becomes ``\x1b``. Newlines and tabs stay."""
    return _HIDDEN.sub(_escape, text)


def one_line(text: str) -> str:
    """``visible(text)`` with each run of white space shown as one space: for table cells and one-line messages."""
    return " ".join(visible(text).split())


def safe_json(text: str) -> str:
    r"""JSON text with hidden characters as ``\uXXXX``: the same value to a parser, harmless to a terminal.

    In JSON such characters stand only inside strings (written without indentation by tabs), so the escape is exact.
    """

    def escaped(match: re.Match[str]) -> str:
        code = ord(match.group())
        if code <= 0xFFFF:
            return f"\\u{code:04x}"
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"

    return _HIDDEN.sub(escaped, text)
