"""The shipped weights on torch, for many thousand pairs at once: on a GPU where there is one. Needs torch and onnx."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import numpy_helper

from assistant.errors import BadConfig, VerifierUnavailable
from assistant.verifier.grounding import Engine, GroundingVerifier
from assistant.verifier.training.network import Network, from_grid, relative_buckets
from assistant.verifier.weights_folder import shipped_folder

TOKENS_A_BATCH = {"cuda": 65_536, "cpu": 2048}
PARTS = ("query", "key_value", "out", "up", "down")  # a layer's matrices, in the order in which the graph uses them


def unpacked(content: bytes) -> Network:
    """The network of an exported file, its 8-bit and 4-bit blocks as float32. Raises VerifierUnavailable."""
    try:
        graph = onnx.load_from_string(content).graph
    except DecodeError as error:
        raise VerifierUnavailable(f"the model is no ONNX file: {error}", "reinstall claimdesk") from error
    held = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    matrices = [node for node in graph.node if node.op_type == "MatMulNBits"]
    layers = len(matrices) // len(PARTS)
    tables = [name for name, value in held.items() if value.shape == (len(relative_buckets(256)), 12)]
    if len(matrices) != layers * len(PARTS) + 1 or len(tables) != 1 or not {"packed", "scales"} <= held.keys():
        raise VerifierUnavailable("the model was not written by this recipe's export", "use the verifier default")
    network = Network(layers, len(held["head.bias"]))
    names = [f"layers.{layer}.{part}" for layer in range(layers) for part in PARTS] + ["dense"]
    state = {name: torch.tensor(value) for name, value in held.items() if name in network.state_dict()}
    for name, node in zip(names, matrices, strict=True):
        state[f"{name}.weight"] = _matrix(held[node.input[1]], held[node.input[2]])
    state["words.weight"] = _words(held["packed"], held["scales"])
    state["distance.weight"] = _distances(torch.tensor(held[tables[0]]))
    network.load_state_dict(state)
    return network.eval()


def _matrix(values: NDArray[np.uint8], scales: NDArray[np.float32]) -> torch.Tensor:
    """Values (outputs, blocks, inputs of a block) and scales (outputs * blocks,) to (outputs, inputs)."""
    outputs, blocks, _ = values.shape
    weights = (values.astype(np.float32) - 128) * scales.reshape(outputs, blocks, 1)
    return torch.from_numpy(weights.reshape(outputs, -1))


def _words(packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> torch.Tensor:
    values = np.stack([packed >> 4, packed & 15], axis=2).reshape(len(packed), -1)
    return from_grid(torch.from_numpy(values), torch.tensor(scales).float())


def _distances(table: torch.Tensor) -> torch.Tensor:
    """The bias of each bucket from that of each distance, (2 * longest - 1, heads); buckets of no distance are zero."""
    buckets = relative_buckets(256)
    weights = torch.zeros(32, table.shape[1])
    weights[buckets] = table
    return weights


def torch_engine(content: bytes, device: str) -> Engine:
    """Token ids and mask to logits on ``device``: bfloat16 on a GPU, float32 elsewhere. Raises VerifierUnavailable."""
    network = unpacked(content).to(device)

    @torch.inference_mode()
    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            logits = network(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device))
        found: NDArray[np.float32] = logits.float().cpu().numpy()
        return found

    return run


def open_bulk(rest: str) -> GroundingVerifier:
    """``bulk``, ``bulk:cuda``, ``bulk:cpu``, each with ``:FOLDER`` for other weights of the recipe.

    Raises BadConfig for another device or one that is not there, VerifierUnavailable for weights that cannot be read.
    """
    device, _, folder = rest.partition(":")
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if device not in TOKENS_A_BATCH:
        raise BadConfig(f"bulk runs on {' or '.join(TOKENS_A_BATCH)}, not on {device!r}", "write bulk, or bulk:cpu")
    if device == "cuda" and not torch.cuda.is_available():
        raise BadConfig("torch finds no GPU", "write bulk:cpu")
    place = Path(folder) if folder else shipped_folder()
    return GroundingVerifier(place, lambda content: torch_engine(content, device), TOKENS_A_BATCH[device], workers=1)
