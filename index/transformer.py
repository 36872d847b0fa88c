"""sentence-transformers models: torch for many texts, ONNX Runtime for one question, the same weights in both.

torch is fast in bulk and slow to import; a command that only asks never imports it. The ONNX file is made from
the loaded weights the first time that torch is up, and kept in the cache folder under the model's fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelUnavailable
from index.model_folder import ModelFolder
from index.processor import bfloat16_is_native
from index.torch_model import TorchModel, open_session, run_session
from index.types import FloatMatrix

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

FEW_TEXTS = 64  # up to here ONNX Runtime is done before torch is imported
_CHARACTERS_A_TOKEN = 12  # no text has more on average over a whole passage
_SAMPLES = ("Council votes.", "The harbour council voted on Tuesday to widen the channel, officials said. " * 4)


class TransformerEmbedder:
    """One model folder as an Embedder. Not for several threads at once."""

    def __init__(self, folder: ModelFolder, *, cache: Path, few_texts: int = FEW_TEXTS) -> None:
        self.name = folder.name
        self.dimension = folder.dimension
        self.fingerprint = folder.fingerprint
        self._folder = folder
        self._onnx_file = cache / "embedders" / folder.fingerprint / "model.onnx"
        self._few_texts = few_texts
        self._tokenizer: Tokenizer | None = None
        self._torch: TorchModel | None = None
        self._session: Any = None

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of length 1, same order. Raises ModelUnavailable."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        ids = [encoding.ids for encoding in self._encode(texts)]
        if self._torch is None and len(texts) <= self._few_texts and self._onnx_file.is_file():
            self._session = self._session or open_session(self._onnx_file)
            rows = run_session(self._session, ids, self.dimension)
        else:
            rows = self._loaded().embed(ids)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        if not (np.isfinite(norms).all() and norms.min() > 0):
            raise ModelUnavailable(f"the embedding model {self.name!r} gave a vector without a direction")
        unit: FloatMatrix = (rows / norms).astype(np.float32)
        return unit

    def _encode(self, texts: Sequence[str]) -> list[Encoding]:
        if self._tokenizer is None:
            from tokenizers import Tokenizer

            path = self._folder.path / "tokenizer.json"
            if not path.is_file():
                raise ModelUnavailable(f"{path} is missing: the model's fast tokenizer is needed")
            self._tokenizer = Tokenizer.from_file(str(path))
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(self._folder.max_tokens)
        most = self._folder.max_tokens * _CHARACTERS_A_TOKEN  # the rest would be read only to be cut off
        # A lone surrogate cannot reach the tokenizer, which speaks UTF-8.
        return self._tokenizer.encode_batch([text[:most].encode("utf-8", "replace").decode("utf-8") for text in texts])

    def _loaded(self) -> TorchModel:
        if self._torch is None:
            loaded = TorchModel(self._folder)
            if not self._onnx_file.is_file():
                loaded.export(self._onnx_file, [encoding.ids for encoding in self._encode(_SAMPLES)])
            loaded.settle(bfloat16=bfloat16_is_native())
            self._torch = loaded
        return self._torch
