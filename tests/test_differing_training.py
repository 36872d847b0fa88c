"""The recipe of what reads two sentences for where they differ: its labels, its pairs, a training run in small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import torch

from assistant.differing import KINDS, PairReader
from assistant.differing.training.__main__ import main, told_events
from assistant.differing.training.labels import (
    LABELS,
    Sort,
    is_kept,
    labelled_events,
    read_labels,
    without_event,
)
from assistant.differing.training.pairs import LabelledPair, invented, pairs_of
from assistant.differing.training.states import Cells, EncodedPair, read_states
from assistant.differing.training.train import Epochs, Run, share_of_rate, train, wanted
from assistant.errors import BadInput
from assistant.language.reader import LanguageReader
from assistant.types import FlagKind
from assistant.verifier.training.desk import read_event
from assistant.verifier.weights_folder import shipped_folder

MEASURED = Path(__file__).parents[1] / "eval" / "data" / "events"
FERRY = """# ferry-grounding, shipping
A The Lomsey Post
A0 Two hurt as ferry runs aground
A1 Two people were hurt when the ferry Aske ran aground off Lomsey on Monday.
A2 The ferry will be towed to the yard, the harbour master said.
B Lomsey Radio
B0 Ferry hits rocks
B1 The ferry Aske ran aground off Lomsey on Monday, and three people were injured.
B2 It may be towed to the yard.
"""
FERRY_LABELS = """D quantity | A1 Two people | B1 three people
= | A1 hurt | B1 injured
D modality | A2 will be towed | B2 may be towed
D attribution | A2 the harbour master said | B2 may
o headline_body | A0 Two hurt | A2 towed
x quantity | B0 rocks | A1 Two
"""
BATHS = """# bath-closure, town hall
A The Arvik Gazette
A0 Council to shut the old baths
A1 The council of Arvik voted to shut the old baths in about six weeks.
B Arvik Today
B0 Old baths to close
B1 The council of Arvik voted to shut the outdated baths in six weeks.
"""
BATHS_LABELS = "D qualifier | A1 about six | B1 in six\nD opinion | A1 the old baths | B1 the outdated baths\n"


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    tmp_path.mkdir(exist_ok=True)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two invented events, and their labels."""
    events = folder_of(tmp_path / "events", {"ferry.txt": FERRY, "baths.txt": BATHS})
    return events, folder_of(tmp_path / "labels", {"ferry.diff": FERRY_LABELS, "baths.diff": BATHS_LABELS})


