"""Embedders: real weights, checked and the same in bulk and one question at a time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedder import HashingEmbedder, embedders, open_embedder
from index.errors import ModelUnavailable
from index.model_folder import find_model, read_model
from index.processor import bfloat16_is_native
from index.registry import Registry, UnknownPart
from index.torch_model import batches
from index.transformer import TransformerEmbedder

TEXTS = [
    "Council widens the harbour channel",
    "The council voted on Tuesday to widen the harbour channel. " * 12,
    "Ein Satz auf Deutsch, mit Umlauten: äöü.",
    "It rained.",
    "",
    "half \ud800 a pair",
    "x" * 5_000,
    "The mayor was absent. \u200b\u202eNets must go.",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def bulk(cache: Path) -> TransformerEmbedder:
    """The real model under torch; makes the ONNX file on the way."""
    embedder = TransformerEmbedder(find_model(), cache=cache, few_texts=0)
    embedder.embed(["warm"])
    return embedder


@pytest.fixture(scope="module")
def one_shot(bulk: TransformerEmbedder, cache: Path) -> TransformerEmbedder:
    return TransformerEmbedder(find_model(), cache=cache)


def test_rows_are_of_length_one_in_the_order_of_the_texts(bulk: TransformerEmbedder) -> None:
    rows = bulk.embed(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), bulk.dimension)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    alone = np.concatenate([bulk.embed([text]) for text in TEXTS])
    assert (rows * alone).sum(axis=1).min() > 0.999


def test_onnx_runtime_gives_the_vectors_of_torch(bulk: TransformerEmbedder, one_shot: TransformerEmbedder) -> None:
    assert (bulk.embed(TEXTS) * one_shot.embed(TEXTS)).sum(axis=1).min() >= 0.999
    assert one_shot.fingerprint == bulk.fingerprint


def test_meaning_is_nearer_than_other_news(one_shot: TransformerEmbedder) -> None:
    question, near, far = one_shot.embed(
        [
            "When will the port be dredged?",
            "Work on the deeper harbour channel starts in May.",
            "Rain fell in the hills.",
        ]
    )
    assert question @ near > question @ far + 0.2


def test_asking_never_imports_torch(one_shot: TransformerEmbedder, cache: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.embedder import open_embedder;"
        f"open_embedder(cache=Path({str(cache)!r})).embed(['Who voted?']);"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'sentence_transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_texts_give_no_rows(one_shot: TransformerEmbedder) -> None:
    assert one_shot.embed([]).shape == (0, one_shot.dimension)


def test_a_torn_onnx_file_is_named(tmp_path: Path) -> None:
    folder = find_model()
    torn = tmp_path / "embedders" / folder.fingerprint / "model.onnx"
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"not a model")
    with pytest.raises(ModelUnavailable, match=r"model\.onnx"):
        TransformerEmbedder(folder, cache=tmp_path).embed(["Who voted?"])


# Finding the weights


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The model's folder, weights linked."""
    source, target = find_model().path, tmp_path / "model"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.safetensors", "*.md"))
    (target / "model.safetensors").symlink_to(source / "model.safetensors")
    return target


def test_the_default_model_comes_from_the_wheel() -> None:
    model = find_model()
    assert (model.name, model.dimension, model.max_tokens) == ("all-MiniLM-L6-v2", 384, 256)
    assert find_model("sentence-transformers/all-MiniLM-L6-v2") == model


def test_a_folder_with_the_same_files_has_the_same_fingerprint(copied: Path) -> None:
    assert find_model(str(copied)).fingerprint == find_model().fingerprint


def test_other_settings_are_another_fingerprint(copied: Path) -> None:
    (copied / "sentence_bert_config.json").write_text('{"max_seq_length": 128}')
    model = find_model(str(copied))
    assert model.fingerprint != find_model().fingerprint
    assert model.max_tokens == 128


def test_p1_changed_weights_are_refused(copied: Path) -> None:
    (copied / "model.safetensors").unlink()
    (copied / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelUnavailable, match="sha256"):
        read_model(copied, "all-MiniLM-L6-v2", "53aa51")


def test_p1_pickled_weights_are_refused(copied: Path) -> None:
    (copied / "model.safetensors").rename(copied / "pytorch_model.bin")
    with pytest.raises(ModelUnavailable, match="safetensors"):
        find_model(str(copied))


def test_p1_a_model_with_code_of_its_own_is_refused(copied: Path) -> None:
    (copied / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": "evil.Module"}]))
    with pytest.raises(ModelUnavailable, match=r"evil\.Module"):
        find_model(str(copied))


def test_torn_settings_are_named(copied: Path) -> None:
    (copied / "config.json").write_text("{")
    with pytest.raises(ModelUnavailable, match=r"config\.json"):
        find_model(str(copied))


def test_weights_that_do_not_load_are_named(tmp_path: Path, copied: Path) -> None:
    (copied / "model.safetensors").unlink()
    (copied / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelUnavailable, match="does not load"):
        TransformerEmbedder(find_model(str(copied)), cache=tmp_path).embed(["Who voted?"])


def test_a_model_that_is_nowhere_names_all_three_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelUnavailable, match=r"not a folder, not an installed wheel .*, and the hub") as caught:
        find_model("nobody/no-such-model")
    assert caught.value.next_step


# Names


def test_embedders_are_opened_by_name(tmp_path: Path) -> None:
    assert open_embedder("hashing", cache=tmp_path).fingerprint == HashingEmbedder().fingerprint
    assert "hashing" in embedders.names()


def test_an_unknown_part_lists_the_known_ones() -> None:
    registry: Registry[type] = Registry("embedder", "claimdesk.none", {"hashing": "index.embedder:HashingEmbedder"})
    assert registry.get("hashing") is HashingEmbedder
    with pytest.raises(UnknownPart, match="no embedder is called 'x': there are hashing"):
        registry.get("x")


# Parts


@given(st.lists(st.text(max_size=40), max_size=6))
def test_hashing_gives_unit_rows(texts: list[str]) -> None:
    rows = HashingEmbedder(32).embed(texts)
    assert rows.shape == (len(texts), 32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows, HashingEmbedder(32).embed(texts))


@given(st.lists(st.integers(1, 512), max_size=80), st.integers(1, 4_096))
def test_batches_hold_every_text_once_in_few_shapes(lengths: list[int], budget: int) -> None:
    found = list(batches(lengths, budget))
    assert sorted(position for positions, _, _ in found for position in positions) == list(range(len(lengths)))
    for positions, height, width in found:
        assert len(positions) <= height < 2 * len(positions)
        assert max(lengths[position] for position in positions) <= width < 528
        assert height == 1 or height * width <= budget
        assert height & (height - 1) == 0
    assert all(before[2] >= after[2] for before, after in pairwise(found))


def test_bfloat16_is_used_where_the_processor_multiplies_it(tmp_path: Path) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("model name: x\nflags\t\t: fpu avx512_bf16 sse\n")
    assert bfloat16_is_native(info)
    info.write_text("flags\t\t: fpu avx512f sse\n")
    assert not bfloat16_is_native(info)
    assert not bfloat16_is_native(tmp_path / "none")
