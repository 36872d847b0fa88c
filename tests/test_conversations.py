"""Conversations outlive the process; a damaged file is refused, kept whole, and said to be so."""

from __future__ import annotations

import io
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
from rich.console import Console
from starlette.testclient import TestClient
from typer.testing import CliRunner

from assistant.assistant import Assistant, diagnose
from assistant.cli import build
from assistant.conversations import FILE, Conversations, StoredTurn, export_markdown
from assistant.conversations_file import ConversationsDamaged, aside_of, set_aside
from assistant.errors import BadInput
from assistant.render.console import THEME
from assistant.serve.app import create_app
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from assistant.serve.service import Service
from assistant.talk import Talk
from assistant.wiring import Parts
from index import StoreDamaged
from tests.serving import serving

ASKED = "Did the night ferry sail on Sunday?"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article and one conversation."""
    folder = tmp_path_factory.mktemp("talks")
    home = folder / "desk"
    home.mkdir()
    (home / "config.toml").write_text('embedder = "hashing"\nverifier = "lexical"\n')
    story = folder / "ferry.txt"
    story.write_text("Night ferry sails again\n\nThe night ferry sailed on Sunday, its captain said.\n")
    with Assistant.open(home, readonly=False) as assistant:
        assistant.index([str(story)])
    store = Conversations(home)
    store.add(store.start().conversation_id, [StoredTurn("user", ASKED), StoredTurn("assistant", "It did. " * 3_000)])
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "desk"))


def torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": torn,
    "emptied": lambda _: b"",
    "overwritten": lambda content: b"torn" * (len(content) // 4),
    "overwritten inside": lambda content: content[:4096] + b"x" * (len(content) - 4096),
    "another program's": lambda _: other_database(),
}


def other_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as store:
        store.execute("CREATE TABLE recipes (name TEXT)")
        return store.serialize()


@pytest.fixture
def damaged(home: Path) -> Path:
    (home / FILE).write_bytes(torn((home / FILE).read_bytes()))
    return home


def test_conversations_are_renamed_and_removed(tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    one = store.start()
    store.add(one.conversation_id, [StoredTurn("user", "What\nnow?"), StoredTurn("assistant", "Nothing.")])
    assert store.get(one.conversation_id).title == "What now?"
    store.change(one.conversation_id, title="  Later   on ", pinned=["a"])
    assert [(talk.title, talk.pinned) for talk in store.all()] == [("Later on", ("a",))]
    assert "**You**\n\nWhat\nnow?" in export_markdown(store.get(one.conversation_id))
    store.remove(one.conversation_id)
    with pytest.raises(BadInput, match="no conversation"):
        store.get(one.conversation_id)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_refused_with_what_to_do_and_stays_as_it_is(
    whole: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    before = damage((whole / FILE).read_bytes())
    (tmp_path / FILE).write_bytes(before)
    with pytest.raises(ConversationsDamaged, match="is damaged") as told:
        Conversations(tmp_path)
    assert "doctor --repair" in told.value.next_step
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("command", ["chat", "serve"])
def test_the_command_line_says_so_in_one_line(damaged: Path, command: str) -> None:
    ran = CliRunner().invoke(build(), ["--home", str(damaged), command])
    assert ran.exit_code == 1
    assert "conversations.db is damaged" in ran.stderr
    assert "claimdesk doctor --repair" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_doctor_says_so_and_sets_it_aside_whole_when_it_is_told_to_repair(whole: Path, tmp_path: Path) -> None:
    before = torn((whole / FILE).read_bytes())
    (tmp_path / FILE).write_bytes(before)
    assert [found.check for found in diagnose(tmp_path).findings if not found.ok] == ["conversations"]
    assert "set aside whole" in diagnose(tmp_path, repair=True).repaired[-1]
    assert aside_of(tmp_path / FILE)[0].read_bytes() == before
    assert Conversations(tmp_path).all() == []
    assert diagnose(tmp_path).healthy


def test_what_cannot_be_set_aside_with_its_log_stays_whole(tmp_path: Path) -> None:
    path = (
        tmp_path / f"{'c' * 219}.db"
    )  # set aside it has 255 characters, the most that a name may have; its log has more
    log = path.with_name(f"{path.name}-wal")
    path.write_bytes(b"torn")
    log.write_bytes(b"its log")
    with pytest.raises(StoreDamaged):
        set_aside(path)
    assert (path.read_bytes(), log.read_bytes()) == (b"torn", b"its log")


def test_a_server_answers_others_while_a_conversation_waits_for_the_file(home: Path) -> None:
    with serving(home, Protection(hosts=LOCAL_NAMES)) as address:
        with closing(sqlite3.connect(home / FILE)) as other:
            other.execute("BEGIN IMMEDIATE")
            waiting = HTTPConnection(address.removeprefix("http://"), timeout=60)
            waiting.request("POST", "/api/v1/conversations")
            assert httpx.get(f"{address}/healthz", timeout=60).status_code == 200
            other.rollback()
        assert waiting.getresponse().status == 201
        waiting.close()


def test_what_was_set_aside_holds_a_purge_up_until_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"torn" * 5_000)
    wipe = Parts(tmp_path).wipe_conversations
    with pytest.raises(ConversationsDamaged):
        wipe(["a" * 16], ["The night ferry sailed."])
    diagnose(tmp_path, repair=True)
    with pytest.raises(BadInput, match="may hold words of what is purged"):
        wipe(["a" * 16], ["The night ferry sailed."])
    for path in aside_of(tmp_path / FILE):
        path.unlink()
    wipe(["a" * 16], ["The night ferry sailed."])


def test_a_server_whose_file_is_torn_meanwhile_says_so_and_still_answers(home: Path) -> None:
    app = create_app(Service(home), Protection(hosts=frozenset({"testserver"})))
    with TestClient(app) as client:
        (home / FILE).write_bytes(b"torn" * 5_000)
        refused = client.get("/api/v1/conversations")
        assert refused.status_code == 503
        assert "doctor --repair" in refused.json()["error"]["next"]
        assert client.post("/api/v1/ask", json={"question": ASKED}).json()["status"] == "answered"


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(home: Path) -> None:
    with Assistant.open(home) as assistant:
        talk = Talk(assistant, Conversations(home), Console(file=io.StringIO(), width=100, theme=THEME))
        (home / FILE).write_bytes(b"torn" * 5_000)
        assert talk.handle(ASKED)
        assert isinstance(talk.console.file, io.StringIO)
        told = talk.console.file.getvalue()
    assert "The night ferry sailed on Sunday" in told
    assert " ".join(told.split()).endswith("articles are not touched")  # wherever the home's path breaks the lines


def test_an_answer_whose_conversation_was_deleted_meanwhile_is_told_before_the_error(home: Path) -> None:
    app = create_app(Service(home), Protection(hosts=frozenset({"testserver"})))
    with TestClient(app) as client, closing(sqlite3.connect(home / FILE)) as store, store:
        (talk,) = Conversations(home).all()
        store.execute("CREATE TRIGGER full BEFORE INSERT ON turns BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        store.commit()
        told = client.post(f"/api/v1/conversations/{talk.conversation_id}/messages", json={"content": ASKED}).text
    events = [line.removeprefix("event: ") for line in told.splitlines() if line.startswith("event: ")]
    assert events == ["started", "reply", "error"]


def test_a_file_that_cannot_be_written_is_refused_with_what_to_check() -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assistant.conversations import Conversations\n"
        "from index import StoreDamaged\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "for place in ('home', 'empty', 'missing', 'file'):\n"
        "    try:\n"
        "        Conversations(Path(sys.argv[1]) / place)\n"
        "    except StoreDamaged as error:\n"
        "        assert 'cannot be opened or written' in error.message, error.message\n"
        "        assert 'check who may write' in error.next_step, error.next_step\n"
        "    else:\n"
        "        raise SystemExit(f'{place} was opened')\n"
    )
    with tempfile.TemporaryDirectory() as root:
        Conversations(Path(root) / "home").start()
        (Path(root) / "empty").mkdir()
        (Path(root) / "file").write_text("no folder")
        places = [Path(root) / "home" / FILE, Path(root) / "home", Path(root) / "empty", Path(root)]
        for place in places:
            place.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", script, root], capture_output=True, text=True, check=False)
        for place in places:
            place.chmod(0o755)
    assert done.returncode == 0, done.stderr


def test_a_full_disk_is_an_error_and_what_was_kept_is_still_there(home: Path) -> None:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from assistant.conversations import Conversations, StoredTurn\n"
        "from index import StoreDamaged\n"
        "store = Conversations(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))\n"
        "try:\n"
        "    store.add(store.all()[0].conversation_id, [StoredTurn('user', 'and then? ' * 20_000)])\n"
        "except StoreDamaged as error:\n"
        "    assert 'cannot be opened or written' in error.message, error.message\n"
        "else:\n"
        "    raise SystemExit('it was written')\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (talk,) = Conversations(home).all()
    assert [turn.content[:3] for turn in Conversations(home).get(talk.conversation_id).turns] == ["Did", "It "]


def test_a_file_that_was_deleted_is_begun_anew(home: Path) -> None:
    store = Conversations(home)
    for path in home.glob(f"{FILE}*"):
        path.unlink()
    assert store.all() == []
    store.start("A new one")
    assert [talk.title for talk in Conversations(home).all()] == ["A new one"]


def test_many_who_begin_at_once_and_write_to_one_conversation_lose_nothing(tmp_path: Path) -> None:
    everyone = threading.Barrier(6)
    begun: list[str] = []

    def begin(number: int) -> None:
        everyone.wait()
        store = Conversations(tmp_path)
        begun.append(store.start(f"Talk {number}").conversation_id)
        everyone.wait()
        for turn in range(3):
            store.add(begun[0], [StoredTurn("user", f"{number}.{turn}"), StoredTurn("assistant", "Yes.")])

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Conversations(tmp_path)
    assert len(store.all()) == 6
    turns = store.get(begun[0]).turns
    assert sorted(turn.content for turn in turns[::2]) == sorted(f"{n}.{k}" for n in range(6) for k in range(3))
    assert all(turn.content == "Yes." for turn in turns[1::2])
