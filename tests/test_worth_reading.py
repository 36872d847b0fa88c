"""Among many sources the verifier reads what may bear on a claim, and not what shares common words with it."""

from __future__ import annotations

import pytest

from assistant.answers.material import gather
from assistant.language.reader import LanguageReader
from assistant.reading import read_question
from assistant.types import Scope
from assistant.verifier import load_verifier
from assistant.wording.in_context import Place
from assistant.wording.judge import READ_FIRST, READ_OF_FEW, judge_sources, nearest_sentences, worth_reading
from assistant.wording.library import open_claim, open_library
from tests.memory_sources import MemorySources

CLAIM = "The Orle ferry company fired 60 deckhands in Nyhavn last week after a pay dispute."
COMPANY = "Cuts at the port\n\nThe Orle ferry company fired 60 deckhands in Nyhavn last week after a pay dispute.\n"
TRADES = ("bakery", "railway", "cinema", "quarry", "brewery", "circus", "laundry", "dairy", "printing")
UNION = "Union replies\n\nOrle never fired any Nyhavn deckhands, the union insists.\n"


def test_a_sentence_that_shares_little_and_common_words_alone_is_not_read(language: LanguageReader) -> None:
    others = {f"{trade}.txt": f"News in brief\n\nThe {trade} company paid a cook last week.\n" for trade in TRADES}
    sources = MemorySources({"company.txt": COMPANY, "union.txt": UNION, **others})
    rows = {header.article_id: sources.sentences(header.article_id) for header in sources.headers()}
    read = {key: (language.parse(found), language.frames(found)) for key, found in rows.items()}
    library = open_library(sources.headers(), read, language.parse_text(CLAIM))
    claim = open_claim(CLAIM, language, library.names)
    assert claim is not None
    places = [
        Place(article, alignment)
        for article in library.articles
        for alignment in nearest_sentences(claim, article, library.names)
    ]
    assert any("cook" in place.alone.quote for place in places)
    kept = [place.alone.quote for place in worth_reading(claim, library.articles, places)]
    assert not any("cook" in quote for quote in kept)
    assert any("never fired" in quote for quote in kept)


@pytest.mark.parametrize(("many", "most"), [(False, READ_OF_FEW), (True, READ_FIRST)])
def test_eight_sentences_of_a_source_are_read_of_few_and_three_of_many(
    many: bool, most: int, language: LanguageReader
) -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    told = [f"The Orle ferry company paid the deckhands in Nyhavn on {day}." for day in days for _ in range(2)]
    sources = MemorySources({"pay.txt": "Pay\n\n" + "\n\n".join(told)})
    (header,) = sources.headers()
    rows = language.parse(sources.sentences(header.article_id))
    read = {header.article_id: (rows, language.frames(sources.sentences(header.article_id)))}
    library = open_library([header], read, language.parse_text(CLAIM), many)
    claim = open_claim(CLAIM, language, library.names)
    assert claim is not None
    (judged,) = judge_sources(claim, library, load_verifier("lexical"))
    assert len(judged.opinions) == most


def test_few_long_articles_are_not_many(language: LanguageReader) -> None:
    filler = "\n\n".join(f"Weather note {n}: rain fell on the hills, and the river stood higher." for n in range(500))
    sources = MemorySources({f"{name}.txt": f"Report {name}\n\n{filler}\n\n{UNION}" for name in ("one", "two")})
    parsed = language.parse_text(CLAIM)
    reading = read_question("Did Orle fire deckhands?", parsed, ())
    material = gather(reading, parsed, Scope(), sources, language, load_verifier("lexical"))
    assert not material.whole
    assert not material.library.many
