"""Sections and sentences of articles: exact offsets, news abbreviations, lists, hostile text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraphs import find_units
from index.sections import find_sections, read_byline
from index.sentences import MAX_SENTENCE, find_sentences
from index.types import SectionKind, Sentence

HEADLINE, BYLINE, BODY = SectionKind.HEADLINE, SectionKind.BYLINE, SectionKind.BODY


def sentences_of(text: str, *, headline_prefixed: bool = False) -> list[Sentence]:
    return find_sentences("a", text, find_sections(text, headline_prefixed=headline_prefixed))


def texts_of(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text)]


def kinds_of(text: str, *, headline_prefixed: bool = False) -> list[tuple[SectionKind, str]]:
    return [(s.section, text[s.start : s.end]) for s in find_sections(text, headline_prefixed=headline_prefixed)]


def test_a_short_first_line_before_a_blank_one_is_the_headline() -> None:
    text = "Council widens channel\n\nThe vote was close."
    assert kinds_of(text) == [(HEADLINE, "Council widens channel"), (BODY, "The vote was close.")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The council voted.\n\nIt was close.", id="ends in a full stop"),
        pytest.param("Council widens channel\nThe vote was close.", id="no blank line"),
        pytest.param("x" * 151 + "\n\nThe vote was close.", id="151 characters"),
        pytest.param("Council widens channel\n\n", id="nothing follows"),
        pytest.param("Council widens channel", id="one line"),
    ],
)
def test_other_first_lines_are_body(text: str) -> None:
    assert [kind for kind, _ in kinds_of(text)] == [BODY]


def test_a_prefixed_headline_is_one_however_it_ends() -> None:
    text = "The council voted.\n\nIt was close."
    assert kinds_of(text, headline_prefixed=True)[0] == (HEADLINE, "The council voted.")


def test_a_byline_stands_straight_after_the_headline() -> None:
    text = "Council widens channel\n\nBy Ann Lee – The Harbour Post\n\nThe vote was close."
    assert [kind for kind, _ in kinds_of(text)] == [HEADLINE, BYLINE, BODY]


def test_white_space_alone_has_no_sections() -> None:
    assert find_sections(" \n\t\n") == []
    assert find_sections("") == []


@pytest.mark.parametrize(
    ("line", "names", "outlet"),
    [
        ("By Ann Lee – The Harbour Post", "Ann Lee", "The Harbour Post"),
        ("By Ann Lee", "Ann Lee", None),
        ("By ANN LEE and BO DE VRIES", "ANN LEE and BO DE VRIES", None),
        ("By Ann Lee, Bo Li and Cy Young Jr.", "Ann Lee, Bo Li and Cy Young Jr.", None),
        ("By Ann Lee | Harbour News", "Ann Lee", "Harbour News"),
        ("By Ann Lee, The Harbour Post", "Ann Lee", "The Harbour Post"),
        ("By Seán O’Neill for The Harbour Post", "Seán O’Neill", "The Harbour Post"),
        ("*By Ann Lee*", "Ann Lee", None),
    ],
)
def test_bylines(line: str, names: str, outlet: str | None) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.names, byline.outlet) == (names, outlet)


@pytest.mark.parametrize(
    "line", ["By Friday the river had risen.", "By then, all was lost", "Bygone days", "By", "By " + "Ann " * 60]
)
def test_what_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met Sen. Lee. They spoke.", ["Mr. Smith met Sen. Lee.", "They spoke."]),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("He left the U.S. The talks go on.", ["He left the U.S.", "The talks go on."]),
        ("It fell 3.5 percent. Then it rose.", ["It fell 3.5 percent.", "Then it rose."]),
        ("It opens at 9 a.m. Monday. Come early.", ["It opens at 9 a.m. Monday.", "Come early."]),
        ("It closed at 9 p.m. Police came.", ["It closed at 9 p.m.", "Police came."]),
        ("It was No. 1 in May. He said no. She left.", ["It was No. 1 in May.", "He said no.", "She left."]),
        ("On Jan. 6 it rained. By Feb. 9 it froze.", ["On Jan. 6 it rained.", "By Feb. 9 it froze."]),
        ("George W. Bush spoke. J. K. Lee did not.", ["George W. Bush spoke.", "J. K. Lee did not."]),
        ("Acme Inc. reported a loss. It fell.", ["Acme Inc. reported a loss.", "It fell."]),
        ("They moved to Acme Inc. The rest stayed.", ["They moved to Acme Inc.", "The rest stayed."]),
        ("He lives in Tampa, Fla. He sails.", ["He lives in Tampa, Fla.", "He sails."]),
        (
            "She said it “has a plan. For some of it, we need time.” He left.",
            ["She said it “has a plan.", "For some of it, we need time.”", "He left."],
        ),
        ("“We won. ” Then they left.", ["“We won. ”", "Then they left."]),
        ('He said: " We won. " Then " he " left.', ['He said: " We won. "', 'Then " he " left.']),
        ('We won. " Then he left. "', ["We won.", '" Then he left. "']),
        ('"We won." Then they left.', ['"We won."', "Then they left."]),
        ("“Will it hold?” she asked. No one knew.", ["“Will it hold?” she asked.", "No one knew."]),
        ("“Will it hold?” Ann Lee asked. No one knew.", ["“Will it hold?” Ann Lee asked.", "No one knew."]),
        ("Yahoo! shares rose. Others fell.", ["Yahoo! shares rose.", "Others fell."]),
        ("Well … maybe. Wait... What?", ["Well … maybe.", "Wait...", "What?"]),
        ("The vote passed.The council left.", ["The vote passed.", "The council left."]),
        ("See example.com for more. Bye.", ["See example.com for more.", "Bye."]),
        ("Phones sold. iPhone sales fell.", ["Phones sold.", "iPhone sales fell."]),
        ("MR. LEE WENT HOME. HE SLEPT.", ["MR. LEE WENT HOME.", "HE SLEPT."]),
        ("he went home. then he slept.", ["he went home.", "then he slept."]),
        ("no punctuation at all", ["no punctuation at all"]),
        ("他走了。她留下。", ["他走了。", "她留下。"]),
        ("He left (it was late). She stayed.", ["He left (it was late).", "She stayed."]),
        ("It stopped.\u200b She\u202e stayed.", ["It stopped.\u200b", "She\u202e stayed."]),
        ("M\u200br. Lee left. She stayed.", ["M\u200br. Lee left.", "She stayed."]),
        ("1. First of all, it rained.", ["First of all, it rained."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts_of(text) == expected


def test_list_items_share_the_paragraph_of_their_lead_in() -> None:
    text = "It rained.\nThe council asks for:\n- wider channels\n- Dr. Lee's plan. All of it\n\nNobody agreed."
    assert [(s.text, s.paragraph, s.bullet) for s in sentences_of(text)] == [
        ("It rained.", 0, False),
        ("The council asks for:", 1, False),
        ("wider channels", 1, True),
        ("Dr. Lee's plan.", 1, True),
        ("All of it", 1, True),
        ("Nobody agreed.", 2, False),
    ]


def test_a_list_after_a_colon_and_a_blank_line_still_belongs_to_its_lead_in() -> None:
    found = sentences_of("It rained.\n\nThe council asks for:\n\n• boats\n\n• nets\n\nNobody agreed.")
    assert [(s.text, s.paragraph) for s in found] == [
        ("It rained.", 0),
        ("The council asks for:", 1),
        ("boats", 1),
        ("nets", 1),
        ("Nobody agreed.", 2),
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council voted on Tuesday to widen the harbour channel, after\n"
        "eleven hours of debate that left the benches empty, and with the\n"
        "mayor absent. Work starts in May."
    )
    assert [s.paragraph for s in sentences_of(text)] == [0, 0]


def test_single_newlines_part_paragraphs_that_are_not_wrapped() -> None:
    text = "The council voted on Tuesday.\nWork starts in May, the harbour master said, if the weather holds."
    assert [s.paragraph for s in sentences_of(text)] == [0, 1]


def test_headline_and_byline_are_one_sentence_each() -> None:
    text = "Channel. Widened. At last\n\nBy Ann Lee\n\nIt was close."
    assert [(s.section, s.text) for s in sentences_of(text)] == [
        (HEADLINE, "Channel. Widened. At last"),
        (BYLINE, "By Ann Lee"),
        (BODY, "It was close."),
    ]


def test_a_run_without_full_stops_is_cut_at_white_space() -> None:
    text = "harbour " * 2_000
    found = texts_of(text)
    assert all(len(sentence) <= MAX_SENTENCE for sentence in found)
    assert " ".join(found) == text.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ".",
        '."',
        "a.",
        "A. ",
        "- ",
        "?! ",
        "\u200b",
        "“",
        "Mr. ",
        "x",
        " \n",
        "\n-",
        "By ",
        "1.",
        "said ",
        "Ab? Cd ",
        "*",
    ],
)
def test_s7_hostile_runs_are_covered_like_any_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    covered = sum(len(sentence.text) for sentence in sentences_of(text))
    assert covered <= len(text)


PIECES = st.sampled_from(
    [
        "Mr. ",
        "Lee",
        "U.S. ",
        " ",
        "\n",
        "\n\n",
        ". ",
        "“",
        "”",
        "?! ",
        "- ",
        "said",
        "The ",
        "3.5",
        "…",
        "\u200b",
        "É",
        "۔",
        "\t",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join))


@given(TEXTS, st.booleans())
def test_sentences_are_exact_ordered_and_cover_all_that_shows(text: str, headline_prefixed: bool) -> None:
    sections = find_sections(text, headline_prefixed=headline_prefixed)
    found = find_sentences("a", text, sections)
    position = 0
    covered = [False] * len(text)
    for sentence in found:
        assert position <= sentence.start < sentence.end
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        position = sentence.end
        covered[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
    for section in sections:
        units = list(find_units(text, section.start, section.end, first_paragraph=0))
        inside = [section] if section.section is not BODY else units
        for unit in inside:
            assert all(covered[at] or text[at].isspace() for at in range(unit.start, unit.end))
    assert [s.paragraph for s in found] == sorted(s.paragraph for s in found)


@given(TEXTS, st.booleans())
def test_sections_cover_all_that_shows(text: str, headline_prefixed: bool) -> None:
    outside = list(text)
    for section in find_sections(text, headline_prefixed=headline_prefixed):
        outside[section.start : section.end] = " " * (section.end - section.start)
    assert not "".join(outside).strip()
