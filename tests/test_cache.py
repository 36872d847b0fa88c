"""The cache of parses and vectors: whatever becomes of its file, nothing fails, and what happened is said."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cache import BlobCache
from assistant.cli import build
from assistant.language.cache import ParseCache
from assistant.language.types import Token
from index import Collection, HashingEmbedder

ROWS = [(b"one", b"1"), (b"two", b"22")]
KEYS = [b"one", b"two", b"three"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cache file that holds ROWS."""
    cache = BlobCache(tmp_path / "frames.db", "parses")
    cache.put(ROWS)
    cache.close()
    return tmp_path / "frames.db"


def test_what_is_put_is_found_again_also_by_another_table_of_the_same_file(path: Path) -> None:
    cache, other = BlobCache(path, "parses"), BlobCache(path, "vectors")
    assert cache.get(KEYS) == dict(ROWS)
    assert other.get(KEYS) == {}
    other.put([(b"three", b"3")])
    assert (cache.get([b"three"]), other.get([b"three"])) == ({}, {b"three": b"3"})
    assert cache.notes == other.notes == []
    cache.close()
    other.close()


@pytest.mark.parametrize("damage", ["no database", "cut off", "zeroed pages", "tables of another kind"])
def test_a_torn_file_is_set_aside_named_and_begun_anew(path: Path, damage: str) -> None:
    if damage == "no database":
        path.write_bytes(b"Dear editor, this is no database. " * 300)
    elif damage == "cut off":
        os.truncate(path, 3000)
    elif damage == "zeroed pages":
        path.write_bytes(path.read_bytes()[:4096] + bytes(path.stat().st_size - 4096))
    else:
        path.unlink()
        with sqlite3.connect(path) as store:
            store.execute("CREATE TABLE parses (one, two, three)")
        store.close()
    cache = BlobCache(path, "parses")
    assert cache.get(KEYS) == {}
    cache.put(ROWS)
    assert cache.get(KEYS) == dict(ROWS)
    [note] = cache.notes
    [aside] = path.parent.glob("frames.db.set-aside-*")
    assert "was damaged" in note
    assert aside.name in note
    cache.close()
    again = BlobCache(path, "parses")
    assert (again.get(KEYS), again.notes) == (dict(ROWS), [])
    again.close()


def test_two_tables_of_one_torn_file_set_it_aside_once(path: Path) -> None:
    one, two = BlobCache(path, "parses"), BlobCache(path, "vectors")
    one.close()
    two.close()
    path.write_bytes(path.read_bytes()[:4096] + b"x" * (path.stat().st_size - 4096))
    one, two = BlobCache(path, "parses"), BlobCache(path, "vectors")
    one.put(ROWS)
    two.put(ROWS)
    assert one.get(KEYS) == two.get(KEYS) == dict(ROWS)
    assert len(list(path.parent.glob("frames.db.set-aside-*"))) == 1
    one.close()
    two.close()


def test_a_file_that_cannot_be_written_is_read_and_added_to_in_memory() -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assistant.cache import BlobCache\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "for place, known in (('home', {b'one': b'1'}), ('empty', {}), ('missing', {})):\n"
        "    cache = BlobCache(Path(sys.argv[1]) / place / 'frames.db', 'parses')\n"
        "    assert cache.get([b'one']) == known, (place, cache.get([b'one']))\n"
        "    cache.put([(b'new', b'2')])\n"
        "    assert cache.get([b'new', b'one']) == {b'new': b'2', **known}\n"
        "    assert len(cache.notes) == 1 and 'cannot be written' in cache.notes[0], cache.notes\n"
    )
    with tempfile.TemporaryDirectory() as root:
        Path(root).chmod(0o755)
        for name in ("home", "empty"):
            (Path(root) / name).mkdir()
        cache = BlobCache(Path(root) / "home" / "frames.db", "parses")
        cache.put([(b"one", b"1")])
        cache.close()
        for name in ("home", "empty"):
            (Path(root) / name).chmod(0o555)
        done = subprocess.run([sys.executable, "-c", script, root], capture_output=True, text=True, check=False)
        for name in ("home", "empty"):
            (Path(root) / name).chmod(0o755)
    assert done.returncode == 0, done.stderr


def test_a_full_disk_costs_nothing_but_the_cache(tmp_path: Path) -> None:
    def write(path: Path) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        cache = BlobCache(path, "parses")
        rows = [(bytes([n]), os.urandom(5_000)) for n in range(40)]
        for row in rows:
            cache.put([row])
        assert cache.get([key for key, _ in rows]) == dict(rows)
        assert any("cannot be written" in note for note in cache.notes)
        cache.close()

    child = os.fork()
    if child == 0:
        code = 1
        try:
            write(tmp_path / "frames.db")
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0


def test_a_parse_that_rotted_is_parsed_again(tmp_path: Path) -> None:
    cache = ParseCache(tmp_path / "frames.db")
    token = Token("Boats", "boat", "NOUN", "NNS", "ROOT", 0, 0, 5, "")
    cache.put(["Boats"], [(token,)])
    with sqlite3.connect(tmp_path / "frames.db") as store:
        store.execute("REPLACE INTO parses SELECT key, x'00ff' FROM parses")
    store.close()
    assert cache.get(["Boats"]) == [None]
    cache.put(["Boats"], [(token,)])
    assert cache.get(["Boats"]) == [(token,)]
    cache.close()


def test_a_question_over_a_torn_cache_is_answered_and_the_note_stands_beside_it(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    (home / "config.toml").write_text('embedder = "hashing"')
    (tmp_path / "quay.txt").write_text("Quay reopens\n\nThe quay at Elmsby reopened on Monday.\n")
    with Collection.open(home, embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "quay.txt")])
    (home / "frames.db").write_bytes(b"torn" * 4000)
    runner = CliRunner(env={"CLAIMDESK_HOME": str(home), "NO_COLOR": "1"})
    told = runner.invoke(build(), ["ask", "When did the quay at Elmsby reopen?"])
    assert told.exit_code == 0
    assert "Monday" in told.stdout
    assert "set aside as frames.db.set-aside-" in told.stderr
    assert "set-aside" not in runner.invoke(build(), ["ask", "When did the quay at Elmsby reopen?"]).stderr
