"""What the readers find in files and folders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from index.readers import Draft, ReadFailure, ReadOptions, read_sources


def read(path: Path | str | Sequence[str], **options: object) -> list[Draft | ReadFailure]:
    inputs = [str(path)] if isinstance(path, Path | str) else list(path)
    return list(read_sources(inputs, ReadOptions(today=date(2025, 1, 1), **options)))  # type: ignore[arg-type]


def draft_of(path: Path | str, **options: object) -> Draft:
    (found,) = read(path, **options)
    assert isinstance(found, Draft), found
    return found


def error_of(path: Path | str, **options: object) -> str:
    (found,) = read(path, **options)
    assert isinstance(found, ReadFailure), found
    return found.error


def written(tmp_path: Path, data: bytes | str, name: str = "article.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
