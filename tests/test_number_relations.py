import pytest

from assistant.language.reader import LanguageReader
from assistant.wording.align import compare_values
from assistant.wording.items import quantities_of
from assistant.wording.learn_names import learn_names
from assistant.wording.library import open_claim
from assistant.wording.quantities import compare_quantities, is_rounding, relate_values


@pytest.mark.parametrize(
    ("ours", "theirs", "relation"),
    [
        ("400 workers", "400 workers", "same"),
        ("400 workers", "at least 400 workers", "dropped"),
        ("400 workers", "about 400 workers", "dropped"),
        ("400 workers", "a record 400 workers", "same"),
        ("exactly 400 workers", "at least 400 workers", "changed"),
        ("at most 400 workers", "at least 400 workers", "changed"),
        ("at least 400 workers", "400 workers", "added"),
        ("nearly 400 workers", "400 workers", "added"),
        ("about 400 workers", "400 workers", "rounded"),
        ("more than 400 workers", "426 workers", "covered"),
        ("300,000 workers", "298,512 workers", "rounded"),
        ("40 workers", "400 workers", "disjoint"),
        ("4 million workers", "4 billion workers", "disjoint"),
        ("$20 million", "$20 billion", "disjoint"),
        ("51 workers", "dozens of workers", "vague"),
        ("dozens of workers", "51 workers", "covered"),
        ("about 180,000 workers", "at least 250 workers", "far"),
        ("five paid hours", "five hours", "same"),
    ],
)
def test_what_the_claims_number_is_to_the_sources(
    language: LanguageReader, ours: str, theirs: str, relation: str
) -> None:
    left, right = (language.parse_text(f"The port hired {text}.")[0] for text in (ours, theirs))
    mine = quantities_of(left, [])
    yours = quantities_of(right, [])
    assert relate_values(mine[0], yours[0]) == relation


def test_a_number_that_nothing_can_be_measured_against_is_missing(language: LanguageReader) -> None:
    mine = quantities_of(language.parse_text("The port paid $3 million.")[0], [])
    yours = quantities_of(language.parse_text("The port hired 3 workers.")[0], [])
    assert [relation.relation for relation in compare_quantities(mine, yours)] == ["missing"]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [(2.1e6, 2_063_900, True), (300_000, 298_512, True), (800_000, 300_000, False), (426, 400, False), (0, 5, False)],
)
def test_a_rounding_keeps_the_leading_digits(ours: float, theirs: float, expected: bool) -> None:
    assert is_rounding(ours, theirs) is expected


@pytest.mark.parametrize(
    ("claim", "source", "relation"),
    [
        ("Support for the plan is 66%.", "Support for the plan is 52%, down from 66% in March.", "disjoint"),
        ("Support for the plan is 52%.", "Support for the plan is 52%, down from 66% in March.", "same"),
        ("Support for the plan was 66% in March.", "Support for the plan is 52%, down from 66% in March.", "same"),
        ("The fare is 3 euros.", "The fare rises from 3 euros to 4 euros.", "apart"),
        ("The fare rises from 3 euros.", "The fare rises from 3 euros to 4 euros.", "same"),
        ("The swing is 50 points.", "The swing is 70 points, up from +50 points in May.", "disjoint"),
        ("The club has 90 members.", "The club has 120 members, compared with 90 a year ago.", "disjoint"),
    ],
)
def test_what_something_was_before_does_not_hold_a_claim_on_what_it_is(
    claim: str, source: str, relation: str, language: LanguageReader
) -> None:
    names = learn_names([])
    ours, theirs = (open_claim(text, language, names) for text in (claim, source))
    assert ours is not None
    assert theirs is not None
    assert compare_values(ours, theirs)[0].relation == relation
