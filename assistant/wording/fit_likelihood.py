"""Fit likelihood.json, by ``python -m assistant.wording.fit_likelihood`` with
``HOME ROWS MORE JUDGEMENTS LABELS EXCERPTS [THRESHOLD]``.

HOME holds the articles of all events read, by URL. ROWS: what a reader wrote down, of which only the development split
is read; MORE: another reader's; JUDGEMENTS: a reader's word on single candidates. A candidate that could be called
by a difference's kind is a positive on its words or in its sentences, doubly on its words; one in sentences that were
read and on no row is a negative, and what nobody has read a negative of less weight. LABELS: a reader's word on pairs
of sentences (do they tell one fact?) and on what was found in them, of other events. EXCERPTS: all differences that
readers found in the first sentences of further events, in place of those events' labels. The network that reads pairs
was trained on none of all these.

Two ridge logistic regressions by Newton's method: of all pairs, and of the candidates in those that are weighed. Which
these are hangs on the weights that stood there before. Prints what each threshold would give when every event is
left out in turn.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.differing import PairReader, open_pair_reader
from assistant.language.reader import LanguageReader
from assistant.wording.aligned import Candidate
from assistant.wording.candidates import candidates
from assistant.wording.fitting import Matrix, left_out, matrix_of, scale_of
from assistant.wording.library import open_library, read_articles
from assistant.wording.likelihood import WEIGHTS, Weights, features, kind_of, likelihood, told
from assistant.wording.opened import find_pairs, most_read, read_pairs
from assistant.wording.pair import Pair
from assistant.wording.scale import Scale, Signals, log_odds
from assistant.wording.topic import MOST_SENTENCES
from index import Collection

RIDGE_OF_PAIRS, RIDGE_OF_CANDIDATES = 30.0, 150.0
RARELY = 8  # pairs or candidates that must have a signal for it to be weighed
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
READ, UNREAD, UNLABELLED = 1.0, 0.5, 0.2  # weight of what was read, and of what was not in events of either sort
ON_WORDS = 2.0
EXCERPT = "excerpt"  # the label of the row that says how far an event was read
PARTS = 8  # events are left out an eighth at a time
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
Row = Mapping[str, Any]
Stretch = tuple[str, int, int]


@dataclass(frozen=True)
class Seen:
    """One candidate of one event with its label: 1 true, 0 false."""

    candidate: Candidate
    found: Signals
    label: float
    weight: float
    rows: frozenset[str] = frozenset()  # differences that it may be


@dataclass(frozen=True)
class SeenPair:
    """Two sentences of one event, whether they tell one fact (1 or 0), and the candidates in them."""

    event: str
    found: Signals
    label: float
    weight: float
    candidates: tuple[Seen, ...]


@dataclass(frozen=True)
class Materials:
    """Where the articles are, and who reads them."""

    home: Collection
    reader: LanguageReader
    differing: PairReader

    def pairs_of(self, urls: set[str], ends: Mapping[str, int]) -> Iterator[tuple[Pair, tuple[str, str]]]:
        """All pairs of sentences of the articles at ``urls``, up to ``ends`` where known, with the URLs of both."""
        headers = [header for header in self.home.headers() if header.url in urls]
        names_of = {header.article_id: str(header.url) for header in headers}
        sentences = {
            h.article_id: [s for s in self.home.sentences(h.article_id) if s.end <= ends.get(str(h.url), s.end)]
            for h in headers
        }
        library = open_library(headers, read_articles(sentences, self.reader), [])
        found = find_pairs({a.header.article_id: a.sides[:MOST_SENTENCES] for a in library.articles}, library)
        for pair in read_pairs(found, self.differing, most_read(len(headers))):
            left, right = pair.aligned.left.sentence, pair.aligned.right.sentence
            yield pair, (names_of[left.article_id], names_of[right.article_id])


def stretches_of(candidate: Candidate, urls: tuple[str, str]) -> tuple[Stretch, Stretch]:
    ours, theirs = candidate.ours, candidate.theirs
    return (urls[0], ours.start, ours.end), (urls[1], theirs.start, theirs.end)


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
    kind: str, left: Stretch, right: Stretch, rows: Sequence[Row], judged: Sequence[Row], unread: float
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
    return 0.0, READ if read else unread, frozenset()


def annotated(rows: Sequence[Row], judged: Sequence[Row], of: Materials) -> list[SeenPair]:
    """Pairs of the events that were annotated in full, or in excerpts that were."""
    found: list[SeenPair] = []
    for event in sorted({row["event_id"] for row in rows}):
        own = [row for row in rows if row["event_id"] == event and row["label"] != EXCERPT]
        ends = {url: end for row in rows if row["event_id"] == event for url, end in row.get("ends", {}).items()}
        words = [row for row in judged if row["event_id"] == event]
        urls = {side["url"] for row in own for side in (row["left"], row["right"])}
        unread = READ if ends else UNREAD
        for pair, places in of.pairs_of(urls, ends):
            aligned, seen = pair.aligned, []
            for candidate in candidates_of(pair):
                stretches = stretches_of(candidate, places)
                label = label_of(str(kind_of(candidate, aligned)), *stretches, own, words, unread)
                seen.append(Seen(candidate, features(pair, candidate), *label))
            sides = [
                (u, s.sentence.start, s.sentence.end)
                for u, s in zip(places, (aligned.left, aligned.right), strict=True)
            ]
            same = any(meets(sides[0], sides[1], row, "sentence_") for row in own) or any(row.label for row in seen)
            found.append(SeenPair(event, pair.signals, float(same), READ if same else unread, tuple(seen)))
    return found


def labelled(labels: Sequence[Row], of: Materials) -> list[SeenPair]:
    """Pairs of the events of which some pairs were read."""
    found: list[SeenPair] = []
    for event in sorted({row["event_id"] for row in labels}):
        own = [row for row in labels if row["event_id"] == event]
        urls = {side["url"] for row in own for side in (row["left"], row["right"])}
        for pair, places in of.pairs_of(urls, {}):
            sides = (pair.aligned.left, pair.aligned.right)
            starts = [(u, s.sentence.start) for u, s in zip(places, sides, strict=True)]
            read = next((r for r in own if [(r[s]["url"], r[s]["start"]) for s in ("left", "right")] == starts), None)
            seen = []
            for candidate in candidates_of(pair) if read is not None else ():
                label = word_on(candidate, str(kind_of(candidate, pair.aligned)), read["candidates"]) if read else None
                if label is not None:
                    seen.append(Seen(candidate, features(pair, candidate), label, READ))
            same = float(read is not None and read["same"])
            found.append(SeenPair(event, pair.signals, same, READ if read else UNLABELLED, tuple(seen)))
    return found


def candidates_of(pair: Pair) -> list[Candidate]:
    """As they are rated in the product."""
    return candidates(pair.aligned, pair.reading) if pair.is_weighed else []


def word_on(candidate: Candidate, kind: str, said: Sequence[Sequence[Any]]) -> float | None:
    """The reader's label of a candidate: of the same kind, ending at the same places."""
    ends = [kind, candidate.ours.end, candidate.theirs.end]
    return next((float(true) for k, _, left, _, right, true in said if [k, left, right] == ends), None)


