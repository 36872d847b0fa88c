from pathlib import Path
from typing import Any

import pytest
from lxml import html

from assistant.compare import compare_topic
from assistant.differing import open_pair_reader
from assistant.errors import BadInput
from assistant.language.reader import LanguageReader
from assistant.quotes import audit_draft
from assistant.report.write import render_report, write_report
from assistant.types import Scope
from assistant.wire import comparison_json, quotations_json
from tests.memory_sources import MemorySources

GAZETTE = "https://example.org/gazette"
COURIER = "https://example.com/courier?x=1&y=2"
ARTICLES = MemorySources(
    {
        GAZETTE: "Row <b>over</b> pilots\n\nThe harbour company dismissed 40 veteran pilots on Monday.\n\n"
        '"We stay," said Ada Lund.',
        COURIER: "Harbour in turmoil\n\nThe harbour company sacked 40 mutinous boatmen on Monday, "
        "a \u202ewitness said.",
    },
    {GAZETTE: "Gazette", COURIER: "Courier & Sons"},
)
HEADERS = {header.article_id: header for header in ARTICLES.headers()}


@pytest.fixture(scope="module")
def compared(language: LanguageReader) -> dict[str, Any]:
    found = compare_topic(
        "the dismissed pilots", sources=ARTICLES, reader=language, differing=open_pair_reader(), scope=Scope()
    )
    return comparison_json(found, HEADERS, {})


def page(command: str, result: dict[str, Any]) -> Any:
    return html.document_fromstring(render_report("report.html.j2", command, result, ARTICLES, HEADERS))


def test_a_page_shows_words_and_links_and_no_markup_as_text(compared: dict[str, Any]) -> None:
    found = page("compare", compared)
    text = found.text_content()
    assert not any(mark in text for mark in ("<q>", "<a ", "<div", "&lt;", "href="))
    assert "Row <b>over</b> pilots" in text  # an article's own markup is words
    assert not found.xpath("//b")
    assert any(link.startswith(f"{COURIER}#:~:text=") for link in found.xpath("//a/@href"))


def test_a_page_fetches_nothing(compared: dict[str, Any]) -> None:
    found = page("compare", compared)
    assert not found.xpath("//script | //img | //link | //iframe | //*[@src]")
    assert "default-src 'none'" in found.xpath("//meta[@http-equiv]/@content")[0]


def test_hidden_characters_are_written_out(compared: dict[str, Any]) -> None:
    assert "\u202e" not in page("compare", compared).text_content()
    assert "\\u202e" in page("compare", compared).text_content()


def test_every_row_can_be_copied_with_its_source(compared: dict[str, Any]) -> None:
    told = [part.text_content() for part in page("compare", compared).xpath("//details")]
    assert len(told) == len(compared["rows"])
    assert any("40 veteran pilots" in text and GAZETTE in text for text in told)


@pytest.mark.parametrize("template", ["report.html.j2", "report.md.j2"])
def test_both_forms_show_both_sides_of_a_difference(compared: dict[str, Any], template: str) -> None:
    text = render_report(template, "compare", compared, ARTICLES, HEADERS)
    assert "40 veteran pilots" in text
    assert "40 mutinous boatmen" in text


def test_the_desks_style_stands_in_the_report_of_a_draft() -> None:
    audited = audit_draft('The boatman said: "We stay,"', sources=ARTICLES)
    hit = {"term": "boatman", "instead": "pilot", "note": "", "start": 4, "end": 11, "quote": "boatman"}
    assert "“pilot”" not in page("quotes", quotations_json(audited)).text_content()
    assert "boatman" in page("quotes", quotations_json(audited) | {"style": [hit]}).text_content()


def test_another_ending_is_refused(tmp_path: Path, compared: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"neither \.html nor \.md"):
        write_report(tmp_path / "report.doc", "compare", compared, ARTICLES, HEADERS)
