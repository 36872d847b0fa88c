"""Which files an article was read from: what ``index --prune`` goes by."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from index import Collection, HashingEmbedder, IndexOptions, IndexReport

PRUNE = IndexOptions(prune=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wire").mkdir()
    return tmp_path / "wire"


def write(path: Path, *ports: str, url: bool = True, torn: str = "") -> None:
    """A file of lines: one report a port, known by a URL or by an id; ``torn`` is a last line that is no JSON."""
    rows = [
        {"url" if url else "id": f"https://post.example/{p}" if url else p, "text": f"The port of {p} closed."}
        for p in ports
    ]
    path.write_text("\n".join([*map(json.dumps, rows), *([torn] if torn else [])]) + "\n")


def index(folder: Path, *inputs: Path, options: IndexOptions = PRUNE) -> IndexReport:
    with Collection.open(folder.parent / "home", embedder=HashingEmbedder(64)) as collection:
        return collection.index([str(path) for path in inputs or (folder,)], options)


def ports(folder: Path) -> set[str]:
    with Collection.open(folder.parent / "home", readonly=True) as collection:
        return {header.source.rsplit("/")[-1] for header in collection.headers()}


@pytest.mark.parametrize("url", [True, False], ids=["known by URL", "known by id"])
def test_a_line_that_vanished_is_pruned_and_only_that(folder: Path, url: bool) -> None:
    write(folder / "a.jsonl", "Aldmoor", "Birkvale", "Cressing", url=url)
    index(folder)
    write(folder / "a.jsonl", "Aldmoor", "Cressing", url=url)
    assert index(folder, options=IndexOptions()).removed == 0
    report = index(folder)
    assert (report.removed, report.unchanged, report.notes) == (1, 2, ())
    assert ports(folder) == {"Aldmoor", "Cressing"}


def test_an_article_that_another_file_holds_too_stays_until_both_lose_it(folder: Path) -> None:
    write(folder / "a.jsonl", "Aldmoor", "Birkvale")
    write(folder / "b.jsonl", "Birkvale", "Cressing")
    index(folder)
    write(folder / "a.jsonl", "Aldmoor")
    assert index(folder, folder / "a.jsonl").removed == 0
    (folder / "b.jsonl").unlink()
    assert index(folder).removed == 2
    assert ports(folder) == {"Aldmoor"}


def test_a_file_that_vanished_takes_its_lines_along(folder: Path) -> None:
    write(folder / "a.jsonl", "Aldmoor", "Birkvale")
    (folder / "quay.txt").write_text("The quay of Dunholt closed.\n")
    index(folder)
    (folder / "a.jsonl").unlink()
    assert index(folder).removed == 2
    assert ports(folder) == {"quay.txt"}


@pytest.mark.parametrize("fault", ["a bad line", "a torn archive", "unreadable"])
def test_a_file_that_could_not_be_read_to_the_end_keeps_its_articles(folder: Path, fault: str) -> None:
    path = folder / "a.jsonl.gz"
    whole = b"".join(json.dumps({"id": p, "text": f"The port of {p} closed."}).encode() + b"\n" for p in "ABC")
    path.write_bytes(gzip.compress(whole))
    index(folder)
    if fault == "a bad line":
        path.write_bytes(gzip.compress(whole.splitlines(keepends=True)[0] + b"{torn"))
    elif fault == "a torn archive":
        path.write_bytes(gzip.compress(whole)[:-12])
    else:
        path.write_bytes(b"no gzip")
    report = index(folder)
    assert report.removed == 0
    assert any(note.endswith("nothing was pruned, for some of it could not be read") for note in report.notes)
    assert ports(folder) == {"A", "B", "C"}


def test_a_file_whose_name_looks_like_a_line_is_a_file(folder: Path) -> None:
    (folder / "part#1.txt").write_text("The first quay closed.\n")
    (folder / "part#2.txt").write_text("The second quay closed.\n")
    index(folder)
    assert index(folder).removed == 0
    (folder / "part#2.txt").unlink()
    assert index(folder).removed == 1
    assert ports(folder) == {"part#1.txt"}


def test_what_stands_elsewhere_is_never_pruned(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The quay of Elmsby closed.\n")
    write(folder / "a.jsonl", "Aldmoor")
    index(folder, folder, other)
    other.unlink()
    assert index(folder).removed == 0
    assert index(folder, other, folder).removed == 1


def test_a_removed_article_leaves_no_trace_of_its_file(folder: Path) -> None:
    write(folder / "a.jsonl", "Aldmoor", "Birkvale")
    index(folder)
    with Collection.open(folder.parent / "home", embedder=HashingEmbedder(64)) as collection:
        collection.remove("https://post.example/Aldmoor")
        assert len(collection.catalog.rows("SELECT * FROM origins")) == 1
