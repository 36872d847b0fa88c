"""What the laziest programs would score on the same cases: a figure means nothing without it. Pure.

Each rule answers without reading an article's sense, so that whatever a figure stands above it was earned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from eval.cases import Case
from eval.judging import COVERED, Shelf, place_of, says
from eval.metrics import Score

Rule = Callable[[Case, Shelf], list[float]]


def _always(label: str, right: Sequence[str]) -> list[float]:
    return [float(label in right)] if right else []


def _flag_precision(case: Case, _: Shelf) -> list[float]:
    return [] if case.expect.flags is None else [float("wording" in case.expect.flags)]


def _echo(case: Case, shelf: Shelf) -> list[float]:
    """The question's own words as a quotation of each source that the case names."""
    return [float(case.text in shelf.text(article_id)) for article_id in shelf.named(case)]


def _in_every_mouth(case: Case, _: Shelf) -> list[float]:
    return [float(not says(item.wording, case.text)) for item in case.expect.forbidden]


def _first_sentences(case: Case, shelf: Shelf) -> list[float]:
    """Whether an article's headline or first sentence is the passage that should be cited."""
    found = []
    for wanted in case.expect.quotes:
        article_id = shelf.id_of(wanted.source)
        start, end = place_of(wanted, shelf.text(article_id))
        overlap = (min(end, stop) - max(start, begin) for begin, stop in shelf.leads(article_id))
        found.append(float(any(covered >= COVERED * (end - start) for covered in overlap)))
    return found


RULES: Mapping[str, tuple[str, Rule]] = {
    "quote_exact": ("quotes the question", _echo),
    "forbidden_absent": ("puts the question in every mouth", _in_every_mouth),
    "quote_found": ("headline and first sentence", _first_sentences),
    "status_accuracy": ("always answered", lambda case, _: _always("answered", case.expect.status)),
    "verdict_accuracy": (
        "always not_enough_evidence",
        lambda case, _: _always("not_enough_evidence", case.expect.verdict),
    ),
    "stance_accuracy": (
        "always differs",
        lambda case, _: [value for right in case.expect.stance.values() for value in _always("differs", right)],
    ),
    "quotes_status": ("always not_found", lambda case, _: _always("not_found", case.expect.quote_status)),
    "flag_recall": ("always wording", lambda case, _: [float(kind == "wording") for kind in case.expect.flags or ()]),
    "flag_precision": ("always wording", _flag_precision),
}


def trivial_scores(case: Case, shelf: Shelf) -> Iterator[Score]:
    """What each rule scores on one case."""
    for metric, (_, rule) in RULES.items():
        for value in rule(case, shelf):
            yield Score(case.id, metric, value, kind=case.kind)
