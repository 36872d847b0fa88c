"""Bytes → text. UTF-8 first, UTF-16 and UTF-32 by their marks or their zeros, Windows-1252 for the odd byte.

Hidden and bidirectional characters, escape sequences and all else that can be stored stay as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from index.errors import UnreadableSource

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_MARKS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x7fELF",
    b"\x1f\x8b",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS = re.compile(
    r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]"
)  # not bell, backspace, white space, escape: text holds those
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MOST_ODD = 0.3  # share of bytes outside UTF-8: above it, the file is in another encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with newlines normalised; ``encoding`` says how it was read."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, source: str, declared: str | None = None) -> Decoded:
    """The text of ``data``. ``declared`` is an encoding that the file names itself.

    Raises UnreadableSource for binary data and for encodings that nothing here knows.
    """
    if data.startswith(_BINARY_MARKS):
        raise UnreadableSource(f"{source} is not text: it begins like an image, an archive or a program")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _without_mark(data)
    if encoding is None and declared is not None:
        encoding = _known(declared, data)
    if encoding is not None:
        try:
            return repaired(data.decode(encoding), encoding.removesuffix("-sig"), source)
        except UnicodeError:
            if "16" in encoding or "32" in encoding:
                raise UnreadableSource(f"{source} begins as {encoding} but is not: it cannot be decoded") from None
    return repaired(*_as_utf8(data.removeprefix(codecs.BOM_UTF8), source), source)


def repaired(text: str, encoding: str, source: str) -> Decoded:
    """``text`` with newlines normalised and lone surrogates replaced. Raises UnreadableSource for binary data."""
    if "\0" in text:
        raise UnreadableSource(f"{source} holds NUL characters: it is not text")
    if len(_CONTROLS.findall(text)) > max(3, len(text) // 100):
        raise UnreadableSource(f"{source} is full of control characters: it is not text")
    notes: tuple[str, ...] = ()
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves that belong together meet
        notes = ("half characters (lone surrogates) were replaced by U+FFFD",)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, notes)


def _as_utf8(data: bytes, source: str) -> tuple[str, str]:
    odd = 0

    def take_odd(error: UnicodeError) -> tuple[str, int]:
        nonlocal odd
        assert isinstance(error, UnicodeDecodeError)
        half = data[error.start : error.start + 3]
        if len(half) == 3 and half[0] == 0xED and 0xA0 <= half[1] <= 0xBF and 0x80 <= half[2] <= 0xBF:
            return half.decode("utf-8", "surrogatepass"), error.start + 3
        odd += 1
        return data[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("claimdesk-cp1252", take_odd)
    text = data.decode("utf-8", "claimdesk-cp1252")
    if odd > len(data) * _MOST_ODD:
        raise UnreadableSource(f"{source} is neither UTF-8, UTF-16 nor Windows-1252: convert it to UTF-8")
    if odd == 0:
        return text, "utf-8"
    others = len(text) - sum(map(str.isascii, text)) - odd
    return text, "utf-8 and cp1252" if others > 0 else "cp1252"


def _without_mark(data: bytes) -> str | None:
    """UTF-16 shows itself by a zero in every other byte of Western text."""
    sample = data[:4_000]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _known(declared: str, data: bytes) -> str | None:
    """The declared encoding when Python knows it as a text encoding and it decodes the data."""
    try:
        name = codecs.lookup(declared.strip()).name
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name.startswith(("utf-16", "utf-32")) else name  # no mark, no zeros: the declaration is wrong
