"""What was read of one article is weighed as a whole: what it makes likely is told, unless the table's word is firm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.language.reader import LanguageReader
from assistant.types import FlagKind, Stance, Verifier
from assistant.verifier import load_verifier
from assistant.wording.balance import Balance, fitted_balance, log_odds
from assistant.wording.relations import Slot
from assistant.wording.scale import Scale
from tests.judging import judge, stance_of
from tests.memory_sources import MemorySources

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT

SIGNALS = some.dictionaries(
    some.sampled_from(["entailment", "contradiction", "coverage", "table:silent", "unheard_of"]),
    some.floats(-20, 20),
)


def plain(supports: float, refutes: float) -> Balance:
    """One signal for each stance, and no more."""
    return Balance("any", supports, refutes, {stance: Scale(0.0, {stance.value: 1.0}) for stance in Stance})


def balanced(balance: Balance, signals: dict[str, float]) -> Stance:
    """The stance that the balance tells."""
    return balance.stance_of(balance.likelihood(signals))


@given(SIGNALS)
def test_the_stances_of_any_signals_share_out_one(signals: dict[str, float]) -> None:
    likely = fitted_balance().likelihood(signals)
    assert set(likely) == set(Stance)
    assert sum(likely.values()) == pytest.approx(1.0)
    assert all(0.0 <= share <= 1.0 for share in likely.values())


@given(some.floats(0.0, 1.0))
def test_a_probability_has_odds_even_where_it_is_certain(probability: float) -> None:
    assert log_odds(probability) == pytest.approx(-log_odds(1 - probability))


def test_of_support_and_refutation_the_likelier_is_told() -> None:
    assert balanced(plain(0.3, 0.3), {"supports": 1.2, "refutes": 1.0}) is SUPPORTS
    assert balanced(plain(0.3, 0.3), {"supports": 1.0, "refutes": 1.2}) is REFUTES


@pytest.mark.parametrize(("likely", "told"), [("silent", SILENT), ("differs", DIFFERS)])
def test_where_neither_is_likely_the_likelier_of_the_others_is_told(likely: str, told: Stance) -> None:
    assert balanced(plain(0.5, 0.5), {likely: 1.0}) is told


def test_support_must_reach_its_probability() -> None:
    signals = {"supports": 2.0, "silent": 0.5}
    likely = plain(0.5, 0.5).likelihood(signals)
    assert balanced(plain(likely[SUPPORTS] - 0.01, 0.5), signals) is SUPPORTS
    assert balanced(plain(likely[SUPPORTS] + 0.01, 0.5), signals) is SILENT


def test_what_is_weighed_of_a_sentence_is_of_a_slot_that_there_is() -> None:
    names = {name for scale in fitted_balance().scales.values() for name in scale.coefficients}
    weighed = {name.partition(":")[2] for name in names if name.startswith(("telling:", "surest:"))}
    assert weighed
    assert {name.partition(".")[0] for name in weighed} <= {slot.value for slot in Slot}


def test_the_balance_is_of_the_verifier_that_ships(grounding: Verifier) -> None:
    assert fitted_balance().verifier == grounding.verifier_id


STORM = """Storm cuts off the island of Harle

The storm that hit Harle on Monday tore the roof off the school gymnasium. Nobody was in the building at the time, the
head teacher, Ines Falk, said. The ferry has not sailed since Sunday evening.

Farmer Jost Brandt lost about 40 sheep. He had left them on the northern meadow although he had been warned.

The island's council turned down an offer of help from the navy. Power was back in every house by Tuesday noon.
"""


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        pytest.param("The island's council did not accept the navy's help.", SUPPORTS, id="other words"),
        pytest.param("Harle's council accepted the navy's help.", REFUTES, id="the contrary in other words"),
        pytest.param("Some homes are still without electricity on Wednesday.", REFUTES, id="the contrary, far apart"),
        pytest.param("The head teacher was injured.", SILENT, id="a name alone"),
        pytest.param("The farmer will get money from the state.", SILENT, id="what nobody tells"),
    ],
)
def test_far_sentences_in_other_words_are_read_too(
    claim: str, stance: Stance, language: LanguageReader, grounding: Verifier
) -> None:
    assert stance_of(claim, STORM, language, grounding) is stance


def test_a_number_that_cannot_both_hold_stands_whatever_the_balance_says(
    language: LanguageReader, grounding: Verifier
) -> None:
    verdict = judge("Farmer Jost Brandt lost about 90 sheep.", MemorySources({"harle.txt": STORM}), language, grounding)
    assert verdict.sources[0].stance is REFUTES
    assert verdict.sources[0].rule == "rule:quantity.disjoint"
    assert [flag.kind for flag in verdict.flags] == [FlagKind.QUANTITY]


def test_another_verifiers_probabilities_are_not_weighed(language: LanguageReader) -> None:
    claim = "Harle's council accepted the navy's help."
    assert stance_of(claim, STORM, language, load_verifier("lexical")) is not REFUTES


def test_a_headline_does_not_outweigh_its_body(language: LanguageReader, grounding: Verifier) -> None:
    text = "Harle accepts help from the navy\n\nThe council of Harle turned down the help that the navy had offered.\n"
    assert stance_of("Harle accepted help from the navy.", text, language, grounding) is not SUPPORTS


FARM = """Growers meet the minister

Lena Orth, who heads the growers' league, met the minister. On Friday, Orth laid out her conditions:

- Approval of a plan to rebuild the canal
- Grant at least 12,500 pickers living in the valley the right to remain and work legally
- An end to the tax on water
"""


def test_beside_the_same_telling_number_another_name_for_a_group_is_told_though_the_model_reads_nothing(
    language: LanguageReader, grounding: Verifier
) -> None:
    claim = "Lena Orth wants amnesty for 12,500 illegal immigrants."
    verdict = judge(claim, MemorySources({"farm.txt": FARM}), language, grounding)
    assert verdict.sources[0].stance is DIFFERS
    assert [flag.kind for flag in verdict.flags] == [FlagKind.WORDING]
