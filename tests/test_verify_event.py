"""Claims in a reader's own words on an invented event, judged by the slots and the shipped model together."""

import pytest

from assistant.language.reader import LanguageReader
from assistant.types import FlagKind, Stance, VerdictLabel, Verifier
from tests.judging import judge, verify
from tests.memory_sources import MemorySources

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT

FERRY = """Fire on Blue Line ferry kills 12

Twelve people were killed and more than 300 injured when a Blue Line ferry caught fire off Tarn Point on Sunday,
the coast guard said.

Hundreds of thousands of passengers use the line every year.

Transport minister Ana Weiss reiterated her threat to withdraw the operator's licence.

"We owe the families the truth," said Per Holm, the director of Blue Line Ferries.

As union leader Ida Brandt once said, "A ferry without drills is a coffin."

The captain will probably be questioned next week, prosecutor Jon Falk said.

Blue Line Ferries gives its crews six hours a month of paid training.

The company did not publish the maintenance log of the ferry.

Weiss asked passengers to no longer bring gas bottles on board.
"""


@pytest.fixture(scope="module")
def ferry() -> MemorySources:
    return MemorySources({"ferry.txt": FERRY})


@pytest.mark.parametrize(
    ("claim", "stance", "flag"),
    [
        pytest.param("Twelve people died when the ferry caught fire.", SUPPORTS, None, id="killed people died"),
        pytest.param(
            "More than 300 people were killed in the fire.", REFUTES, FlagKind.QUANTITY, id="a number has its verb"
        ),
        pytest.param(
            "Some 800,000 passengers use the line every year.", DIFFERS, None, id="a vague number is not that number"
        ),
        pytest.param(
            "Ana Weiss has withdrawn the operator's licence.", DIFFERS, FlagKind.MODALITY, id="a threat is no deed"
        ),
        pytest.param(
            "The captain will be questioned next week.", DIFFERS, FlagKind.MODALITY, id="probably is not certainly"
        ),
        pytest.param(
            'Ida Brandt said "We owe the families the truth".',
            REFUTES,
            FlagKind.ATTRIBUTION,
            id="whose words these are",
        ),
        pytest.param(
            'Per Holm said "A ferry without drills is a coffin."', REFUTES, FlagKind.ATTRIBUTION, id="as somebody said"
        ),
        pytest.param("The company has published the ferry's maintenance log.", REFUTES, None, id="it did not"),
        pytest.param(
            "Blue Line's staff get six hours of paid training a month.",
            SUPPORTS,
            None,
            id="a company by its short name",
        ),
        pytest.param("Mara Lind runs a bakery on the island.", SILENT, None, id="of which nothing is said"),
    ],
)
def test_a_claim_in_other_words_has_its_stance(
    ferry: MemorySources,
    language: LanguageReader,
    grounding: Verifier,
    claim: str,
    stance: Stance,
    flag: FlagKind | None,
) -> None:
    verdict = judge(claim, ferry, language, grounding)
    assert verdict.sources[0].stance is stance
    assert flag is None or flag in {found.kind for found in verdict.flags}


@pytest.mark.parametrize(
    ("claim", "sentence", "stance"),
    [
        ("The driver was drunk.", "Police are investigating whether the driver was drunk.", DIFFERS),
        ("The bridge had been closed.", "If the bridge had been closed, nobody would have died.", DIFFERS),
        ("The plan would work.", "She doubted that the plan would work.", REFUTES),
        ("The mayor will resign.", "It is unlikely that the mayor will resign.", REFUTES),
        ("The minister had fled.", "Rumours that the minister had fled were false.", DIFFERS),
        ("The pump had failed.", "The director refused to say whether the pump had failed.", DIFFERS),
        ("The pump had failed.", "On Monday the pump had failed.", SUPPORTS),
        ("The gates were opened at 3.40 p.m.", "The gates were opened at 3.40 a.m.", REFUTES),
        ("Six are missing.", "The mayor demanded at least 10 million crowns.", SILENT),
    ],
)
def test_words_that_a_source_repeats_exactly_are_only_said_where_it_asserts_them(
    language: LanguageReader, grounding: Verifier, claim: str, sentence: str, stance: Stance
) -> None:
    sources = MemorySources({"city.txt": f"City news\n\n{sentence}\n"})
    assert judge(claim, sources, language, grounding).sources[0].stance is stance


def test_evidence_says_whether_a_rule_the_model_or_both_decided(
    ferry: MemorySources, language: LanguageReader, grounding: Verifier
) -> None:
    claims = (
        "Twelve people died when the ferry caught fire.",
        "Blue Line's staff get six hours of paid training a month.",
    )
    deciders = {judge(claim, ferry, language, grounding).sources[0].evidence[0].decided_by for claim in claims}
    assert all(decider == "model" or decider.startswith("rule:") for decider in deciders)
    assert "model" in deciders


def test_one_voice_is_told_only_where_it_carries_the_verdict(language: LanguageReader, grounding: Verifier) -> None:
    two = MemorySources({"ferry.txt": FERRY, "other.txt": "Bakery opens\n\nMara Lind opened a bakery on Friday.\n"})
    carried = judge("Twelve people died when the ferry caught fire.", two, language, grounding)
    differing = judge("Ana Weiss has withdrawn the operator's licence.", two, language, grounding)
    assert carried.label is VerdictLabel.SUPPORTED
    assert FlagKind.SINGLE_SOURCE in {flag.kind for flag in carried.flags}
    assert differing.label is VerdictLabel.NOT_ENOUGH_EVIDENCE
    assert FlagKind.SINGLE_SOURCE not in {flag.kind for flag in differing.flags}


def test_each_claim_of_a_text_is_put_to_the_articles_that_its_own_words_find(
    language: LanguageReader, grounding: Verifier
) -> None:
    many = {f"town{n}.txt": f"Town {n} in brief\n\nThe mayor of town {n} planted {n + 20} trees.\n" for n in range(14)}
    sources = MemorySources({**many, "ferry.txt": FERRY})
    text = "The mayor of town 3 planted 23 trees. Twelve people died when the ferry caught fire."
    found = verify(text, sources, language, grounding)
    assert [verdict.label for verdict in found.verdicts][1] is VerdictLabel.SUPPORTED
