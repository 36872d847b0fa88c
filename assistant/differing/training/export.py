"""A checkpoint into what ships: 8-bit matrices, ONNX, a manifest with its hash and that of the layers below it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import torch

from assistant.differing.pair_reader import MANIFEST, MODEL
from assistant.differing.training.network import DifferenceNetwork
from assistant.verifier.training.network import HIDDEN, STATES
from assistant.verifier.training.packing import pack_matrices
from assistant.verifier.weights_folder import read_manifest, shipped_folder

READER_ID = "differing-1"


def export(checkpoint: Path, out: Path) -> None:
    """Write model and manifest to ``out``; it reads the states of the verifier that is shipped now."""
    import onnx

    out.mkdir(parents=True, exist_ok=True)
    network = DifferenceNetwork()
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["network"])
    states, mask = torch.zeros(2, 32, HIDDEN), torch.ones(2, 32, dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in ("states", "mask")}
    axes |= {"cells": {0: "batch", 2: "length", 3: "length"}, "one_fact": {0: "batch"}}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network.eval(),
            (states, mask),
            str(whole),
            input_names=["states", "mask"],
            output_names=["cells", "one_fact"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        model = onnx.load(str(whole))
        pack_matrices(model, bits=8)
        onnx.save(model, str(out / MODEL))
    content = {
        "reader_id": READER_ID,
        "below": read_manifest(shipped_folder()).lower,
        "states": STATES,
        "sha256": {MODEL: hashlib.sha256((out / MODEL).read_bytes()).hexdigest()},
    }
    (out / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
