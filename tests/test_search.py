"""Search: two rankings fused, filters, a hearing for every source, and nothing that a user types is an operator."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Collection, HashingEmbedder, Hit, SearchFilter
from index.fusion import TermCount, fused_score, score_articles
from index.keywords import MOST_TERMS, keyword_terms
from index.search import MOST_GUARANTEED_SOURCES, search

ARTICLES = [
    ("channel", "Council widens channel", "2024-01-10", "The council voted to dredge the harbour. Work starts in May."),
    ("ferry", "Ferry fares rise", "2024-02-10", "A ferry ticket costs two crowns more. The harbour master objected."),
    ("storm", "Storm closes schools", "2024-03-10", "Snow closed forty schools in the hills. Buses stopped."),
    ("undated", "Mayor opens library", None, "The mayor opened a library beside the harbour on Sunday."),
]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("search")
    with Collection.open(folder / "home", embedder=HashingEmbedder()) as opened:
        rows = [{"id": name, "title": title, "date": day, "text": text} for name, title, day, text in ARTICLES]
        (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
        assert opened.index([str(folder / "articles.jsonl")]).failed == ()
        yield opened


def sources(collection: Collection, hits: Sequence[Hit]) -> list[str]:
    named = {header.article_id: header.source for header in collection.headers()}
    return list(dict.fromkeys(named[hit.passage.article_id] for hit in hits))


def only(collection: Collection, *names: str) -> frozenset[str]:
    return frozenset(collection.find_article(name).article_id for name in names)


def test_the_best_passage_comes_first_and_says_why(collection: Collection) -> None:
    best = collection.search("Who voted to dredge the harbour?")[0]
    assert best.passage.text.startswith("The council voted")
    assert (best.rank, best.guaranteed) == (1, False)
    assert (best.keyword_rank, best.similarity_rank) == (1, 1)
    assert best.keyword_score is not None
    assert best.similarity is not None
    assert best.score > 0


def test_ranks_count_from_one_and_passages_come_once(collection: Collection) -> None:
    hits = collection.search("harbour", limit=3)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.passage.passage_id for hit in hits}) == len(hits)


def test_every_source_is_heard_below_the_top(collection: Collection) -> None:
    hits = collection.search("council harbour", limit=1)
    assert not hits[0].guaranteed
    assert all(hit.guaranteed for hit in hits[1:])
    assert {"ferry", "undated"} <= set(sources(collection, hits[1:]))


def test_at_most_so_many_hits_a_source_are_guaranteed(collection: Collection) -> None:
    hits = collection.search("harbour ferry ticket fares", limit=1, per_source=1)
    later = [hit.passage.article_id for hit in hits[1:]]
    assert len(later) == len(set(later))
    assert len(collection.search("harbour", limit=1, per_source=0)) == 1


def test_only_the_chosen_sources_are_searched(collection: Collection) -> None:
    chosen = SearchFilter(article_ids=only(collection, "storm"))
    assert sources(collection, collection.search("harbour", within=chosen)) in ([], ["storm"])
    assert sources(collection, collection.search("snow schools", within=chosen)) == ["storm"]


def test_no_source_means_no_hit(collection: Collection) -> None:
    assert collection.search("harbour", within=SearchFilter(article_ids=frozenset())) == []


def test_dates_narrow_and_undated_articles_stay(collection: Collection) -> None:
    within = SearchFilter(since=date(2024, 2, 1), until=date(2024, 2, 28))
    assert set(sources(collection, collection.search("harbour council mayor ferry", within=within))) == {
        "ferry",
        "undated",
    }


@pytest.mark.parametrize(
    "question",
    [
        'a"b',
        "NEAR(harbour",
        "harbour*",
        "text:harbour",
        "^harbour",
        '"; DROP TABLE articles; --',
        "harbour AND OR NOT",
        "",
        " ",
        "???",
        "\0",
        "\ud800 harbour",
        "who is it",
        "_" * 50,
        "²³",
        "harbour " * 13_000,
        "x" * 100_000,
        "(" * 10_000,
        "{harbour}",
        "-harbour +ferry",
    ],
)
def test_a11_whatever_a_user_types_is_words(collection: Collection, question: str) -> None:
    for hit in collection.search(question):
        assert hit.passage.text


def test_without_vectors_keywords_answer_alone(collection: Collection) -> None:
    hits = search(collection.catalog, None, HashingEmbedder(), "dredge the harbour")
    assert hits[0].similarity is None
    assert hits[0].keyword_rank == 1


def test_word_forms_find_each_other(collection: Collection) -> None:
    (best, *_) = search(collection.catalog, None, HashingEmbedder(), "dredging harbours")
    assert "dredge" in best.passage.text


# Small collections: a long article cannot hide a short one


def test_a_source_far_from_the_nearest_is_still_heard(tmp_path: Path) -> None:
    rows = [
        {
            "id": "long",
            "text": "\n\n".join(f"Harbour report {number}. " + "The harbour is open. " * 45 for number in range(240)),
        },
        {"id": "short", "text": "One ferry was late."},
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with Collection.open(tmp_path / "home", embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "articles.jsonl")])
        hits = collection.search("Was the harbour ferry open or late?", limit=5)
        assert "short" in sources(collection, hits)


def test_in_a_large_collection_a_bounded_number_of_sources_is_guaranteed(tmp_path: Path) -> None:
    rows = [{"id": f"a{number}", "text": f"Harbour note {number}: all is well."} for number in range(40)]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with Collection.open(tmp_path / "home", embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "articles.jsonl")])
        hits = collection.search("harbour", limit=5)
        assert len({hit.passage.article_id for hit in hits}) == 5 + MOST_GUARANTEED_SOURCES


# Pure parts


def test_an_article_with_more_of_the_question_scores_higher() -> None:
    harbour = {"a": TermCount(2, 5), "b": TermCount(2, 5), "c": TermCount(1, 5)}
    dredge = {"a": TermCount(1, 5)}
    found = score_articles([harbour, dredge], articles=10, passages=50).scores
    assert found["a"] > found["b"] > found["c"]


def test_a_longer_article_needs_more_passages_for_the_same_score() -> None:
    found = score_articles([{"short": TermCount(2, 3), "long": TermCount(2, 30)}], articles=10, passages=50).scores
    assert found["short"] > found["long"]


def test_words_that_stand_nowhere_do_not_count() -> None:
    known = score_articles([{"a": TermCount(1, 5)}], articles=10, passages=50)
    assert score_articles([{"a": TermCount(1, 5)}, {}], articles=10, passages=50) == known
    assert score_articles([], articles=0, passages=0).most == 0


@given(
    st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), max_size=6), max_size=5),
    st.integers(0, 9),
    st.integers(1, 60),
)
def test_no_article_scores_more_than_the_most(terms: list[dict[str, int]], articles: int, passages: int) -> None:
    counts = [{name: TermCount(holding, holding + 1) for name, holding in term.items()} for term in terms]
    found = score_articles(counts, articles=articles, passages=passages)
    assert all(0 < score <= found.most for score in found.scores.values())


def test_meaning_decides_where_words_say_little() -> None:
    many = {"keyword": 9.0, "article": 9.0, "most": 10.0}
    few = {"keyword": 0.5, "article": 0.5, "most": 10.0}
    assert fused_score(**many, similarity=0.1) > fused_score(**few, similarity=0.9)
    assert fused_score(**few, similarity=0.9) > fused_score(**{**few, "keyword": 1.0}, similarity=0.5)
    assert fused_score(keyword=1.0, article=1.0, most=2.0, similarity=None) == 0.5
    assert fused_score(keyword=0.0, article=0.0, most=0.0, similarity=0.5) > 0


def test_stop_words_are_searched_for_only_when_there_is_nothing_else() -> None:
    assert keyword_terms("What did the council say?") == ['"council"', '"say"']
    assert keyword_terms("Who are they?") == ['"who"', '"are"', '"they"']
    assert keyword_terms("…") == []
    assert keyword_terms("the we\u200bir") == ['"weir"', '"ir"']


@given(st.text(max_size=500))
def test_terms_are_quoted_words(question: str) -> None:
    terms = keyword_terms(question)
    assert len(terms) <= MOST_TERMS
    assert len(set(terms)) == len(terms)
    assert all(term.startswith('"') and term.endswith('"') and '"' not in term[1:-1] for term in terms)
