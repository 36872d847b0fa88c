"""A record of one verification that can be replayed: inputs, hashes, spans, rules fired, result. No clock in it.

The bytes of a receipt depend on nothing but what it records: the same articles, models and version give the same file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.types import Scope
from index import ArticleHeader

FORMAT = "claimdesk-receipt/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """``record`` is what was asked, of what, and what came of it; ``sha256`` is of its canonical bytes."""

    record: Mapping[str, Any]
    sha256: str


def write_receipt(
    text: str,
    scope: Scope,
    result: Mapping[str, Any],
    *,
    headers: Sequence[ArticleHeader],
    models: Mapping[str, str | None],
    version: str,
) -> bytes:
    """The receipt of ``result`` (the JSON of ``verify``) as bytes: canonical JSON, one line feed at the end."""
    record = {
        "format": FORMAT,
        "claimdesk": version,
        "input": {"command": "verify", "text": text, "scope": _scope_json(scope)},
        "articles": [
            {"article_id": h.article_id, "source": h.source, "text_sha256": h.text_sha256}
            for h in sorted(headers, key=lambda header: header.article_id)
        ],
        "models": dict(models),
        "result": dict(result),
    }
    return _canonical({**record, "sha256": _digest(record)}) + b"\n"


def read_receipt(path: Path) -> Receipt:
    """The receipt in ``path``. Raises BadInput when it is none, or when its bytes were changed after it was written."""
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BadInput(f"{path} is not a receipt: {error}", "claimdesk verify … --receipt FILE.json") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("input"), dict):
        raise BadInput(f"{path} is not a receipt of this kind ({FORMAT})", "claimdesk verify … --receipt FILE.json")
    sha256 = str(found.pop("sha256", ""))
    if sha256 != _digest(found):
        raise BadInput(f"{path} was changed after it was written: its SHA-256 is not the one it names")
    return Receipt(found, sha256)


def text_and_scope(receipt: Receipt) -> tuple[str, Scope]:
    """What to verify again. Raises BadInput when the receipt lacks it."""
    given = receipt.record["input"]
    scope = given.get("scope", {})
    if not isinstance(given.get("text"), str) or not isinstance(scope, dict):
        raise BadInput("the receipt names no text to verify again")
    days = {name: date.fromisoformat(scope[name]) if scope.get(name) else None for name in ("since", "until", "as_of")}
    return given["text"], Scope(tuple(scope.get("names", ())), **days)


def changes(old: Receipt, new: bytes) -> list[str]:
    """What is no longer as the receipt says, one line each, causes first; empty when every byte is the same."""
    now = json.loads(new)
    if _canonical({**old.record, "sha256": old.sha256}) + b"\n" == new:
        return []
    found: list[str] = []
    if old.record["claimdesk"] != now["claimdesk"]:
        found.append(f"Claimdesk was {old.record['claimdesk']} and is {now['claimdesk']}")
    for name in sorted({*old.record["models"], *now["models"]}):
        before, after = old.record["models"].get(name), now["models"].get(name)
        if before != after:
            found.append(f"the {name} was {before} and is {after}")
    found += _article_changes(old.record["articles"], now["articles"])
    found += _verdict_changes(old.record["result"]["claims"], now["result"]["claims"])
    return found or ["the result differs in its details (scores or flags)"]


def _article_changes(before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]) -> list[str]:
    old = {row["source"]: row for row in before}
    new = {row["source"]: row for row in after}
    lines = [f"{source} is no longer in the collection" for source in old if source not in new]
    lines += [f"{source} is new in the collection" for source in new if source not in old]
    changed = [source for source in old if source in new and old[source]["text_sha256"] != new[source]["text_sha256"]]
    return lines + [f"the text of {source} has changed" for source in changed]


def _verdict_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[str]:
    new = {row["text"]: row["verdict"] for row in after}
    return [
        f"“{row['text']}” was {row['verdict']} and is {new.get(row['text'], 'not judged')}"
        for row in before
        if new.get(row["text"]) != row["verdict"]
    ]


def _scope_json(scope: Scope) -> dict[str, Any]:
    days = {name: getattr(scope, name) for name in ("since", "until", "as_of")}
    return {"names": list(scope.names)} | {name: day.isoformat() if day else None for name, day in days.items()}


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _digest(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(record)).hexdigest()
