"""Parses kept in SQLite (``frames.db``), keyed by the text that the parser reads, the parser and the rules version."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

from assistant.language.parse import PARSER
from assistant.language.types import Token

RULES = "2"  # raise it when normalise.py or the stored form of tokens changes
SCHEMA = "CREATE TABLE IF NOT EXISTS parses (key BLOB PRIMARY KEY, tokens BLOB NOT NULL) WITHOUT ROWID"
MOST_KEYS = 500  # in one query


class ParseCache:
    """Text → tokens (offsets into that text). Losing the file costs time, nothing else."""

    def __init__(self, path: Path | None) -> None:
        self._connection = sqlite3.connect(path or ":memory:", timeout=30, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(SCHEMA)

    def close(self) -> None:
        self._connection.close()

    def get(self, texts: Sequence[str]) -> list[tuple[Token, ...] | None]:
        """The tokens of each text, None where it was never parsed."""
        keys = [key_of(text) for text in texts]
        found: dict[bytes, bytes] = {}
        for first in range(0, len(keys), MOST_KEYS):
            some = keys[first : first + MOST_KEYS]
            marks = ",".join("?" * len(some))
            found.update(self._connection.execute(f"SELECT key, tokens FROM parses WHERE key IN ({marks})", some))
        return [unpack(found[key]) if key in found else None for key in keys]

    def put(self, texts: Sequence[str], rows: Sequence[tuple[Token, ...]]) -> None:
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO parses VALUES (?, ?)",
                [(key_of(text), pack(row)) for text, row in zip(texts, rows, strict=True)],
            )


def key_of(text: str) -> bytes:
    return hashlib.sha256(f"{PARSER}\0{RULES}\0{text}".encode("utf-8", "surrogatepass")).digest()


def pack(tokens: Sequence[Token]) -> bytes:
    """Columns compress better than rows."""
    columns = [[getattr(token, name) for token in tokens] for name in Token.__slots__]
    return zlib.compress(json.dumps(columns, separators=(",", ":")).encode())


def unpack(data: bytes) -> tuple[Token, ...]:
    return tuple(Token(*row) for row in zip(*json.loads(zlib.decompress(data)), strict=True))
