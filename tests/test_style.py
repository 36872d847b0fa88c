import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput
from assistant.style import AppliesTo, StyleEntry, check_style, read_style, style_json

FILE = """
- term: boatman
  instead: pilot
  note: The harbour's own word.
- term: Depot
  case: true
  applies-to: everything
- term: mob
  applies-to: quotations
"""
DRAFT = 'Two boatmans met at the depot. "The mob left the Depot," a boatman said. The mob went home.'


@pytest.fixture
def style(tmp_path: Path) -> Path:
    path = tmp_path / "style.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_terms_are_found_where_they_apply(style: Path) -> None:
    hits = check_style(DRAFT, read_style(style))
    assert [(hit.text, DRAFT[hit.start : hit.end]) for hit in hits] == [
        ("boatmans", "boatmans"),
        ("mob", "mob"),
        ("Depot", "Depot"),
        ("boatman", "boatman"),
    ]
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    assert hits[1].start < DRAFT.index("Depot") < hits[3].start  # the mob inside the quotation, not the later one


def test_advice_names_the_desks_word_and_its_reason(style: Path) -> None:
    first = check_style(DRAFT, read_style(style))[0]
    assert first.advice == "The desk's style has “pilot” for it. The harbour's own word."


def test_the_json_has_place_and_advice(style: Path) -> None:
    row = style_json(check_style(DRAFT, read_style(style)))[0]
    assert json.dumps(row, sort_keys=True) == json.dumps(
        {"term": "boatman", "instead": "pilot", "note": "The harbour's own word.", "start": 4, "end": 12,
         "quote": "boatmans"}, sort_keys=True
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("- instead: pilot", "term is missing"),
        ("- term: boatman\n  colour: red", "unknown field 'colour'"),
        ("- term: 12", "term must be text"),
        ("- term: boatman\n  case: perhaps", "case is true or false"),
        ("- term: boatman\n  applies-to: nobody", "applies-to is one of"),
        ("- boatman", "an entry is a mapping"),
        ("term: boatman", "must hold a list"),
        ("- term: [", "is not YAML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "style.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=why):
        read_style(path)


def test_an_empty_file_is_no_style(tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert read_style(path) == []


def test_a_missing_file_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_style(tmp_path / "none.yaml")


@given(draft=st.text(), term=st.text("ab ", min_size=1).filter(lambda term: term.strip() != ""))
def test_whatever_is_flagged_stands_in_the_draft(draft: str, term: str) -> None:
    for hit in check_style(draft, [StyleEntry(term, applies_to=AppliesTo.EVERYTHING)]):
        assert draft[hit.start : hit.end] == hit.text
