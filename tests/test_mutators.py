"""Mutants differ from their original in one place, and say something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.mutators import Mutant, claim_mutants, names_in, quotation_mutants

FLOOD = (
    "Mayor Ana Ruiz said on Monday that at least 40 residents are expected to leave, and three may return last week."
)


def kinds(mutants: list[Mutant]) -> set[str]:
    return {mutant.kind for mutant in mutants}


def test_every_kind_of_change_is_made() -> None:
    assert kinds(claim_mutants(FLOOD, ["Carl Otto"])) == {
        "number",
        "qualifier",
        "group",
        "speaker",
        "verb_strength",
        "negation",
        "date",
    }


def test_quotations_are_also_spliced_and_misprinted() -> None:
    assert {"splice", "one_character"} <= kinds(quotation_mutants(FLOOD, FLOOD[::-1], []))


@pytest.mark.parametrize(
    ("sentence", "mutant"),
    [
        ("It cost 12.5 million.", "It cost 22.5 million."),
        ("About 300 left.", "exactly 300 left."),
        ("The bank may close.", "The bank will close."),
        ("It did not pass.", "It did pass."),
        ("They met in March.", "They met in May."),
    ],
)
def test_examples(sentence: str, mutant: str) -> None:
    assert mutant in [made.text for made in claim_mutants(sentence, [])]


def test_years_inside_names_and_hyphens_are_left_alone() -> None:
    assert [m for m in claim_mutants("The A-380 and F-16 flew.", []) if m.kind == "number"] == []


def test_a_name_for_a_pronoun_may_be_right_and_is_no_mutant() -> None:
    assert not [m for m in claim_mutants("He said the bridge is shut.", ["Ana Ruiz"]) if m.kind == "speaker"]


def test_names_are_found_once_in_order() -> None:
    assert names_in("Ana Ruiz met Carl Otto. Ana Ruiz left.") == ["Ana Ruiz", "Carl Otto"]


@given(st.text(alphabet="at least 12.5 million may not said Ana Ruiz workers Monday", max_size=80))
def test_a_mutant_is_its_original_but_for_one_stretch(sentence: str) -> None:
    for mutant in claim_mutants(sentence, ["Carl Otto"]):
        before, after = mutant.text[: mutant.start], mutant.text[mutant.start + len(mutant.new) :]
        assert before + mutant.old + after == sentence
        assert mutant.text != sentence
