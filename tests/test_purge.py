"""``remove --purge``: no byte of the text is left in any file of the home, however it is interrupted."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.conversations import WIPED, Conversations, StoredTurn
from assistant.language.reader import LanguageReader
from index import Collection, HashingEmbedder, StoreBusy, examine

EMBEDDER = HashingEmbedder()
SECRET = "zanderquill"  # in the article that is purged, and nowhere else
KEPT = "marlinspike"
TEXT = "Harbour fees rise\n\nThe {word} inquiry found on Monday that harbour fees rose by {n} crowns in one year.\n"


def marked(home: Path, word: str = SECRET) -> list[Path]:
    """Files of the home with the word in their bytes. Parses are kept packed: their file must go as a whole."""
    return [path for path in sorted(home.rglob("*")) if path.is_file() and word.encode() in path.read_bytes().lower()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where text of the article is in every place that it can get to."""
    home = tmp_path / "desk"
    uploads = home / "uploads"
    uploads.mkdir(parents=True)
    (home / "config.toml").write_text('embedder = "hashing"')
    (uploads / "fees.txt").write_text(TEXT.format(word=SECRET, n=3))
    (uploads / "kept.txt").write_text(TEXT.format(word=KEPT, n=5))
    with Collection.open(home, embedder=EMBEDDER) as collection:
        collection.index([str(uploads)])
        (uploads / "fees.txt").write_text(TEXT.format(word=SECRET, n=4))
        collection.index([str(uploads)])
        assert len(collection.versions("fees.txt")) == 2
        ids = [version.article_id for version in collection.versions("fees.txt")]
        reader = LanguageReader(home / "frames.db")
        reader.parse(collection.sentences(ids[0]))
        reader.close()
    (uploads / ".partial-x1").write_text(SECRET)
    (home / ".claimdesk-import-x1").mkdir()
    (home / ".claimdesk-import-x1" / "store.db").write_text(SECRET)
    conversations = Conversations(home)
    found, put_off = "found on Monday that harbour fees rose", "was put off again and again until May"
    for article_id, word, told in ((ids[0], SECRET, found), ("0" * 16, KEPT, put_off)):
        talk = conversations.start()
        shown = StoredTurn("assistant", f"It says “the {word} inquiry”", {"citations": [{"article_id": article_id}]})
        pasted = StoredTurn("user", f"Is it true that the {word} inquiry {told}?")
        conversations.add(talk.conversation_id, [pasted, shown])
    assert len(marked(home)) >= 5
    return home


def test_r11_a_purged_article_leaves_no_byte_in_any_file_of_the_home(home: Path) -> None:
    with Assistant.open(home, readonly=False) as assistant:
        assistant.remove("fees.txt", purge=True)
        assert [header.source for header in assistant.headers()] == [str(home / "uploads" / "kept.txt")]
    assert marked(home) == []
    assert not (home / "uploads" / "fees.txt").exists()
    assert (home / "uploads" / "kept.txt").exists()
    parses = sqlite3.connect(home / "frames.db")
    assert parses.execute("SELECT count(*) FROM parses").fetchone() == (0,)
    parses.close()
    assert sum(path.stat().st_size for path in home.glob("frames.db*")) <= 40_000  # of SQLite itself
    talks = {talk.title: Conversations(home).get(talk.conversation_id).turns for talk in Conversations(home).all()}
    [wiped] = [turns for turns in talks.values() if turns[0].content == WIPED]
    assert [(turn.content, turn.result) for turn in wiped] == [(WIPED, None)] * 2
    assert any(KEPT in turn.content for turns in talks.values() for turn in turns)
    assert examine(home, embedder=EMBEDDER).healthy


def test_a_reader_in_the_middle_of_a_request_holds_a_purge_up_and_the_next_writer_finishes_it(home: Path) -> None:
    with Collection.open(home, embedder=EMBEDDER, readonly=True) as reader:
        with reader.reading():
            reader.headers()
            with Collection.open(home, embedder=EMBEDDER) as writer:
                writer.catalog.rows("PRAGMA busy_timeout = 50")
                with pytest.raises(StoreBusy, match="gone from every search"):
                    writer.remove("fees.txt", purge=True)
        assert len(reader.headers()) == 1
    seen = examine(home, embedder=EMBEDDER)
    assert not seen.healthy
    assert any("a purge was interrupted" in finding.message for finding in seen.findings)
    with Collection.open(home, embedder=EMBEDDER) as writer:
        assert writer.notes == ("an interrupted purge was finished",)
    assert [path for path in marked(home) if path.name != "conversations.db"] == []
    assert examine(home, embedder=EMBEDDER).healthy


def test_the_doctor_finishes_an_interrupted_purge(home: Path) -> None:
    with Collection.open(home, embedder=EMBEDDER) as writer, writer._writing() as session:
        header = writer.find_article("fees.txt")
        session.delete_uploads([home / "uploads" / "fees.txt"])
        writer._remove(session, [header], purge=True)
    assert marked(home)
    assert "an interrupted purge was finished" in examine(home, embedder=EMBEDDER, repair=True).repaired
    assert [path for path in marked(home) if path.name != "conversations.db"] == []


def test_a_server_that_has_the_parses_open_goes_on_with_an_empty_file(home: Path) -> None:
    reader = LanguageReader(home / "frames.db")
    with Collection.open(home, embedder=EMBEDDER) as collection:
        kept = collection.sentences(collection.find_article("kept.txt").article_id)
        collection.remove("fees.txt", purge=True)
    assert reader.parse(kept)
    reader.close()
    again = LanguageReader(home / "frames.db")
    assert again.parse(kept)
    assert again.notes == []
    again.close()


def test_an_upload_of_many_articles_goes_when_one_of_them_is_purged_and_the_others_stay(home: Path) -> None:
    rows = [{"id": word, "text": TEXT.format(word=word, n=7)} for word in ("halyard", "bowline")]
    (home / "uploads" / "wire.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with Collection.open(home, embedder=EMBEDDER) as collection:
        collection.index([str(home / "uploads" / "wire.jsonl")])
        collection.remove("halyard", purge=True)
        assert {header.source for header in collection.headers()} >= {"bowline"}
    assert marked(home, "halyard") == []
    with Collection.open(home, embedder=EMBEDDER) as collection:
        assert "bowline inquiry" in collection.article(collection.find_article("bowline").article_id).text


def test_a_users_own_file_is_never_deleted(home: Path, tmp_path: Path) -> None:
    own = [tmp_path / "own.txt", home / "own.txt"]
    with Collection.open(home, embedder=EMBEDDER) as collection:
        for path in own:
            path.write_text(TEXT.format(word="own", n=8))
            collection.index([str(path)])
            collection.remove(str(path), purge=True)
    assert all(path.exists() for path in own)


def test_the_pages_that_sqlite_frees_are_overwritten(home: Path) -> None:
    with Collection.open(home, embedder=EMBEDDER) as collection:
        collection.remove("fees.txt", purge=True)
    store = sqlite3.connect(home / "store.db")
    assert store.execute("PRAGMA freelist_count").fetchone() == (0,)
    store.close()
    wal = home / "store.db-wal"
    assert not wal.exists() or SECRET.encode() not in wal.read_bytes()
