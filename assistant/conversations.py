"""Conversations that survive a restart: ``conversations.db`` in the home, shared by terminal chat and web page.

Every turn is on disk before the next one begins, so that Ctrl-C and power cuts lose nothing that was shown.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.conversations_file import ConversationsDamaged, aside_of, check, opened, set_aside
from assistant.errors import BadInput
from assistant.types import Turn
from index import Finding, StoreBusy, StoreDamaged

FILE = "conversations.db"
LONGEST_TITLE = 80  # characters
WIPED = "(wiped: it showed an article that was purged)"
RUN = 6  # words in a row that tell whose they are
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    conversation_id TEXT PRIMARY KEY, title TEXT NOT NULL, touched INTEGER NOT NULL, pinned TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE IF NOT EXISTS turns (
    conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE, position INTEGER NOT NULL,
    role TEXT NOT NULL, content TEXT NOT NULL, result TEXT, PRIMARY KEY (conversation_id, position)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One message. ``result`` is the JSON of the answer or verification that an assistant's message shows."""

    role: str  # "user" or "assistant"
    content: str
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    conversation_id: str
    title: str
    pinned: tuple[str, ...] = ()  # article ids: only these are asked
    turns: tuple[StoredTurn, ...] = ()

    @property
    def history(self) -> list[Turn]:
        """The turns as ``ask`` takes them."""
        return [Turn(turn.role, turn.content) for turn in self.turns]


class Conversations:
    """All conversations of one home. Each call opens the file anew, so that any thread may call.

    Every method raises ConversationsDamaged for a torn file, StoreDamaged for one that cannot be written, StoreBusy
    when another process holds it for too long.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        check(self._path, _SCHEMA)

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._path, _SCHEMA)

    def start(self, title: str = "New conversation") -> Conversation:
        """A new, empty conversation."""
        conversation = Conversation(uuid.uuid4().hex, _title(title))
        with self._open() as store, store:
            store.execute(
                "INSERT INTO conversations VALUES (?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM conversations), ?)",
                (conversation.conversation_id, conversation.title, "[]"),
            )
        return conversation

    def all(self) -> list[Conversation]:
        """All conversations without their turns, the one used last first."""
        with self._open() as store:
            rows = store.execute("SELECT conversation_id, title, pinned FROM conversations ORDER BY touched DESC")
            return [Conversation(key, title, tuple(json.loads(pinned))) for key, title, pinned in rows]

    def get(self, conversation_id: str) -> Conversation:
        """One conversation with its turns. Raises BadInput when there is none of that id."""
        with self._open() as store:
            found = store.execute(
                "SELECT title, pinned FROM conversations WHERE conversation_id = ?", (conversation_id,)
            ).fetchone()
            if found is None:
                raise BadInput(f"there is no conversation {conversation_id!r}", "claimdesk chat")
            rows = store.execute(
                "SELECT role, content, result FROM turns WHERE conversation_id = ? ORDER BY position",
                (conversation_id,),
            )
            turns = tuple(
                StoredTurn(role, content, json.loads(result) if result else None) for role, content, result in rows
            )
        return Conversation(conversation_id, found[0], tuple(json.loads(found[1])), turns)

    def add(self, conversation_id: str, turns: Sequence[StoredTurn]) -> None:
        """Append ``turns`` and make the conversation the one used last. The first question becomes its title."""
        self.get(conversation_id)
        with self._open() as store, store:
            store.execute("BEGIN IMMEDIATE")  # terminal and page may write to one conversation at once
            (position,) = store.execute(
                "SELECT count(*) FROM turns WHERE conversation_id = ?", (conversation_id,)
            ).fetchone()
            store.executemany(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?)",
                [
                    (conversation_id, position + k, t.role, t.content, json.dumps(t.result) if t.result else None)
                    for k, t in enumerate(turns)
                ],
            )
            store.execute(
                "UPDATE conversations SET touched = (SELECT max(touched) + 1 FROM conversations) "
                "WHERE conversation_id = ?",
                (conversation_id,),
            )
            if position == 0 and turns:
                store.execute(
                    "UPDATE conversations SET title = ? WHERE conversation_id = ? AND title = 'New conversation'",
                    (_title(turns[0].content), conversation_id),
                )

    def change(self, conversation_id: str, *, title: str | None = None, pinned: Sequence[str] | None = None) -> None:
        """Set the title or the pinned articles. Raises BadInput when there is no such conversation."""
        self.get(conversation_id)
        with self._open() as store, store:
            if title is not None:
                store.execute(
                    "UPDATE conversations SET title = ? WHERE conversation_id = ?", (_title(title), conversation_id)
                )
            if pinned is not None:
                store.execute(
                    "UPDATE conversations SET pinned = ? WHERE conversation_id = ?",
                    (json.dumps(list(pinned)), conversation_id),
                )

    def remove(self, conversation_id: str) -> None:
        """Delete a conversation with its turns. Raises BadInput when there is none of that id."""
        self.get(conversation_id)
        with self._open() as store, store:
            store.execute("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))

    def wipe(self, article_ids: Collection[str], texts: Iterable[str]) -> int:
        """Blank every turn that showed one of these articles, or holds a run of its words, in every byte of the file.

        Returns how many turns. Raises BadInput while a damaged file is kept aside: nobody can look into it.
        """
        if aside := aside_of(self._path):
            raise BadInput(
                f"{aside[0]} was set aside as damaged, and may hold words of what is purged",
                "delete it, or move it elsewhere, and purge again",
            )
        runs = {run for text in texts for run in _runs(text)}
        with self._open() as store:
            store.execute("PRAGMA secure_delete=ON")
            rows = store.execute("SELECT conversation_id, position, content, result FROM turns").fetchall()
            blank = [
                (WIPED, conversation_id, position)
                for conversation_id, position, content, result in rows
                if any(article_id in (result or "") for article_id in article_ids) or runs & set(_runs(content))
            ]
            titles = store.execute("SELECT conversation_id, title FROM conversations").fetchall()
            untitled = [(_title(""), key) for key, title in titles if runs & set(_runs(title))]
            with store:
                store.executemany(
                    "UPDATE turns SET content = ?, result = NULL WHERE conversation_id = ? AND position = ?", blank
                )
                store.executemany("UPDATE conversations SET title = ? WHERE conversation_id = ?", untitled)
            store.execute("VACUUM")
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(blank)


def examine_conversations(home: Path, *, repair: bool) -> tuple[list[Finding], list[str]]:
    """What there is to say of the file, after setting a damaged one aside when ``repair``; and what was done."""
    path = home / FILE
    if not path.exists():
        return [], []
    try:
        kept = len(Conversations(home).all())
    except ConversationsDamaged as error:
        if repair:
            return [], [f"{error.message}: set aside whole as {set_aside(path).name}, and begun anew"]
        return [Finding("conversations", False, error.message, error.next_step)], []
    except (StoreBusy, StoreDamaged) as error:
        return [Finding("conversations", False, error.message, error.next_step)], []
    return [Finding("conversations", True, f"{kept:,} conversations, {FILE} is sound")], []


def export_markdown(conversation: Conversation) -> str:
    """The conversation as Markdown, as it was shown."""
    told = {"user": "**You**", "assistant": "**Claimdesk**"}
    return (
        "\n\n".join([f"# {conversation.title}", *(f"{told[t.role]}\n\n{t.content}" for t in conversation.turns)]) + "\n"
    )


def _runs(text: str) -> list[tuple[str, ...]]:
    """Every run of RUN words, or the whole text when it is shorter."""
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))] if words else []


def _title(text: str) -> str:
    title = " ".join(text.split()) or "New conversation"
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
