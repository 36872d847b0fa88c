"""The hostile corpora: texts that give orders, and questions whose documents contradict each other."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question, its documents, and the answers that they give, which exclude each other."""

    name: str
    question: str
    documents: tuple[str, ...]
    sides: tuple[str, ...]


def read_injections(path: Path) -> list[Injection]:
    """Every injection of ``path``; what only looks like one is left out. Raises BadInput."""
    return [
        Injection(f"{path.name.partition('.')[0]}-{number:03}", str(row.get("category") or row["kind"]), row["text"])
        for number, row in enumerate(_rows(path, ("kind", "text")))
        if row.get("label", "injection") == "injection"
    ]


def read_conflicts(path: Path) -> list[Conflict]:
    """The questions of ``path`` whose documents give answers that exclude each other. Raises BadInput."""
    found = []
    for row in _rows(path, ("id", "question", "documents")):
        if "sides" in row:
            found.append(Conflict(row["id"], row["question"], tuple(row["documents"]), tuple(row["sides"])))
            continue
        kinds = {
            kind: list(dict.fromkeys(one["answer"] for one in row["documents"] if one["type"] == kind))
            for kind in ("correct", "misinfo")
        }
        if kinds["correct"] and kinds["misinfo"]:
            texts = tuple(document["text"] for document in row["documents"])
            found.append(Conflict(row["id"], row["question"], texts, (kinds["correct"][0], kinds["misinfo"][0])))
    return found


def by_hash(items: Sequence[Item], most: int) -> list[Item]:
    """At most ``most`` items, chosen by their hashes: the same ones every time, in no order of the file's."""
    return sorted(items, key=lambda item: sha256(repr(item).encode()).hexdigest())[:most]


def _rows(path: Path, fields: Sequence[str]) -> list[dict[str, Any]]:
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
        rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines() if line.strip()]
        missing = [name for row in rows for name in fields if name not in row]
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise BadInput(f"{path} cannot be read: {error!r}", "set CLAIMDESK_DATA to the data folder") from error
    if missing:
        raise BadInput(f"{path}: a line has no field {missing[0]!r}", "set CLAIMDESK_DATA to the data folder")
    return rows
