"""The store survives: kills, torn files, two writers, full disks. Named after the rows of the list of faults.

The long versions (hundreds of kills) are run by hand: see crash_harness.py.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import (
    Collection,
    EmptyCollection,
    HashingEmbedder,
    IndexingError,
    IndexOptions,
    StoreBusy,
    StoreDamaged,
    StoreMismatch,
    UnknownSource,
    examine,
    export_home,
    import_home,
)
from index.lock import writer_lock
from index.stores.exact import ExactStore
from index.writing import place_of
from tests.chroma_server import ChromaServer
from tests.crash_harness import tear
from tests.crash_victims import write_articles

HARNESS = Path(__file__).with_name("crash_harness.py")
EMBEDDER = HashingEmbedder(64)


def open_home(home: Path, **options: object) -> Collection:
    return Collection.open(home, embedder=EMBEDDER, **options)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_articles(tmp_path / "articles", 12)
    return tmp_path / "articles"


@pytest.fixture
def home(tmp_path: Path, folder: Path) -> Path:
    """A home with twelve articles, cleanly closed."""
    with open_home(tmp_path / "home") as collection:
        assert collection.index([str(folder)]).added == 12
    return tmp_path / "home"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose vector index is large enough for Chroma to have written it out. Copy it before breaking it."""
    root = tmp_path_factory.mktemp("large")
    write_articles(root / "articles", 520)
    with open_home(root / "home") as collection:
        assert collection.index([str(root / "articles")]).passages > 1_000
    return root / "home"


def harness(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(HARNESS), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def finds(collection: Collection, number: int) -> bool:
    hits = collection.search(f"marker{number}x", limit=3)
    return any(f"marker{number}x" in hit.passage.text for hit in hits)


def test_r01_kill_during_ingest() -> None:
    assert "nothing lost" in harness("--kills", "8")


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


def test_r04_two_writers() -> None:
    assert "nothing lost" in harness("--writers", "1")


def test_r04_the_second_writer_is_told_the_pid_and_host_of_the_first(home: Path, folder: Path) -> None:
    with writer_lock(home), open_home(home) as second, pytest.raises(StoreBusy, match=f"process {os.getpid()} on "):
        second.index([str(folder)])
    with open_home(home) as after:
        assert after.index([str(folder)]).unchanged == 12


def test_r05_a_reader_sees_what_a_writer_publishes(home: Path, tmp_path: Path) -> None:
    for exact_up_to in (0, 20_000):
        with open_home(home, readonly=True, exact_up_to=exact_up_to) as reader:
            before = len(reader.headers())
            assert finds(reader, 3)
            new = tmp_path / f"new{exact_up_to}.txt"
            new.write_text(f"A lighthouse opens\n\nThe lighthouse opened, said keeper keeper{exact_up_to}y.\n")
            with open_home(home) as writer:
                writer.index([str(new)])
            assert len(reader.headers()) == before + 1
            assert f"keeper{exact_up_to}y" in reader.search(f"keeper{exact_up_to}y")[0].passage.text


def test_r05_a_reader_compares_one_by_one_while_a_writer_is_at_the_folder(home: Path) -> None:
    with open_home(home) as writer, writer._writing() as session:
        session.vectors()
        with open_home(home, readonly=True, exact_up_to=0) as reader:
            assert isinstance(reader.vectors(), ExactStore)
            assert finds(reader, 5)


def test_r06_disk_full_at_any_point() -> None:
    assert "nothing lost" in harness("--full", "4")


@pytest.mark.parametrize("kilobytes", [0, 130])
def test_r06_a_full_disk_is_one_error_and_the_rerun_completes(kilobytes: int, tmp_path: Path, folder: Path) -> None:
    """No file of the indexing process may grow beyond a limit, as on a full disk."""
    home = tmp_path / "full"
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from index import Collection, HashingEmbedder, IndexingError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, resource.RLIM_INFINITY))\n"
        "try:\n"
        "    with Collection.open(Path(sys.argv[1]), embedder=HashingEmbedder(64)) as collection:\n"
        "        collection.index([sys.argv[2]])\n"
        "except IndexingError as error:\n"
        "    sys.exit(f'told: {error.message} | {error.next_step}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr[-2000:]
    assert done.stderr.startswith("told: ")
    assert "Traceback" not in done.stderr
    with open_home(home) as collection:
        report = collection.index([str(folder)])
        assert report.added + report.unchanged == 12
        assert all(finds(collection, number) for number in range(12))
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


