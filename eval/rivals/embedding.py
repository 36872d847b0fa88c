"""Ways of embedding with all-MiniLM-L6-v2, the same weights in each: Claimdesk, sentence-transformers in float32,
ONNX Runtime in float32, and what Chroma does by default.
"""

from __future__ import annotations

import gzip
import json
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.rivals.search import plain_encoder, weights
from index import open_embedder

MOST_TOKENS = 256
BATCH = 32
FILES = ("config.json", "special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt")
Encode = Callable[[Sequence[str]], Any]


def claimdesk(folder: Path) -> Encode:
    """What ``claimdesk index`` calls."""
    return open_embedder(cache=folder).embed


def onnx_runtime(folder: Path) -> Encode:
    """ONNX Runtime in float32: batches as they come, padded to their longest text."""
    import onnxruntime
    from tokenizers import Tokenizer

    session = onnxruntime.InferenceSession(str(exported(folder)), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(weights() / "tokenizer.json"))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.enable_padding()

    def batches(texts: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(texts), BATCH):
            read = tokenizer.encode_batch(list(texts[start : start + BATCH]))
            tokens, mask = np.array([one.ids for one in read]), np.array([one.attention_mask for one in read])
            asked = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
            states = session.run(None, asked)[0]
            summed = (states * mask[:, :, None]).sum(axis=1)
            yield summed / np.linalg.norm(summed, axis=1, keepdims=True)

    return lambda texts: np.concatenate(list(batches(texts)))


def chroma_default(folder: Path) -> Encode:
    """Chroma's default embedding function with these weights in the place of the file that it would download."""
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

    exported(folder)
    embed = ONNXMiniLM_L6_V2()
    embed.DOWNLOAD_PATH = folder
    return lambda texts: np.array(embed(list(texts)))


def exported(folder: Path) -> Path:
    """The weights as ONNX under ``folder``/onnx, laid out as Chroma looks for them."""
    import torch
    from transformers import AutoModel

    target = folder / "onnx" / "model.onnx"
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(weights() / name, target.parent / name)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    model = AutoModel.from_pretrained(str(weights()), local_files_only=True, attn_implementation="eager").eval()

    class Face(torch.nn.Module):
        """Three tensors in, the last layer's states out: what Chroma's file does."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            found = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
            return found.last_hidden_state

    axes = {name: {0: "texts", 1: "tokens"} for name in (*names, "last_hidden_state")}
    example = torch.ones((2, 7), dtype=torch.long)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Face(),
            (example, example, torch.zeros_like(example)),
            str(target),
            input_names=names,
            output_names=["last_hidden_state"],
            dynamic_axes=axes,
            dynamo=False,
            opset_version=17,
        )
    return target


WAYS: Mapping[str, Callable[[Path], Encode]] = {
    "claimdesk": claimdesk,
    "sentence-transformers fp32": lambda _: plain_encoder(),
    "ONNX Runtime fp32": onnx_runtime,
    "Chroma's default": chroma_default,
}


def texts_of(path: Path, count: int) -> list[str]:
    """``count`` pieces of about 500 characters, of the articles of ``path`` (JSON lines) in order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        whole = (json.loads(line)["text"] for line in lines)
        pieces = (text[start : start + 500] for text in whole for start in range(0, len(text) - 500, 500))
        return [piece for piece, _ in zip(pieces, range(count), strict=False)]
