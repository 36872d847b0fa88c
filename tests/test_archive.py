"""A home as one file: whole, checked, and never put over another."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from assistant.conversations import Conversations, StoredTurn
from index import (
    Collection,
    EmptyCollection,
    HashingEmbedder,
    StoreDamaged,
    StoreMismatch,
    examine,
    export_home,
    import_home,
)
from tests.crash_victims import write_articles

EMBEDDER = HashingEmbedder(64)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_articles(tmp_path / "articles", 5)
    with Collection.open(tmp_path / "home", embedder=EMBEDDER) as collection:
        collection.index([str(tmp_path / "articles")])
    (tmp_path / "home" / "config.toml").write_text('embedder = "hashing"\n')
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path, tmp_path: Path) -> Path:
    export_home(home, tmp_path / "home.zip")
    return tmp_path / "home.zip"


def test_a_home_moves_with_articles_vectors_and_settings(home: Path, archive: Path, tmp_path: Path) -> None:
    info = import_home(archive, tmp_path / "new")
    assert (info.articles, info.embedder) == (5, "hashing")
    assert (tmp_path / "new" / "config.toml").read_text() == 'embedder = "hashing"\n'
    with Collection.open(home, embedder=EMBEDDER) as old, Collection.open(tmp_path / "new", embedder=EMBEDDER) as new:
        assert [h.article_id for h in new.headers()] == [h.article_id for h in old.headers()]
        assert new.search("marker2x")[0] == old.search("marker2x")[0]
        assert new.catalog.manifest("home_id") != old.catalog.manifest("home_id")
    assert examine(tmp_path / "new", embedder=EMBEDDER).healthy


def test_conversations_move_with_their_home(home: Path, tmp_path: Path) -> None:
    talk = Conversations(home).start("About the ferry")
    Conversations(home).add(talk.conversation_id, [StoredTurn("user", "Did the ferry sail?")])
    export_home(home, tmp_path / "talks.zip")
    import_home(tmp_path / "talks.zip", tmp_path / "new")
    [moved] = Conversations(tmp_path / "new").all()
    assert Conversations(tmp_path / "new").get(moved.conversation_id).turns[0].content == "Did the ferry sail?"
    (home / "conversations.db").write_bytes(b"torn" * 2000)
    with pytest.raises(StoreDamaged, match=r"conversations\.db"):
        export_home(home, tmp_path / "torn.zip")
    assert not (tmp_path / "torn.zip").exists()


def test_an_export_is_taken_while_a_writer_is_at_work(home: Path, tmp_path: Path) -> None:
    with Collection.open(home, embedder=EMBEDDER) as collection, collection.catalog.transaction():
        collection.catalog.set_manifest("half", "done")
        export_home(home, tmp_path / "during.zip")
    import_home(tmp_path / "during.zip", tmp_path / "new")
    with Collection.open(tmp_path / "new", embedder=EMBEDDER) as copy:
        assert copy.catalog.manifest("half") is None
        assert len(copy.headers()) == 5


def test_an_import_never_overwrites_articles(home: Path, archive: Path) -> None:
    before = (home / "store.db").read_bytes()
    with pytest.raises(StoreMismatch, match="holds 5 articles already"):
        import_home(archive, home)
    assert (home / "store.db").read_bytes() == before


def test_an_import_into_a_home_without_articles_is_fine(archive: Path, tmp_path: Path) -> None:
    Collection.open(tmp_path / "new", embedder=EMBEDDER).close()
    assert import_home(archive, tmp_path / "new").articles == 5


def rewritten(archive: Path, target: Path, changed: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return target


@pytest.mark.parametrize(
    "damage", ["cut off", "no archive", "other store", "announces less", "says nothing", "missing"]
)
def test_a_torn_or_strange_archive_is_refused_and_leaves_nothing(damage: str, archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive) as bundle:
        about = json.loads(bundle.read("claimdesk.json"))
    if damage == "cut off":
        target.write_bytes(archive.read_bytes()[:-600])
    elif damage == "no archive":
        target.write_bytes(b"news" * 500)
    elif damage == "other store":
        rewritten(archive, target, {"store.db": b"SQLite format 3\0" + bytes(about["store_bytes"] - 16)})
    elif damage == "announces less":
        rewritten(archive, target, {"claimdesk.json": json.dumps({**about, "store_bytes": 10}).encode()})
    elif damage == "says nothing":
        rewritten(archive, target, {"claimdesk.json": b"[]"})
    with pytest.raises(StoreDamaged) as told:
        import_home(target, tmp_path / "new")
    assert told.value.next_step
    assert [path.name for path in (tmp_path / "new").iterdir() if path.name.startswith(("store", ".claim"))] == []


def test_an_archive_of_a_newer_release_is_refused(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as bundle:
        about = json.loads(bundle.read("claimdesk.json"))
    newer = rewritten(archive, tmp_path / "newer.zip", {"claimdesk.json": json.dumps({**about, "schema": 99}).encode()})
    with pytest.raises(StoreMismatch, match="newer"):
        import_home(newer, tmp_path / "new")


def test_names_in_an_archive_never_choose_where_files_go(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive, "a") as bundle:
        bundle.writestr("../../outside.txt", "x")
        bundle.writestr("/etc/outside.txt", "x")
    import_home(archive, tmp_path / "deep" / "new")
    assert list(tmp_path.rglob("outside.txt")) == []


def test_there_is_nothing_to_export_from_an_empty_home(tmp_path: Path) -> None:
    with pytest.raises(EmptyCollection):
        export_home(tmp_path / "nowhere", tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()
