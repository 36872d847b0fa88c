"""Words are told apart by their first letters."""

from __future__ import annotations

from assistant.language.stems import stems_of


def test_two_forms_of_a_word_are_one_and_words_of_two_letters_none() -> None:
    assert stems_of("He was voting on it: the Voters' vote.") == {"was", "votin", "the", "voter", "vote"}
    assert stems_of("striking") == stems_of("Strikingly, striKING")


def test_whole_words_are_left_out_not_stems() -> None:
    assert stems_of("The other otherness", frozenset({"the", "other"})) == {"other"}


def test_s2_invisible_characters_part_no_word() -> None:
    assert stems_of("The we\u200bir broke on Mon\ufe0fday, co\u00adoperators\u034f say") == stems_of(
        "The weir broke on Monday, cooperators say"
    )
