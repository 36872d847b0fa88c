"""A checkpoint into what ships: 8-bit matrices, 4-bit word embeddings, ONNX; no torch is needed to run it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from assistant.verifier.lower import lower_sha256
from assistant.verifier.training.batches import LENGTHS
from assistant.verifier.training.network import GRID_BLOCK, HIDDEN, STATES, Network, from_grid, to_grid
from assistant.verifier.training.packing import pack_matrices

MODEL, TOKENIZER = "grounding.int8.onnx", "tokenizer.json"


class Exported(Network):
    """The network with its word embeddings read from packed 4-bit values and half-precision scales."""

    def __init__(self, network: Network) -> None:
        super().__init__(len(network.layers), network.head.out_features)
        self.load_state_dict(network.state_dict())
        values, scales = to_grid(network.words.weight.detach())
        same = torch.allclose(from_grid(values, scales), network.words.weight, atol=1e-4)
        assert same, "the word embeddings left their grid"
        self.register_buffer("packed", values[:, 0::2] * 16 + values[:, 1::2])
        self.register_buffer("scales", scales.half())
        self.register_buffer("places", network.positions.weight.detach().half())
        del self.words

    def embedded(self, ids: Tensor) -> Tensor:
        packed = self.packed[ids].float()  # type: ignore[index]
        high = torch.floor(packed / 16.0)
        values = torch.stack([high, packed - 16.0 * high], dim=-1) - 8.0
        blocks = values.view(ids.shape[0], ids.shape[1], HIDDEN // GRID_BLOCK, GRID_BLOCK)
        scales = self.scales[ids].float().unsqueeze(-1)  # type: ignore[index]
        return (blocks * scales).view(ids.shape[0], ids.shape[1], HIDDEN)


def averaged(checkpoints: Sequence[Path]) -> Network:
    """The mean of the checkpoints' weights: the workers of one stage."""
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    names = states[0]["network"]
    network = Network(int(states[0]["layers"]), len(names["head.bias"]))
    mean = {name: torch.stack([state["network"][name].float() for state in states]).mean(dim=0) for name in names}
    mean["words.weight"] = states[0]["network"]["words.weight"]  # frozen: equal in all
    network.load_state_dict(mean)
    return network.eval()


def export(checkpoints: Sequence[Path], base: Path, out: Path, verifier_id: str) -> None:
    """Write the 8-bit model, the tokenizer and their hashes to ``out``; manifest.json keeps temperature and threshold.

    ``base``: the folder whose tokenizer.json it is.
    """
    import onnx

    out.mkdir(parents=True, exist_ok=True)
    exported = Exported(averaged(checkpoints)).eval()
    ids = torch.ones(2, 32, dtype=torch.long)
    axes = {"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "logits": {0: "batch"}}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            exported,
            (ids, ids),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        model = onnx.load(str(whole))
        pack_matrices(model, bits=8)
        onnx.save(model, str(out / MODEL))
    compact_tokenizer(base / "tokenizer.json", out / TOKENIZER)
    manifest = out / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    content = {
        "verifier_id": verifier_id,
        "model": MODEL,
        "tokenizer": TOKENIZER,
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (MODEL, TOKENIZER)},
        "temperature": known.get("temperature", 1.0),
        "threshold": known.get("threshold", 0.5),
        "window": 192,
        "lengths": list(LENGTHS),
        "lower": lower_sha256((out / MODEL).read_bytes(), STATES),
    }
    manifest.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def compact_tokenizer(source: Path, out: Path) -> None:
    """The base model's tokenizer without spaces between its JSON values."""
    content = json.loads(source.read_text(encoding="utf-8"))
    out.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
