"""How well the differences that `compare` found fit those that a reader wrote down. Pure.

Recall is over the differences annotated. Precision is fair only where the reader claims to have listed everything:
within *read pairs*, the pairs of sentences that some row of the annotation joins. What lies elsewhere is unjudged until
a reader has judged it; `precision_floor` counts it as wrong. docs/wording_annotations.md has the reasons.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eval.metrics import Figure, Score, mean_of

OVERLAP = 0.5  # of the shorter stretch

# Kinds that careful people give to one and the same difference. Symmetric.
_COMPATIBLE = frozenset(
    frozenset(pair)
    for pair in (
        ("quantity", "qualifier"),  # dozens / 38; at least part / 80 percent
        ("quantity", "scope"),  # several institutions / one: how many, or how far it reaches
        ("qualifier", "scope"),  # cooperating / voluntarily cooperating
        ("qualifier", "modality"),  # strongly encourages / encourages
        ("qualifier", "time"),  # by Wednesday / as soon as Wednesday
        ("wording", "scope"),  # a group's narrower name is both
        ("wording", "opinion"),  # a loaded name is an opinion
        ("wording", "modality"),  # the stronger verb is another word
        ("modality", "negation"),  # barely / not
        ("modality", "attribution"),  # allegedly, reportedly: strength and source in one word
        ("modality", "time"),  # has done / will do
        ("attribution", "quotation"),  # whose words, and which words
        ("quotation", "wording"),  # a word exchanged inside quotation marks
    )
)


class Fate(StrEnum):
    """What became of one prediction."""

    TRUE = "true"  # matched to an annotated difference, or judged true by a reader
    FALSE = "false"  # in a read pair and not annotated, or judged false by a reader
    REPEATED = "repeated"  # on the words of a difference that another prediction is matched to: not counted
    OPTIONAL = "optional"  # on a difference that the reader left optional: not counted
    UNJUDGED = "unjudged"  # outside every read pair: for a reader to judge


NOT_TRUE = {Fate.FALSE: "not written down", Fate.UNJUDGED: "not written down, nor its sentences compared"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one article, in code points of ``Article.text``."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Predicted:
    """One difference that `compare` reported for one event."""

    event_id: str
    kind: str
    left: Place
    right: Place
    told: str = ""  # both stretches in words, where a report may show them

    @property
    def key(self) -> str:
        """The same for the same kind and places, whichever side comes first: what a reader's judgement names."""
        sides = "|".join(f"{p.url}:{p.start}-{p.end}" for p in sorted((self.left, self.right)))
        return hashlib.sha256(f"{self.event_id}|{self.kind}|{sides}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a prediction fits a row: same words or only same sentences, same kind or a compatible one."""

    words: bool
    kind: bool

    @property
    def tier(self) -> int:
        """0 is best: words before kind, since a kind is a matter of naming."""
        return 2 * (not self.words) + (not self.kind)


def predictions_of(event_id: str, report: Mapping[str, Any], urls: Mapping[str, str]) -> list[Predicted]:
    """The differences in the JSON of `compare`; ``urls`` gives the URL for each article_id. Raises KeyError."""

    def place(side: Mapping[str, Any]) -> Place:
        return Place(urls[side["article_id"]], side["start"], side["end"])

    return [
        Predicted(event_id, found["kind"], place(found["left"]), place(found["right"]))
        for found in report["differences"]
    ]


def predictions_of_rows(rows: Sequence[Mapping[str, Any]]) -> list[Predicted]:
    """Another reader's differences as if predicted: two readers are compared by the measure that machines face."""
    return [
        Predicted(row["event_id"], row["kind"], _place(row["left"]), _place(row["right"]))
        for row in rows
        if row["label"] == "difference"
    ]


def _place(side: Mapping[str, Any]) -> Place:
    return Place(side["url"], side["start"], side["end"])


def compatible(predicted: str, gold: str, *, same_article: bool = False) -> bool:
    """Whether two kinds can name one difference. Headline against body is also a difference of its own content."""
    if predicted == gold or frozenset((predicted, gold)) in _COMPATIBLE:
        return True
    return same_article and "headline_body" in (predicted, gold)


def fit_of(predicted: Predicted, row: Mapping[str, Any]) -> Fit | None:
    """How ``predicted`` fits ``row``, in the better of both orders; None when places or kinds don't fit."""
    if row["event_id"] != predicted.event_id:
        return None
    gold_kind = row["kind"]
    same_article = row["left"]["url"] == row["right"]["url"]
    if gold_kind is not None and not compatible(predicted.kind, gold_kind, same_article=same_article):
        return None
    words = _joined(predicted, row, "start", "end")
    if not words and not _joined(predicted, row, "sentence_start", "sentence_end"):
        return None
    return Fit(words, gold_kind in (None, predicted.kind))


def in_read_pair(predicted: Predicted, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether both sides lie in the two sentences that some row joins."""
    return any(
        row["event_id"] == predicted.event_id and _joined(predicted, row, "sentence_start", "sentence_end")
        for row in rows
    )


def _joined(predicted: Predicted, row: Mapping[str, Any], start: str, end: str) -> bool:
    left, right = (Place(row[side]["url"], row[side][start], row[side][end]) for side in ("left", "right"))
    ours = (predicted.left, predicted.right)
    return any(_overlap(a, left) and _overlap(b, right) for a, b in (ours, ours[::-1]))


def _overlap(a: Place, b: Place) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return a.url == b.url and shared > 0 and shared >= OVERLAP * min(a.end - a.start, b.end - b.start)


def matched(predictions: Sequence[Predicted], golds: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Position of a prediction → position of the difference that it is: one to one, as many as can be.

    Better fits are settled first; what is matched stays matched, if need be to another row (Kuhn, tier by tier).
    """
    edges: list[list[tuple[int, int]]] = []  # for each prediction: (tier, gold), best first
    for predicted in predictions:
        fits = [(fit.tier, g) for g, gold in enumerate(golds) if (fit := fit_of(predicted, gold)) is not None]
        edges.append(sorted(fits))
    owner: dict[int, int] = {}  # gold → prediction

    def settle(p: int, worst: int, tried: set[int]) -> bool:
        within = [g for tier, g in edges[p] if tier <= worst]
        for g in sorted(within, key=lambda g: g in owner):  # what is free first: a good match moves only when it must
            if g not in tried:
                tried.add(g)
                if g not in owner or settle(owner[g], worst, tried):
                    owner[g] = p
                    return True
        return False

    for worst in range(4):
        for p in range(len(predictions)):
            if p not in owner.values():
                settle(p, worst, set())
    return {p: g for g, p in owner.items()}


def fates_of(
    predictions: Sequence[Predicted], rows: Sequence[Mapping[str, Any]], judgements: Mapping[str, bool] | None = None
) -> list[Fate]:
    """What became of each prediction, in order. ``judgements``: a reader's word on unjudged ones, by their key."""
    golds = [row for row in rows if row["label"] == "difference"]
    optional = [row for row in rows if row["label"] == "optional"]
    pairs = matched(predictions, golds)
    fates: list[Fate] = []
    for position, predicted in enumerate(predictions):
        if position in pairs:
            fates.append(Fate.TRUE)
        elif any(fit is not None and fit.words for fit in (fit_of(predicted, gold) for gold in golds)):
            fates.append(Fate.REPEATED)
        elif any(fit_of(predicted, row) is not None for row in optional):
            fates.append(Fate.OPTIONAL)
        elif in_read_pair(predicted, rows):
            fates.append(Fate.FALSE)
        elif judgements is not None and predicted.key in judgements:
            fates.append(Fate.TRUE if judgements[predicted.key] else Fate.FALSE)
        else:
            fates.append(Fate.UNJUDGED)
    return fates


def scores_of(
    predictions: Sequence[Predicted], rows: Sequence[Mapping[str, Any]], judgements: Mapping[str, bool] | None = None
) -> list[Score]:
    """Scores by event: precision and recall, over all and by kind, and what explains them.

    ``recall/<kind>`` goes by the annotator's kind, ``precision/<kind>`` by the predicted one. ``recall_words`` wants
    the same words on both sides, not only the same sentences; ``kind_right`` is over matches; ``look_alike_avoided``
    over look-alikes and agreements; ``judged`` over all predictions that count.
    """
    golds = [row for row in rows if row["label"] == "difference"]
    pairs = matched(predictions, golds)
    found = {g: p for p, g in pairs.items()}
    scores: list[Score] = []
    for g, gold in enumerate(golds):
        fit = fit_of(predictions[found[g]], gold) if g in found else None
        case, kind = gold["event_id"], gold["kind"] or "any"
        why = "" if fit else f"{gold['row_id']} not found: {gold['note']}"
        scores.append(Score(case, "recall", float(fit is not None), why, kind))
        scores.append(Score(case, f"recall/{kind}", float(fit is not None), why, kind))
        scores.append(Score(case, "recall_words", float(fit is not None and fit.words), why, kind))
        if fit is not None:
            scores.append(Score(case, "kind_right", float(fit.kind), kind=kind))
    for predicted, fate in zip(predictions, fates_of(predictions, rows, judgements), strict=True):
        scores += _precision_scores(predicted, fate)
    return scores + [_avoided(row, predictions, pairs) for row in rows if row["label"] in ("agreement", "look_alike")]


def _precision_scores(predicted: Predicted, fate: Fate) -> list[Score]:
    if fate in (Fate.REPEATED, Fate.OPTIONAL):
        return []
    case, kind, right = predicted.event_id, predicted.kind, float(fate is Fate.TRUE)
    shown = predicted.told or f"{predicted.key}: {predicted.left} against {predicted.right}"
    why = "" if fate is Fate.TRUE else f"told, but {NOT_TRUE[fate]}: {shown}"
    scores = [
        Score(case, "precision_floor", right, why, kind),
        Score(case, "judged", float(fate is not Fate.UNJUDGED), why, kind),
    ]
    if fate is not Fate.UNJUDGED:
        scores += [Score(case, "precision", right, why, kind), Score(case, f"precision/{kind}", right, why, kind)]
    return scores


def _avoided(row: Mapping[str, Any], predictions: Sequence[Predicted], pairs: Mapping[int, int]) -> Score:
    """1 when no prediction reports this agreement or look-alike as a difference, on its very words."""
    fits = (fit_of(predicted, row) for p, predicted in enumerate(predictions) if p not in pairs)
    reported = any(fit is not None and fit.words for fit in fits)
    why = f"{row['row_id']} was reported: {row['note']}" if reported else ""
    return Score(row["event_id"], "look_alike_avoided", float(not reported), why, row["kind"] or "")


def figures_of(scores: Sequence[Score]) -> dict[str, Figure]:
    """Every metric's mean with its interval, resampled by event; metrics in alphabetical order."""
    names = sorted({score.metric for score in scores})
    return {name: mean_of([score for score in scores if score.metric == name]) for name in names}
