"""A quotation can be pointed at from outside: selectors, links that scroll to it, text to paste."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from assistant.selectors import copy_text, fragment_link, selectors
from index import ArticleHeader

TEXT = "Dockers walked out. The port, a self-run one, said A&B lost 3% of trade. Dockers walked out again."
URL = "https://example.org/ports?id=1#top"


def test_reserved_characters_of_a_text_directive_are_encoded() -> None:
    start = TEXT.index("a self-run")
    link = fragment_link(URL, TEXT, start, start + len("a self-run one, said A&B lost 3%"))
    assert link == "https://example.org/ports?id=1#top:~:text=a%20self%2Drun%20one%2C%20said%20A%26B%20lost%203%25"


def test_a_quotation_that_stands_twice_gets_the_words_before_it() -> None:
    start = TEXT.rindex("Dockers walked out")
    assert "text=lost%203%25%20of%20trade.-,Dockers" in fragment_link(URL, TEXT, start, start + 18)


def test_a_long_quotation_is_named_by_its_ends() -> None:
    link = fragment_link("https://example.org/", TEXT, 0, len(TEXT))
    assert link == "https://example.org/#:~:text=Dockers%20walked%20out.%20The,Dockers%20walked%20out%20again."


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
def test_selectors_hold_the_exact_words_with_their_surroundings(start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    quote, position = selectors(TEXT, start, end)
    assert quote["exact"] == TEXT[position["start"] : position["end"]]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
    assert unquote(fragment_link(URL, TEXT, start, end)).startswith("https://example.org/ports?id=1#top:~:text=")


def test_pasted_text_names_what_is_known_and_nothing_else() -> None:
    header = ArticleHeader(article_id="a", source_key="k", source="ports.txt", text_sha256="0")
    assert copy_text("Dockers  walked\nout", header) == "“Dockers walked out” (ports.txt)"
    known = ArticleHeader(
        article_id="a",
        source_key="k",
        source="ports.txt",
        text_sha256="0",
        publisher="The Harbour Post",
        headline="Strike",
        published=date(2024, 3, 1),
        url="https://example.org/",
    )
    pasted = "“Dockers” (The Harbour Post, “Strike”, 2024-03-01, https://example.org/)"
    assert copy_text("Dockers", known) == pasted
