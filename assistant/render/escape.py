"""Make hidden and dangerous characters visible before text reaches a terminal. Article text is data, never commands."""

from __future__ import annotations

import re

from index import INVISIBLE

# Controls but tab and newline; what does not show; line separators; surrogates.
_HIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{INVISIBLE}\u2028\u2029\ud800-\udfff]")


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
