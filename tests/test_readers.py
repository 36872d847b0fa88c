"""Readers: which files are found, how their bytes become text, and that no bad file stops the rest."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSource
from index.readers import Draft, ReadFailure, readers
from index.readers.decode import decode
from tests.reading import draft_of, error_of, read, written

TEXT = "Council widens channel\n\nBy Ann Lee – The Harbour Post\n\nThe council voted. It was close.\n"


# Plain text


def test_plain_text_is_kept_and_signs_itself(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT)
    draft = draft_of(path)
    assert draft.text == TEXT
    assert (draft.source, draft.source_key) == (str(path), str(path.resolve()))
    assert (draft.headline, draft.byline, draft.publisher) == ("Council widens channel", "Ann Lee", "The Harbour Post")
    assert draft.published is None


def test_what_the_user_says_overrides_what_the_article_says(tmp_path: Path) -> None:
    draft = draft_of(written(tmp_path, TEXT), publisher="Daily Tide", published=date(2024, 5, 6))
    assert (draft.publisher, draft.published) == ("Daily Tide", date(2024, 5, 6))


def test_a_headline_given_from_outside_is_prefixed(tmp_path: Path) -> None:
    draft = draft_of(written(tmp_path, "The council voted.\nIt was close."), headline="Channel vote")
    assert draft.text == "Channel vote\n\nThe council voted.\nIt was close."
    assert (draft.headline, draft.headline_prefixed) == ("Channel vote", True)


def test_metadata_never_leaks_into_the_next_article(tmp_path: Path) -> None:
    written(tmp_path, TEXT, "a.txt")
    written(tmp_path, "It rained all day.", "b.txt")
    _, second = read(tmp_path)
    assert isinstance(second, Draft)
    assert (second.headline, second.byline, second.publisher) == (None, None, None)


def test_newlines_are_normalised_once(tmp_path: Path) -> None:
    assert draft_of(written(tmp_path, "One.\r\nTwo.\rThree.\n")).text == "One.\nTwo.\nThree.\n"


def test_s2_hidden_and_bidirectional_characters_stay(tmp_path: Path) -> None:
    text = "The coun\u200bcil \u202evoted\u202c. Tag\U000e0041 here\ufe0f."
    assert draft_of(written(tmp_path, text)).text == text


def test_s3_escape_sequences_stay(tmp_path: Path) -> None:
    text = "The \x1b[31mcouncil\x1b[0m \x1b]52;c;aGk=\x07 voted."
    assert draft_of(written(tmp_path, text)).text == text


# Bytes


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param("The café’s “vote”".encode(), "utf-8", id="UTF-8"),
        pytest.param("The café’s “vote”".encode("utf-8-sig"), "utf-8", id="UTF-8 with a mark"),
        pytest.param("The café’s “vote”".encode("utf-16"), "utf-16", id="UTF-16 with a mark"),
        pytest.param("The café’s “vote”".encode("utf-16-le"), "utf-16-le", id="UTF-16 LE without a mark"),
        pytest.param("The café’s “vote”".encode("utf-16-be"), "utf-16-be", id="UTF-16 BE without a mark"),
        pytest.param("The café’s “vote”".encode("utf-32"), "utf-32", id="UTF-32"),
        pytest.param("The café’s “vote”".encode("cp1252"), "cp1252", id="Windows-1252"),
        pytest.param("The café".encode() + "’s “vote”".encode("cp1252"), "utf-8 and cp1252", id="both in one file"),
    ],
)
def test_s8_encodings_are_found_and_recorded(tmp_path: Path, data: bytes, encoding: str) -> None:
    draft = draft_of(written(tmp_path, data))
    assert (draft.text, draft.encoding) == ("The café’s “vote”", encoding)


def test_s8_lone_surrogates_are_replaced_and_noted(tmp_path: Path) -> None:
    draft = draft_of(written(tmp_path, b"Half \xed\xa0\x80 a pair, and \xed\xa0\xbd\xed\xb8\x80 a whole one."))
    assert draft.text == "Half \ufffd a pair, and 😀 a whole one."
    assert "surrogates" in draft.notes[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b" \n\t\n", "holds no words", id="white space"),
        pytest.param("\u200b\u200b…\n".encode(), "holds no words", id="nothing that shows"),
        pytest.param(b"abc\0def ghi", "NUL", id="a NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n----", "not text", id="an image"),
        pytest.param(b"%PDF-1.7 binary", "not text", id="a PDF"),
        pytest.param(bytes(range(1, 256)) * 8, "neither UTF-8", id="random bytes"),
        pytest.param(b"\x01\x02\x03\x04\x05\x06 word " * 9, "control characters", id="control characters"),
        pytest.param("Совет проголосовал".encode("cp1251"), "neither UTF-8", id="an unknown encoding"),
        pytest.param(b"\xff\xfea", "cannot be decoded", id="a torn UTF-16"),
    ],
)
def test_s8_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = written(tmp_path, data)
    error = error_of(path)
    assert reason in error
    assert str(path) in error


def test_s8_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    written(tmp_path, TEXT, "a.txt")
    written(tmp_path, os.urandom(0), "b.txt")
    written(tmp_path, b"\x89PNG\r\n", "c.html")
    written(tmp_path, "It rained.", "d.txt")
    assert [type(found).__name__ for found in read(tmp_path)] == ["Draft", "ReadFailure", "ReadFailure", "Draft"]


def test_s7_an_article_of_50_megabytes_is_refused(tmp_path: Path) -> None:
    assert "more than 10 MB" in error_of(written(tmp_path, b"word " * 10_000_000))


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "loop.txt"
    path.symlink_to(path)
    assert "cannot be read" in error_of(path) or "no such file" in error_of(path)


@given(st.binary(max_size=400))
def test_s8_any_bytes_are_text_that_can_be_stored_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "x").text
    except UnreadableSource:
        return
    assert "\0" not in text
    assert "\r" not in text
    text.encode("utf-8")


# Paths


def test_s10_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    secret = written(tmp_path, "Secret text.", "secret.txt")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.txt").write_text("The council voted.")
    (folder / "link.txt").symlink_to(secret)
    (folder / "door").symlink_to(tmp_path)
    found = read(folder)
    assert [item.source for item in found if isinstance(item, Draft)] == [str(folder / "inside.txt")]
    assert ["leads out of the folder" in item.error for item in found if isinstance(item, ReadFailure)] == [True]


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.html", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        written(tmp_path, "<p>The council voted.</p>", name)
    assert [Path(item.source).name for item in read(tmp_path)] == ["a.md", "b.txt", "c.html"]


def test_patterns_and_repeats(tmp_path: Path) -> None:
    written(tmp_path, "One.", "a.txt")
    written(tmp_path, "Two.", "b.txt")
    found = read([str(tmp_path / "*.txt"), str(tmp_path / "a.txt"), str(tmp_path)])
    assert [Path(item.source).name for item in found] == ["a.txt", "b.txt"]


def test_a_name_that_looks_like_a_pattern_is_a_name_first(tmp_path: Path) -> None:
    assert draft_of(written(tmp_path, "One.", "a[1].txt")).text == "One."


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("nowhere.txt", "no such file"),
        ("nowhere/*.txt", "matches no file"),
        ("https://harbour.example/a", "not fetched"),
        ("a\0b", "NUL"),
        ("x" * 5_000, "cannot be read"),
    ],
)
def test_paths_that_lead_nowhere(given: str, reason: str) -> None:
    assert reason in error_of(given)


def test_an_empty_folder_and_files_without_a_reader_are_named(tmp_path: Path) -> None:
    assert "holds no file" in error_of(tmp_path)
    written(tmp_path, "x", "a.xyz")
    written(tmp_path, "x", "b.xyz")
    assert "2 × .xyz" in error_of(tmp_path)


def test_a_named_file_of_unknown_kind_is_read_as_text(tmp_path: Path) -> None:
    assert draft_of(written(tmp_path, "The council voted.", "notes.story")).text == "The council voted."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"The council voted.", "The council voted.", id="text"),
        pytest.param(b'{"text": "The council voted.", "id": 7}\n', "The council voted.", id="JSON lines"),
        pytest.param(b"<!DOCTYPE html><p>The council voted.</p>", "The council voted.", id="a page"),
    ],
)
def test_stdin(data: bytes, text: str) -> None:
    assert draft_of("-", stdin=io.BytesIO(data)).text == text


def test_a_pipe_is_no_article(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no regular file" in error_of(tmp_path / "pipe.txt")


def test_readers_are_found_by_name() -> None:
    assert {"html", "jsonl", "markdown", "text"} <= set(readers.names())
