"""Training rows: reading the public pair sets, the licence gate and the development split. No models here."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import BadInput

DEVELOPMENT_SHARE = 0.05  # of the claims, by hash: never trained on
HELD_OUT_SHARE = 0.25  # of the Wikinews articles, by hash: edits of their sentences are for measuring only
OPEN_LICENCES = frozenset({"permissive", "share-alike"})


@dataclass(frozen=True, slots=True)
class PairRow:
    """One claim with one evidence text. ``label``: supported | refuted | nei | differs | unsupported."""

    claim: str
    evidence: str
    label: str
    origin: str  # the set, or "edits:<type>"
    mix: str = ""


def data_folder() -> Path:
    """The folder of public data sets named by CLAIMDESK_DATA. Raises BadInput when it is not set or missing."""
    value = os.environ.get("CLAIMDESK_DATA", "")
    if not value or not Path(value).is_dir():
        raise BadInput(f"CLAIMDESK_DATA is {value!r}, not a folder", "point it at the folder of public data sets")
    return Path(value)


def hash_share(text: str) -> float:
    """Where ``text`` falls in [0, 1) by the last 32 bits of its SHA-256: the same on every machine."""
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest()[-8:], 16) / 2**32


def is_development(claim: str) -> bool:
    """True for the 5 % of claims whose SHA-256 ends lowest."""
    return hash_share(claim) < DEVELOPMENT_SHARE


def is_held_out(document_id: str) -> bool:
    """True for the Wikinews articles whose edits are for measuring only."""
    return hash_share(document_id) < HELD_OUT_SHARE


def json_lines(path: Path) -> Iterator[dict[str, object]]:
    """Rows of a ``.jsonl`` or ``.jsonl.gz`` file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def open_rows(path: Path) -> list[PairRow]:
    """Rows whose licence allows weights that ship; the others are left out, always."""
    return [
        PairRow(str(row["claim"]), str(row["evidence"]), str(row["label"]), str(row["set"]), str(row["mix"]))
        for row in json_lines(path)
        if row.get("licence_class") in OPEN_LICENCES
    ]


def write_rows(path: Path, rows: Iterable[PairRow]) -> int:
    """Write rows as ``.jsonl.gz``; returns their number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=4) as out:
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_rows(path: Path) -> list[PairRow]:
    """Read what ``write_rows`` wrote."""
    return [PairRow(**{key: str(value) for key, value in row.items()}) for row in json_lines(path)]
