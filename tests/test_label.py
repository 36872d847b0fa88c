from itertools import permutations

import pytest

from assistant.label import label_of, label_of_attributed, reason_of
from assistant.types import Stance, VerdictLabel

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT


@pytest.mark.parametrize(
    ("stances", "label"),
    [
        pytest.param([], VerdictLabel.NOT_ENOUGH_EVIDENCE, id="nothing found"),
        pytest.param([SILENT, SILENT], VerdictLabel.NOT_ENOUGH_EVIDENCE, id="silence"),
        pytest.param([DIFFERS, SILENT], VerdictLabel.NOT_ENOUGH_EVIDENCE, id="only other wording"),
        pytest.param([SUPPORTS, DIFFERS], VerdictLabel.SUPPORTED, id="one says so, one words it otherwise"),
        pytest.param([REFUTES, DIFFERS], VerdictLabel.REFUTED, id="one says otherwise"),
        pytest.param([SUPPORTS] * 9 + [REFUTES], VerdictLabel.CONFLICTING, id="nine to one"),
    ],
)
def test_the_label_follows_from_the_stances(stances: list[Stance], label: VerdictLabel) -> None:
    assert label_of(stances) is label


@pytest.mark.parametrize("stances", list(permutations([SUPPORTS, REFUTES, DIFFERS, SILENT])))
def test_the_order_of_the_sources_does_not_matter(stances: tuple[Stance, ...]) -> None:
    assert label_of(stances) is VerdictLabel.CONFLICTING


def test_a_claim_about_several_sources_is_false_when_one_of_them_does_not_say_it() -> None:
    assert label_of_attributed([SUPPORTS, SUPPORTS]) is VerdictLabel.SUPPORTED
    assert label_of_attributed([SUPPORTS, DIFFERS]) is VerdictLabel.REFUTED
    assert label_of_attributed([SUPPORTS, SILENT]) is VerdictLabel.REFUTED


def test_the_reason_counts_every_source() -> None:
    assert (
        reason_of([SUPPORTS, SUPPORTS, REFUTES, SILENT]) == "Of 4 sources 2 say so, 1 says otherwise, 1 does not say."
    )
    assert reason_of([]) == "No source was consulted."
