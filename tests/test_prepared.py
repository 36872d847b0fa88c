"""What is read ahead is not computed again, and gives the same."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.language.reader import LanguageReader
from assistant.prepared import PreparedSources, SentenceVectors, prepare
from assistant.serve.ahead import Ahead
from index import Collection, FloatMatrix, HashingEmbedder

STORY = "Weir shut\n\nThe weir at Oxmoor was shut on Monday. Mora Lind, an engineer, said so.\n"


class Counting:
    """An embedder that remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> FloatMatrix:
        self.asked += texts
        return HashingEmbedder().embed(texts)


@pytest.fixture
def vectors(tmp_path: Path) -> SentenceVectors:
    return SentenceVectors(tmp_path / "frames.db", "hashing")


@pytest.fixture
def weir(tmp_path: Path) -> Iterator[Collection]:
    (tmp_path / "weir.txt").write_text(STORY, encoding="utf-8")
    with Collection.open(tmp_path / "home", embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "weir.txt")])
        yield collection


def test_a_text_is_embedded_once_and_its_vector_stays_the_same(vectors: SentenceVectors) -> None:
    compute = Counting()
    fresh = vectors.embed(["The weir was shut.", "Sheep grazed."], compute)
    again = vectors.embed(["Sheep grazed.", "A third.", "The weir was shut."], compute)
    assert compute.asked == ["The weir was shut.", "Sheep grazed.", "A third."]
    assert np.array_equal(fresh[[1, 0]], again[[0, 2]])
    assert fresh.dtype == np.float32
    assert np.allclose(fresh, HashingEmbedder().embed(["The weir was shut.", "Sheep grazed."]), atol=1e-3)


def test_another_embedder_has_vectors_of_its_own(vectors: SentenceVectors, tmp_path: Path) -> None:
    vectors.embed(["The weir was shut."], Counting())
    assert SentenceVectors(tmp_path / "frames.db", "other").missing(["The weir was shut."]) == ["The weir was shut."]


def test_after_reading_ahead_nothing_is_left_to_embed(
    weir: Collection, vectors: SentenceVectors, language: LanguageReader
) -> None:
    assert prepare(weir, language, vectors, lambda: False) == 1
    (header,) = weir.headers()
    texts = [sentence.text for sentence in weir.sentences(header.article_id)]
    assert vectors.missing(texts) == []
    assert PreparedSources(weir, vectors).embed(texts).shape[0] == len(texts)


def test_an_article_is_read_ahead_once_and_one_that_is_indexed_later_alone(
    weir: Collection, vectors: SentenceVectors, language: LanguageReader, tmp_path: Path
) -> None:
    assert prepare(weir, language, vectors, lambda: False) == 1
    (tmp_path / "mill.txt").write_text("Mill burns\n\nThe mill at Oxmoor burned on Friday.\n", encoding="utf-8")
    weir.index([str(tmp_path / "mill.txt")])
    assert prepare(weir, language, vectors, lambda: False) == 1
    assert prepare(weir, language, vectors, lambda: False) == 0


def test_reading_ahead_stops_when_it_is_told_to(
    weir: Collection, vectors: SentenceVectors, language: LanguageReader
) -> None:
    assert prepare(weir, language, vectors, lambda: True) == 0


def test_a_server_reads_ahead_in_another_process_that_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"")
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    program = f"open({str(begun)!r}, 'w').close(); import time; time.sleep(3600)"
    ahead = Ahead(tmp_path, lambda _: [sys.executable, "-c", program])
    ahead.start()
    begun.read_bytes()  # waits until the process has opened it
    assert not ahead.done
    ahead.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "ahead"]


def test_what_has_been_read_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"")
    ahead = Ahead(tmp_path, lambda _: [sys.executable, "-c", ""])
    ahead.start()
    while not ahead.done:
        threading.Event().wait(0.05)
    ahead.close()
