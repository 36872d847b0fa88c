"""Figures of altered sentences: what passed is the rest of what was rejected, of each kind and over all."""

from __future__ import annotations

from eval.metrics import Score
from eval.suites.mutants import figures, held_out, overlaps, words_of


def test_what_passed_is_the_rest_of_what_was_rejected() -> None:
    rejected = [Score(f"{case}", "altered_claims_rejected", value, "", kind) for case, value, kind in CASES]
    found = figures(rejected, dict.fromkeys("0123", True))
    assert found["altered_claims_supported"].value == 0.25
    assert found["altered_claims_supported/number"].value == 0.5
    assert found["altered_claims_supported/negation"].value == 0.0


CASES = [(0, 1.0, "number"), (1, 0.0, "number"), (2, 1.0, "negation"), (3, 1.0, "negation")]


def test_rewordings_are_counted_apart_by_rule() -> None:
    scores = [
        Score("0", "true_claims_supported", 1.0, "", "verbatim"),
        Score("0.r0", "true_rewordings_supported", 0.0, "synonyms, but refuted", "synonyms"),
    ]
    found = figures(scores, {"0": True, "0.r0": False})
    assert (found["true_claims_supported"].value, found["true_rewordings_supported/synonyms"].value) == (1.0, 0.0)
    assert found["altered_rewordings_supported"].value is None
    assert (found["true_claims_supported"].baseline, found["true_rewordings_supported"].baseline) == (1.0, 0.0)


def test_the_trivial_rule_accepts_what_shares_nine_words_in_ten() -> None:
    article = words_of("The council of Ardley voted on Monday to close the old bridge for two years.")
    assert overlaps("On Monday the council voted to close the old bridge for nine years.", article)
    assert not overlaps("On Friday the senate voted to close the old bridge.", article)


def test_articles_that_the_model_learnt_from_are_left_out() -> None:
    assert held_out("wikinews/airbus/102977")
    assert not all(held_out(f"wikinews/airbus/{number}") for number in range(40))
    assert held_out("my-articles/storm.txt")
