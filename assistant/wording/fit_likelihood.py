"""Fit likelihood.json: ``python -m assistant.wording.fit_likelihood HOME ROWS MORE_ROWS JUDGEMENTS [THRESHOLD]``.

HOME holds the articles of the annotated events, by URL. ROWS: what a reader wrote down, of which only the development
split is read; MORE_ROWS: another reader's; JUDGEMENTS: a reader's word on single candidates. A candidate that could be
called by a difference's kind is a positive on its words or in its sentences, doubly on its words; one in sentences that
were read and on no row is a negative, and what nobody has read a negative at half weight. Ridge logistic regression by
Newton's method. Prints what each threshold would give when every event is left out in turn.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.compare import find_pairs
from assistant.language.reader import LanguageReader
from assistant.wording.aligned import Candidate
from assistant.wording.candidates import candidates
from assistant.wording.library import open_library, read_articles
from assistant.wording.likelihood import WEIGHTS, features, kind_of, told
from index import Collection

RIDGE = 400.0
# Kinds that careful people give to one and the same difference (docs/wording_annotations.md, "How it is scored").
NEAR = {
    "quantity": {"qualifier", "scope"},
    "qualifier": {"quantity", "scope", "modality", "time"},
    "scope": {"quantity", "qualifier", "wording"},
    "wording": {"scope", "opinion", "modality", "quotation"},
    "opinion": {"wording"},
    "modality": {"qualifier", "wording", "negation", "attribution", "time"},
    "negation": {"modality"},
    "attribution": {"modality", "quotation"},
    "time": {"qualifier", "modality"},
    "quotation": {"attribution", "wording"},
}
READ, UNREAD = 1.0, 0.5  # weight of a candidate in sentences that were read, and of one elsewhere
ON_WORDS = 2.0
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
Matrix = NDArray[np.float64]
Row = Mapping[str, Any]
Stretch = tuple[str, int, int]


@dataclass(frozen=True)
class Seen:
    """One candidate of one event with its label: 1 true, 0 false."""

    event: str
    pair: int  # of sentences, counted over all events
    candidate: Candidate
    found: dict[str, float]
    label: float
    weight: float
    rows: frozenset[str]  # differences that it may be


def of_event(
    rows: Sequence[Row], home: Collection, reader: LanguageReader
) -> Iterator[tuple[int, Candidate, dict[str, float], str, Stretch, Stretch]]:
    """(pair, candidate, features, kind, left, right) of all candidates of one event."""
    urls = {side["url"] for row in rows for side in (row["left"], row["right"])}
    headers = [header for header in home.headers() if header.url in urls]
    names_of = {header.article_id: str(header.url) for header in headers}
    sentences = {h.article_id: home.sentences(h.article_id) for h in headers}
    library = open_library(headers, read_articles(sentences, reader), [])
    pairs = find_pairs({article.header.article_id: article.sides for article in library.articles}, library)
    for number, (aligned, alike) in enumerate((pair.aligned, pair.alike) for pair in pairs):
        left, right = (names_of[side.sentence.article_id] for side in (aligned.left, aligned.right))
        for candidate in candidates(aligned):
            yield (
                number, candidate, features(aligned, alike, candidate), str(kind_of(candidate, aligned)),
                (left, candidate.ours.start, candidate.ours.end), (right, candidate.theirs.start, candidate.theirs.end),
            )  # fmt: skip


def may_name(kind: str, row: Row) -> bool:
    """Could a careful reader have called the row's difference by ``kind``?"""
    within = row["left"]["url"] == row["right"]["url"]
    return kind == row["kind"] or within or row["kind"] is None or row["kind"] in NEAR.get(kind, ())


def meets(left: Stretch, right: Stretch, row: Row, part: str = "") -> bool:
    """Do both stretches overlap the row's by half of the shorter, in either order?"""
    sides = [(s["url"], s[f"{part}start"], s[f"{part}end"]) for s in (row["left"], row["right"])]
    return any(half(left, a) and half(right, b) for a, b in (sides, sides[::-1]))


def half(one: Stretch, other: Stretch) -> bool:
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and shared > 0 and shared >= 0.5 * min(one[2] - one[1], other[2] - other[1])


