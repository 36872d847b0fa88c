"""Which article a name means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.answers.draft import label_of
from index import AmbiguousSource, ArticleHeader, UnknownSource
from index.names import resolve_name


def header(number: int, source: str, publisher: str | None = None) -> ArticleHeader:
    return ArticleHeader(
        article_id=f"{number:02x}" * 8,
        source_key=f"/desk/{source}",
        source=source,
        text_sha256="",
        publisher=publisher,
    )


ARTICLES = [
    header(0xA1, "news/000_ferry.txt", "The Harbour Post"),
    header(0xA2, "news/002_Ferry-strike.html", "Coast Radio"),
    header(0xB3, "https://example.org/2024/storm"),
    header(0xB4, "wire/storm.txt", "Coast Radio"),
]


def resolve(name: str, articles: Sequence[ArticleHeader] = ARTICLES) -> ArticleHeader:
    return resolve_name(name, articles, lambda prefix: [a for a in articles if a.article_id.startswith(prefix)])


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param("a1a1a1a1", 0, id="an id's first eight characters"),
        pytest.param("A1A1A1A1A1A1A1A1", 0, id="a whole id, in capitals"),
        pytest.param("news/000_ferry.txt", 0, id="source"),
        pytest.param("/desk/news/000_ferry.txt", 0, id="resolved path"),
        pytest.param("000_ferry.txt", 0, id="file name"),
        pytest.param("000_ferry", 0, id="stem"),
        pytest.param("000", 0, id="stem up to the first underscore"),
        pytest.param("002", 1, id="another one"),
        pytest.param("002_FERRY-STRIKE", 1, id="ignoring case"),
        pytest.param("the harbour post", 0, id="publisher, ignoring case"),
        pytest.param("  000 ", 0, id="with spaces around"),
        pytest.param("https://example.org/2024/storm", 2, id="address"),
    ],
)
def test_a_name_means_one_article(name: str, number: int) -> None:
    assert resolve(name) is ARTICLES[number]


@pytest.mark.parametrize("name", ["Coast Radio", "coast radio"])
def test_a_name_of_several_lists_them(name: str) -> None:
    with pytest.raises(AmbiguousSource, match=r"a2a2a2a2 \(news/002_Ferry-strike.html\), b4b4b4b4"):
        resolve(name)


def test_the_same_file_name_in_two_folders_is_ambiguous_and_the_path_is_not() -> None:
    articles = [header(1, "monday/report.txt"), header(2, "tuesday/report.txt")]
    with pytest.raises(AmbiguousSource):
        resolve("report", articles)
    assert resolve("tuesday/report.txt", articles) is articles[1]


@pytest.mark.parametrize("name", ["", "003", "a1a1a1", "deadbeefdeadbeef", "'; DROP TABLE articles", "%", "*", "_"])
def test_an_unknown_name_lists_what_there_is(name: str) -> None:
    with pytest.raises(UnknownSource, match=r"there are 000_ferry\.txt, 002_Ferry-strike\.html, storm, storm\.txt$"):
        resolve(name)


def test_of_many_articles_an_error_names_six() -> None:
    many = [header(number, f"a/long/way/down/{number}.txt") for number in range(10, 30)]
    with pytest.raises(UnknownSource, match=r"there are 10\.txt, 11\.txt, 12.* 15\.txt and 14 more$"):
        resolve("nobody", many)


@pytest.mark.parametrize("headers", [ARTICLES, [*ARTICLES, header(0xC1, "wire/000_late.txt")]], ids=["few", "alike"])
def test_what_an_answer_calls_an_article_is_a_name_of_it(headers: list[ArticleHeader]) -> None:
    dated = [replace(one, published=date(2024, 5, day)) for day, one in enumerate(headers, 1)]
    for known in (headers, dated):
        names = [label_of(one, known) for one in known]
        assert [resolve(name, known) for name in names] == known, names


def test_in_an_empty_collection_nothing_is_known() -> None:
    with pytest.raises(UnknownSource, match="nothing is indexed"):
        resolve("000", [])


def test_a_stem_that_matches_exactly_wins_over_a_shortened_one() -> None:
    articles = [header(1, "a/storm_two.txt"), header(2, "b/storm.txt")]
    assert resolve("storm", articles) is articles[1]
