"""Two readers' agreement: one thing or not, and what only one of them judged is left out."""

from typing import Any

from eval.second_reader import SECOND, compared, rows_of

CASES = [
    {"id": "a", "expect": {"verdict": ["supported"], "stance": {"post": ["supports"], "wire": ["silent", "differs"]}}},
    {"id": "b", "expect": {"status": ["answered"]}},
    {"id": "c", "expect": {"status": ["refused"]}},
]


def test_agreement_counts_what_both_judged() -> None:
    second: dict[str, dict[str, Any]] = {
        "a": {"verdict": "refuted", "stance": {"post": "refutes", "wire": "differs"}},
        "b": {"status": "sources_differ"},
    }
    assert list(compared(CASES, second)) == [
        ("verdict", False),
        ("stance", False),
        ("stance", True),
        ("status", True),
    ]


def test_every_judgement_of_the_second_reader_is_of_a_case_that_is_there() -> None:
    second = {row["id"]: row for row in rows_of(SECOND)}
    ids = {case["id"] for path in SECOND.parent.glob("events/*/cases.jsonl") for case in rows_of(path)}
    assert len(second) > 450
    assert set(second) <= ids