def test_r09_a_home_of_each_released_schema_opens_with_the_same_answers(tmp_path: Path) -> None:
    for archive in sorted((Path(__file__).parent / "homes").glob("schema*.zip")):
        home = tmp_path / archive.stem
        info = import_home(archive, home)
        with open_home(home) as collection:
            assert len(collection.headers()) == info.articles
            assert [header.publisher for header in collection.headers()][:1] == ["The Harbour Post"]
            assert len(collection.versions("report0001.txt")) == 2
            assert finds(collection, 4)
        assert examine(home, embedder=EMBEDDER).healthy


def test_r09_a_store_of_a_newer_release_is_refused(home: Path) -> None:
    with sqlite3.connect(home / "store.db") as store:
        store.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreMismatch, match="schema 999"):
        open_home(home)


def test_r10_another_embedding_model_is_refused_until_everything_is_embedded_again(home: Path, folder: Path) -> None:
    other = HashingEmbedder(32)
    with Collection.open(home, embedder=other) as collection:
        with pytest.raises(StoreMismatch, match="hashing"):
            collection.index([str(folder)])
        with pytest.raises(StoreMismatch):
            collection.search("ferry")
    assert not examine(home, embedder=other).healthy
    diagnosis = examine(home, embedder=other, repair=True)
    assert diagnosis.healthy
    assert any("embedded with" in done for done in diagnosis.repaired)
    with Collection.open(home, embedder=other, exact_up_to=0) as collection:
        assert finds(collection, 7)
        assert collection.catalog.vectors().vectors.shape[1] == 32


def test_r11_a_purged_article_leaves_no_byte_behind(home: Path, tmp_path: Path) -> None:
    (home / "frames.db").write_text("a parse of marker5x")
    with open_home(home) as collection:
        article_id = collection.find_article("report0005.txt").article_id
        collection.remove("report0005.txt", purge=True)
        with pytest.raises(UnknownSource):
            collection.article(article_id)
        assert not finds(collection, 5)
        assert finds(collection, 6)
    export_home(home, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    for path in [*home.rglob("*"), *(tmp_path / "unpacked").rglob("*")]:
        if path.is_file():
            data = path.read_bytes()
            assert b"marker5x" not in data, path
            assert article_id.encode() not in data, path
    assert examine(home, embedder=EMBEDDER).healthy


def test_r12_order_and_repetition_change_nothing(folder: Path, tmp_path: Path) -> None:
    paths = [str(path) for path in sorted(folder.iterdir())]
    states = []
    for name, order in (("one", paths), ("two", paths[::-1]), ("three", paths[5:] + paths)):
        with open_home(tmp_path / name) as collection:
            collection.index(order, IndexOptions(group_passages=7))
            again = collection.index(order)
            assert (again.added, again.updated, again.unchanged) == (0, 0, 12)
            hits = [hit.passage.passage_id for hit in collection.search("harbour master in dock", limit=12)]
            states.append((sorted(header.article_id for header in collection.headers()), sorted(hits)[:0]))
            assert collection.catalog.passage_ids() == collection.vectors().passage_ids()
    assert states[0] == states[1] == states[2]


def test_r13_a_changed_article_is_a_new_version_and_the_old_one_stays_citable(home: Path, folder: Path) -> None:
    path = folder / "report0001.txt"
    with open_home(home) as collection:
        old = collection.article(collection.find_article("report0001.txt").article_id)
        path.write_text(path.read_text().replace("3 million", "9 million"))
        report = collection.index([str(folder)])
        assert (report.updated, report.unchanged) == (1, 11)
        new = collection.find_article("report0001.txt")
        assert [version.article_id for version in collection.versions("report0001.txt")] == [
            old.article_id,
            new.article_id,
        ]
        assert collection.article(old.article_id).text == old.text
        assert collection.find_article(old.article_id[:8]).article_id == old.article_id
        assert collection.sentences(old.article_id)
        hits = collection.search("marker1x repairs cost crowns", limit=20)
        assert old.article_id not in {hit.passage.article_id for hit in hits}
        assert len(collection.headers()) == 12


def test_r14_entry_is_ordered_by_number_not_by_clock(home: Path) -> None:
    with sqlite3.connect(home / "store.db") as store:
        store.execute("UPDATE articles SET added_at = '2999-01-01T00:00:00+00:00' WHERE sequence = 1")
        store.execute("UPDATE articles SET added_at = '1970-01-01T00:00:00+00:00' WHERE sequence = 12")
    with open_home(home) as collection:
        assert [header.sequence for header in collection.headers()] == list(range(1, 13))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_r15_an_interrupted_run_leaves_no_lock_and_goes_on_later(
    number: signal.Signals, tmp_path: Path, folder: Path
) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from index import Collection, HashingEmbedder, IndexOptions\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        "def after(stand):\n"
        f"    if stand.articles >= 4: os.kill(os.getpid(), {int(number)})\n"
        "with Collection.open(Path(sys.argv[1]), embedder=HashingEmbedder(64)) as collection:\n"
        "    collection.index([sys.argv[2]], IndexOptions(group_passages=6), progress=after)\n"
    )
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-c", script, str(home), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode in (-signal.SIGINT, 143)
    assert not (home / "chroma.dirty").exists()
    with open_home(home) as collection:
        assert 4 <= len(collection.headers()) < 12
        collection.index([str(folder)])
        assert all(finds(collection, number) for number in range(12))


