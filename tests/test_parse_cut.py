"""However long a run of characters is, what the parser is given at once stays short, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.language.parse import LONGEST_WORD, cut

RUNS = st.tuples(st.sampled_from(["x", "(", "a.", "word ", " ", "it, "]), st.integers(0, 900))


@given(st.lists(RUNS, max_size=6))
def test_a4_the_pieces_are_the_text_and_no_word_in_them_is_long(runs: list[tuple[str, int]]) -> None:
    text = "".join(piece * count for piece, count in runs)
    pieces = cut(text)
    assert "".join(piece for _, piece in pieces) == text
    assert all(text.startswith(piece, start) for start, piece in pieces)
    assert all(len(word) <= LONGEST_WORD for _, piece in pieces for word in piece.split(" "))
