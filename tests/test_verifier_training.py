"""The recipe: which rows may train what ships, edits that falsify, rewordings that do not, losses, packing."""

from __future__ import annotations

import gzip
import json
import random
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from assistant.differing.pair_reader import PairReader
from assistant.language.parse import load_pipeline
from assistant.verifier.grounding import GroundingVerifier
from assistant.verifier.training.batches import CLASSES
from assistant.verifier.training.edits import Edit, edits_of
from assistant.verifier.training.export import export
from assistant.verifier.training.inflection import inflected
from assistant.verifier.training.measures import best_temperature, best_threshold, calibration_error, tempered
from assistant.verifier.training.network import from_grid, relative_buckets, to_grid
from assistant.verifier.training.packing import pack_matrices
from assistant.verifier.training.prepare import repeated, without_repeats
from assistant.verifier.training.rewording import other_notation, rewordings_of
from assistant.verifier.training.rows import PairRow, hash_share, is_development, open_rows
from assistant.verifier.training.synthetic import Source, neighbours_of, rows_of
from assistant.verifier.training.train import loss_of
from assistant.verifier.training.upper import UpperRun, read_states, write_states
from assistant.verifier.training.upper import train as train_upper
from assistant.verifier.weights_folder import read_manifest, shipped_folder

DIFFERING = Path(str(files("assistant.differing"))) / "weights"
STORY = (
    "The town council of Arvik approved a new harbour on Monday. At least 40 fishermen asked the mayor, Ingrid Dahl, "
    "for more time. According to the engineers, the old pier will close in March 2031 and 250,000 kroner were spent on "
    "repairs. "
    "Ferry captain Olav Moen said that the plan may delay the night ferry by two hours."
)


def edits_in(text: str) -> list[Edit]:
    doc = load_pipeline()(text)
    generator = random.Random(3)
    return [edit for sentence in doc.sents for edit in edits_of(sentence, neighbours_of(doc), generator)]


def test_rows_without_an_open_licence_never_reach_training(tmp_path: Path) -> None:
    place = tmp_path / "train.jsonl.gz"
    row = {"claim": "c", "evidence": "e", "label": "nei", "set": "s", "mix": "nli"}
    with gzip.open(place, "wt") as out:
        for licence in ("permissive", "share-alike", "unstated", None):
            out.write(json.dumps({**row, "claim": str(licence), "licence_class": licence}) + "\n")
    assert [found.claim for found in open_rows(place)] == ["permissive", "share-alike"]


def test_about_one_claim_in_twenty_is_kept_for_development_and_always_the_same_ones() -> None:
    claims = [f"Claim number {number}." for number in range(4_000)]
    kept = [claim for claim in claims if is_development(claim)]
    assert 0.03 < len(kept) / len(claims) < 0.07
    assert hash_share("Claim number 1.") == hash_share("Claim number 1.")


def test_a_pair_that_is_labelled_both_ways_is_left_out() -> None:
    rows = [PairRow("c", "e", "nei", "s"), PairRow("c", "e", "supported", "s"), PairRow("d", "e", "nei", "s")]
    assert without_repeats([*rows, rows[2]]) == [rows[2]]


def test_weights_repeat_rows_and_sets_without_a_weight_are_left_out() -> None:
    rows = [PairRow("c", "e", "nei", "once"), PairRow("d", "e", "nei", "thrice"), PairRow("f", "e", "nei", "never")]
    assert sorted(row.origin for row in repeated(rows, {"once": 1.0, "thrice": 3.0}, 1)) == ["once", *["thrice"] * 3]


@pytest.mark.parametrize("kind", ["number", "date", "qualifier", "verb", "modal", "negation", "unit"])
def test_a_news_story_gives_a_hold_for_each_kind_of_edit(kind: str) -> None:
    assert kind in {edit.kind for edit in edits_in(STORY)}


def test_an_edit_changes_one_place_and_leaves_the_rest_alone() -> None:
    sentences = [sentence.text for sentence in load_pipeline()(STORY).sents]
    for edit in edits_in(STORY):
        if edit.kind in ("number", "date", "unit", "verb", "modal"):
            kept = max(sum(word in edit.text.split() for word in one.split()) / len(one.split()) for one in sentences)
            assert kept >= 0.7, edit


def test_a_changed_number_or_negation_refutes_and_a_swapped_name_only_fails_to_support() -> None:
    labels = {edit.kind: edit.label for edit in edits_in(STORY)}
    assert labels["number"] == labels["negation"] == labels["date"] == "refuted"
    assert labels["qualifier"] == labels["modal"] == "unsupported"


def test_rewordings_keep_every_number_and_name() -> None:
    doc = load_pipeline()(STORY)
    for sentence in doc.sents:
        for reworded in rewordings_of(sentence, random.Random(5)):
            capitals = set(re.findall(r"\b(?:Arvik|Dahl|Moen|March|Monday)\b", reworded))
            assert capitals <= set(re.findall(r"\w+", sentence.text)), reworded
            assert ("not" in reworded.split()) == ("not" in sentence.text.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It cost 3 million.", "It cost 3,000,000."),
        ("It cost 2,500,000 kroner.", "It cost 2.5 million kroner."),
        ("The two boats met.", "The 2 boats met."),
        ("It cost $3 million.", "It cost $3 million."),
    ],
)
def test_another_notation_is_the_same_number(text: str, shown: str) -> None:
    assert other_notation(text) == shown


@pytest.mark.parametrize(
    ("word", "tag", "form"),
    [
        ("deny", "VBD", "denied"),
        ("ban", "VBG", "banning"),
        ("lose", "VBN", "lost"),
        ("begin", "VBD", "began"),
        ("foot", "NNS", "feet"),
    ],
)
def test_words_are_put_in_the_form_that_the_sentence_needs(word: str, tag: str, form: str) -> None:
    assert inflected(word, tag) == form


