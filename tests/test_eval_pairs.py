"""The pairs suite: a verifier that knows nothing scores a half, and what cannot be judged is counted apart."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from assistant import NotJudged
from assistant.verifier import Probabilities
from eval.pair_scores import JudgedPair
from eval.suites.pairs import PAIRS, figures_of, reliability, run_pairs

ROWS = [
    {"bench": "wice", "label": label, "claim": claim, "evidence": "The bridge is shut."}
    for label, claim in [("supported", "The bridge is shut."), ("refuted", "The bridge is open."), ("nei", "")]
]


class Echo:
    """Calls a claim entailed when the evidence repeats it; refuses an empty one."""

    verifier_id = "echo"
    threshold = 0.5

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        if any(not claim for claim, _ in pairs):
            raise NotJudged("there is no claim")
        return [Probabilities(float(claim == evidence), 0.0, float(claim != evidence)) for claim, evidence in pairs]


def test_an_unjudged_pair_is_counted_and_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / PAIRS).parent.mkdir()
    with gzip.open(tmp_path / PAIRS, "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in ROWS)
    result = run_pairs(tmp_path, Echo())
    assert result.extra["not_judged"] == 1
    assert result.figures["balanced_accuracy/wice"].value == 1.0
    assert result.figures["balanced_accuracy_macro"].value is None  # the other sets are missing: no mean hides that


def test_to_call_everything_supported_scores_a_half() -> None:
    pairs = [JudgedPair("anli", label, 0.9) for label in ("supported", "refuted", "nei")]
    figure = figures_of(pairs, 0.5)["balanced_accuracy/anli"]
    assert (figure.value, figure.rule) == (0.5, "claim only")


def test_reliability_sets_what_was_said_against_what_was_so() -> None:
    pairs = [JudgedPair("anli", label, 0.95) for label in ("supported", "supported", "refuted", "refuted")]
    assert reliability(pairs).lines["verifier"] == ((0.95, 0.5),)


def test_without_data_it_is_unscored() -> None:
    assert run_pairs(None, Echo()).figures["ece"].value is None
