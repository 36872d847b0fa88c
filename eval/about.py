"""What a run was run with: versions, models, thresholds, hashes of the data, seeds. What differs between equal runs
stands under ``clock`` alone.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant import configured_verifier, load_verifier
from eval.metrics import LEVEL, RESAMPLES, SEED, percentiles
from eval.results import SuiteResult

LIBRARIES = ("chromadb", "spacy", "onnxruntime", "sentence-transformers", "numpy")


def about(data: Sequence[Path], results: Sequence[SuiteResult], home: Path | None) -> Mapping[str, Any]:
    """The record of one run over the files and folders of ``data``, with the verifier that ``home`` is set to."""
    verifier = load_verifier(configured_verifier(home))
    return {
        "claimdesk": version("claimdesk"),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "verifier": {"id": verifier.verifier_id, "threshold": verifier.threshold},
        "models": dict(sorted({key: value for result in results for key, value in result.models.items()}.items())),
        "data": {path.name: sha256_of(path) for path in data if path.exists()},
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED, "level": LEVEL},
        "clock": {
            "seconds": {result.name: list(result.seconds) for result in results if result.seconds},
            "percentiles": {result.name: percentiles(result.seconds) for result in results if result.seconds},
        },
    }


def sha256_of(path: Path) -> str:
    """SHA-256 of a file; of a folder, over the names and hashes of its files in order."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    found = hashlib.sha256()
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        found.update(f"{file.relative_to(path).as_posix()}\0{sha256_of(file)}\n".encode())
    return found.hexdigest()
