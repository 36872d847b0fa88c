"""The desk's own events: every file is read; rows are what decides a claim, and what only looks like it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.verifier.training.desk import between, desk_rows, read_event, read_events
from assistant.verifier.training.desk_wikinews import wikinews_events
from assistant.verifier.training.rows import is_held_out

EVENT = """# kite-day, weather
A The Dune Post
A0 Kite festival called off
A1 The kite festival on Lomsey beach was called off on Friday.
A2 Gusts of 80 kilometres an hour were forecast.
A3 Tickets will be refunded.
B Lomsey Radio
B0 Wind stops kites
B1 Organisers hope to hold the festival in June.
V supported | paraphrase | There was no kite festival at Lomsey. | A+1 B.
V nee | modality | The festival takes place in June. | A. B~1
Q Why was the festival called off? | A2 | gusts
"""


@pytest.fixture
def kites(tmp_path: Path) -> Path:
    path = tmp_path / "kite-day.txt"
    path.write_text(EVENT, encoding="utf-8")
    return path


def test_a_file_gives_outlets_sentences_claims_and_questions(kites: Path) -> None:
    event = read_event(kites)
    assert event.outlets == {"A": "The Dune Post", "B": "Lomsey Radio"}
    assert event.told["A"][0] == "Kite festival called off"
    assert [claim.stances for claim in event.claims] == [
        {"A": ("+", (1,)), "B": (".", ())},
        {"A": (".", ()), "B": ("~", (1,))},
    ]
    assert event.questions[0].stances == {"A": ("+", (2,)), "B": (".", ())}


def test_a_claim_is_trained_beside_the_sentence_that_decides_it_and_a_stance_that_differs_is_not_support(
    kites: Path,
) -> None:
    rows = {(row.claim, row.evidence): row.label for row in desk_rows([read_event(kites)])}
    assert rows[
        "There was no kite festival at Lomsey.", "The kite festival on Lomsey beach was called off on Friday."
    ] == ("supported")
    assert rows["The festival takes place in June.", "Organisers hope to hold the festival in June."] == "differs"
    assert rows["Why was the festival called off?", "Gusts of 80 kilometres an hour were forecast."] == "supported"


def test_the_same_events_give_the_same_rows_and_those_for_measuring_give_none() -> None:
    events = read_events()
    measured = {claim.text for event in events if event.measured for claim in event.claims}
    trained = {claim.text for event in events if not event.measured for claim in event.claims}
    first, second = list(desk_rows(events)), list(desk_rows(events))
    assert first == second
    assert measured
    assert not {row.claim for row in first} & (measured - trained)


def test_a_sentence_is_read_between_its_neighbours_but_never_with_the_headline() -> None:
    assert between(["Head", "One.", "Two.", "Three."], 1) == "One. Two."
    assert between(["Head", "One.", "Two.", "Three."], 2) == "One. Two. Three."
    assert between(["Head", "One."], 0) == "Head"


@pytest.mark.parametrize(
    "line",
    ["A9 Numbered past the end.", "V supported | paraphrase | A claim. | A+1", "V nee | x | A claim. | A~7 B.", "?"],
)
def test_a_line_of_another_form_is_named(kites: Path, line: str) -> None:
    kites.write_text(EVENT + line + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"kite-day\.txt:13: "):
        read_event(kites)


def wikinews_of(tmp_path: Path, doc_id: str) -> tuple[Path, Path]:
    """A data folder with one article, and a folder of labels with one file on ``doc_id``."""
    sentences = ["Ferry runs aground", "May 3, 2009", "A ferry ran aground off Lomsey .", "Nobody was hurt ."]
    (tmp_path / "news").mkdir()
    with gzip.open(tmp_path / "news" / "wikinews.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps({"doc_id": TRAINED, "sentences": sentences}) + "\n")
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "000.txt").write_text(f"# {doc_id}\nV refuted | number | Two were hurt. | A-2\n", encoding="utf-8")
    return tmp_path, labels


TRAINED = next(name for name in (f"corpus_sea/{n}" for n in range(50)) if not is_held_out(name))


def test_labels_of_a_wikinews_article_are_read_beside_its_sentences_without_its_date(tmp_path: Path) -> None:
    (event,) = wikinews_events(*wikinews_of(tmp_path, TRAINED))
    assert event.told == {"A": ["Ferry runs aground", "A ferry ran aground off Lomsey .", "Nobody was hurt ."]}
    assert event.claims[0].stances == {"A": ("-", (2,))}


def test_labels_of_an_article_that_is_held_out_or_unknown_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no Wikinews article that may be trained on"):
        wikinews_events(*wikinews_of(tmp_path, "corpus_sea/unknown"))
