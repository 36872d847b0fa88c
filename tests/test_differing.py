"""What reads two sentences for where they differ: the real weights, and the grid that they fill."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.differing import KINDS, PairReader, Reading, open_pair_reader
from assistant.differing.pair_reader import MANIFEST, MODEL
from assistant.errors import VerifierUnavailable
from assistant.types import FlagKind
from assistant.verifier.lower import lower_layers
from assistant.verifier.opened import open_session
from assistant.verifier.weights_folder import read_manifest, shipped_folder

WEIGHTS = Path(str(files("assistant.differing"))) / "weights"
HURT = (
    "Two people were hurt when a tram left the rails on Monday.",
    "Three people were hurt on Monday as a tram derailed.",
)
SHUT = ("The mayor will shut the baths, officials said.", "The mayor may shut the baths.")


def read(pairs: list[tuple[str, str]]) -> list[Reading]:
    """What the shipped one makes of pairs that are short enough."""
    return [found for found in open_pair_reader().read(pairs) if found is not None]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any grid over two sentences of words of three letters."""
    rows, columns = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    seed = draw(st.integers(0, 2**32 - 1))
    cells = np.random.default_rng(seed).random((len(KINDS), rows, columns)).astype(np.float32) ** 4
    left, right = ([(4 * n, 4 * n + 3) for n in range(count)] for count in (rows, columns))
    return Reading(cells, left, right, 0.0)


@given(readings(), st.integers(0, 8))
def test_differences_are_told_likeliest_first_whole_words_and_none_twice(reading: Reading, most: int) -> None:
    found = reading.stretches(most)
    assert len(found) <= most
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
    starts, ends = {start for start, _ in reading.left}, {end for _, end in reading.left}
    assert all(one.ours[0] in starts and one.ours[1] in ends and one.ours[0] < one.ours[1] for one in found)
    assert len({(one.kind, one.ours, one.theirs) for one in found}) == len(found)


@given(readings())
def test_the_likeliest_difference_holds_the_likeliest_pair_of_words(reading: Reading) -> None:
    for one in reading.stretches(1):
        assert one.probability == pytest.approx(float(reading.cells.max()))
        assert reading.mean_over(one.ours, one.theirs)[KINDS.index(one.kind)] > 0.0


def test_places_without_words_are_like_nothing() -> None:
    reading = Reading(np.ones((len(KINDS), 1, 1), dtype=np.float32), [(0, 3)], [(0, 3)], 0.0)
    assert not reading.mean_over((3, 9), (0, 3)).any()
    assert reading.mean_over((0, 1), (2, 3)).all()


def test_another_number_and_another_firmness_are_read() -> None:
    hurt, shut = read([HURT, SHUT])
    first = hurt.stretches()[0]
    assert first.kind is FlagKind.QUANTITY
    assert HURT[0][slice(*first.ours)].startswith("Two")
    assert HURT[1][slice(*first.theirs)].startswith("Three")
    assert FlagKind.MODALITY in {one.kind for one in shut.stretches()}


def test_two_sentences_of_other_matters_tell_no_one_fact() -> None:
    same, other = read([HURT, (HURT[0], "Wheat was dearer in Lyon last autumn.")])
    assert same.one_fact > 0 > other.one_fact


def test_a_pair_reads_the_same_alone_and_among_others_and_repeats_are_read_once() -> None:
    alone = read([SHUT])[0]
    among = read([HURT, SHUT, ("A " * 90, "B " * 40), SHUT])
    assert [one.ours for one in among[1].stretches()] == [one.ours for one in alone.stretches()]
    assert among[1] is among[3]


@pytest.mark.parametrize("pair", [("", "A word."), ("A word.", "  "), ("word " * 300, "A word.")])
def test_what_cannot_be_read_at_once_is_not_read(pair: tuple[str, str]) -> None:
    assert open_pair_reader().read([pair]) == [None]


def test_no_pairs_are_no_readings() -> None:
    assert open_pair_reader().read([]) == []


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    model = tmp_path / "weights" / MODEL
    model.write_bytes(model.read_bytes()[:-1] + b"\0")
    with pytest.raises(VerifierUnavailable, match="has SHA-256"):
        PairReader(tmp_path / "weights", shipped_folder())


def test_weights_over_another_verifier_are_refused(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    place = tmp_path / "weights" / MANIFEST
    place.write_text(json.dumps(json.loads(place.read_text("utf-8")) | {"below": "0" * 64}), encoding="utf-8")
    with pytest.raises(VerifierUnavailable, match="was trained on other layers"):
        PairReader(tmp_path / "weights", shipped_folder())


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(VerifierUnavailable, match=r"manifest\.json is damaged"):
        PairReader(tmp_path, shipped_folder())


def test_a_model_that_cannot_be_read_is_named() -> None:
    with pytest.raises(VerifierUnavailable, match="cannot read the model"):
        open_session(b"no model at all")


def test_states_that_a_model_does_not_compute_are_named() -> None:
    model = (shipped_folder() / read_manifest(shipped_folder()).model).read_bytes()
    with pytest.raises(VerifierUnavailable, match="computes no 'nowhere'"):
        lower_layers(model, "nowhere")


def test_it_reads_without_torch() -> None:
    check = (
        "import sys; from assistant.differing import open_pair_reader\n"
        "open_pair_reader().read([('It rained.', 'It snowed.')])\n"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=120)
    assert found.stdout.strip() == "[]"
