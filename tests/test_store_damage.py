"""Whatever becomes of the files, nothing is overwritten and no index is hollow. Rows R2, R3, R7, R8."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from index import (
    EmptyCollection,
    IndexingError,
    StoreDamaged,
    examine,
)
from index.stores.exact import ExactStore
from tests.crash_harness import tear
from tests.crash_victims import EMBEDDER, open_home
from tests.store_homes import copy_of, finds

pytest_plugins = ("tests.store_fixtures",)


@pytest.mark.parametrize("how", ["torn", "zeroed", "bloated", "database"])
def test_r02_torn_files_of_the_vector_index_are_set_aside_and_built_again(
    how: str, large: Path, tmp_path: Path
) -> None:
    home = copy_of(large, tmp_path)
    tear(home / "chroma", how, random.Random(1), "data_level0.bin")
    with open_home(home, exact_up_to=0) as collection:
        assert "set aside" in " ".join(collection.notes)
        assert collection.vectors().name == "chroma"
        assert finds(collection, 17)
        assert collection.vectors().count() == collection.catalog.count_passages()
    assert list(home.glob("chroma.set-aside-*"))
    assert examine(home, embedder=EMBEDDER).healthy


@pytest.mark.parametrize("where", ["links", "entry point"])
def test_r02_an_index_that_crashes_whoever_opens_it_crashes_another_process_only(
    where: str, large: Path, tmp_path: Path
) -> None:
    """Left in the middle by a writer that died, with links that lead out of memory: querying it is a real SIGSEGV."""
    home = copy_of(large, tmp_path)
    [header] = (home / "chroma").glob("*/header.bin")
    bytes_each = struct.unpack_from("<Q", header.read_bytes(), 28)[0]
    if where == "entry point":
        spoil(header, [56])
    else:
        vectors = header.with_name("data_level0.bin")
        records = range(0, vectors.stat().st_size, bytes_each)
        spoil(vectors, [start + 4 * link for start in records for link in range(1, 33)])
    (home / "chroma.dirty").write_text("{}")
    assert any("signal 11" in finding.message for finding in examine(home, embedder=EMBEDDER).findings)
    with open_home(home, exact_up_to=0, readonly=True) as reader:
        assert finds(reader, 17)
    with open_home(home, exact_up_to=0) as writer:
        assert "signal 11" in writer.notes[0]
        assert writer.vectors().name == "chroma"
        assert finds(writer, 17)
    assert examine(home, embedder=EMBEDDER).healthy


def spoil(path: Path, places: list[int]) -> None:
    data = bytearray(path.read_bytes())
    for place in places:
        struct.pack_into("<I", data, place, 0x7FFFFFF0)
    path.write_bytes(data)


def test_r03_a_vanished_segment_never_reads_as_no_evidence(large: Path, tmp_path: Path) -> None:
    home = copy_of(large, tmp_path)
    tear(home / "chroma", "missing", random.Random(1))
    with open_home(home, exact_up_to=0, readonly=True) as reader:
        assert isinstance(reader.vectors(), ExactStore)  # a reader mends nothing, and still answers
        assert finds(reader, 17)
    assert not examine(home, embedder=EMBEDDER).healthy
    with open_home(home, exact_up_to=0) as writer:
        assert writer.notes
        assert writer.vectors().name == "chroma"
        assert finds(writer, 17)
    assert examine(home, embedder=EMBEDDER).healthy


@pytest.mark.parametrize("damage", ["not a database", "cut off", "empty", "another database"])
def test_r07_a_store_that_is_none_is_refused_and_left_alone(damage: str, home: Path, folder: Path) -> None:
    store = home / "store.db"
    if damage == "not a database":
        store.write_bytes(b"Dear editor, this is no database. " * 500)
    elif damage == "cut off":
        os.truncate(store, 6_000)
    elif damage == "empty":
        os.truncate(store, 0)
    else:
        store.unlink()
        other = sqlite3.connect(store)
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.close()
    before = store.read_bytes()
    with pytest.raises(StoreDamaged) as told, open_home(home) as collection:
        collection.index([str(folder)])
    assert "store.db" in told.value.message
    assert told.value.next_step
    assert store.read_bytes() == before
    assert not examine(home, embedder=EMBEDDER).healthy


def test_r07_a_flipped_bit_is_found_by_the_doctor(home: Path) -> None:
    with sqlite3.connect(home / "store.db") as store:
        store.execute("UPDATE texts SET text = replace(text, 'crowns', 'crownz') WHERE article_key = 3")
    findings = {finding.check: finding for finding in examine(home, embedder=EMBEDDER).findings}
    assert not findings["texts"].ok
    assert "report0002.txt" in findings["texts"].message


@pytest.mark.parametrize("seed", range(8))
def test_r07_whatever_bit_flips_is_refused_or_found_and_never_a_crash(seed: int, home: Path) -> None:
    chance = random.Random(seed)
    store = home / "store.db"
    data = bytearray(store.read_bytes())
    for _ in range(20):
        data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
    store.write_bytes(data)
    with contextlib.suppress(IndexingError), open_home(home, readonly=True) as reader:
        for header in reader.headers():
            reader.article(header.article_id)
            reader.sentences(header.article_id)
        reader.search("marker3x in dock")
    with contextlib.suppress(IndexingError):
        assert all(finding.message for finding in examine(home, embedder=EMBEDDER).findings)


def test_r08_a_home_that_is_a_file_or_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for home in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere/home")):
        with pytest.raises(IndexingError) as told:
            open_home(home)
        assert told.value.next_step
    with pytest.raises(EmptyCollection, match="nothing is indexed"):
        open_home(tmp_path / "missing", readonly=True)
    assert not (tmp_path / "missing").exists()


def test_r08_a_home_that_cannot_be_written_to_is_read_and_every_write_is_one_clear_error(folder: Path) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from index import Collection, HashingEmbedder, IndexingError\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "home, embedder = Path(sys.argv[1]), HashingEmbedder(64)\n"
        "with Collection.open(home, embedder=embedder, readonly=True) as reader:\n"
        "    assert reader.search('marker3x') and len(reader.headers()) == 12\n"
        "try:\n"
        "    with Collection.open(home, embedder=embedder) as writer: writer.index([sys.argv[2]])\n"
        "except IndexingError as error: sys.exit(f'told: {error.message}')\n"
    )
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        home = Path(place) / "home"
        with open_home(home) as collection:
            collection.index([str(folder)])
        home.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", script, str(home), str(folder)], capture_output=True, text=True, check=False
        )
        home.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.startswith("told: "), done.stderr


def test_a_home_may_be_called_anything_and_be_moved(home: Path, tmp_path: Path) -> None:
    for name in ("a home with spaces", "дом № 1 – 100 % #?&'\""):
        moved = tmp_path / name
        home.rename(moved)
        home = moved
        assert examine(home, embedder=EMBEDDER).healthy, name
        with open_home(home, exact_up_to=0) as collection:
            assert collection.notes == ()
            assert collection.vectors().name == "chroma"
            assert finds(collection, 7)
        (home / "chroma.dirty").write_text("{}")  # probed in another process under that name, too
        with open_home(home, exact_up_to=0) as collection:
            assert collection.notes == ()
            assert finds(collection, 7)
