"""Claims, drafts and conversations are read, or refused with a line that says what to do."""

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.inputs import claim_or_question, conversation, text_or_file
from assistant.types import Turn


def test_an_existing_file_is_read_and_newlines_are_normalised(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes("\ufeffThe bridge opened.\r\nIt closed.".encode())
    assert text_or_file(str(draft)) == "The bridge opened.\nIt closed."


def test_what_is_no_file_is_the_text_itself() -> None:
    assert text_or_file("The bridge opened in May.") == "The bridge opened in May."


def test_a_text_too_long_for_a_file_name_is_text() -> None:
    assert text_or_file("bridge " * 20_000).startswith("bridge bridge")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"  \n ", "is empty", id="only white space"),
        pytest.param(b"\x89PNG\x00\x00", "is not text", id="binary"),
        pytest.param(b"caf\xe9", "is not UTF-8 text", id="another encoding"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "claim.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=why):
        text_or_file(str(path))


def test_a_folder_is_no_draft(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        text_or_file(str(tmp_path))


def test_a_misspelt_file_name_is_no_claim() -> None:
    with pytest.raises(BadInput, match="no file is called"):
        text_or_file("drafts/bridge.txt")


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(BadInput, match="is empty"):
        claim_or_question("   ")


def test_a_conversation_is_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text(json.dumps([{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "The mayor."}]))
    assert conversation(str(path)) == [Turn("user", "Who?"), Turn("assistant", "The mayor.")]
    assert conversation(None) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("{", "is not JSON", id="torn"),
        pytest.param('{"role": "user"}', "valid list", id="not a list"),
        pytest.param('[{"role": "user"}]', "0.content", id="a turn without content"),
    ],
)
def test_a_bad_conversation_is_refused(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "history.json"
    path.write_text(content)
    with pytest.raises(BadInput, match=why):
        conversation(str(path))
