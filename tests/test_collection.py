"""A collection keeps what it is given: parts, versions, metadata, copies; and gives up what it is told to forget."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index import (
    AmbiguousSource,
    Collection,
    HashingEmbedder,
    IndexOptions,
    Progress,
    SearchFilter,
    Sources,
    UnknownSource,
)
from index.readers import Draft

EMBEDDER = HashingEmbedder(64)
BRIDGE = (
    "Old bridge closes\n\nBy Ann Lee – The Harbour Post\n\n"
    "The old bridge closed on Monday after engineers found cracks. Repairs will take two years.\n\n"
    '"It had to be done," mayor Tom Reed said.\n'
)
BAKERY = "A baker retires\n\nAfter forty years the baker of Elm Street retires.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "bridge.txt").write_text(BRIDGE)
    (news / "bakery.txt").write_text(BAKERY)
    return news


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "home", embedder=EMBEDDER) as opened:
        yield opened


def test_a_collection_is_what_readers_ask_for(collection: Collection) -> None:
    sources: Sources = collection
    assert sources.headers() == []


def test_every_part_points_into_the_text(collection: Collection, folder: Path) -> None:
    report = collection.index([str(folder)])
    assert (report.added, report.failed) == (2, ())
    header = collection.find_article("bridge")
    article = collection.article(header.article_id)
    assert article.text == BRIDGE
    assert (article.headline, article.byline, article.publisher) == ("Old bridge closes", "Ann Lee", "The Harbour Post")
    assert [part.section.value for part in collection.sections(header.article_id)] == ["headline", "byline", "body"]
    for sentence in collection.sentences(header.article_id):
        assert BRIDGE[sentence.start : sentence.end] == sentence.text
    for passage in collection.passages(header.article_id):
        assert BRIDGE[passage.start : passage.end] == passage.text
    assert report.passages == sum(header.passages for header in collection.headers())


def test_a_search_finds_by_words_and_within_a_filter(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)], IndexOptions(published=date(2024, 5, 1)))
    bridge = collection.find_article("bridge").article_id
    assert collection.search("cracks in the bridge")[0].passage.article_id == bridge
    only = SearchFilter(article_ids=frozenset({collection.find_article("bakery").article_id}))
    assert {hit.passage.article_id for hit in collection.search("bridge", within=only)} <= set(only.article_ids or ())
    assert collection.search("bridge", within=SearchFilter(since=date(2025, 1, 1))) == []
    assert collection.search("bridge", within=SearchFilter(until=date(2024, 5, 1)))


def test_undated_articles_pass_date_filters(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)])
    assert collection.search("bridge", within=SearchFilter(since=date(2025, 1, 1)))


@pytest.mark.parametrize(
    "question", ["", "?!", 'a"b', "NEAR(", "*", "col:x", "^", "'; DROP TABLE articles", "x " * 50_000]
)
def test_no_question_is_a_query_language(collection: Collection, folder: Path, question: str) -> None:
    collection.index([str(folder)])
    collection.search(question)
    assert len(collection.headers()) == 2


def test_one_bad_input_never_stops_the_rest(collection: Collection, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    report = collection.index([str(folder), str(folder / "missing.txt")])
    assert report.added == 2
    assert {Path(failure.source).name for failure in report.failed} == {"empty.txt", "picture.txt", "missing.txt"}
    assert all(failure.error for failure in report.failed)


def test_the_same_text_at_two_places_is_kept_twice_and_shows_its_copy(collection: Collection, folder: Path) -> None:
    (folder / "copy.txt").write_text(BRIDGE)
    collection.index([str(folder)])
    first, second = collection.find_article("bridge"), collection.find_article("copy")
    assert first.article_id != second.article_id
    assert first.text_sha256 == second.text_sha256


def test_only_what_changed_is_embedded(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)])
    (folder / "bakery.txt").write_text(BAKERY + "\nHis son takes over.\n")
    report = collection.index([str(folder)])
    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert report.passages == collection.find_article("bakery").passages


def test_a_text_that_goes_back_is_current_again(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)])
    first = collection.find_article("bakery").article_id
    (folder / "bakery.txt").write_text(BAKERY + "\nHis son takes over.\n")
    collection.index([str(folder)])
    (folder / "bakery.txt").write_text(BAKERY)
    assert collection.index([str(folder)]).updated == 1
    assert collection.find_article("bakery").article_id == first
    assert len(collection.versions("bakery")) == 2
    assert collection.catalog.passage_ids() == collection.vectors().passage_ids()


def test_several_versions_in_one_run_end_with_the_last_and_the_rerun_changes_nothing(collection: Collection) -> None:
    drafts = [
        Draft(text=f"Storm warning\n\nThe wind reached {speed} knots.", source_key="wire:1", source="wire/1")
        for speed in (40, 50, 60)
    ]
    report = collection.index_drafts(drafts)
    assert (report.added, report.updated) == (1, 2)
    newest = collection.find_article("wire/1").article_id
    assert "60 knots" in collection.article(newest).text
    again = collection.index_drafts(drafts)
    assert (again.added, again.updated) == (0, 0)
    assert collection.find_article("wire/1").article_id == newest


def test_what_the_user_sets_survives_indexing_again(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)])
    collection.edit("bridge", publisher="The Evening Post", published=date(2024, 3, 2))
    assert collection.index([str(folder)]).unchanged == 2
    header = collection.find_article("bridge")
    assert (header.publisher, header.published) == ("The Evening Post", date(2024, 3, 2))
    assert collection.find_article("the evening post").article_id == header.article_id


def test_a_publisher_set_by_hand_stays_with_the_source_when_its_text_changes(
    collection: Collection, folder: Path
) -> None:
    collection.index([str(folder)])
    collection.edit("bridge", publisher="The Evening Post", headline="By hand")
    (folder / "bridge.txt").write_text(BRIDGE + "\nIt opens again in May.\n")
    collection.index([str(folder)])
    header = collection.find_article("bridge")
    assert (header.publisher, header.headline) == ("The Evening Post", "Old bridge closes")


def test_editing_a_headline_leaves_the_text_alone_and_is_found_by_keyword(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)])
    collection.edit("bakery", headline="Farewell to sourdough")
    header = collection.find_article("bakery")
    assert header.headline == "Farewell to sourdough"
    assert collection.article(header.article_id).text == BAKERY
    found = {hit.passage.article_id for hit in collection.search("sourdough") if hit.keyword_score is not None}
    assert found == {header.article_id}
    assert collection.catalog.keyword_rows() == (4 + 1, 4 + 1)
    assert collection.edit("bakery", headline="").headline is None


def test_options_say_what_the_source_does_not(collection: Collection, folder: Path) -> None:
    collection.index([str(folder / "bakery.txt")])
    report = collection.index([str(folder / "bakery.txt")], IndexOptions(publisher="Town Sheet"))
    assert report.updated == 1
    assert collection.find_article("bakery").publisher == "Town Sheet"


def test_a_removed_source_is_gone_with_all_its_versions(collection: Collection, folder: Path) -> None:
    collection.index([str(folder)])
    old = collection.find_article("bakery").article_id
    (folder / "bakery.txt").write_text(BAKERY + "\nHis son takes over.\n")
    collection.index([str(folder)])
    collection.remove("bakery")
    with pytest.raises(UnknownSource):
        collection.article(old)
    with pytest.raises(UnknownSource):
        collection.find_article("bakery")
    assert [header.source for header in collection.headers()] == [str(folder / "bridge.txt")]
    assert collection.catalog.passage_ids() == collection.vectors().passage_ids()


def test_prune_forgets_files_that_are_gone_and_nothing_else(
    collection: Collection, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Snow falls\n\nIt snowed all night.\n")
    lines = folder / "wire.jsonl.gz"
    rows = [{"id": "one", "text": "The first report."}, {"id": "two", "text": "The second report."}]
    lines.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    assert collection.index([str(folder), str(other)]).added == 5
    (folder / "bakery.txt").unlink()
    lines.write_bytes(gzip.compress(json.dumps(rows[0]).encode()))
    assert collection.index([str(folder)]).removed == 0
    assert collection.index([str(folder)], IndexOptions(prune=True)).removed == 2
    assert {Path(header.source).name for header in collection.headers()} == {"bridge.txt", "other.txt", "one"}


def test_progress_counts_to_the_total(collection: Collection, folder: Path) -> None:
    (folder / "wire.jsonl").write_text('{"text": "One report."}\n{"text": "Another report."}\n')
    seen: list[Progress] = []
    collection.index([str(folder)], progress=seen.append)
    assert seen[-1].read == seen[-1].total == 4
    assert [stand.read for stand in seen] == sorted(stand.read for stand in seen)
    assert (seen[-1].articles, seen[-1].passages) == (4, sum(h.passages for h in collection.headers()))


def test_hidden_and_odd_characters_are_kept(collection: Collection) -> None:
    text = "A\u202equiet\u202c day\n\nThe zero\u200bwidth report, a NUL \0 and an emoji 🦭 stay.\n"
    collection.index_drafts([Draft(text=text, source_key="k", source="k")])
    article_id = collection.find_article("k").article_id
    assert collection.article(article_id).text == text
    assert all(text[s.start : s.end] == s.text for s in collection.sentences(article_id))
    assert all(text[p.start : p.end] == p.text for p in collection.passages(article_id))


def test_many_threads_read_while_one_writes(collection: Collection, folder: Path, tmp_path: Path) -> None:
    collection.index([str(folder)])
    failures: list[str] = []

    def read(reader: Collection) -> None:
        for _ in range(40):
            if not reader.search("old bridge") or not reader.headers():
                failures.append("nothing found")

    with Collection.open(tmp_path / "home", embedder=EMBEDDER, readonly=True, exact_up_to=0) as reader:
        threads = [threading.Thread(target=read, args=(reader,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for turn in range(4):
            (folder / "bakery.txt").write_text(f"{BAKERY}\nTurn {turn}.\n")
            collection.index([str(folder)])
        for thread in threads:
            thread.join()
    assert failures == []


def test_an_ambiguous_name_is_an_error_everywhere(collection: Collection, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "bridge.txt").write_text(BRIDGE + "\nMore.\n")
    collection.index([str(folder)])
    for act in (collection.find_article, collection.versions, collection.remove, collection.edit):
        with pytest.raises(AmbiguousSource):
            act("bridge.txt")
