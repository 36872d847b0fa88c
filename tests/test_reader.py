"""Parsing, its cache, and input that is no English prose: the reader says less, and never fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language.cache import ParseCache, pack, unpack
from assistant.language.normalise import clean, names_in
from assistant.language.reader import ABBREVIATION, LanguageReader, ends_in_abbreviation
from assistant.language.types import Token
from index import SectionKind, Sentence

BAD_INPUT = {
    "nothing": "",
    "spaces": "   \n\n  ",
    "no verb": "A long and rainy Monday in the hills.",
    "table": "Team | Played | Won\nNorth | 12 | 8\nSouth | 12 | 4",
    "caption": "FILE - In this Jan. 5, 2019, file photo, a ship leaves port. (Photo/J. Doe)",
    "all capitals": "STORM KILLS 12 IN COASTAL TOWN AS RIVER RISES",
    "transcript": "SMITHERS: We will sell. (CROSSTALK)\nVARGAS: No!",
    "German": "Die Regierung hat am Montag beschlossen, die Brücke zu schließen.",
    "Chinese": "政府星期一决定关闭这座桥。",
    "Arabic": "قررت الحكومة يوم الاثنين إغلاق الجسر.",
    "5,000 words": "the river rose and " * 1250 + "fell.",
    "hidden characters": "The ri\u200bver \u202erose\u202c by 3\u00a0metres.",
    "emoji": "Flood 😀😀 hits 😀 town",
    "brackets": "((((((((((" * 50,
    "numbers": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    "one quotation mark": 'The mayor said "we',
    "lone surrogate": "The river \ud800 rose.",
    "control characters": "The \x00river\x07 rose.",
}


@pytest.mark.parametrize("text", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_gives_frames_with_exact_spans_or_none(text: str, language: LanguageReader) -> None:
    for frame in language.frames_of_text(text):
        assert text[frame.start : frame.end] == frame.text
        assert frame.start <= frame.predicate_start < frame.predicate_end <= frame.end
        for phrase in (frame.subject, frame.object, frame.recipient):
            assert phrase is None or text[phrase.start : phrase.end] == phrase.text


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_keeps_its_offsets(text: str) -> None:
    reader = READER
    for sentence in reader.parse_text(text):
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end


READER = LanguageReader()


@given(st.text(max_size=200))
def test_every_clean_character_knows_its_place(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.places) == len(cleaned.text) + 1
    assert list(cleaned.places) == sorted(set(cleaned.places))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MAYOR SIGNS BILL AFTER STORM HITS COAST", "mayor signs bill after storm hits coast"),
        (
            "Mayor Signs Flood Bill After Deadly Storm Hits Coast",
            "mayor signs flood bill after deadly storm hits coast",
        ),
        ("A total of 10 MILLION people", "A total of 10 million people"),
        ("NATO and UNESCO agreed", "NATO and UNESCO agreed"),
        ("Maria Lopez met Acme", "Maria Lopez met Acme"),
        ("It’s “fine”", 'It\'s "fine"'),
    ],
)
def test_shouting_is_calmed_for_the_parser_only(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_names_of_the_body_stay_capital_in_its_headline() -> None:
    names = names_in(["Later that day the mayor thanked Grant and Rose for it."])
    assert clean("Mayor Thanks Grant and Rose After Storm Hits Coast", names).text == (
        "mayor thanks Grant and Rose after storm hits coast"
    )


def test_a_prefix_and_its_word_are_one_token_with_the_hyphen_inside(language: LanguageReader) -> None:
    text = "She won re-election in May."
    tokens = [token for sentence in language.parse_text(text) for token in sentence.tokens]
    assert "re-election" in [text[token.start : token.end] for token in tokens]


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence("a", start, start + len(text), text, SectionKind.BODY, 0)


def test_cached_parses_equal_fresh_ones_wherever_the_sentence_stands(tmp_path: Path, language: LanguageReader) -> None:
    text = "The river rose by 3 metres, officials said."
    first = LanguageReader(tmp_path / "frames.db")
    fresh = first.parse([sentence(text)])
    first.close()
    again = LanguageReader(tmp_path / "frames.db")
    assert again.parse([sentence(text)]) == fresh
    moved = again.parse([sentence(text, start=100)])[0]
    assert [token.start - 100 for token in moved.tokens] == [token.start for token in fresh[0].tokens]
    again.close()


def test_the_cache_gives_back_what_was_put(tmp_path: Path) -> None:
    tokens = (
        Token("Rain", "rain", "NOUN", "NN", "nsubj", 1, 0, 4),
        Token("fell", "fall", "VERB", "VBD", "ROOT", 1, 5, 9),
    )
    assert unpack(pack(tokens)) == tokens
    cache = ParseCache(tmp_path / "frames.db")
    cache.put(["Rain fell"], [tokens])
    assert cache.get(["Rain fell", "Snow fell"]) == [tokens, None]
    cache.close()


def test_frames_do_not_depend_on_who_else_is_read(language: LanguageReader) -> None:
    texts = ["The river rose by 3 metres.", "Acme bought Globex for $2bn."]
    together = [language.frames([sentence(text)]) for text in texts]
    alone = [LanguageReader().frames([sentence(text)]) for text in texts]
    assert together == alone


@given(
    st.lists(st.sampled_from(["Mr", "Dr.", "U.S.", "A.", "Sept.", "Gen", ".", " ", "word", "A.B." * 30]), max_size=40)
)
def test_an_abbreviation_is_told_by_its_last_characters(parts: list[str]) -> None:
    text = "".join(parts)
    for end in range(len(text) + 1):
        assert ends_in_abbreviation(text, end) is bool(ABBREVIATION.search(text[:end]))
