"""Figures of altered sentences: what passed is the rest of what was rejected, of each kind and over all."""

from __future__ import annotations

from eval.metrics import Score
from eval.suites.mutants import figures, held_out


def test_what_passed_is_the_rest_of_what_was_rejected() -> None:
    rejected = [Score(f"{case}", "altered_claims_rejected", value, "", kind) for case, value, kind in CASES]
    found = figures(rejected)
    assert found["altered_claims_supported"].value == 0.25
    assert found["altered_claims_supported/number"].value == 0.5
    assert found["altered_claims_supported/negation"].value == 0.0


CASES = [(0, 1.0, "number"), (1, 0.0, "number"), (2, 1.0, "negation"), (3, 1.0, "negation")]


def test_rewordings_are_counted_apart_by_rule() -> None:
    scores = [
        Score("0", "true_claims_supported", 1.0, "", "verbatim"),
        Score("0.r0", "true_rewordings_supported", 0.0, "synonyms, but refuted", "synonyms"),
    ]
    found = figures(scores)
    assert (found["true_claims_supported"].value, found["true_rewordings_supported/synonyms"].value) == (1.0, 0.0)
    assert found["altered_rewordings_supported"].value is None


def test_articles_that_the_model_learnt_from_are_left_out() -> None:
    assert held_out("wikinews/airbus/102977")
    assert not all(held_out(f"wikinews/airbus/{number}") for number in range(40))
    assert held_out("my-articles/storm.txt")
