"""Plain claims about an invented protest: what a reader sees at once must not be missed, nor made up."""

import pytest

from assistant.language.reader import LanguageReader
from assistant.types import Stance, Verifier
from tests.judging import judge
from tests.memory_sources import MemorySources

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT

TRIBUNE = """Thousands march against library closures in Velden

By Dana Roth

VELDEN, March 4 – About 6,000 people marched through Velden on Saturday to protest the city's plan to close nine of
its 23 public libraries, organisers said. Police put the crowd at 3,500.

Mayor Ilse Brandt has said the closures would save 4.2 million euros a year and are needed to plug a budget gap.
"We cannot keep every building open," she told reporters on Friday.

Residents of the northern districts, where five of the nine branches stand, accused the mayor of punishing the
poor. The council is expected to vote on the plan on March 21.

Two protesters were briefly detained after a scuffle outside city hall, according to police.
Nobody was injured. The speakers' stage was overcrowded but did not collapse.
"""

COURIER = """Velden residents rally to save libraries

Some 4,000 demonstrators rallied in Velden at the weekend demanding that the city drop plans to shut nine branch
libraries, police said.

The mayor, Ilse Brandt, insists the cuts will save at least 5 million euros annually. "No decision has been made,"
she said on Sunday, adding that she was willing to meet the protest's leaders.

Opposition leader Tom Hage called the plan "a war on reading" and vowed to block it. The council votes on March 21.

The library workers' union said 61 jobs are at risk. It has threatened to strike from April 2 if the plan is approved.
"""

WIRE = """Taxpayers' group backs Velden library plan

The Velden Taxpayers' League on Monday welcomed the city's proposal to merge nine under-used libraries into larger
ones, saying it would end years of waste.

"Visitor numbers have fallen by 40 percent since 2015," said the league's chairman, Peter Olm. City figures show a
fall of 31 percent over the same period.

Olm dismissed Saturday's march as the work of a few hundred activists.

Brandt, who took office in 2021, has not said which branches would go first.
"""


@pytest.fixture(scope="module")
def protest() -> MemorySources:
    return MemorySources({"tribune.txt": TRIBUNE, "courier.txt": COURIER, "wire.txt": WIRE})


@pytest.mark.parametrize(
    ("claim", "source", "stance"),
    [
        pytest.param("Two people were detained.", "tribune.txt", SUPPORTS, id="briefly detained is detained"),
        pytest.param(
            "Residents accused the mayor of punishing the poor.",
            "tribune.txt",
            SUPPORTS,
            id="a charge is the charger's, not the article's",
        ),
        pytest.param("The mayor is punishing the poor.", "tribune.txt", DIFFERS, id="a charge is no fact"),
        pytest.param(
            "Visitor numbers fell by 40 percent, according to the city.",
            "wire.txt",
            REFUTES,
            id="the league's chairman does not speak for the city",
        ),
        pytest.param(
            "Velden has 23 public libraries.", "wire.txt", SILENT, id="nine to be merged are not all there are"
        ),
        pytest.param("The speakers' stage collapsed.", "tribune.txt", REFUTES, id="what did not happen"),
        pytest.param("The closures would save 42 million euros a year.", "tribune.txt", REFUTES, id="another number"),
        pytest.param("The council has approved the plan.", "courier.txt", DIFFERS, id="if it is approved"),
        pytest.param("Tom Hage supports the plan.", "courier.txt", REFUTES, id="who vows to block it"),
    ],
)
def test_a_plain_claim_has_its_stance(
    claim: str, source: str, stance: Stance, protest: MemorySources, language: LanguageReader, grounding: Verifier
) -> None:
    verdict = judge(claim, protest, language, grounding)
    found = {protest.article(row.article_id).source: row.stance for row in verdict.sources}
    assert found[source] is stance
