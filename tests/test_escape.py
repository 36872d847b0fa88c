"""Hidden and control characters become visible, and JSON keeps its value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.escape import one_line, safe_json, visible


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="an escape sequence"),
        pytest.param("\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07", id="the clipboard sequence and the bell"),
        pytest.param("one\rtwo", "one\\x0dtwo", id="a carriage return"),
        pytest.param("\x9b2J", "\\x9b2J", id="an eight-bit control"),
        pytest.param("a\u202eb", "a\\u202eb", id="a bidirectional override"),
        pytest.param("a\u200bb", "a\\u200bb", id="a zero-width space"),
        pytest.param("a\U000e0041b", "a\\U000e0041b", id="a tag character"),
        pytest.param("a\ufe0fb", "a\\ufe0fb", id="a variation selector"),
        pytest.param("Łódź – “naïve” 10\u00a0km\n\tend", "Łódź – “naïve” 10\u00a0km\n\tend", id="ordinary text"),
    ],
)
def test_s3_dangerous_characters_are_written_out(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(st.text())
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    assert not any(ord(character) < 32 and character not in "\n\t" for character in visible(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_keeps_its_value(text: str) -> None:
    written = safe_json(json.dumps({"quote": text}, ensure_ascii=False))
    assert json.loads(written) == {"quote": text}
    assert visible(written) == written


def test_one_line_has_no_line_break() -> None:
    assert one_line("two\n  lines\x1b") == "two lines\\x1b"