def label_of(
    kind: str, left: Stretch, right: Stretch, rows: Sequence[Row], judged: Sequence[Row]
) -> tuple[float, float, frozenset[str]]:
    """Label, weight and the differences met."""
    read = [row for row in rows if meets(left, right, row, "sentence_")]
    near = [row for row in rows if may_name(kind, row) and (row in read or meets(left, right, row))]
    true = [row for row in near if row["label"] == "difference"]
    if true:
        met = frozenset(row["row_id"] for row in true)
        return 1.0, ON_WORDS if any(meets(left, right, row) for row in true) else READ, met
    if any(row["label"] == "optional" for row in near):
        return 0.0, 0.0, frozenset()
    word = next((row for row in judged if meets(left, right, row)), None)
    if word is not None and not read:
        return float(word["true"]), READ, frozenset()
    return 0.0, READ if read else UNREAD, frozenset()


def collect(home: Path, rows: Sequence[Row], judged: Sequence[Row]) -> list[Seen]:
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["split"] == "development":
            by_event[row["event_id"]].append(row)
    reader = LanguageReader(home / "frames.db")
    seen: list[Seen] = []
    with Collection.open(home, readonly=True) as collection:
        for event, own in by_event.items():
            words = [row for row in judged if row["event_id"] == event]
            for pair, candidate, found, kind, left, right in of_event(own, collection, reader):
                seen.append(Seen(event, pair, candidate, found, *label_of(kind, left, right, own, words)))
    reader.close()
    return seen


def fit(rows: Matrix, labels: Matrix, weight: Matrix) -> tuple[Matrix, float]:
    """Coefficients on the features' own scale, and the bias."""
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    design = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    penalty = np.eye(design.shape[1]) * RIDGE
    penalty[-1, -1] = 1e-6
    found = np.zeros(design.shape[1])
    for _ in range(30):
        guess = 1.0 / (1.0 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (weight * (guess - labels)) + penalty @ found
        curvature = (design * (weight * guess * (1 - guess))[:, None]).T @ design + penalty
        found -= np.linalg.solve(curvature, gradient)
    coefficients = found[:-1] / scale
    return coefficients, float(found[-1] - (coefficients * mean).sum())


def matrix_of(seen: Sequence[Seen], names: Sequence[str]) -> Matrix:
    return np.array([[row.found.get(name, 0.0) for name in names] for row in seen])


def left_out(seen: Sequence[Seen], names: Sequence[str]) -> Matrix:
    """Each candidate's likelihood by weights that were fitted without its event."""
    rows, labels = matrix_of(seen, names), np.array([row.label for row in seen])
    weight, events = np.array([row.weight for row in seen]), np.array([row.event for row in seen])
    rates = np.zeros(len(seen))
    for event in sorted(set(events)):
        own = events == event
        coefficients, bias = fit(rows[~own], labels[~own], weight[~own])
        rates[own] = 1 / (1 + np.exp(-np.clip(rows[own] @ coefficients + bias, -30, 30)))
    return rates


def show(seen: Sequence[Seen], rates: Matrix, total: int) -> None:
    for threshold in THRESHOLDS:
        groups: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, row in enumerate(seen):
            groups[row.event, row.pair].append(number)
        kept: list[Seen] = []
        for numbers in groups.values():
            chosen = told([(float(rates[n]), seen[n].candidate) for n in numbers], threshold)
            kept += [seen[n] for n in numbers if any(seen[n].candidate is c for c in chosen)]
        counted = [row for row in kept if row.weight > 0]
        read = [row for row in counted if row.weight >= READ]
        good = sum(row.label > 0.5 for row in counted)
        met = {name for row in kept for name in row.rows}
        sys.stdout.write(
            f"threshold {threshold}: {len(kept)} told, {good}/{len(read)} of those read true, {good}/{len(counted)} "
            f"of all; {len(met)} of {total} differences met\n"
        )


def main(arguments: Sequence[str]) -> None:
    home, *files = (Path(name) for name in arguments[:4])
    threshold = float(arguments[4]) if len(arguments) > 4 else 0.5
    first, more, judged = ([json.loads(line) for line in p.read_text("utf-8").splitlines()] for p in files)
    rows = [*first, *more]
    seen = collect(home, rows, judged)
    names = sorted({name for row in seen for name in row.found})
    total = sum(row["split"] == "development" and row["label"] == "difference" for row in rows)
    show(seen, left_out(seen, names), total)
    coefficients, bias = fit(
        matrix_of(seen, names), np.array([r.label for r in seen]), np.array([r.weight for r in seen])
    )
    written = {
        "bias": round(bias, 5),
        "threshold": threshold,
        "coefficients": {name: round(float(value), 5) for name, value in zip(names, coefficients, strict=True)},
    }
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
