"""A receipt is replayed to the same bytes, or says what changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInput
from assistant.receipt import changes, read_receipt, text_and_scope, write_receipt
from assistant.types import Scope
from index import ArticleHeader

PORTS = ArticleHeader(article_id="a" * 16, source_key="k", source="ports.txt", text_sha256="1" * 64)
SCOPE = Scope(names=("ports",), since=date(2024, 1, 1))


def receipt(tmp_path: Path, **other: Any) -> bytes:
    given: dict[str, Any] = {
        "headers": [PORTS],
        "models": {"embedder": "e", "verifier": "v"},
        "version": "1.0",
        "result": {"claims": [{"text": "Dockers struck.", "verdict": "supported"}]},
    } | other
    return write_receipt("Dockers struck.", SCOPE, given.pop("result"), **given)


def test_the_same_record_gives_the_same_bytes_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt(tmp_path))
    found = read_receipt(path)
    assert text_and_scope(found) == ("Dockers struck.", SCOPE)
    assert changes(found, receipt(tmp_path)) == []


@pytest.mark.parametrize(
    ("other", "line"),
    [
        ({"models": {"embedder": "e", "verifier": "w"}}, "the verifier was v and is w"),
        ({"version": "1.1"}, "Claimdesk was 1.0 and is 1.1"),
        ({"headers": []}, "ports.txt is no longer in the collection"),
        (
            {"result": {"claims": [{"text": "Dockers struck.", "verdict": "refuted"}]}},
            "“Dockers struck.” was supported and is refuted",
        ),
    ],
)
def test_what_changed_is_named(tmp_path: Path, other: dict[str, Any], line: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt(tmp_path))
    assert changes(read_receipt(path), receipt(tmp_path, **other)) == [line]


def test_a_receipt_that_was_edited_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    record = json.loads(receipt(tmp_path))
    record["result"]["claims"][0]["verdict"] = "refuted"
    path.write_text(json.dumps(record))
    with pytest.raises(BadInput, match="changed after it was written"):
        read_receipt(path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "other"}', "\x00"])
def test_what_is_no_receipt_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(content)
    with pytest.raises(BadInput, match="not a receipt"):
        read_receipt(path)
