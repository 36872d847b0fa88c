"""However long a run of characters is, what the parser is given at once stays short, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.language.parse import LONGEST, LONGEST_WORD, cut

RUNS = st.tuples(st.sampled_from(["x", "(", "a.", "word ", " ", "it, "]), st.integers(0, 5_000))


@given(st.lists(RUNS, max_size=6))
def test_a4_the_pieces_are_the_text_and_no_word_in_them_is_long(runs: list[tuple[str, int]]) -> None:
    text = "".join(piece * count for piece, count in runs)
    pieces = cut(text)
    assert "".join(piece for _, piece in pieces) == text
    assert all(text.startswith(piece, start) for start, piece in pieces)
    assert all(len(word) <= LONGEST_WORD for _, piece in pieces for word in piece.split(" "))


def test_a_sentence_with_a_long_address_is_read_whole() -> None:
    address = "https://weir.example/" + "a=b&" * 100
    text = f"{'The river rose, ' * 100}as {address} shows."
    assert LONGEST > len(text.split(" ")) > LONGEST // 2
    assert cut(text) == [(0, text)]


def test_a_long_run_does_not_cut_the_sentence_round_it() -> None:
    text = f"{'The river rose, ' * 100}{'x' * (LONGEST_WORD + 1)} shows."
    assert [start for start, _ in cut(text)] == [0, len(text) - len("x shows.")]
