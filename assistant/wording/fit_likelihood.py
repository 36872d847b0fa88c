"""Fit likelihood.json: ``python -m assistant.wording.fit_likelihood HOME ROWS.jsonl JUDGEMENTS.jsonl [THRESHOLD]``.

HOME holds the articles of the annotated events, by URL. ROWS: what a reader wrote down, of which only the development
split is read; JUDGEMENTS: a reader's word on single candidates. A candidate on the words of a difference is a positive,
one in its sentences half of one, one in sentences that were read and on no row a negative, and what nobody has read
a negative at half weight. Ridge logistic regression by Newton's method. Prints what each threshold would give when
every event is left out in turn.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.language.reader import LanguageReader
from assistant.wording.aligned import Aligned, Candidate
from assistant.wording.candidates import candidates
from assistant.wording.library import open_library, read_articles
from assistant.wording.likelihood import WEIGHTS, features, told
from assistant.wording.likeness import is_headline, likely_pairs, rarity_of
from index import Collection

RIDGE = 3.0
READ, UNREAD = 1.0, 0.5  # weight of a candidate in sentences that were read, and of one elsewhere
ON_WORDS = 2.0
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Matrix = NDArray[np.float64]
Row = Mapping[str, Any]
Stretch = tuple[str, int, int]


@dataclass(frozen=True)
class Seen:
    """One candidate of one event with its label: 1 true, 0 false, between: in the sentences of a true one."""

    event: str
    pair: int  # of sentences, counted over all events
    candidate: Candidate
    found: dict[str, float]
    label: float
    weight: float
    rows: frozenset[str]  # differences that it meets


def of_event(
    rows: Sequence[Row], home: Collection, reader: LanguageReader
) -> Iterator[tuple[int, Candidate, dict[str, float], Stretch, Stretch]]:
    """(pair, candidate, features, left, right) of all candidates of one event."""
    urls = {side["url"] for row in rows for side in (row["left"], row["right"])}
    headers = [header for header in home.headers() if header.url in urls]
    names_of = {header.article_id: str(header.url) for header in headers}
    library = open_library(
        headers, read_articles({h.article_id: home.sentences(h.article_id) for h in headers}, reader), []
    )
    texts = [article.sides for article in library.articles]
    rarity = rarity_of(texts)
    jobs = [*combinations(texts, 2)]
    jobs += [(tuple(s for s in t if is_headline(s)), tuple(s for s in t if not is_headline(s))) for t in texts]
    number = 0
    for lefts, rights in jobs:
        for alike in likely_pairs(lefts, rights, rarity):
            number += 1
            pair = Aligned(lefts[alike.left], rights[alike.right], library.names)
            for candidate in candidates(pair):
                yield (
                    number, candidate, features(pair, alike, candidate),
                    (names_of[pair.left.sentence.article_id], candidate.ours.start, candidate.ours.end),
                    (names_of[pair.right.sentence.article_id], candidate.theirs.start, candidate.theirs.end),
                )  # fmt: skip


def meets(left: Stretch, right: Stretch, row: Row, part: str = "") -> bool:
    """Do both stretches overlap the row's by half of the shorter, in either order?"""
    sides = [(s["url"], s[f"{part}start"], s[f"{part}end"]) for s in (row["left"], row["right"])]
    return any(half(left, a) and half(right, b) for a, b in (sides, sides[::-1]))


def half(one: Stretch, other: Stretch) -> bool:
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and shared > 0 and shared >= 0.5 * min(one[2] - one[1], other[2] - other[1])


def label_of(
    left: Stretch, right: Stretch, rows: Sequence[Row], judged: Sequence[Row]
) -> tuple[float, float, frozenset[str]]:
    """Label, weight and the differences met."""
    read = [row for row in rows if meets(left, right, row, "sentence_")]
    true = [row for row in read if row["label"] == "difference"]
    on_words = [row for row in true if meets(left, right, row)]
    met = frozenset(row["row_id"] for row in true)
    if on_words:
        return 1.0, ON_WORDS, met
    word = next((row for row in judged if meets(left, right, row)), None)
    if word is not None:
        return float(word["true"]), READ, met
    if any(row["label"] == "optional" and meets(left, right, row) for row in read):
        return 0.5, 0.0, met
    return (0.6 if true else 0.0), (READ if read else UNREAD), met


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
            for pair, candidate, found, left, right in of_event(own, collection, reader):
                seen.append(Seen(event, pair, candidate, found, *label_of(left, right, own, words)))
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
        good = sum(row.label > 0.5 for row in counted)
        met = {name for row in kept for name in row.rows}
        sys.stdout.write(
            f"threshold {threshold}: {len(kept)} told, {good}/{len(counted)} in true sentences or judged true, "
            f"{len(met)} of {total} differences met\n"
        )


def main(arguments: Sequence[str]) -> None:
    home, rows_file, judged_file = (Path(name) for name in arguments[:3])
    threshold = float(arguments[3]) if len(arguments) > 3 else 0.5
    rows, judged = ([json.loads(line) for line in p.read_text("utf-8").splitlines()] for p in (rows_file, judged_file))
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
