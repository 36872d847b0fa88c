"""Annotations: words become offsets and hashes, committed rows fit the articles, and no article text is committed."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.annotate import (
    KINDS,
    AnnotationError,
    Event,
    Label,
    Telling,
    article_text,
    articles_jsonl,
    chosen,
    chosen_from,
    event_of,
    locate,
    problems,
    read_rows,
    second_reader,
    sentence_round,
    sha256,
    side_of,
    splits,
)
from eval.annotate_notes import row_from_line, rows_from_notes, written

COMMITTED = Path(__file__).parents[1] / "eval" / "data" / "wording_annotations.jsonl"
EXCERPTS = COMMITTED.with_name("wording_excerpts.jsonl.gz")

NORTH = Telling(
    "https://north.example/ferry",
    "North Post",
    "Ferry fares to rise by 8%",
    article_text(
        "Ferry fares to rise by 8%",
        "The harbour board said on Monday that fares will rise by 8 percent. “It is a fair step,” Mr. Aune said."
        "\r\n\r\n"
        "At least 40 islanders protested. The board said no more.",
    ),
)
SOUTH = Telling(
    "https://south.example/boat",
    "South Mail",
    "Islanders angry at fare plan",
    article_text(
        "Islanders angry at fare plan",
        'Fares may rise by about 8 percent, a board member said. "It is a fair step," he added.\n\n'
        "Some 60 residents protested on Tuesday.",
    ),
)
FERRY = Event("ferry-1", "events_open", "Ferry fares", (NORTH, SOUTH), (0, 2))


def test_article_text_is_headline_blank_line_body_with_newlines_normalised() -> None:
    assert article_text("A\rB", "c\r\nd") == "A\nB\n\nc\nd"


def test_a_headline_that_the_body_repeats_stands_once() -> None:
    assert article_text("Ferry late", "Ferry  late\n\nIt was late.") == "Ferry late\n\nIt was late."
    assert article_text("Ferry late", "Ferry late") == "Ferry late\n\nFerry late"


def test_words_are_found_whatever_quotation_marks_the_annotator_typed() -> None:
    start, end = locate(NORTH.text, '"It is a fair step,"')
    assert NORTH.text[start:end] == "“It is a fair step,”"


def test_words_that_stand_twice_need_a_longer_stretch_or_a_number() -> None:
    with pytest.raises(AnnotationError, match="2 times"):
        locate(NORTH.text, "board said")
    first, _ = locate(NORTH.text, "board said", within="harbour board said")
    second, _ = locate(NORTH.text, "board said", nth=2)
    assert first < second
    assert NORTH.text[second:].startswith("board said no more")


@pytest.mark.parametrize("quote", ["", "fares will fall", "FARES WILL RISE"])
def test_words_that_are_not_there_are_refused(quote: str) -> None:
    with pytest.raises(AnnotationError):
        locate(NORTH.text, quote)


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        pytest.param("rise by 8%", "Ferry fares to rise by 8%", id="headline"),
        pytest.param("fair step", "“It is a fair step,” Mr. Aune said.", id="an abbreviation ends no sentence"),
        pytest.param("40 islanders", "At least 40 islanders protested.", id="next paragraph"),
    ],
)
def test_the_sentence_round_some_words(quote: str, sentence: str) -> None:
    start, end = sentence_round(NORTH.text, *locate(NORTH.text, quote))
    assert NORTH.text[start:end] == sentence


@given(st.text(max_size=200), st.data())
def test_every_stretch_with_words_lies_in_its_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(text))))
    if not text[start:end].strip() or text[start:end] != text[start:end].strip():
        return
    sentence_start, sentence_end = sentence_round(text, start, end)
    assert sentence_start <= start < end <= sentence_end


def test_a_note_becomes_a_row_without_a_word_of_the_articles() -> None:
    row = row_from_line("D qualifier | 0: At least 40 islanders >> At least 40 | 2: Some 60 | a floor, a guess", FERRY)
    assert (row["label"], row["kind"], row["note"]) == ("difference", "qualifier", "a floor, a guess")
    left = row["left"]
    assert NORTH.text[left["start"] : left["end"]] == "At least 40"
    assert left["quote_sha256"] == sha256("At least 40")
    assert left["text_sha256"] == sha256(NORTH.text)
    assert "islanders" not in written([row])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("D wording | 0: islanders", id="parts are missing"),
        pytest.param("X wording | 0: 40 islanders | 2: residents | note", id="unknown label"),
        pytest.param("D wording | 1: 40 islanders | 2: residents | note", id="no such article"),
        pytest.param("D wording | 0: 40 citizens | 2: residents | note", id="no such words"),
    ],
)
def test_a_note_that_does_not_fit_is_refused(line: str) -> None:
    with pytest.raises(AnnotationError):
        row_from_line(line, FERRY)


def test_all_wrong_notes_are_named_at_once() -> None:
    notes = "@ ferry-1\nD wording | 0: nowhere | 2: residents | a\nD wording | 0: no place | 2: residents | b\n@ other"
    with pytest.raises(AnnotationError) as error:
        rows_from_notes(notes, [FERRY], "T")
    assert len(str(error.value).splitlines()) == 3


def test_rows_that_fit_have_no_problems_and_an_edited_article_is_noticed() -> None:
    rows = rows_from_notes("@ ferry-1\nD modality | 0: will rise | 2: may rise | sure, unsure", [FERRY], "T")
    by_url = {NORTH.url: NORTH, SOUTH.url: SOUTH}
    assert problems(rows, by_url) == []
    edited = Telling(NORTH.url, NORTH.publisher, NORTH.headline, NORTH.text.replace("Monday", "Friday"))
    assert "has changed" in problems(rows, by_url | {NORTH.url: edited})[0]
    assert "no such article" in problems(rows, {SOUTH.url: SOUTH})[0]


def test_only_headline_body_compares_an_article_with_itself() -> None:
    row = {"row_id": "ferry-1#01", "label": "difference", "kind": "wording"}
    row |= {"left": side_of(NORTH, "8%"), "right": side_of(NORTH, "8 percent")}  # type: ignore[dict-item]
    by_url = {NORTH.url: NORTH}
    assert "itself" in problems([row], by_url)[0]
    assert problems([row | {"kind": "headline_body"}], by_url) == []


def test_only_tellings_of_full_length_are_taken() -> None:
    articles = [{"url": f"u{n}", "source": "s", "title": "t", "text": "word " * n} for n in (99, 100, 1100, 1101)]
    event = event_of({"event_id": "1", "neutral_title": "t", "articles": articles}, "events_open")
    assert event.positions == [1, 2]


def test_sentences_of_an_article_become_paragraphs() -> None:
    sentences = [{"text": "word " * 60 + "end."}, {"text": "More. " * 60}]
    row = {
        "event_id": "1",
        "main_event": "m",
        "articles": [{"url": "u", "source": "s", "title": "t", "sentences": sentences}],
    }
    assert "end.\n\nMore." in event_of(row, "basil_open").tellings[0].text


def test_an_event_is_handed_to_the_index_so_that_texts_come_out_as_annotated() -> None:
    rows = [json.loads(line) for line in articles_jsonl(FERRY).splitlines()]
    assert [article_text(row["title"], row["text"]) for row in rows] == [NORTH.text, SOUTH.text]
    assert [row["url"] for row in rows] == [NORTH.url, SOUTH.url]


def test_the_choice_goes_by_hash_and_not_by_order() -> None:
    events = [Event(str(n), "s", "t", (), ()) for n in range(20)]
    assert chosen(events, 5) == chosen(events[::-1], 5)
    with pytest.raises(AnnotationError):
        chosen(events, 21)


@given(st.sets(st.text(min_size=1, max_size=8), min_size=10, max_size=40))
def test_splits_are_halves_and_the_second_reader_sees_both(event_ids: set[str]) -> None:
    split_of = splits(sorted(event_ids))
    count = Counter(split_of.values())
    assert abs(count["development"] - count["reported"]) <= 1
    assert Counter(split_of[event_id] for event_id in second_reader(split_of)) == {"development": 5, "reported": 5}


def test_committed_rows_hold_hashes_offsets_and_short_notes_only() -> None:
    rows = read_rows(COMMITTED)
    for row in rows:
        sides = (row.pop("left"), row.pop("right"))
        assert row["label"] in set(Label)
        assert row["kind"] in KINDS or row["label"] == Label.AGREEMENT
        assert len(row["note"]) <= 100
        for side in sides:
            assert side["sentence_start"] <= side["start"] < side["end"] <= side["sentence_end"]
            assert set(side) == {
                "url",
                "text_sha256",
                "start",
                "end",
                "quote_sha256",
                "sentence_start",
                "sentence_end",
            }
        assert set(row) == {
            "row_id",
            "event_id",
            "set",
            "split",
            "second_reader",
            "annotator",
            "label",
            "kind",
            "note",
        }
    assert len({row["row_id"] for row in rows}) == len(rows)


def test_committed_rows_cover_thirty_events_by_the_fixed_rules() -> None:
    rows = read_rows(COMMITTED)
    events = {row["event_id"]: row["set"] for row in rows}
    assert Counter(events.values()) == {"events_open": 22, "basil_open": 8}
    split_of = splits(list(events))
    second = second_reader(split_of)
    assert all(row["split"] == split_of[row["event_id"]] for row in rows)
    assert all(row["second_reader"] == (row["event_id"] in second) for row in rows)
    assert {row["kind"] for row in rows if row["label"] == "difference"} == KINDS


@pytest.mark.skipif("CLAIMDESK_DATA" not in os.environ, reason="the articles are not shipped: set CLAIMDESK_DATA")
def test_committed_rows_fit_the_articles() -> None:
    events = chosen_from(Path(os.environ["CLAIMDESK_DATA"]))
    rows = read_rows(COMMITTED)
    assert {event.event_id for event in events} == {row["event_id"] for row in rows}
    assert problems(rows, {telling.url: telling for event in events for telling in event.tellings}) == []


@pytest.mark.skipif("CLAIMDESK_DATA" not in os.environ, reason="the articles are not shipped: set CLAIMDESK_DATA")
def test_rows_of_excerpts_fit_the_articles() -> None:
    texts = {}
    with gzip.open(
        Path(os.environ["CLAIMDESK_DATA"]) / "news" / "events_open.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        for event in map(json.loads, lines):
            for article in event["articles"]:
                texts[event["event_id"], article["url"]] = article_text(article["title"], article["text"])
    for row in excerpts():
        for side in (row["left"], row["right"]):
            words = texts[row["event_id"], side["url"]][side["start"] : side["end"]]
            assert sha256(words).startswith(side["quote_sha256"]), row["row_id"]


def test_no_annotated_event_is_among_the_excerpts() -> None:
    assert not {row["event_id"] for row in excerpts()} & {row["event_id"] for row in read_rows(COMMITTED)}


def excerpts() -> list[dict[str, Any]]:
    """The rows that join two stretches."""
    with gzip.open(EXCERPTS, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["label"] != "excerpt"]


def test_rows_are_written_as_one_json_object_a_line() -> None:
    text = written([{"a": "é"}, {"a": 2}])
    assert [json.loads(line) for line in text.splitlines()] == [{"a": "é"}, {"a": 2}]
    assert "é" in text
