"""Scores for found differences: what counts as found, what counts against, and what is left to a reader."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.wording_scores import (
    Fate,
    Place,
    Predicted,
    compatible,
    fates_of,
    figures_of,
    fit_of,
    matched,
    predictions_of,
    predictions_of_rows,
    scores_of,
)

A, B = "https://a.example/1", "https://b.example/2"


def row(
    kind: str | None, left: tuple[int, int], right: tuple[int, int], label: str = "difference", event: str = "e"
) -> dict[str, Any]:
    """A row whose sentences are the hundreds that hold its words."""

    def side(url: str, place: tuple[int, int]) -> dict[str, Any]:
        start, end = place
        sentence = start // 100 * 100
        return {"url": url, "start": start, "end": end, "sentence_start": sentence, "sentence_end": sentence + 99}

    name = f"{event}#{kind}{left}{right}"
    sides = {"left": side(A, left), "right": side(B, right)}
    return {"row_id": name, "event_id": event, "kind": kind, "label": label, "note": "n"} | sides


def predicted(kind: str, left: tuple[int, int], right: tuple[int, int], event: str = "e") -> Predicted:
    return Predicted(event, kind, Place(A, *left), Place(B, *right))


GOLD = row("quantity", (10, 20), (110, 120))


@pytest.mark.parametrize(
    ("found", "words", "kind"),
    [
        pytest.param(predicted("quantity", (10, 20), (110, 120)), True, True, id="the same"),
        pytest.param(predicted("quantity", (15, 40), (110, 112)), True, True, id="half of the shorter on both sides"),
        pytest.param(predicted("quantity", (60, 70), (150, 160)), False, True, id="only the same sentences"),
        pytest.param(predicted("qualifier", (10, 20), (110, 120)), True, False, id="a compatible kind"),
        pytest.param(
            Predicted("e", "quantity", Place(B, 110, 120), Place(A, 10, 20)), True, True, id="the other way round"
        ),
    ],
)
def test_a_prediction_fits(found: Predicted, words: bool, kind: bool) -> None:
    fit = fit_of(found, GOLD)
    assert fit is not None
    assert (fit.words, fit.kind) == (words, kind)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(predicted("opinion", (10, 20), (110, 120)), id="another kind"),
        pytest.param(predicted("quantity", (10, 20), (210, 220)), id="another sentence on one side"),
        pytest.param(predicted("quantity", (10, 20), (110, 120), event="f"), id="another event"),
        pytest.param(Predicted("e", "quantity", Place(A, 10, 20), Place(A, 110, 120)), id="another pair of articles"),
    ],
)
def test_a_prediction_does_not_fit(found: Predicted) -> None:
    assert fit_of(found, GOLD) is None


def test_headline_against_body_may_carry_the_kind_of_its_content_in_one_article_only() -> None:
    assert compatible("qualifier", "headline_body", same_article=True)
    assert not compatible("qualifier", "headline_body")


def test_one_prediction_is_one_difference_and_as_many_as_can_be_are_matched() -> None:
    golds = [row("quantity", (10, 20), (110, 120)), row("qualifier", (40, 50), (140, 150))]
    either = predicted("quantity", (80, 90), (180, 190))  # fits both by its sentences
    exact = predicted("quantity", (10, 20), (110, 120))
    assert matched([either, exact], golds) == {1: 0, 0: 1}


def test_what_became_of_predictions() -> None:
    rows = [
        GOLD,
        row("wording", (30, 40), (130, 140), "optional"),
        row(None, (310, 320), (410, 420), "agreement"),
    ]
    found = [
        predicted("quantity", (10, 20), (110, 120)),
        predicted("qualifier", (11, 20), (111, 120)),
        predicted("wording", (30, 40), (130, 140)),
        predicted("time", (10, 20), (110, 120)),
        predicted("wording", (310, 320), (410, 420)),
        predicted("wording", (10, 20), (410, 420)),
    ]
    assert fates_of(found, rows) == [
        Fate.TRUE,
        Fate.REPEATED,
        Fate.OPTIONAL,
        Fate.FALSE,
        Fate.FALSE,
        Fate.UNJUDGED,
    ]


def test_a_reader_settles_only_what_was_unjudged() -> None:
    outside, inside = predicted("wording", (10, 20), (410, 420)), predicted("time", (10, 20), (110, 120))
    judgements = {outside.key: True, inside.key: True}
    assert fates_of([outside, inside], [GOLD], judgements) == [Fate.TRUE, Fate.FALSE]


def test_a_key_is_the_same_whichever_side_comes_first() -> None:
    there = predicted("time", (1, 2), (3, 4))
    assert there.key == Predicted("e", "time", there.right, there.left).key


def test_figures_by_kind_and_what_is_avoided() -> None:
    rows = [GOLD, row("wording", (210, 220), (310, 320)), row("time", (510, 520), (610, 620), "look_alike")]
    found = [predicted("qualifier", (10, 20), (110, 120)), predicted("time", (510, 520), (610, 620))]
    figures = figures_of(scores_of(found, rows))
    values = {name: figure.value for name, figure in figures.items()}
    assert values == {
        "recall": 0.5,
        "recall/quantity": 1.0,
        "recall/wording": 0.0,
        "recall_words": 0.5,
        "kind_right": 0.0,
        "precision": 0.5,
        "precision/qualifier": 1.0,
        "precision/time": 0.0,
        "precision_floor": 0.5,
        "judged": 1.0,
        "look_alike_avoided": 0.0,
    }


def test_nothing_predicted_leaves_precision_unscored() -> None:
    figures = figures_of(scores_of([], [GOLD]))
    assert figures["recall"].value == 0
    assert "precision" not in figures


def test_predictions_are_read_from_the_json_of_compare() -> None:
    side = {"article_id": "x", "start": 1, "end": 4, "quote": "abc"}
    report = {"differences": [{"kind": "time", "left": side, "right": side | {"article_id": "y"}, "note": ""}]}
    assert predictions_of("e", report, {"x": A, "y": B}) == [predicted("time", (1, 4), (1, 4))]


_PLACES = st.integers(0, 3).flatmap(lambda n: st.tuples(st.just(n * 100 + 10), st.just(n * 100 + 20)))
_ROWS = st.builds(row, st.sampled_from(["quantity", "qualifier", "wording", "opinion"]), _PLACES, _PLACES)
_FOUND = st.builds(predicted, st.sampled_from(["quantity", "qualifier", "wording", "opinion"]), _PLACES, _PLACES)


@given(st.lists(_FOUND, max_size=8), st.lists(_ROWS, max_size=8))
def test_matches_are_one_to_one_and_all_fit(found: list[Predicted], golds: list[dict[str, Any]]) -> None:
    pairs = matched(found, golds)
    assert len(set(pairs.values())) == len(pairs)
    assert all(fit_of(found[p], golds[g]) is not None for p, g in pairs.items())
    free = [p for p in range(len(found)) if p not in pairs]
    spare = [g for g in range(len(golds)) if g not in pairs.values()]
    assert not any(fit_of(found[p], golds[g]) for p in free for g in spare)


@given(st.lists(_ROWS, min_size=1, max_size=8, unique_by=lambda gold: gold["row_id"]))
def test_the_annotation_itself_scores_full(golds: list[dict[str, Any]]) -> None:
    found = predictions_of_rows(golds)
    figures = figures_of(scores_of(found, golds))
    assert figures["recall"].value == figures["precision"].value == figures["kind_right"].value == 1
