"""An amount that a sentence does not give carries no claim, whatever a model reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.language.quantities import find_quantities
from assistant.language.reader import LanguageReader
from assistant.types import Stance, Verifier
from assistant.wording.amounts import lacks_amount
from tests.judging import stance_of


@pytest.mark.parametrize(
    ("claim", "sentence", "lacks"),
    [
        ("Two thirds of the islanders use it.", "58 percent use it.", True),
        ("Nearly a fifth of the valley is under water.", "Some 19 per cent of the valley is under water.", False),
        ("More than two thirds of the money is missing.", "It has received 31 per cent of the money.", False),
        ("Inflation rose by 0.3 percent.", "Prices climbed 3.3% from a year before, up from 3.0% in August.", False),
        ("It costs $300 million.", "It costs nearly $1 billion.", True),
        ("It costs at least $300 million.", "It costs nearly $1 billion.", False),
        ("Support was as low as 40 percent.", "Support ranged from 40 percent to 50 percent.", False),
        ("Reaching the boat took more than two days.", "It took the crew five hours to reach the boat.", True),
        ("Reaching the boat took a day and a half.", "It took the crew 36 hours to reach the boat.", False),
        ("The crossing is 30 metres long.", "The crossing is 30 kilometres long.", True),
        ("Seven people drowned.", "Nine people drowned.", False),  # of no unit: the slots know what counts what
        ("Two thirds of the islanders use it.", "Most islanders use it.", False),
    ],
)
def test_an_amount_is_given_where_it_follows_roughly_from_those_of_the_sentence(
    claim: str, sentence: str, lacks: bool
) -> None:
    assert lacks_amount(find_quantities(claim), find_quantities(sentence)) is lacks


@given(some.integers(1, 100))
def test_no_sentence_lacks_its_own_amount(percent: int) -> None:
    quantities = find_quantities(f"{percent} percent of the voters stayed at home.")
    assert not lacks_amount(quantities, quantities)


def test_another_share_in_other_words_is_not_supported(language: LanguageReader, grounding: Verifier) -> None:
    claim = "A survey found that two thirds of the islanders use the crossing every month."
    text = "Ferry survey\n\nA survey of islanders showed that 58 percent use the crossing every month.\n"
    assert stance_of(claim, text, language, grounding) is Stance.REFUTES