def test_synthetic_rows_come_with_both_labels_and_the_same_seed_gives_the_same_rows() -> None:
    sources = [Source("s", STORY, "Arvik approves new harbour")]
    rows = list(rows_of(sources, load_pipeline(), 4, 9))
    assert rows == list(rows_of(sources, load_pipeline(), 4, 9))
    assert {"supported", "refuted", "unsupported"} <= {row.label for row in rows}
    assert all(row.claim != row.evidence or row.label == "supported" for row in rows)


def test_the_loss_of_an_unsupported_row_does_not_choose_between_refuted_and_missing() -> None:
    refuted, missing = torch.tensor([[-4.0, 4.0, 0.0]]), torch.tensor([[-4.0, 0.0, 4.0]])
    for name in ("unsupported", "differs"):  # of three outputs none says that a source tells it otherwise
        label = torch.tensor([CLASSES[name]])
        assert torch.isclose(loss_of(refuted, label), loss_of(missing, label))
        assert loss_of(torch.tensor([[4.0, 0.0, 0.0]]), label) > 2


def test_of_four_outputs_one_says_that_a_source_tells_the_claim_otherwise() -> None:
    otherwise, missing = torch.tensor([[-4.0, 0.0, 0.0, 4.0]]), torch.tensor([[-4.0, 0.0, 4.0, 0.0]])
    differs, unsupported = torch.tensor([CLASSES["differs"]]), torch.tensor([CLASSES["unsupported"]])
    assert loss_of(otherwise, differs) < 0.4 < 3 < loss_of(missing, differs)
    assert torch.isclose(loss_of(otherwise, unsupported), loss_of(missing, unsupported))


def test_the_upper_layers_learn_alone_and_what_is_exported_keeps_the_lower_ones(tmp_path: Path) -> None:
    claims = [f"Pier {number} will close in March." for number in range(8)]
    told = [("will close in March, the mayor said.", "supported"), ("will stay open.", "refuted"), ("is old.", "nei")]
    rows = [PairRow(claim, claim[:7] + end, label, "t") for claim in claims for end, label in told]
    rows += [PairRow(claim, claim[:7] + "may close in May.", "differs", "t") for claim in claims]
    states, checkpoint, weights = tmp_path / "states", tmp_path / "upper.pt", tmp_path / "weights"
    assert write_states(rows, rows[:4], states) == len(rows) + 4
    stored, found = read_states(states)
    assert sum(row.length for row in stored) == len(found)
    assert [row.kept for row in stored].count(True) == 4
    losses = train_upper(UpperRun(states, checkpoint, epochs=6, rate=1e-4, warmup=1, threads=1))
    assert losses[-1] < 0.8 * losses[0]
    export([checkpoint], shipped_folder(), weights, "test")
    assert read_manifest(weights).lower == read_manifest(shipped_folder()).lower
    assert PairReader(DIFFERING, weights).read([("It rained.", "It snowed.")]) != [
        None
    ]  # and what stands on those reads on
    judged = GroundingVerifier(weights).judge_pairs([(claims[1], rows[4].evidence), (claims[1], rows[-7].evidence)])
    assert judged[0].contradiction > judged[1].contradiction
    assert judged[1].differing > judged[0].differing


def test_word_embeddings_on_the_grid_stay_on_the_grid() -> None:
    weights = torch.randn(10, 768, generator=torch.Generator().manual_seed(1))
    once = from_grid(*to_grid(weights))
    assert torch.allclose(from_grid(*to_grid(once)), once, atol=1e-4)
    assert (once - weights).abs().mean() < 0.15


def test_near_positions_have_buckets_of_their_own_and_both_directions_differ() -> None:
    buckets = relative_buckets(256)
    assert buckets.shape == (511,)
    assert len(set(buckets[250:261].tolist())) == 11
    assert buckets[0] != buckets[510]


def test_packed_matrices_multiply_like_the_originals() -> None:
    generator = np.random.default_rng(2)
    weights = generator.standard_normal((768, 64), dtype=np.float32)
    rows = generator.standard_normal((1, 5, 768), dtype=np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["rows", "weights"], ["out"])],
        "one",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["batch", "length", 768])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["batch", "length", 64])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    pack_matrices(model, bits=8)
    onnx.checker.check_model(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), full_check=False)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run(None, {"rows": rows})[0]
    assert np.abs(found - rows @ weights).mean() < 0.02 * np.abs(rows @ weights).mean()


def test_temperature_cools_what_is_too_sure() -> None:
    supported = np.array([True, True, True, False] * 50)
    raw = np.tile([0.99, 0.005, 0.005], (200, 1))
    temperature = best_temperature(raw, supported)
    assert temperature > 1
    calibrated = calibration_error(tempered(raw, temperature)[:, 0], supported)
    assert calibrated < calibration_error(raw[:, 0], supported)


def test_the_threshold_weighs_every_set_alike() -> None:
    entailment = np.array([0.9] * 100 + [0.6] * 100 + [0.5] * 25 + [0.2] * 25)
    supported = np.array([True] * 100 + [False] * 100 + [True] * 25 + [False] * 25)
    threshold, scores = best_threshold(entailment, supported, ["large"] * 200 + ["small"] * 50)
    assert set(scores) == {"large", "small"}
    assert 0.2 < threshold <= 0.9


def test_of_thresholds_that_are_level_the_middle_is_taken() -> None:
    entailment = np.array([0.9] * 50 + [0.1] * 50)
    threshold, _ = best_threshold(entailment, np.array([True] * 50 + [False] * 50), ["one"] * 100)
    assert threshold == pytest.approx(0.5, abs=0.02)