def fit(rows: Matrix, labels: Matrix, weight: Matrix, ridge: float) -> tuple[Matrix, float]:
    """Coefficients on the features' own scale, and the bias."""
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    design = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    penalty = np.eye(design.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    found = np.zeros(design.shape[1])
    for _ in range(30):
        guess = 1.0 / (1.0 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (weight * (guess - labels)) + penalty @ found
        curvature = (design * (weight * guess * (1 - guess))[:, None]).T @ design + penalty
        found -= np.linalg.solve(curvature, gradient)
    coefficients = found[:-1] / scale
    return coefficients, float(found[-1] - (coefficients * mean).sum())


def fitted(rows: Sequence[tuple[Signals, float, float]], ridge: float) -> Scale:
    """Weights of (signals, label, weight) rows."""
    names, matrix = matrix_of([found for found, _, _ in rows], RARELY)
    labels, weight = (np.array([row[column] for row in rows]) for column in (1, 2))
    coefficients, bias = fit(matrix, labels, weight, ridge)
    return scale_of(names, coefficients, bias)


def weights_of(pairs: Sequence[SeenPair], threshold: float) -> Weights:
    one_fact = fitted([(pair.found, pair.label, pair.weight) for pair in pairs], RIDGE_OF_PAIRS)
    inside = [(pair, row) for pair in pairs for row in pair.candidates if row.weight]
    rows = [(with_fact(row.found, one_fact.probability(pair.found)), row.label, row.weight) for pair, row in inside]
    return Weights(threshold, one_fact, fitted(rows, RIDGE_OF_CANDIDATES))


def with_fact(found: Signals, one_fact: float) -> Signals:
    """A candidate's signals under other weights of the pairs."""
    return {name: log_odds(one_fact) if name.split(":")[0] == "one_fact" else value for name, value in found.items()}


def rated_left_out(pairs: Sequence[SeenPair]) -> list[tuple[SeenPair, list[tuple[float, Candidate]]]]:
    """Each pair with its candidates' likelihood by weights that were fitted without its event."""
    found = []
    for pair, by in left_out(pairs, lambda kept: weights_of(kept, 0.0), PARTS):
        fact = by.one_fact.probability(pair.found)
        rated = [(likelihood(with_fact(r.found, fact), r.candidate, by), r.candidate) for r in pair.candidates]
        found.append((pair, rated))
    return found


def show(name: str, rows: Sequence[tuple[SeenPair, list[tuple[float, Candidate]]]], total: int) -> None:
    for threshold in THRESHOLDS:
        kept: list[Seen] = []
        for pair, rated in rows:
            chosen = {id(candidate) for candidate in told(rated, threshold)}
            kept += [row for row in pair.candidates if id(row.candidate) in chosen and row.weight]
        read = [row for row in kept if row.weight >= READ]
        good = sum(row.label > 0.5 for row in kept)
        met = {row_id for row in kept for row_id in row.rows}
        sys.stdout.write(
            f"{name}, threshold {threshold}: {len(kept)} told, {good}/{len(read)} of those read true; "
            f"{len(met) or good} of {total} differences met\n"
        )


def main(arguments: Sequence[str]) -> None:
    home, *files = (Path(name) for name in arguments[:6])
    threshold = float(arguments[6]) if len(arguments) > 6 else 0.3
    first, more, judged, labels = (lines_of(path.read_bytes()) for path in files[:4])
    excerpts = lines_of(gzip.decompress(files[4].read_bytes()))
    read_on = {row["event_id"] for row in excerpts}
    labels = [row for row in labels if row["event_id"] not in read_on]
    rows = [row for row in [*first, *more] if row["split"] == "development"]
    reader = LanguageReader(home / "frames.db")
    with Collection.open(home, readonly=True) as collection:
        of = Materials(collection, reader, open_pair_reader())
        whole, partly, read = annotated(rows, judged, of), labelled(labels, of), annotated(excerpts, [], of)
    reader.close()
    pairs = [*whole, *partly, *read]
    rated = rated_left_out(pairs)
    for name, part, own in (("annotated", whole, rows), ("excerpts", read, excerpts)):
        events = {pair.event for pair in part}
        total = sum(row["label"] == "difference" for row in own)
        show(name, [x for x in rated if x[0].event in events], total)
    by = weights_of(pairs, threshold)
    written = {"threshold": threshold, "one_fact": asdict(by.one_fact), "differs": asdict(by.differs)}
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def lines_of(content: bytes) -> list[Row]:
    return [json.loads(line) for line in content.decode("utf-8").splitlines()]


if __name__ == "__main__":
    main(sys.argv[1:])
