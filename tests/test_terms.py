import pytest

from assistant.differing import open_pair_reader
from assistant.language.reader import LanguageReader
from assistant.terms import Terms, find_terms, term_of, terms_json
from assistant.types import Scope
from tests.memory_sources import MemorySources

GAZETTE = """Harbour pilots stop work

The harbour company dismissed 40 veteran pilots on Monday.

The veteran pilots guided ships for years. The company hired replacement crews.
"""
COURIER = """Pilots out after dispute

The harbour company dismissed 40 mutinous boatmen on Monday.

The mutinous boatmen had stopped work.
"""


@pytest.fixture(scope="module")
def harbour() -> MemorySources:
    return MemorySources({"gazette.txt": GAZETTE, "courier.txt": COURIER}, {"gazette.txt": "Gazette"})


def terms_of(topic: str, sources: MemorySources, language: LanguageReader) -> Terms:
    return find_terms(topic, sources=sources, reader=language, differing=open_pair_reader(), scope=Scope())


def test_two_names_for_those_whom_one_number_counts_are_one_group(
    harbour: MemorySources, language: LanguageReader
) -> None:
    groups = [{term.wording for term in group.terms} for group in terms_of("", harbour, language).groups]
    assert {"veteran pilots", "mutinous boatmen"} in groups


def test_each_name_is_counted_in_every_article_and_found_at_its_place(
    harbour: MemorySources, language: LanguageReader
) -> None:
    for group in terms_of("", harbour, language).groups:
        for term in group.terms:
            for use in term.uses:
                text = harbour.article(use.span.article_id).text
                assert text[use.span.start : use.span.end] == use.span.quote
                assert text.casefold().count(term.wording.casefold()) == use.count


def test_the_json_names_the_outlet(harbour: MemorySources, language: LanguageReader) -> None:
    headers = {header.article_id: header for header in harbour.headers()}
    told = terms_json(terms_of("", harbour, language), headers)
    assert told["topic"] == ""
    assert "'publisher': 'Gazette', 'count': 2" in str(told)


def test_what_all_call_alike_is_no_group(language: LanguageReader) -> None:
    both = MemorySources({"a.txt": GAZETTE, "b.txt": GAZETTE.replace("stop work", "walk out")})
    assert terms_of("", both, language).groups == ()


@pytest.mark.parametrize(
    ("quote", "term"),
    [("the 300 agency staff", "agency staff"), ("at least 1.2 million voters", "voters"), ("Its board", "board")],
)
def test_a_term_is_the_phrase_without_article_owner_and_number(quote: str, term: str) -> None:
    assert term_of(quote) == term
