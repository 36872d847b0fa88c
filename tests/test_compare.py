import pytest

from assistant.compare import compare_topic
from assistant.language.reader import LanguageReader
from assistant.types import Comparison, FlagKind, Scope
from tests.memory_sources import MemorySources
from tests.port_articles import NORTH, SOUTH

TOPIC = "port of Hallmark night shifts"


def compare(topic: str, sources: MemorySources, language: LanguageReader) -> Comparison:
    return compare_topic(topic, sources=sources, reader=language, scope=Scope())


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


def test_a_topic_that_nobody_speaks_of_has_no_rows(port: MemorySources, language: LanguageReader) -> None:
    found = compare("the opera season", port, language)
    assert (found.rows, found.differences, found.agreements) == ((), (), ())


@pytest.mark.parametrize("topic", ["", "???", "the"])
def test_an_empty_topic_is_no_crash(port: MemorySources, language: LanguageReader, topic: str) -> None:
    compare(topic, port, language)
