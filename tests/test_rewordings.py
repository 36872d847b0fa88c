"""Rewordings say the same as their sentence, or less."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.rewordings import rewordings


def told(sentence: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in rewordings(sentence):
        found.setdefault(one.rule, []).append(one.text)
    return found


@pytest.mark.parametrize(
    ("rule", "sentence", "reworded"),
    [
        ("synonyms", "The firm began work on the tunnel.", "The firm started work on the tunnel."),
        ("notation", "The three crews left Oslo on June 5.", "The 3 crews left Oslo on 5 June."),
        ("notation", "Prices rose 4 percent and did not fall again.", "Prices rose 4% and didn’t fall again."),
        ("speech", "The tunnel will open in May, Ana Ruiz said.", "Ana Ruiz said that the tunnel will open in May."),
        ("speech", "The mayor said that rents fell in May.", "According to the mayor, rents fell in May."),
        ("moved", "On Monday, the council approved the plan.", "The council approved the plan on Monday."),
        ("clause_dropped", "The ferry sank off Malta, which had sent help.", "The ferry sank off Malta."),
        ("clause_dropped", "The crew left the ship, but the captain stayed.", "The crew left the ship."),
        ("aside_dropped", "Ana Ruiz, the mayor of Vila, resigned on Monday.", "Ana Ruiz resigned on Monday."),
        ("aside_dropped", "The port (built in 1911) was closed again.", "The port was closed again."),
        ("voice", "The plan was approved by the council on Monday.", "The council approved the plan on Monday."),
        ("voice", "The council approved the plans of the port.", "The plans of the port were approved by the council."),
    ],
)
def test_examples(rule: str, sentence: str, reworded: str) -> None:
    assert reworded in told(sentence)[rule]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Ruiz, the bishop, and some nuns resigned on Monday.",  # a list, not an aside
        "Not only the crew left the ship, but the captain left too.",
        "The man who robbed the bank attacked the guard.",  # whose act it is takes a parser
        "At least ten officials have said they oppose the bill.",
    ],
)
def test_what_would_change_the_meaning_is_left_alone(sentence: str) -> None:
    assert set(told(sentence)) <= {"synonyms", "notation"}


@given(
    st.text(alphabet="On Monday, the mayor (Ana Ruiz) said that five ferries sank, which began in June 5.", max_size=90)
)
def test_no_name_is_invented(sentence: str) -> None:
    known = set(re.findall(r"\w+", sentence.lower()))
    for one in rewordings(sentence):
        assert one.text != sentence
        assert {word for word in re.findall(r"[A-Z]\w+", one.text) if word not in ("According",)} <= {
            word for word in re.findall(r"\w+", one.text) if word.lower() in known
        }
