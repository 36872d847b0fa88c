"""A request reads one state of the collection, however much is indexed, changed or removed while it runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.types import Scope
from assistant.wire import answer_json, verification_json
from index import Collection, HashingEmbedder, UnknownSource

TEXT = "Quarry reopens\n\nThe quarry at Dunholt reopened on Monday. Repairs cost {cost} million crowns.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "config.toml").write_text('embedder = "hashing"')
    write(desk, 3)
    return desk


def write(home: Path, cost: int) -> None:
    """Index the article with another figure, from outside."""
    path = home.parent / "quarry.txt"
    path.write_text(TEXT.format(cost=cost))
    with Collection.open(home, embedder=HashingEmbedder()) as collection:
        assert collection.index([str(path)]).failed == ()


@pytest.mark.parametrize("exact_up_to", [0, 50_000], ids=["chroma", "one by one"])
def test_what_is_indexed_meanwhile_is_seen_by_the_next_request(home: Path, exact_up_to: int) -> None:
    with Collection.open(home, embedder=HashingEmbedder(), readonly=True, exact_up_to=exact_up_to) as reader:
        with reader.reading():
            before = list(reader.headers())
            write(home, 9)
            assert list(reader.headers()) == before
            hits = reader.search("quarry repairs cost")
            assert {hit.passage.article_id for hit in hits} == {before[0].article_id}
            assert "3 million" in reader.article(hits[0].passage.article_id).text
        assert reader.headers()[0].article_id != before[0].article_id
        assert "9 million" in reader.article(reader.headers()[0].article_id).text


def test_a_result_can_always_be_shown_with_the_articles_of_its_request(home: Path) -> None:
    with Assistant.open(home) as assistant, assistant.reading():
        answer = assistant.ask("What did repairs of the quarry cost?")
        verification = assistant.verify("Repairs of the quarry cost 3 million crowns.")
        write(home, 9)
        shown = answer_json("?", answer, assistant.known(), {})
        assert {row["article_id"] for row in shown["sources"]} == set(assistant.known())
        assert verification_json(verification, assistant.known(), {})["claims"]


def test_an_article_that_is_removed_meanwhile_can_still_be_quoted(home: Path) -> None:
    with Assistant.open(home) as assistant:
        with assistant.reading():
            [header] = assistant.headers()
            with Collection.open(home, embedder=HashingEmbedder()) as writer:
                writer.remove("quarry.txt")
            assert "3 million" in assistant.article(header.article_id).text
        with pytest.raises(UnknownSource):
            assistant.article(header.article_id)


def test_threads_that_share_a_reader_take_turns(home: Path) -> None:
    with Collection.open(home, embedder=HashingEmbedder(), readonly=True) as reader:

        def request(_number: int) -> bool:
            with reader.reading():
                [header] = reader.headers()
                hits = reader.search("quarry repairs")
                return {hit.passage.article_id for hit in hits} == {header.article_id}

        with ThreadPoolExecutor(4) as pool:
            asked = pool.map(request, range(60))
            for cost in range(10, 14):
                write(home, cost)
            assert all(asked)


def test_nothing_is_written_inside_a_request(home: Path) -> None:
    with (
        Collection.open(home, embedder=HashingEmbedder()) as collection,
        collection.reading(),
        pytest.raises(AssertionError, match="reading"),
    ):
        collection.edit("quarry.txt", publisher="The Post")


def test_an_older_version_as_a_source_is_told_the_current_one(home: Path) -> None:
    with Assistant.open(home) as assistant:
        [old] = assistant.headers()
        write(home, 9)
        [new] = assistant.headers()
        scope = Scope(names=(old.article_id[:8],))
        for put in (
            lambda: assistant.ask("What did repairs cost?", scope=scope),
            lambda: assistant.verify("Repairs cost 3 million crowns.", scope=scope),
            lambda: assistant.compare("repairs", scope=scope),
            lambda: assistant.explain("repairs", scope=scope),
        ):
            with pytest.raises(UnknownSource, match=f"older version .* current one is {new.article_id}") as told:
                put()
            assert told.value.next_step == f"--source {new.article_id[:8]}"
        assert "3 million" in assistant.article(old.article_id).text
