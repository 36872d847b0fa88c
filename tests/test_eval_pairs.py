"""The pairs suite: a verifier that knows nothing scores a half, and what cannot be judged is counted apart."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from assistant import NotJudged
from assistant.verifier import Probabilities
from eval.kept_scores import PROBES
from eval.pair_scores import JudgedPair
from eval.suites.pairs import claim_alone, drawn_rows, figures_of, reliability, run_pairs

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


class Counting(Echo):
    """Counts the pairs that it is asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        found = super().judge_pairs(pairs)
        self.asked += len(pairs)
        return found


def written(folder: Path) -> Path:
    file = folder / "pairs.jsonl.gz"
    with gzip.open(file, "wt") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in ROWS)
    return file


def test_an_unjudged_pair_is_counted_and_costs_the_others_nothing(tmp_path: Path) -> None:
    result = run_pairs(written(tmp_path), Echo())
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


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    once = run_pairs(written(tmp_path), first, tmp_path / "kept")
    again = run_pairs(written(tmp_path), second, tmp_path / "kept")
    assert once.figures == again.figures
    assert second.asked == len(PROBES) < first.asked


def test_another_verifier_of_the_same_name_does_not_get_the_first_ones_scores(tmp_path: Path) -> None:
    run_pairs(written(tmp_path), Counting(), tmp_path)
    other = Counting()
    other.threshold = 0.9
    run_pairs(written(tmp_path), other, tmp_path)
    assert other.asked > len(PROBES)


def test_a_verifier_that_reads_the_claim_alone_is_shown_to() -> None:
    pairs = [JudgedPair("anli", label, 0.9 if label == "supported" else 0.1) for label in ("supported", "refuted")]
    assert claim_alone(pairs, 0.5)["claim_alone/auc/anli"].value == 1.0


def test_fewer_rows_are_part_of_more() -> None:
    rows = [ROWS[0] | {"bench": bench, "claim": f"Claim {number}."} for bench in ("a", "b") for number in range(9)]
    few, more = drawn_rows(rows, 3), drawn_rows(rows, 6)
    assert (len(few), len(more), len(drawn_rows(rows, 0))) == (6, 12, 18)
    assert all(row in more for row in few)


def test_ranking_and_calibration_stand_between_their_bounds_and_beside_the_laziest_rule() -> None:
    said = [0.9, 0.8, 0.4, 0.7, 0.2, 0.1]
    labels = ["supported", "supported", "supported", "refuted", "nei", "nei"]
    pairs = [JudgedPair("wice", label, value) for label, value in zip(labels, said, strict=True)]
    found = figures_of(pairs, 0.5)
    ranking, error = found["auc/wice"], found["ece"]
    assert ranking.value == round(8 / 9, 4)
    assert (ranking.low or 0) < ranking.value <= (ranking.high or 0)
    assert error.low is not None
    assert error.low <= (error.high or 0)
    assert (error.baseline, error.rule) == (0.0, "always one half")
