import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.compare import compare_topic
from assistant.differing import open_pair_reader
from assistant.language.reader import LanguageReader
from assistant.types import Comparison, FlagKind, Scope
from tests.memory_sources import MemorySources
from tests.port_articles import NORTH, SOUTH

TOPIC = "port of Hallmark night shifts"


def compare(topic: str, sources: MemorySources, language: LanguageReader) -> Comparison:
    return compare_topic(topic, sources=sources, reader=language, differing=open_pair_reader(), scope=Scope())


@pytest.fixture(scope="module")
def port() -> MemorySources:
    return MemorySources({"north.txt": NORTH, "south.txt": SOUTH})


def test_rows_quote_the_articles_and_hold_their_wording(port: MemorySources, language: LanguageReader) -> None:
    found = compare("seasonal workers", port, language)
    assert {port.article(row.span.article_id).source for row in found.rows} == {"north.txt", "south.txt"}
    for row in found.rows:
        text = port.article(row.span.article_id).text
        assert row.span.quote == text[row.span.start : row.span.end]
        assert row.wording in row.span.quote


def test_other_words_for_the_same_people_are_a_difference(port: MemorySources, language: LanguageReader) -> None:
    found = compare("the 300 seasonal workers", port, language)
    wordings = [(d.left.quote, d.right.quote) for d in found.differences if d.kind is FlagKind.WORDING]
    assert any("foreign" in "".join(pair) for pair in wordings)


def test_both_sides_of_a_difference_are_the_articles_own_text(port: MemorySources, language: LanguageReader) -> None:
    for difference in compare(TOPIC, port, language).differences:
        for side in (difference.left, difference.right):
            assert side.quote == port.article(side.article_id).text[side.start : side.end]
        assert difference.note


def typographic(text: str) -> str:
    """The same text re-wrapped, with other quotation marks, dashes and spaces."""
    paragraphs = [" ".join(part.split()) if not part.lstrip().startswith("-") else part for part in text.split("\n\n")]
    changed = "\n\n".join(paragraphs).replace('"', "”").replace("'", "’").replace("–", "—")
    return changed.replace(" percent", "\u00a0percent")


@pytest.mark.parametrize("article", [NORTH, SOUTH], ids=["north", "south"])
def test_an_article_against_itself_in_other_typography_differs_in_nothing(
    language: LanguageReader, article: str
) -> None:
    twice = MemorySources({"one.txt": article, "two.txt": typographic(article)})
    across = [d for d in compare(TOPIC, twice, language).differences if d.left.article_id != d.right.article_id]
    assert across == []


