"""The hostile corpora: texts that give orders, and questions whose documents contradict each other."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from assistant import BadInput

INJECTIONS = Path("hostile") / "injections_open.jsonl.gz"
CONFLICTS = Path("questions") / "ramdocs_open.jsonl.gz"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Injection:
    name: str
    kind: str
    text: str
    cleaned: int = field(default=0, repr=False)  # 1 where control characters were taken out


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question, its documents, and the answers that they give, which exclude each other."""

    name: str
    question: str
    documents: tuple[str, ...]
    sides: tuple[str, ...]
    cleaned: int = field(default=0, repr=False)  # how many of the documents held control characters


def read_injections(path: Path) -> list[Injection]:
    """Every injection of ``path``; what only looks like one is left out. Raises BadInput."""
    found = []
    for number, row in enumerate(_rows(path, ("kind", "text"))):
        if row.get("label", "injection") == "injection":
            name, text = f"{path.name.partition('.')[0]}-{number:03}", without_controls(row["text"])
            kind = str(row.get("category") or row["kind"])
            found.append(Injection(name, kind, text, cleaned=int(text != row["text"])))
    return found


def read_conflicts(path: Path) -> list[Conflict]:
    """The questions of ``path`` whose documents give answers that exclude each other. Raises BadInput."""
    found = []
    for row in _rows(path, ("id", "question", "documents")):
        if "sides" in row:
            found.append(_conflict(row, row["documents"], row["sides"]))
            continue
        kinds = {
            kind: list(dict.fromkeys(one["answer"] for one in row["documents"] if one["type"] == kind))
            for kind in ("correct", "misinfo")
        }
        if kinds["correct"] and kinds["misinfo"]:
            texts = [document["text"] for document in row["documents"]]
            found.append(_conflict(row, texts, (kinds["correct"][0], kinds["misinfo"][0])))
    return found


def _conflict(row: Mapping[str, Any], texts: Sequence[str], sides: Sequence[str]) -> Conflict:
    documents = tuple(without_controls(text) for text in texts)
    cleaned = sum(clean != text for clean, text in zip(documents, texts, strict=True))
    return Conflict(row["id"], row["question"], documents, tuple(sides), cleaned)


def without_controls(text: str) -> str:
    """``text`` without control characters (NUL and the like): no article that can be indexed is full of them.

    >>> without_controls("a\\x00 b\\tc")
    'a b\\tc'
    """
    return "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) != "Cc")


def by_hash(items: Sequence[Item], most: int) -> list[Item]:
    """At most ``most`` items, chosen by their hashes: the same ones every time, in no order of the file's."""
    return sorted(items, key=lambda item: sha256(repr(item).encode()).hexdigest())[:most]


def _rows(path: Path, fields: Sequence[str]) -> list[dict[str, Any]]:
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
        rows: list[dict[str, Any]] = [json.loads(line) for line in text.split("\n") if line.strip()]
        missing = [name for row in rows for name in fields if name not in row]
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise BadInput(f"{path} cannot be read: {error!r}", "set CLAIMDESK_DATA to the data folder") from error
    if missing:
        raise BadInput(f"{path}: a line has no field {missing[0]!r}", "set CLAIMDESK_DATA to the data folder")
    return rows
