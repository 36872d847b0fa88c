"""The quotations of a draft are found with their exact places, and apostrophes are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft import find_draft_quotations


@pytest.mark.parametrize(
    ("draft", "quotations"),
    [
        pytest.param('She said "we won" twice.', ["we won"], id="straight"),
        pytest.param("“The plan ‘works’ now,” she said.", ["The plan ‘works’ now,"], id="nested"),
        pytest.param("He said 'it's fine,' and didn't leave.", ["it's fine,"], id="single marks and apostrophes"),
        pytest.param("the ’90s and the dogs' tails", [], id="apostrophes only"),
        pytest.param('A 6\'2" man said "no".', ["no"], id="feet and inches"),
        pytest.param("«Nous partons», dit-elle.", ["Nous partons"], id="guillemets"),
        pytest.param("„Wir gehen“, sagte sie.", ["Wir gehen"], id="German marks"),
        pytest.param("“First part.\n\n“Second part.”", ["First part.", "Second part."], id="runs over paragraphs"),
        pytest.param("> A block stands alone.", ["A block stands alone."], id="Markdown block"),
        pytest.param('Empty "" and "?!"', [], id="nothing inside"),
        pytest.param("", [], id="empty draft"),
    ],
)
def test_quotations_of_a_draft(draft: str, quotations: list[str]) -> None:
    assert [quotation.text for quotation in find_draft_quotations(draft)] == quotations


def test_a_missing_closing_mark_ends_with_its_paragraph_and_is_said() -> None:
    first, second = find_draft_quotations("“It goes on\n\nHe said “done”.")
    assert (first.text, first.closed) == ("It goes on", False)
    assert (second.text, second.closed) == ("done", True)


@given(st.text(alphabet=st.sampled_from("ab '\"“”‘’«»\n>"), max_size=80))
def test_every_quotation_is_the_slice_it_says_and_they_do_not_overlap(draft: str) -> None:
    position = 0
    for quotation in find_draft_quotations(draft):
        assert draft[quotation.start : quotation.end] == quotation.text
        assert quotation.start >= position
        position = quotation.end
