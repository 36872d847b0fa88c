"""The shipped grounding model: loading, probabilities, long evidence, bad input. The real weights."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadConfig, NotJudged, VerifierUnavailable
from assistant.verifier import load_verifier
from assistant.verifier.batching import usable_cores
from assistant.verifier.grounding import Engine, GroundingVerifier
from assistant.verifier.weights_folder import MANIFEST, read_manifest, shipped_folder
from index import Span

QUARRY = "The quarry at Helm stopped work on Tuesday after a wall collapsed. Nobody was injured, the operator said."


@pytest.fixture(scope="module")
def verifier() -> GroundingVerifier:
    return GroundingVerifier(shipped_folder())


def test_the_default_verifier_is_the_shipped_model_and_loads_without_torch() -> None:
    check = (
        "import sys; from assistant.verifier import load_verifier; v = load_verifier();"
        "v.judge_pairs([('It rained.', 'It rained.')]);"
        "print(v.verifier_id, [m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "grounding-4 []"


def test_many_verifiers_share_the_threads_of_the_process_and_it_ends_at_once() -> None:
    check = (
        "import threading; from assistant.verifier import load_verifier\n"
        "for _ in range(3): load_verifier().judge_pairs([('It rained.', 'It rained.'), ('It froze.', 'It rained.')])\n"
        "print(len([t for t in threading.enumerate() if t.name.startswith('verifier')]))"
    )
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=60)
    assert 1 <= int(found.stdout) <= usable_cores()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this platform binds no process to cores")
def test_a_process_bound_to_one_core_works_on_one() -> None:
    check = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "from assistant.verifier.batching import usable_cores; print(usable_cores())"
    )
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "1"


def test_probabilities_add_up_and_follow_the_spans_order(verifier: GroundingVerifier) -> None:
    spans = [Span("a", 0, 21, "Rain is due on Sunday."), Span("b", 0, len(QUARRY), QUARRY)]
    evidence = verifier.judge("The quarry at Helm stopped work on Tuesday.", spans)
    assert [one.span for one in evidence] == spans
    assert evidence[1].entailment > verifier.threshold > evidence[0].entailment
    assert all(one.entailment + one.contradiction + one.neutral == pytest.approx(1) for one in evidence)


@pytest.mark.parametrize(
    "claim",
    [
        "The quarry at Helm did not stop work on Tuesday.",
        "Three people were injured at the Helm quarry.",
        "The airport at Helm was sold to a bank.",
    ],
)
def test_what_the_evidence_does_not_say_is_not_supported(verifier: GroundingVerifier, claim: str) -> None:
    assert verifier.judge_pairs([(claim, QUARRY)])[0].entailment < verifier.threshold


def test_a_pairs_result_does_not_depend_on_the_pairs_beside_it(verifier: GroundingVerifier) -> None:
    pair = ("Nobody was injured at the quarry.", QUARRY)
    alone = verifier.judge_pairs([pair])[0]
    others = [("It rained for a week.", "The sun shone for a week in the north of the country, all day long.")] * 7
    beside = verifier.judge_pairs([*others, pair, *others])[7]
    assert beside.entailment == pytest.approx(alone.entailment, abs=1e-4)


def test_evidence_of_many_windows_is_read_to_its_end(verifier: GroundingVerifier) -> None:
    filler = "Barley was sown early. " * 2200  # 100 kB in all
    lines = filler + QUARRY + " " + filler
    near = verifier.judge_pairs([("The quarry at Helm stopped work on Tuesday.", lines)])[0]
    assert near.entailment > verifier.threshold


def test_a_long_claim_is_only_as_good_as_its_worst_sentence(verifier: GroundingVerifier) -> None:
    true = (
        "The quarry at Helm stopped work on Tuesday. A wall had collapsed. Nobody was injured, the operator said. " * 4
    )
    invented = true + "The mayor of Paris bought the quarry for a million euros. "
    whole, worse = verifier.judge_pairs([(true, QUARRY), (invented, QUARRY)])
    assert worse.entailment < whole.entailment
    assert worse.entailment < verifier.threshold


def test_torch_gives_the_same_probabilities_in_bulk(verifier: GroundingVerifier) -> None:
    pairs = [
        ("The quarry at Helm stopped work on Tuesday.", QUARRY),
        ("Three people were injured at the Helm quarry.", QUARRY),
        ("Rain is due on Sunday.", "Barley was sown early. " * 100),
    ]
    ours, bulk = verifier.judge_pairs(pairs), load_verifier("bulk:cpu").judge_pairs(pairs)
    for here, there in zip(ours, bulk, strict=True):
        assert there.entailment == pytest.approx(here.entailment, abs=0.05)
        assert there.contradiction == pytest.approx(here.contradiction, abs=0.05)
        assert there.differing == pytest.approx(here.differing, abs=0.05)


def test_what_tells_a_claim_otherwise_is_a_part_of_neutral(verifier: GroundingVerifier) -> None:
    told = verifier.judge_pairs([("The quarry at Helm will close on Tuesday.", QUARRY), ("It rains.", QUARRY)])
    assert all(0 <= one.differing <= one.neutral for one in told)
    assert [one.entailment + one.contradiction + one.neutral for one in told] == pytest.approx([1, 1])


def test_weights_of_three_outputs_never_say_that_a_claim_is_told_otherwise() -> None:
    def engine(_: bytes) -> Engine:
        return lambda ids, _mask: np.zeros((len(ids), 3), dtype=np.float32)

    told = GroundingVerifier(shipped_folder(), engine).judge_pairs([("It rains.", QUARRY)])[0]
    assert (told.entailment, told.contradiction, told.neutral) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert told.differing == 0


@pytest.mark.parametrize("name", ["bulk:abacus", "bulk:cpu:/nowhere/at/all"])
def test_a_device_or_folder_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises((BadConfig, VerifierUnavailable)):
        load_verifier(name)


def test_no_pairs_give_no_results(verifier: GroundingVerifier) -> None:
    assert verifier.judge_pairs([]) == []
    assert verifier.judge("Anything.", []) == []


@pytest.mark.parametrize(
    ("claim", "evidence"), [("", QUARRY), ("It closed.", " "), ("La cantera cerró el martes.", QUARRY)]
)
def test_what_cannot_be_read_is_not_judged(verifier: GroundingVerifier, claim: str, evidence: str) -> None:
    with pytest.raises(NotJudged):
        verifier.judge_pairs([(claim, evidence)])


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(shipped_folder(), folder)
    place = folder / read_manifest(folder).model
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)
    with pytest.raises(VerifierUnavailable, match="SHA-256"):
        GroundingVerifier(folder)


@pytest.mark.parametrize("damage", ["missing", "not json", "field missing"])
def test_a_damaged_manifest_is_refused(tmp_path: Path, damage: str) -> None:
    manifest = json.loads((shipped_folder() / MANIFEST).read_text(encoding="utf-8"))
    if damage == "not json":
        (tmp_path / MANIFEST).write_text("{", encoding="utf-8")
    elif damage == "field missing":
        del manifest["threshold"]
        (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(VerifierUnavailable):
        GroundingVerifier(tmp_path)


def test_a_folder_of_weights_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(BadConfig):
        load_verifier(f"default:{tmp_path / 'nowhere'}")


def test_the_weights_in_the_repository_stay_near_70_megabytes() -> None:
    assert sum(place.stat().st_size for place in shipped_folder().iterdir()) < 73_500_000
