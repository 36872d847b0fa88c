"""A quotation is found by its words, on word boundaries, and shown by its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quote import find_quotation, fold, is_boundary, snap_to_words

DOCKS = (
    "The union’s leader said: “We won’t sign — not now.” Port traffic fell 12.5% to 300,000 boxes. STRIKE TALKS resume."
)


@pytest.mark.parametrize(
    ("quotation", "found", "exact"),
    [
        pytest.param("We won’t sign", "We won’t sign", True, id="byte for byte"),
        pytest.param("We won't sign", "We won’t sign", False, id="straight apostrophe"),
        pytest.param("sign -- not now", "sign — not now", False, id="two hyphens for a dash"),
        pytest.param("sign—not now,", "sign — not now", False, id="closed dash, American comma"),
        pytest.param("Strike talks resume", "STRIKE TALKS resume", False, id="words in capitals"),
        pytest.param("the union's leader said", "The union’s leader said", False, id="first letter"),
        pytest.param("Port\u00a0traffic\n fell", "Port traffic fell", False, id="other white space"),
        pytest.param("Port traf\u200bfic", "Port traffic", False, id="invisible character"),
    ],
)
def test_same_words_are_found_and_typography_is_told_apart(quotation: str, found: str, exact: bool) -> None:
    place = find_quotation(quotation, DOCKS)[0]
    assert (DOCKS[place.start : place.end], place.exact) == (found, exact)


@pytest.mark.parametrize(
    "quotation",
    [
        pytest.param("000 boxes", id="half a number"),
        pytest.param("fell 12", id="a decimal cut short"),
        pytest.param("We won", id="half a contraction"),
        pytest.param("ion’s leader", id="half a word"),
        pytest.param("we will not sign", id="other words"),
        pytest.param("Port Traffic fell", id="case of a word that is not first"),
        pytest.param("", id="empty"),
        pytest.param("—", id="no word"),
    ],
)
def test_other_words_and_parts_of_words_are_not_found(quotation: str) -> None:
    assert find_quotation(quotation, DOCKS) == []


def test_every_occurrence_is_found() -> None:
    assert [place.start for place in find_quotation("no", "no, no; nothing. No")] == [0, 4, 17]


@given(st.text(alphabet=st.sampled_from("ab ’'“\"—-\u00a0\u200b…ﬁé\u0301\n."), max_size=60))
def test_folded_positions_lead_back_into_the_text_in_order(text: str) -> None:
    folded = fold(text)
    starts = [folded.source_start(position) for position in range(len(folded.text))]
    assert starts == sorted(starts)
    for position in range(len(folded.text)):
        assert 0 <= folded.source_start(position) < folded.source_end(position + 1) <= len(text)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_slice_on_word_boundaries_is_found_where_it_stands(text: str, one: int, other: int) -> None:
    start, end = snap_to_words(text, min(one, other, len(text)), min(max(one, other), len(text)))
    quotation = text[start:end]
    if any(character.isalnum() for character in quotation):
        assert is_boundary(text, start)
        assert is_boundary(text, end)
        assert any(place.start == start and place.exact for place in find_quotation(quotation, text))


@given(st.text(alphabet="abc ,.'’", max_size=30), st.text(alphabet="abc ,.'’", max_size=60))
def test_whatever_is_found_has_the_same_letters(quotation: str, text: str) -> None:
    letters = [c for c in quotation.lower() if c.isalpha()]
    for place in find_quotation(quotation, text):
        assert [c for c in text[place.start : place.end].lower() if c.isalpha()] == letters
