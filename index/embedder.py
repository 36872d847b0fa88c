"""Texts → unit vectors. The seam that stores and searches know; the model behind it is a name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.model_folder import DEFAULT_MODEL, find_model
from index.registry import Registry
from index.transformer import TransformerEmbedder
from index.types import FloatMatrix

__all__ = ["Embedder", "HashingEmbedder", "TransformerEmbedder", "embedders", "open_embedder"]


class Embedder(Protocol):
    """Turns texts into vectors. Equal fingerprints mean that vectors can be compared."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed ``texts``: float32, shape (len(texts), dimension), rows of length 1, same order.

        Raises ModelUnavailable when the weights cannot be loaded.
        """
        ...


class HashingEmbedder:
    """Words hashed into a vector: no model, no download, the same on every machine. For tests and tiny collections.

    It knows words, not meanings; a text without a word is the first axis.
    """

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.name = "hashing"
        self.fingerprint = f"hashing-{dimension}-1"

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                row[int.from_bytes(digest[:4]) % self.dimension] += 1.0 if digest[4] & 1 else -1.0
            if not row.any():
                row[0] = 1.0
            row /= np.linalg.norm(row)
        return rows


def _hashing(_cache: Path) -> Embedder:
    return HashingEmbedder()


embedders: Registry[Callable[[Path], Embedder]] = Registry(
    "embedder", "claimdesk.embedders", {"hashing": "index.embedder:_hashing"}
)


def open_embedder(name: str = DEFAULT_MODEL, *, cache: Path) -> Embedder:
    """The embedder called ``name``: a registered one, else a sentence-transformers model by name or folder.

    ``cache`` is a folder for what is computed from the weights once. Raises ModelUnavailable.
    """
    if name in embedders.names():
        return embedders.get(name)(cache)
    return TransformerEmbedder(find_model(name), cache=cache)
