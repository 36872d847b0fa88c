"""A source that departs from a claim is told with the kind of thing in which it does, and with the words of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.errors import BadInput
from assistant.language.reader import LanguageReader
from assistant.types import Flag, FlagKind, Stance, Verifier
from assistant.wording.departures import fitted_departures
from assistant.wording.fit_departures import LABELS, read_labels
from assistant.wording.scale import shares
from tests.judging import judge
from tests.memory_sources import MemorySources

FERRY = """Ferry line to drop its night crossing

By Ada Lorne, Sund Courier

The ferry company may drop its night crossing to Hallsund next spring, its director told the harbour council on
Monday. Some 30 of its 85 sailors would have to look for other work, according to the sailors' union.

The mayor of Hallsund, Ivar Brekke, rejected the plan. A survey of islanders showed that 58 percent use the crossing
every month.
"""


def flags_of(claim: str, text: str, language: LanguageReader, grounding: Verifier) -> list[Flag]:
    return list(judge(claim, MemorySources({"courier.txt": text}), language, grounding).flags)


@pytest.mark.parametrize(
    ("claim", "kind", "ours", "theirs"),
    [
        pytest.param(
            "The ferry company has dropped its night crossing to Hallsund.",
            FlagKind.MODALITY,
            "dropped",
            "may",
            id="done or only possible",
        ),
        pytest.param(
            "The mayor of Hallsund welcomed the plan.", FlagKind.NEGATION, "welcomed", "rejected", id="the opposite"
        ),
        pytest.param(
            "A survey found that two thirds of the islanders use the crossing every month.",
            FlagKind.QUANTITY,
            "two thirds",
            "58 percent",
            id="another number",
        ),
    ],
)
def test_the_kind_and_the_words_of_both_sides_are_told(
    claim: str, kind: FlagKind, ours: str, theirs: str, language: LanguageReader, grounding: Verifier
) -> None:
    flag = next(flag for flag in flags_of(claim, FERRY, language, grounding) if flag.kind is kind)
    assert flag.ours is not None
    assert flag.theirs is not None
    assert ours in flag.ours.quote
    assert theirs in flag.theirs.quote


@pytest.mark.parametrize(
    "claim",
    [
        "The ferry company has dropped its night crossing to Hallsund.",
        "The sailors' union says that all 85 sailors will be dismissed.",
        "The mayor of Hallsund welcomed the plan.",
        "Everybody on the islands uses the crossing.",
    ],
)
def test_the_words_told_stand_letter_for_letter_in_the_claim_and_in_the_article(
    claim: str, language: LanguageReader, grounding: Verifier
) -> None:
    flags = flags_of(claim, FERRY, language, grounding)
    assert flags
    for flag in flags:
        assert flag.ours is None or flag.ours.quote in claim
        assert flag.theirs is not None
        assert flag.theirs.quote == FERRY[flag.theirs.start : flag.theirs.end]


def test_two_numbers_are_told_by_the_slots_that_read_them(language: LanguageReader, grounding: Verifier) -> None:
    (flag,) = flags_of("40 of its 85 sailors would have to look for other work.", FERRY, language, grounding)
    assert flag.kind is FlagKind.QUANTITY
    assert flag.ours is not None
    assert flag.ours.quote == "40"


@given(some.dictionaries(some.sampled_from(["refutes", "coverage", "read:time", "unheard_of"]), some.floats(-20, 20)))
def test_a_kind_that_is_named_is_likely_enough(signals: dict[str, float]) -> None:
    fitted = fitted_departures()
    named = fitted.kind_of(signals)
    assert named is None or shares(fitted.scales, signals)[named] >= fitted.least


def test_a_pair_that_is_too_long_to_be_read_is_named_by_the_table_alone(
    language: LanguageReader, grounding: Verifier
) -> None:
    long_claim = "The mayor of Hallsund, Ivar Brekke, welcomed the plan" + ", and so did the baker" * 60 + "."
    verdict = judge(long_claim, MemorySources({"courier.txt": FERRY}), language, grounding)
    assert verdict.sources[0].stance is not Stance.SUPPORTS


def test_equal_numbers_are_never_told_as_different(language: LanguageReader, grounding: Verifier) -> None:
    text = (
        "Births fall at Vell clinic\n\nSome 1,100 babies were born at the Vell clinic last year, its director said.\n"
    )
    flags = flags_of("Eleven hundred babies were born at the Vell clinic in 2020.", text, language, grounding)
    assert FlagKind.QUANTITY not in {flag.kind for flag in flags}


def test_every_departure_that_a_reader_named_has_a_kind_of_flag_and_belongs_to_one_article() -> None:
    labels = read_labels()
    assert len(labels) == len(LABELS.read_text("utf-8").splitlines())
    assert all(len(key.split("/")) == 3 for key in labels)


def test_a_key_that_is_labelled_twice_is_refused(tmp_path: Path) -> None:
    line = LABELS.read_text("utf-8").splitlines()[0]
    (tmp_path / "twice.tsv").write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="twice"):
        read_labels(tmp_path / "twice.tsv")


HEADLINE = """Shipyard sheds 140 workers

The Vell shipyard could lose up to 140 jobs if the navy cancels its order, its manager said on Friday.
"""


def test_a_headline_that_says_more_than_its_text_is_told_whatever_decided_the_text(
    language: LanguageReader, grounding: Verifier
) -> None:
    verdict = judge("The Vell shipyard sheds 140 workers.", MemorySources({"post.txt": HEADLINE}), language, grounding)
    assert verdict.sources[0].stance is not Stance.SUPPORTS
    assert FlagKind.HEADLINE_BODY in {flag.kind for flag in verdict.flags}
