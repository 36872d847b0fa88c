"""Who did it to whom, who said it, how much of it: exchanged parts are noticed, other spellings are not mistaken."""

import pytest

from assistant.language.reader import LanguageReader
from assistant.types import FlagKind, Stance, Verdict, Verifier
from tests.judging import judge, stance_of, verify
from tests.memory_sources import MemorySources

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT

TALKS = """Talks over the Orsen pit end without a deal

The bank lent the town 40 million crowns for the pit in May. The miners rejected the owner's offer.

Helga Strand, who leads the miners, spoke to reporters afterwards.
She called the plan "a slap in the face of the valley".

A nearly 400-page report on the pit was published on Friday. Karin Ode is the first woman to manage the pit.
"""

RESCUE = """Flood crews praised in Tarnby

The United States Air Force flew pumps to Tarnby on Sunday. The mayor praised the pilots.
"""


def judged(claim: str, text: str, language: LanguageReader, grounding: Verifier) -> Verdict:
    return judge(claim, MemorySources({"a.txt": text}), language, grounding)


@pytest.mark.parametrize(
    ("claim", "text", "stances"),
    [
        pytest.param(
            "The town lent the bank 40 million crowns for the pit.", TALKS, {REFUTES}, id="giver and receiver exchanged"
        ),
        pytest.param(
            "Maria Keller called the plan “a slap in the face of the valley”.",
            TALKS,
            {REFUTES},
            id="words of her who was named just before",
        ),
        pytest.param(
            "Helga Strand called the plan “a slap in the face of the valley”.", TALKS, {SUPPORTS}, id="her own words"
        ),
        pytest.param("The report on the pit has 300 pages.", TALKS, {REFUTES, SILENT}, id="a number tied by a hyphen"),
        pytest.param("The US Air Force flew pumps to Tarnby on Sunday.", RESCUE, {SUPPORTS}, id="a country cut short"),
        pytest.param("The mayor praised the pilots.", RESCUE, {SUPPORTS}, id="word for word"),
    ],
)
def test_exchanged_parts_are_noticed(
    claim: str, text: str, stances: set[Stance], language: LanguageReader, grounding: Verifier
) -> None:
    assert stance_of(claim, text, language, grounding) in stances


def test_the_first_ever_is_the_first(language: LanguageReader, grounding: Verifier) -> None:
    verdict = judged("Karin Ode is the first woman ever to manage the pit.", TALKS, language, grounding)
    assert FlagKind.OVERREACH not in {flag.kind for flag in verdict.flags}


def test_lesser_differences_beside_the_one_that_decides_raise_no_flag(
    language: LanguageReader, grounding: Verifier
) -> None:
    verdict = judged("The bank lent the whole town 60 million crowns for the pit.", TALKS, language, grounding)
    assert {flag.kind for flag in verdict.flags} == {FlagKind.QUANTITY}


def test_a_claim_that_a_text_repeats_is_judged_once_and_told_each_time(
    language: LanguageReader, grounding: Verifier
) -> None:
    claim = "The miners rejected the owner's offer."
    found = verify(f"{claim} {claim}", MemorySources({"a.txt": TALKS}), language, grounding)
    first, second = found.verdicts
    assert first.claim.text == second.claim.text
    assert first.sources is second.sources
