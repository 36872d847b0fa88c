"""Readers see what is published, and leak nothing. Rows R5, R18."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from index.stores.exact import ExactStore
from tests.crash_victims import open_home
from tests.store_homes import copy_of, finds

pytest_plugins = ("tests.store_fixtures",)


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


def test_r05_a_process_that_reads_while_the_index_is_built_again_never_trips(large: Path, tmp_path: Path) -> None:
    """A writer builds the index anew, again and again; a reader opens it, and asks whether it can be trusted."""
    home, stop = copy_of(large, tmp_path), tmp_path / "stop"
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from index.writing import folder_of\n"
        "from tests.crash_victims import open_home\n"
        "home, stop = map(Path, sys.argv[1:])\n"
        "looked = 0\n"
        "while not (stop.exists() and looked):\n"
        "    with open_home(home, readonly=True, exact_up_to=0) as reader:\n"
        "        for _ in range(200): folder_of(home, reader.catalog).is_trusted(reader.catalog)\n"
        "        assert 'marker17x' in reader.search('marker17x')[0].passage.text\n"
        "    looked += 1\n"
    )
    watcher = subprocess.Popen([sys.executable, "-c", script, str(home), str(stop)], stderr=subprocess.PIPE)
    for _ in range(4):
        with open_home(home) as writer, writer._writing() as session:
            session.rebuild()
    stop.touch()
    assert watcher.communicate()[1].decode() == ""
    assert watcher.returncode == 0


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
