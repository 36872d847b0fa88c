"""Names that follow from content: the same source and text always get the same id."""

from __future__ import annotations

import hashlib


def article_id_of(source_key: str, text: str) -> str:
    """The first 16 hexadecimal digits of sha256(source_key + NUL + text)."""
    return sha256_of(f"{source_key}\0{text}")[:16]


def passage_id_of(article_id: str, start: int, end: int) -> str:
    return f"{article_id}:{start}-{end}"


def sha256_of(text: str) -> str:
    """sha256 of the text's UTF-8 bytes, hexadecimal; a text holds no lone surrogates (readers see to that)."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
