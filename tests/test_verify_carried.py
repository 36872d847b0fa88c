"""Nothing is supported that the source denies, gives to somebody else, ties to a condition or says of another time."""

import pytest

from assistant.language.reader import LanguageReader
from assistant.types import Stance, Verifier
from tests.judging import stance_of

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT

GALLERY = """Gallery fire

The Falk Gallery denied that it had locked the emergency exits. Curator Nora Beck refuted reports that the sprinklers
failed. Beck neither confirmed nor denied that two paintings burned.

Owner Emil Falk dismissed allegations that the wiring was faulty. Falk denied hiring the guard. The guard did not deny
that he had slept.
"""


# A denial alone is the denier's word against it. The table refutes where the words are the claim's; where they are not,
# the model reads what the desk's readers wrote of such claims: the source tells it otherwise.
AGAINST = {REFUTES, DIFFERS}


@pytest.mark.parametrize(
    ("claim", "stances"),
    [
        pytest.param("The Falk Gallery locked the emergency exits.", {REFUTES}, id="denied that"),
        pytest.param("The emergency exits were locked.", AGAINST, id="denied that, turned into the passive"),
        pytest.param("The sprinklers failed.", AGAINST, id="refuted reports that"),
        pytest.param("Two paintings burned.", {DIFFERS}, id="neither confirmed nor denied"),
        pytest.param("The wiring was faulty.", AGAINST, id="dismissed allegations that something was so"),
        pytest.param("Falk hired the guard.", {REFUTES}, id="denied doing"),
        pytest.param("The guard slept.", {DIFFERS}, id="did not deny"),
        pytest.param("The Falk Gallery denied that it had locked the emergency exits.", {SUPPORTS}, id="the denial"),
    ],
)
def test_a_denial_never_supports_what_it_denies(
    claim: str, stances: set[Stance], language: LanguageReader, grounding: Verifier
) -> None:
    assert stance_of(claim, GALLERY, language, grounding) in stances


DAM = """Cracks in the Orle dam

Site engineer Lena Voss said the spillway had been closed for a week. Farmer Jon Abel, a neighbour of the dam, called
Petra Nagy, the minister's lawyer, on Sunday. She said the cracks were harmless.

Nagy said the valley was safe. Mayor Olga Reis said the town would evacuate the valley.
"""


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        pytest.param("The engineer said the spillway had been closed for a week.", SUPPORTS, id="a title"),
        pytest.param("An official said the spillway had been closed for a week.", SUPPORTS, id="anybody who speaks"),
        pytest.param("The hospital said the spillway had been closed for a week.", DIFFERS, id="a body of no account"),
        pytest.param("A teacher said the spillway had been closed for a week.", DIFFERS, id="another trade"),
        pytest.param("The lawyer said the valley was safe.", SUPPORTS, id="a description from another sentence"),
        pytest.param("The judge said the valley was safe.", DIFFERS, id="none that the text gives"),
        pytest.param("Olga Reis said the cracks were harmless.", DIFFERS, id="a pronoun is not just anybody"),
        pytest.param("A nurse said the cracks were harmless.", DIFFERS, id="nor anybody of another trade"),
    ],
)
def test_only_whom_the_source_may_mean_has_said_it(
    claim: str, stance: Stance, language: LanguageReader, grounding: Verifier
) -> None:
    assert stance_of(claim, DAM, language, grounding) is stance


HARBOUR = """Strike looms in Lanz harbour

The port authority said it would reopen the locks if the wind drops. Two pilots threatened to quit unless the rota is
changed. The crews will sail tomorrow, even if it snows.

The dockers' union Strong Arms accused the port authority of hiding nine injuries. Strong Arms represents 80 dockers.
"""


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        pytest.param("The port authority said it would reopen the locks.", DIFFERS, id="if"),
        pytest.param("Two pilots threatened to quit.", DIFFERS, id="unless"),
        pytest.param("Two pilots threatened to quit unless the rota is changed.", SUPPORTS, id="the condition told"),
        pytest.param("The crews will sail tomorrow.", SUPPORTS, id="even if is no condition"),
        pytest.param(
            "The port authority accused Strong Arms of hiding nine injuries.", REFUTES, id="who accuses is accused"
        ),
        pytest.param("Strong Arms accused the port authority of hiding nine injuries.", SUPPORTS, id="the accuser"),
        pytest.param("Strong Arms represents 80 dockers.", SUPPORTS, id="the same words are the same speaker"),
    ],
)
def test_conditions_and_parties_are_kept(
    claim: str, stance: Stance, language: LanguageReader, grounding: Verifier
) -> None:
    assert stance_of(claim, HARBOUR, language, grounding) is stance