@pytest.fixture
def one_thread() -> Iterator[None]:
    """The steps set how many threads torch may use; here one, and only here."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def read_small(tmp_path: Path, lines: str) -> None:
    files = folder_of(tmp_path, {"ferry.txt": FERRY, "ferry.diff": lines})
    read_labels(files / "ferry.diff", read_event(files / "ferry.txt"))


def test_every_label_of_every_invented_event_stands_once_in_its_sentence() -> None:
    events = [invented(event, found) for event, found in labelled_events()]
    assert len(events) == len(list(LABELS.glob("*.diff"))) - len(without_event())
    for told in events:
        assert told.labels, told.name
        for label in told.labels:
            assert (label.kind is None) is (label.sort is Sort.AGREEMENT)
            for words in (label.left, label.right):
                text = told.articles[words.article].text
                assert text[words.sentence_start : words.sentence_end].count(text[words.start : words.end]) == 1


def test_no_event_that_answers_are_measured_on_is_trained_on() -> None:
    measured = {path.read_text("utf-8").splitlines()[0] for path in MEASURED.glob("*/*.txt")}
    trained = {
        article.headline for event, found in labelled_events() for article in invented(event, found).articles.values()
    }
    assert measured
    assert not measured & trained


def test_about_an_eighth_of_the_labelled_events_is_kept_out() -> None:
    kept = [event.name for event, _ in labelled_events() if is_kept(event.name)]
    assert 0.09 < len(kept) / len(list(labelled_events())) < 0.16


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("D quantity | A1 Two people", "another form"),
        ("? quantity | A1 Two people | B1 three people", "another form"),
        ("D size | A1 Two people | B1 three people", "no kind of difference: 'size'"),
        ("D | A1 Two people | B1 three people", "no kind of difference: ''"),
        ("= wording | A1 hurt | B1 injured", "no kind of agreement: 'wording'"),
        ("D quantity | A7 Two people | B1 three people", "no sentence A7"),
        ("D quantity | C1 Two people | B1 three people", "no sentence C1"),
        ("D quantity | Two people | B1 three people", "no outlet, number and words"),
        ("D quantity | A1 Nine people | B1 three people", "words that stand there 0 times: 'Nine people'"),
        ("D quantity | A1 on | B1 three people", "words that stand there 2 times: 'on'"),
        ("D scope | A1 Two people | A2 The ferry", "one outlet twice"),
    ],
)
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str, wrong: str) -> None:
    with pytest.raises(BadInput, match=r"ferry\.diff:3: ") as caught:
        read_small(tmp_path, f"= | A1 hurt | B1 injured\n\n{line}\n")
    assert wrong in caught.value.message


def test_joined_pairs_come_in_both_orders_with_the_same_words(
    folders: tuple[Path, Path], language: LanguageReader
) -> None:
    event, labels = next(one for one in labelled_events(folders[1], [folders[0]]) if one[0].name == "ferry")
    pairs = list(pairs_of(invented(event, labels), language, Random(1)))
    joined = [pair for pair in pairs if pair.marks]
    assert [pair.number for pair in joined] == [0, 0, 1, 1, 2, 2, 3, 3]
    for one, other in zip(joined[::2], joined[1::2], strict=True):
        assert (one.left, one.right) == (other.right, other.left)
        assert said(one) == {(sort, kind, theirs, ours) for sort, kind, ours, theirs in said(other)}
    assert (Sort.DIFFERENCE, FlagKind.QUANTITY, "Two people", "three people") in said(joined[0])
    assert len({pair.number for pair in pairs}) == len({frozenset((pair.left, pair.right)) for pair in pairs})


def said(pair: LabelledPair) -> set[tuple[Sort, FlagKind | None, str, str]]:
    return {(m.sort, m.kind, pair.left[slice(*m.ours)], pair.right[slice(*m.theirs)]) for m in pair.marks}


def test_a_difference_is_wanted_on_its_words_an_optional_one_left_open_and_an_agreement_weighs_more() -> None:
    time, wording = KINDS.index(FlagKind.TIME), KINDS.index(FlagKind.WORDING)
    marks = (
        Cells(Sort.DIFFERENCE, time, (0, 2), (0, 2)),
        Cells(Sort.OPTIONAL, wording, (0, 1), (0, 4)),
        Cells(Sort.AGREEMENT, -1, (0, 3), (3, 4)),
    )
    target, weights = wanted(EncodedPair("e", False, 0, 0, 3, 4, marks), torch.zeros(len(KINDS), 3, 4), 8.0)
    assert target[time].sum() == target.sum() == 4
    assert weights[time].tolist() == [[4.0, 4.0, 0.0, 0.0], [4.0, 4.0, 0.5, 2.0], [0.5, 0.5, 0.5, 2.0]]
    assert weights[wording].tolist() == [[0.0, 0.0, 0.0, 0.0], [0.5, 0.5, 0.5, 2.0], [0.5, 0.5, 0.5, 2.0]]


def test_an_epoch_reads_each_joined_pair_in_one_order_and_a_share_of_the_others() -> None:
    pairs = [EncodedPair("e", False, n, 0, 5 + n, 5, ()) for n in range(40)]
    epochs = Epochs([(pair, replace(pair, at=1)) for pair in pairs[:10]], pairs[10:], 0.5, 4)
    batches = epochs.drawn(Random(3))
    drawn = [pair.number for batch in batches for pair in batch]
    assert len(batches) == epochs.batches == 7
    assert len(set(drawn)) == len(drawn) == 25
    assert set(range(10)) <= set(drawn)


def test_the_rate_rises_then_falls_and_never_to_nothing() -> None:
    shares = [share_of_rate(step, 1000, 100) for step in range(1000)]
    assert max(shares) == shares[99]
    assert shares[0] < 0.02 < 0.05 == shares[-1]


def test_labels_without_an_event_are_named_and_not_read(
    folders: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    events, labels = folders
    (events / "ferry.txt").unlink()
    assert [told.name for told in told_events(labels, [events])] == ["baths"]
    assert "not read: ferry" in caplog.text


def test_a_run_over_two_events_learns_them_and_the_product_reads_what_it_exports(
    folders: tuple[Path, Path], tmp_path: Path, one_thread: None
) -> None:
    events, labels = map(str, folders)
    states, checkpoint, weights = tmp_path / "states", tmp_path / "network.pt", tmp_path / "weights"
    main(["states", "--out", str(states), "--events", events, "--labels", labels])
    pairs, rows = read_states(states)
    assert sum(pair.length for pair in pairs) == len(rows)
    losses = train(Run(states, checkpoint, epochs=6, others=1.0, warmup=1, batch=4, own_rate=1e-4))
    assert losses[-1] < 0.8 * losses[0]
    main(["export", str(checkpoint), "--out", str(weights)])
    (reading,) = PairReader(weights, shipped_folder()).read([("Two were hurt.", "Three were hurt.")])
    assert reading is not None
    assert reading.cells.shape == (len(KINDS), 4, 4)
