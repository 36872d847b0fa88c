"""A conversation in the terminal: what was said is remembered, kept and exported."""

from __future__ import annotations

import io
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.conversations import Conversations
from assistant.render.console import THEME
from assistant.talk import STOPPED, Talk
from tests.model_server import model_server

QUESTION = "Which points do both articles agree on?"


@pytest.fixture(scope="module")
def home(seed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("talk") / "home"
    shutil.copytree(seed_home, home)
    return home


@pytest.fixture
def talk(home: Path) -> Iterator[Talk]:
    with Assistant.open(home) as assistant:
        yield Talk(assistant, Conversations(home), Console(file=io.StringIO(), width=100, theme=THEME))


def said(talk: Talk) -> str:
    assert isinstance(talk.console.file, io.StringIO)
    return talk.console.file.getvalue()


def test_a_follow_up_is_read_with_what_was_said_before(talk: Talk) -> None:
    assert talk.handle("How does article 000 describe the 10 million people?")
    assert talk.handle("And what does the other one call them?")
    assert talk.last is not None
    assert {talk.assistant.article(c.span.article_id).source[-24:] for c in talk.last.citations} == {
        "002_3ea1f97f6353ef7c.txt"
    }


def test_every_turn_is_on_disk_and_can_be_resumed(talk: Talk, home: Path) -> None:
    talk.handle("/verify Talks continue in Washington.")
    assert talk.conversation is not None
    kept = Conversations(home).get(talk.conversation.conversation_id)
    assert [turn.role for turn in kept.turns] == ["user", "assistant"]
    talk.handle("/new")
    assert talk.conversation is None
    talk.handle("/resume 1")
    assert talk.conversation.turns[0].content == "/verify Talks continue in Washington."


def test_citations_open_and_conversations_export(talk: Talk, tmp_path: Path) -> None:
    talk.handle("Which points do both articles agree on?")
    talk.handle("/open 99")
    assert "has no citation '99' — try: /open 1" in said(talk)
    talk.handle("/open 1")
    assert talk.last is not None
    assert " ".join(talk.last.citations[0].span.quote.split())[:30] in " ".join(said(talk).split())
    talk.handle(f"/export {tmp_path / 'talk.md'}")
    assert (tmp_path / "talk.md").read_text(encoding="utf-8").startswith("# Which points")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/verify", "needs something to work on"),
        ("/open 1", "no question was answered with citations yet"),
        ("/pin nobody", "nobody"),
        ("/resume 999", "no conversation"),
        ("/dance now", "there is no /dance"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_the_talk_goes_on(talk: Talk, line: str, told: str) -> None:
    assert talk.handle(line)
    assert told in said(talk)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("verify Talks continue in Washington.", "/verify CLAIM"),
        ("Compare the border talks", "/compare TOPIC"),
    ],
)
def test_a_line_that_looks_like_a_command_is_answered_and_gets_a_hint(talk: Talk, line: str, hint: str) -> None:
    talk.handle(line)
    assert hint in said(talk)
    assert talk.conversation is not None


def test_the_list_of_articles_is_narrowed_by_words(talk: Talk) -> None:
    talk.handle("/sources border crisis")
    assert len(said(talk).strip().splitlines()) == 2  # one headline, folded
    talk.handle("/sources of nothing that is there")
    assert "No article" in said(talk)


def test_conversations_are_renamed_and_deleted_by_number(talk: Talk) -> None:
    talk.handle("/quotes He said “we go on”.")
    talk.handle("/rename On we go")
    assert talk.store.all()[0].title == "On we go"
    talk.handle("/delete 1")
    assert talk.conversation is None
    assert "On we go" not in [kept.title for kept in talk.store.all()]


def test_what_cannot_be_asked_begins_no_conversation(talk: Talk) -> None:
    before = len(talk.store.all())
    talk.handle("/verify")
    talk.handle("What does article 77 say?")
    assert len(talk.store.all()) == before


def test_ctrl_c_leaves_the_answer_and_keeps_what_was_asked(talk: Talk) -> None:
    with model_server(interrupting) as model:
        talk.handle(f"/model {model.model()}")
        assert f"are sent to {model.model()}" in " ".join(said(talk).split())
        with pytest.raises(KeyboardInterrupt):
            talk.handle(QUESTION)
    assert talk.conversation is not None
    kept = talk.store.get(talk.conversation.conversation_id).turns
    assert [turn.content for turn in kept] == [QUESTION, STOPPED]


def interrupting(prompt: str) -> Iterator[str]:
    """What Ctrl-C does to the process, while the model speaks."""
    yield "The "
    signal.raise_signal(signal.SIGINT)
    threading.Event().wait(30)


def test_nothing_of_an_article_reaches_the_terminal_as_a_command_s3(tmp_path: Path) -> None:
    story = "Weir \x1b]52;c;aGk=\x07 shut\n\nThe weir was shut on Monday, \x1b[2J\x9b31mMora Lind\r said.\n"
    (tmp_path / "\x1b[31mweir.txt").write_text(story, encoding="utf-8")
    with Assistant.open(tmp_path / "home", readonly=False) as assistant:
        assistant.index([str(tmp_path / "\x1b[31mweir.txt")])
    with Assistant.open(tmp_path / "home") as assistant:
        console = Console(file=io.StringIO(), width=100, theme=THEME)
        talk = Talk(assistant, Conversations(tmp_path / "home"), console)
        for line in ("When was the weir shut?", "/open 1", "/sources", "/verify The weir was shut.", "/talks"):
            talk.handle(line)
        told = said(talk)
    assert "weir" in told
    assert not any(character in told for character in "\x1b\x07\x9b\r")


def test_pinned_articles_alone_are_asked(talk: Talk) -> None:
    talk.handle("/pin 002")
    talk.handle("Which points are made about talks in Washington?")
    assert talk.last is not None
    assert len(talk.last.sources) == 1
    assert not talk.handle("/quit")