CHANGES = (("“", '"'), ("'", "’"), ("–", "—"), (" percent", "\u00a0percent"), (" the ", "\u00a0the "), ("...", "…"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.sets(st.sampled_from(CHANGES)),
    width=st.integers(30, 120),
    article=st.sampled_from([NORTH, SOUTH]),
)
def test_no_rewrapping_and_no_typography_makes_a_difference(
    language: LanguageReader, changes: set[tuple[str, str]], width: int, article: str
) -> None:
    copy = article
    for old, new in sorted(changes):
        copy = copy.replace(old, new)
    headline, rest = copy.split("\n\n", 1)
    parts = [part if "\n- " in f"\n{part}" else "\n".join(textwrap.wrap(part, width)) for part in rest.split("\n\n")]
    twice = MemorySources({"one.txt": article, "two.txt": "\n\n".join([headline, *parts])})
    across = [d for d in compare(TOPIC, twice, language).differences if d.left.article_id != d.right.article_id]
    assert across == []


WARDS = MemorySources(
    {
        "gazette.txt": "Strike closes wards\n\nAt least 300 nurses walked out on Monday, the union said. "
        "The hospital closed four wards.",
        "courier.txt": "Wards shut in dispute\n\nOn Monday 300 striking agency staff walked out at the hospital. "
        "It closed two wards.",
    }
)


def test_other_names_for_those_whom_one_number_counts_are_told(language: LanguageReader) -> None:
    found = compare("who walked out", WARDS, language).differences
    pairs = {(d.kind, d.left.quote, d.right.quote) for d in found}
    assert any(kind is FlagKind.WORDING and "nurses" in left and "agency staff" in right for kind, left, right in pairs)


def test_words_that_both_articles_have_are_agreements(language: LanguageReader) -> None:
    sentence = "The council of Marrow closed the old bridge to lorries on Monday."
    both = MemorySources({"a.txt": f"Bridge shut\n\n{sentence}", "b.txt": f"Lorries banned\n\n{sentence}"})
    found = compare("council bridge lorries", both, language)
    assert [span.quote for agreement in found.agreements for span in agreement.spans] == [sentence, sentence]


def test_a_topic_that_nobody_speaks_of_has_no_rows(port: MemorySources, language: LanguageReader) -> None:
    found = compare("the opera season", port, language)
    assert (found.rows, found.differences, found.agreements) == ((), (), ())


@pytest.mark.parametrize("topic", ["", "???", "the"])
def test_an_empty_topic_is_no_crash(port: MemorySources, language: LanguageReader, topic: str) -> None:
    compare(topic, port, language)


def test_other_words_for_what_a_topic_names_belong_to_it(language: LanguageReader) -> None:
    crews = MemorySources(
        {
            "a.txt": "Row at the harbour\n\nThe harbour company dismissed 40 veteran pilots on Monday.",
            "b.txt": "Harbour in turmoil\n\nThe harbour company sacked 40 mutinous boatmen on Monday.",
        }
    )
    found = compare("the dismissed pilots", crews, language).differences
    told = [(d.kind, d.left.quote, d.right.quote) for d in found]
    assert (FlagKind.WORDING, "40 veteran pilots", "40 mutinous boatmen") in told


def test_what_the_topics_own_number_counts_is_always_set_side_by_side(language: LanguageReader) -> None:
    north = "Ward opens\n\nThe council asked the clinic to keep at least 400 nurses living in the valley.\n"
    south = "Ward row\n\nThe council wants the clinic to keep at least 400 foreign temporary nurses, officials said.\n"
    sources = MemorySources({"north.txt": north, "south.txt": south})
    found = compare_topic(
        "the 400 people", sources=sources, reader=language, differing=open_pair_reader(), scope=Scope()
    )
    wordings = [(d.left.quote, d.right.quote) for d in found.differences if d.kind is FlagKind.WORDING]
    assert any("400 nurses" in left and "foreign temporary nurses" in right for left, right in wordings)


STRIKE = """Strike at three hospitals in Brask

Nurses walked out on Tuesday over pay. At least 200 operations were postponed, the health trust said.
"""
WALKOUT = """Staff refuse to work in Brask

The walkout began early. Some 350 planned operations had to be cancelled, the union claimed.
"""
LATER = """A year of strikes in Brask

In March 2019 the wards were full. The wards of Brask put off 90 operations in March 2019.
"""


def test_other_numbers_of_what_a_short_topic_names_are_told_first(language: LanguageReader) -> None:
    found = compare("operations postponed", MemorySources({"one.txt": STRIKE, "two.txt": WALKOUT}), language)
    first = found.differences[0]
    assert first.kind is FlagKind.QUANTITY
    assert {"200", "350"} <= set(f"{first.left.quote} {first.right.quote}".split())


def test_numbers_of_two_moments_are_no_difference(language: LanguageReader) -> None:
    dated = STRIKE.replace("were postponed", "were postponed in May 2020")
    found = compare("operations put off", MemorySources({"one.txt": dated, "two.txt": LATER}), language)
    assert not [d for d in found.differences if d.kind is FlagKind.QUANTITY]


def test_one_difference_is_told_once_however_many_of_its_words_are_found(language: LanguageReader) -> None:
    will = "Mayor shuts baths\n\nThe mayor of Lomsey will shut the baths in May, officials said."
    may = "Baths in doubt\n\nThe mayor of Lomsey may shut the baths in May, officials said."
    told = compare("mayor of Lomsey shuts the baths", MemorySources({"a.txt": will, "b.txt": may}), language)
    assert [d.kind for d in told.differences].count(FlagKind.MODALITY) == 1
