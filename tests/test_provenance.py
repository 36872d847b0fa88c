"""Upstream outlets, copies, and how many voices a set of articles has."""

from __future__ import annotations

import hashlib

from assistant.language.reader import LanguageReader
from assistant.provenance import Upstream, main_upstreams, shared_sentences, upstream_of, voices
from index import Article, SectionKind, Sentence, Span

STORY = (
    "The ferry Aurora sank off Port Ellis on Sunday after striking a reef in heavy fog. Rescuers saved 112 passengers "
    "and recovered four bodies before dark. The captain had radioed for help twice. Divers will search the hull today."
)


def article(name: str, text: str, publisher: str | None = None) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(article_id=name, source_key=name, source=name, text_sha256=digest, publisher=publisher, text=text)


def upstreams(found: Article, language: LanguageReader) -> list[Upstream]:
    frames = language.frames_of_text(found.text)
    return upstream_of(frames, found)


def test_outlets_are_found_in_told_per_according_to_and_reports(language: LanguageReader) -> None:
    text = (
        "The ferry sank on Sunday, according to a new report from the Daily Courier. "
        "Four bodies were found, per Reuters. "
        "A sailor told the Daily Courier that the fog was thick. "
        "The hull will be searched, according to the outlet."
    )
    rows = upstreams(article("a", text), language)
    assert [row.outlet for row in rows] == ["daily courier", "reuters", "daily courier", "daily courier"]
    assert all(text[row.span.start : row.span.end] == row.span.quote for row in rows)
    assert main_upstreams(rows, len(text)) == ["daily courier"]
    assert main_upstreams(rows, 10 * len(text)) == []


def test_an_article_does_not_rest_on_its_own_publisher(language: LanguageReader) -> None:
    text = "The captain told the Daily Courier that the fog was thick."
    assert upstreams(article("a", text, "Daily Courier"), language) == []


def test_plain_reporting_has_no_upstream(language: LanguageReader) -> None:
    assert upstreams(article("a", STORY), language) == []


def test_equal_texts_and_near_copies_are_one_voice() -> None:
    found = voices(
        [
            article("first", STORY),
            article("same", STORY),
            article("near", STORY.replace("Sunday", "Sunday morning") + " Updates follow."),
            article("other", "A quite different account: the ship's owner blames the lighthouse, dark all night, "
                             "and says that nobody had answered his calls for a tug before the ship went down there."),
        ]
    )  # fmt: skip
    assert [voice.article_ids for voice in found] == [("first", "same", "near"), ("other",)]
    assert found[0].reason in {"same text", "near copy"}
    assert found[1].reason == ""


def test_articles_that_rest_on_one_outlet_are_one_voice_and_so_is_the_outlet() -> None:
    left, right, own = article("l", "x " * 40), article("r", "y " * 40), article("o", "z " * 40, "Daily Courier")
    rows = {
        name: [Upstream(outlet, Span(name, 0, 1, "x"), (0, 40))]
        for name, outlet in (("l", "daily courier"), ("r", "the daily courier"))
    }
    found = voices([left, right, own, article("s", "w " * 40)], rows)
    assert [set(voice.article_ids) for voice in found] == [{"l", "r", "o"}, {"s"}]


def test_one_passing_mention_does_not_join_articles() -> None:
    rows = {name: [Upstream("reuters", Span(name, 0, 1, "x"), (0, 1))] for name in "ab"}
    assert len(voices([article("a", "x " * 40), article("b", "y " * 40)], rows)) == 2


def test_copied_sentences_are_paired_whatever_their_typography() -> None:
    def sentences(name: str, *texts: str) -> list[Sentence]:
        return [Sentence(name, 0, len(text), text, SectionKind.BODY, 0) for text in texts]

    left = sentences("a", "The captain's men had radioed for help twice before dark.", "Short one.")
    right = sentences("b", "The captain’s men had radioed\nfor help twice before dark.", "Short one.")
    assert [(one.article_id, other.article_id) for one, other in shared_sentences(left, right)] == [("a", "b")]
