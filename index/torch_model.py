"""A sentence-transformers model under torch: bulk embedding, and the ONNX file made from the same weights."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.model_folder import ModelFolder
from index.types import FloatMatrix

TOKENS_A_BATCH = 2_048  # larger batches leave the processor's cache
TOKENS_A_BATCH_ON_GPU = 131_072
TOKENS_A_SMALL_BATCH = 512  # under ONNX Runtime
_STEP = 16  # tokens: batches are padded to a multiple, for every new shape costs a compiled kernel
_CLOSE = 0.999  # cosine that the exported model must keep to the one it was made from


class TorchModel:
    """Loaded once, in float32. ``settle`` before embedding: it moves the weights to where they are fastest."""

    def __init__(self, folder: ModelFolder) -> None:
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # ours shows articles, not tensors
        try:
            self._model = SentenceTransformer(
                str(folder.path),
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            raise ModelUnavailable(f"{folder.path} does not load: {error}") from error
        self._model.eval()
        self._device = "cpu"
        self._folder = folder

    def settle(self, *, bfloat16: bool) -> None:
        """Use the graphics card when there is one, and bfloat16 there or when asked to. Export before, not after."""
        import torch

        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model.to(self._device)
        if bfloat16 or self._device == "cuda":
            self._model.to(torch.bfloat16)

    def embed(self, ids: Sequence[Sequence[int]]) -> FloatMatrix:
        """One row a list of token ids, float32, same order, not yet of length 1."""
        import torch

        rows = np.zeros((len(ids), self._folder.dimension), dtype=np.float32)
        budget = TOKENS_A_BATCH_ON_GPU if self._device == "cuda" else TOKENS_A_BATCH
        with torch.inference_mode():
            for positions, height, width in batches([len(one) for one in ids], budget):
                tokens, mask = padded(ids, positions, height, width)
                found = self._forward(torch.from_numpy(tokens), torch.from_numpy(mask))
                rows[positions] = found[: len(positions)].float().cpu().numpy()
        return rows

    def _forward(self, tokens: Any, mask: Any) -> Any:
        features = {"input_ids": tokens.to(self._device), "attention_mask": mask.to(self._device)}
        return self._model(features)["sentence_embedding"]

    def export(self, target: Path, samples: Sequence[Sequence[int]]) -> None:
        """Write the model as ONNX to ``target`` (whole or not at all), after checking it on ``samples``.

        Raises ModelUnavailable when the exported model gives other vectors.
        """
        import torch

        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        example = torch.ones((2, 7), dtype=torch.long)
        axes = {"input_ids": {0: "texts", 1: "tokens"}, "attention_mask": {0: "texts", 1: "tokens"}}
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")  # the exporter warns about branches that no input of ours takes
            torch.onnx.export(
                _onnx_face(self._model),
                (example, example),
                str(draft),
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding"],
                dynamic_axes={**axes, "embedding": {0: "texts"}},
                dynamo=False,
                opset_version=17,
            )
        self._check(draft, samples)
        draft.replace(target)

    def _check(self, file: Path, samples: Sequence[Sequence[int]]) -> None:
        theirs = run_session(open_session(file), samples, self._folder.dimension)
        for one, other in zip(self.embed(samples), theirs, strict=True):
            cosine = float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
            if cosine < _CLOSE:
                file.unlink()
                raise ModelUnavailable(f"{self._folder.name} as ONNX gives other vectors (cosine {cosine:.4f})")


def open_session(file: Path) -> Any:
    """An onnxruntime.InferenceSession on the processor. Raises ModelUnavailable for a torn file."""
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a server's other threads need the cores
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except (faults.Fail, faults.InvalidProtobuf, faults.InvalidGraph, faults.RuntimeException, OSError) as error:
        raise ModelUnavailable(f"{file} does not load ({error})", f"rm {file}") from error


def run_session(session: Any, ids: Sequence[Sequence[int]], dimension: int) -> FloatMatrix:
    """One row a list of token ids, float32, same order. Together they are read faster than one by one."""
    rows = np.zeros((len(ids), dimension), dtype=np.float32)
    for positions, _, width in batches([len(one) for one in ids], TOKENS_A_SMALL_BATCH):
        tokens, mask = padded(ids, positions, len(positions), width)
        rows[positions] = session.run(None, {"input_ids": tokens, "attention_mask": mask})[0]
    return rows


def padded(
    ids: Sequence[Sequence[int]], positions: Sequence[int], height: int, width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids and mask of the texts at ``positions``, shape (height, width). Rows left over hold one token."""
    tokens = np.zeros((height, width), dtype=np.int64)
    mask = np.zeros((height, width), dtype=np.int64)
    for row, position in enumerate(positions):
        tokens[row, : len(ids[position])] = ids[position]
        mask[row, : len(ids[position])] = 1
    mask[len(positions) :, 0] = 1
    return tokens, mask


def batches(lengths: Sequence[int], budget: int) -> Iterator[tuple[list[int], int, int]]:
    """Positions of texts of like length together, with the rows and columns to pad the batch to; longest first.

    Rows are powers of two and columns multiples of 16, so that few shapes occur.
    """
    order = sorted(range(len(lengths)), key=lambda position: -lengths[position])
    start = 0
    while start < len(order):
        width = -(-lengths[order[start]] // _STEP) * _STEP
        most = 1 << (max(1, budget // width).bit_length() - 1)
        positions = order[start : start + most]
        yield positions, 1 << (len(positions) - 1).bit_length(), width
        start += len(positions)


def _onnx_face(model: Any) -> Any:
    import torch

    class Face(torch.nn.Module):
        """Token ids and mask in, vector out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model  # a submodule: its weights become initializers of the graph

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

    return Face().eval()
