"""A follow-up borrows the article, the thing and the person from the turns before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rewrite import stand_alone
from assistant.types import Turn
from tests.memory_sources import MemorySources

HEADERS = MemorySources({"w1_ferry.txt": "The ferry sank.", "e2_ferry.txt": "A ferry went down."}).headers()
FIRST = "How does article w1 describe the 300 passengers?"


@pytest.mark.parametrize(
    ("earlier", "question", "whole"),
    [
        pytest.param(
            FIRST,
            "And what does the other one call them?",
            "What does article e2 call the 300 passengers?",
            id="other, them",
        ),
        pytest.param(
            FIRST, "What about article e2?", "How does article e2 describe the 300 passengers?", id="what about"
        ),
        pytest.param(FIRST, "And the other?", "How does article e2 describe the 300 passengers?", id="bare"),
        pytest.param(
            "What did Ann Lee say about the ferry?", "When did she leave?", "When did Ann Lee leave?", id="she"
        ),
        pytest.param(
            "What did Ann Lee say about the ferry?",
            "What about Bo Dahl?",
            "What did Bo Dahl say about the ferry?",
            id="person",
        ),
        pytest.param(
            "When does w1 say the ferry sank?",
            "And what time does the other one give?",
            "When does article e2 say the ferry sank?",
            id="a detail of the last question, of the other article",
        ),
        pytest.param(
            "How many lifeboats did the ferry carry?",
            "And how many did the tug have?",
            "How many lifeboats did the tug have?",
            id="counts the same",
        ),
        pytest.param(FIRST, "How many lifeboats were there?", "How many lifeboats were there?", id="stands alone"),
    ],
)
def test_what_is_borrowed_is_written_out(earlier, question, whole):  # type: ignore[no-untyped-def]
    assert stand_alone(question, [Turn("user", earlier), Turn("assistant", "…")], HEADERS) == whole


def test_that_term_is_the_one_that_the_last_answer_quoted():  # type: ignore[no-untyped-def]
    history = [Turn("user", "What does w1 call the ferry?"), Turn("assistant", 'It calls it a "floating coffin".')]
    asked = stand_alone("And does the captain use that term in the other article?", history, HEADERS)
    assert asked == 'Does the captain use the term "floating coffin" in article e2?'


@given(st.text(max_size=60))
def test_without_history_nothing_changes(question):  # type: ignore[no-untyped-def]
    assert stand_alone(question, (), HEADERS) == question


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_history_gives_text(question, earlier):  # type: ignore[no-untyped-def]
    assert isinstance(stand_alone(question, [Turn("user", earlier)], HEADERS), str)


THREE = MemorySources(
    {"w1_tug.txt": "The tug sank.", "e2_tug.txt": "A tug went down.", "n3_tug.txt": "Lost."}
).headers()


@pytest.mark.parametrize(
    ("earlier", "meant"),
    [
        pytest.param(["How does w1 describe the tug?", "And e2?"], {"n3"}, id="the one never named"),
        pytest.param(["How does w1 describe the tug?"], {"e2", "n3"}, id="either of two: both are heard"),
    ],
)
def test_the_other_one_of_three_is_whichever_was_not_spoken_of(earlier: list[str], meant: set[str]) -> None:
    history = [Turn("user", question) for question in earlier]
    asked = stand_alone("How does the other one describe the tug?", history, THREE)
    assert {name for name in ("w1", "e2", "n3") if name in asked} == meant
