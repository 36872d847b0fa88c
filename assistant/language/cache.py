"""Parses kept in SQLite (``frames.db``), keyed by the text that the parser reads, the parser and the rules version."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

from assistant.cache import BlobCache
from assistant.language.parse import PARSER
from assistant.language.types import Token

RULES = "3"  # raise it when normalise.py, parse.cut or the stored form of tokens changes


class ParseCache:
    """Text → tokens (offsets into that text). Losing the file costs time, nothing else; ``notes`` tells of it."""

    def __init__(self, path: Path | None) -> None:
        self._blobs = BlobCache(path, "parses")

    @property
    def notes(self) -> Sequence[str]:
        return self._blobs.notes

    def close(self) -> None:
        self._blobs.close()

    def get(self, texts: Sequence[str]) -> list[tuple[Token, ...] | None]:
        """The tokens of each text, None where it was never parsed."""
        keys = [key_of(text) for text in texts]
        found = self._blobs.get(keys)
        return [_unpacked(found[key]) if key in found else None for key in keys]

    def put(self, texts: Sequence[str], rows: Sequence[tuple[Token, ...]]) -> None:
        self._blobs.put((key_of(text), pack(row)) for text, row in zip(texts, rows, strict=True))


def key_of(text: str) -> bytes:
    return hashlib.sha256(f"{PARSER}\0{RULES}\0{text}".encode("utf-8", "surrogatepass")).digest()


def pack(tokens: Sequence[Token]) -> bytes:
    """Columns compress better than rows."""
    columns = [[getattr(token, name) for token in tokens] for name in Token.__slots__]
    return zlib.compress(json.dumps(columns, separators=(",", ":")).encode())


def unpack(data: bytes) -> tuple[Token, ...]:
    return tuple(Token(*row) for row in zip(*json.loads(zlib.decompress(data)), strict=True))


def _unpacked(data: bytes) -> tuple[Token, ...] | None:
    """None for bytes that rotted on the disk: the text is parsed again."""
    try:
        return unpack(data)
    except (zlib.error, ValueError, TypeError):
        return None
