"""Paths, folders and patterns → files, in a stable order. A link that leads out of a folder is not followed."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.readers.base import ReadFailure


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file to read: as the user would name it, and where it really is."""

    source: str
    path: Path  # resolved


def expand(inputs: Collection[str], suffixes: Collection[str]) -> Iterator[FoundFile | ReadFailure]:
    """Every file meant by ``inputs`` once. A folder gives its files with one of ``suffixes``, hidden ones left out."""
    seen: set[Path] = set()
    for given in inputs:
        for found in _expanded(given, suffixes):
            if isinstance(found, FoundFile):
                if found.path in seen:
                    continue
                seen.add(found.path)
            yield found


def storable(name: str) -> str:
    """A file name as text: bytes that no encoding explains are written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _expanded(given: str, suffixes: Collection[str]) -> Iterator[FoundFile | ReadFailure]:
    if "\0" in given:
        yield ReadFailure(given.replace("\0", "\\0"), "a path holds no NUL character")
        return
    path = Path(given).expanduser()
    try:
        if path.is_dir():
            yield from _in_folder(path, suffixes)
        elif path.exists():
            yield _file(path)
        elif glob.has_magic(given):
            yield from _matching(str(path), given, suffixes)
        elif "://" in given:
            yield ReadFailure(given, "pages are not fetched: save it as .html and index the file")
        else:
            yield ReadFailure(storable(given), "no such file or folder")
    except OSError as error:
        yield ReadFailure(storable(given), f"cannot be read: {error.strerror or error}")


def _file(path: Path) -> FoundFile | ReadFailure:
    if not path.is_file():
        return ReadFailure(storable(str(path)), "is no regular file")
    return FoundFile(storable(str(path)), path.resolve())


def _matching(pattern: str, given: str, suffixes: Collection[str]) -> Iterator[FoundFile | ReadFailure]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        yield ReadFailure(storable(given), "matches no file")
    for match in matches:
        if not Path(match).is_dir():
            yield _file(Path(match))
        elif not pattern.endswith("**"):  # that pattern lists what is in its folders by itself
            yield from _in_folder(Path(match), suffixes)


def _in_folder(folder: Path, suffixes: Collection[str]) -> Iterator[FoundFile | ReadFailure]:
    root = folder.resolve()
    others: Counter[str] = Counter()
    count = 0
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent) / name
            if name.startswith("."):
                continue
            if not name.lower().endswith(tuple(suffixes)):
                others[path.suffix.lower() or "no suffix"] += 1
                continue
            count += 1
            found = _file(path)
            if isinstance(found, FoundFile) and path.is_symlink() and not found.path.is_relative_to(root):
                found = ReadFailure(
                    found.source, "is a link that leads out of the folder: name the file itself to read it"
                )
            yield found
    if others:
        kinds = ", ".join(f"{number} × {suffix}" for suffix, number in sorted(others.items()))
        yield ReadFailure(storable(str(folder)), f"left out {kinds}: no reader for these in a folder")
    elif count == 0:
        yield ReadFailure(storable(str(folder)), "holds no file to read")
