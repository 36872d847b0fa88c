"""Passages: whole sentences, exact offsets, no gaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.sections import find_sections
from index.sentences import find_sentences
from index.split import split_passages, text_to_embed
from index.types import Passage, SectionKind


def passages_of(text: str, *, target: int = 80, overlap: int = 1, headline_prefixed: bool = False) -> list[Passage]:
    sections = find_sections(text, headline_prefixed=headline_prefixed)
    sentences = find_sentences("a", text, sections)
    return split_passages("a", text, sections, sentences, target=target, overlap=overlap)


def test_the_headline_is_a_passage_of_its_own() -> None:
    found = passages_of("Council widens channel\n\nBy Ann Lee\n\nThe vote was close. Work starts in May.")
    assert [(p.section, p.text) for p in found] == [
        (SectionKind.HEADLINE, "Council widens channel"),
        (SectionKind.BYLINE, "By Ann Lee"),
        (SectionKind.BODY, "The vote was close. Work starts in May."),
    ]


def test_passages_overlap_by_one_sentence_where_there_is_room() -> None:
    found = passages_of("The vote was close. Work starts in May. Boats must wait. Nets too.", target=45)
    assert [p.text for p in found] == [
        "The vote was close. Work starts in May.",
        "Work starts in May. Boats must wait.",
        "Boats must wait. Nets too.",
    ]


def test_a_list_keeps_its_markers() -> None:
    found = passages_of("The council asks for:\n- wider channels\n- more boats", target=30)
    assert [p.text for p in found] == ["The council asks for:", "- wider channels\n- more boats"]


def test_a_passage_is_named_after_its_place() -> None:
    (passage,) = passages_of("The vote was close.")
    assert passage.passage_id == "a:0-19"


def test_the_model_reads_the_passage_alone() -> None:
    _, body = passages_of("Council widens channel\n\nThe vote was close.")
    assert text_to_embed(body, "Council widens channel") == "The vote was close."


@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(st.sampled_from(["Lee won. ", "\n- nets", "Why? ", "\n\n", "a b c ", "“No.” "]), max_size=60).map(
            "".join
        ),
    ),
    st.integers(1, 200),
    st.integers(0, 3),
    st.booleans(),
)
def test_passages_are_exact_and_leave_no_gap(text: str, target: int, overlap: int, headline_prefixed: bool) -> None:
    found = passages_of(text, target=target, overlap=overlap, headline_prefixed=headline_prefixed)
    shown = list(text)
    for passage in found:
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip()
        shown[passage.start : passage.end] = " " * len(passage.text)
    assert not "".join(shown).strip()
    assert len({passage.passage_id for passage in found}) == len(found)
    starts = [(passage.start, passage.end) for passage in found]
    assert starts == sorted(starts)