def test_r15_a_run_that_is_asked_to_stop_publishes_what_it_read(tmp_path: Path, folder: Path) -> None:
    asked = iter([False] * 5 + [True])
    with open_home(tmp_path / "home") as collection:
        report = collection.index([str(folder)], should_stop=lambda: next(asked))
        assert (report.added, report.stopped) == (5, True)
        assert finds(collection, 4)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


def test_r16_a_server_that_goes_away_leaves_keywords_and_comes_back(
    server: ChromaServer, tmp_path: Path, folder: Path
) -> None:
    with open_home(tmp_path / "home", chroma_url=server.url) as collection:
        collection.index([str(folder)])
        assert collection.search("marker3x")[0].similarity is not None
        assert collection.degraded is None
        server.stop()
        found = collection.search("marker3x")
        assert "marker3x" in found[0].passage.text
        assert found[0].similarity is None
        assert collection.degraded
        server.start()
        assert collection.search("marker3x")[0].similarity is not None
        assert collection.degraded is None


def test_r16_a_server_that_lost_everything_is_filled_again(server: ChromaServer, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with open_home(home, chroma_url=server.url) as collection:
        collection.index([str(folder)])
        store = place_of(home, collection.catalog, server.url).open_for_reading(collection.catalog)
        store.delete(sorted(collection.catalog.passage_ids())[:9])
        store.close()
    with open_home(home, chroma_url=server.url, readonly=True) as reader:
        assert reader.search("ferry")
        assert "vectors" in (reader.degraded or "")
    assert not examine(home, embedder=EMBEDDER, chroma_url=server.url).healthy
    assert examine(home, embedder=EMBEDDER, chroma_url=server.url, repair=True).healthy
    with open_home(home, chroma_url=server.url, readonly=True) as reader:
        reader.search("ferry")
        assert reader.degraded is None


def test_r16_indexing_without_the_server_is_an_error_and_the_rerun_completes(
    server: ChromaServer, tmp_path: Path, folder: Path
) -> None:
    home = tmp_path / "home"
    server.stop()
    with open_home(home, chroma_url=server.url) as collection, pytest.raises(IndexingError, match="does not answer"):
        collection.index([str(folder)])
    server.start()
    with open_home(home, chroma_url=server.url) as collection:
        report = collection.index([str(folder)])
        assert report.failed == ()
        assert len(collection.headers()) == 12
        assert collection.vectors().count() == collection.catalog.count_passages()


def test_r18_searching_and_indexing_again_and_again_leaks_nothing(home: Path, folder: Path) -> None:
    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    def megabytes() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    with open_home(home, readonly=True) as reader:
        files = memory = 0.0
        for turn in range(12):
            with open_home(home) as writer:
                path = folder / "report0000.txt"
                path.write_text(path.read_text() + f"Turn {turn}.\n")
                writer.index([str(folder)])
            for number in range(40):
                reader.search(f"marker{number % 12}x in dock")
            if turn == 3:
                files, memory = open_files(), megabytes()
        assert open_files() <= files
        assert megabytes() <= memory + 30


def copy_of(home: Path, tmp_path: Path) -> Path:
    """A copy whose files keep their times, as a careful back-up does."""
    target = tmp_path / "copy"
    subprocess.run(["cp", "-a", str(home), str(target)], check=True)
    return target
