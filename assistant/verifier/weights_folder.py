"""The shipped weights: where they are, that they are whole, and what their manifest says. No inference."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from assistant.errors import VerifierUnavailable

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a folder of weights. ``threshold``: the calibrated entailment from which a pair is supported."""

    verifier_id: str
    model: str  # file name
    tokenizer: str  # file name
    sha256: dict[str, str]  # file name → digest
    temperature: float
    threshold: float
    window: int  # tokens of claim and evidence together
    lengths: tuple[int, ...]  # padded lengths, rising
    lower: str = ""  # digest of the lower layers, on which other networks stand (``lower_sha256``)


def shipped_folder() -> Path:
    """The folder inside the package."""
    return Path(str(files("assistant.verifier"))) / "weights"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of ``folder``. Raises VerifierUnavailable when it is missing or not a manifest."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**{**found, "lengths": tuple(found["lengths"])})
    except FileNotFoundError as error:
        raise VerifierUnavailable(f"{folder} holds no {MANIFEST}", "reinstall claimdesk") from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise VerifierUnavailable(f"{folder / MANIFEST} is damaged: {error}", "reinstall claimdesk") from error


def checked_file(folder: Path, name: str, sha256: Mapping[str, str]) -> bytes:
    """The bytes of one file. Raises VerifierUnavailable when it is missing or its SHA-256 is not the manifest's."""
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise VerifierUnavailable(f"{folder / name} is missing", "reinstall claimdesk") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != sha256.get(name):
        wanted = sha256.get(name, "none")
        raise VerifierUnavailable(f"{folder / name} has SHA-256 {digest}, not {wanted}", "reinstall claimdesk")
    return content
