"""Fit answerability.json: ``python -m assistant.answers.fit_answerability HOME QUESTIONS.jsonl.gz``.

HOME holds the indexed articles. Each question has ``id``, ``question``, ``date`` and ``answers`` (empty when no article
answers it). Only those whose id's sha256 begins with 0 to 7 are used; the other half is for reports. Each is asked
twice: as of its date, and of no date. A sentence is a positive when all words of an answer stand in it, a question
when it has answers. Ridge logistic regression by Newton's method; the threshold is the one that is best in ten-fold
cross-validation for refusing and answering together (sum of both F1), among those by which at least half of the
questions marked ``related_articles_present`` are refused: the story is there, the answer is not.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answers.answerability import (
    QUESTION,
    READ,
    READ_OF_MANY,
    SENTENCE,
    Weighed,
    in_new_order,
    odds_from,
    question_features,
    sentence_features,
)
from assistant.answers.asked import asked_parts
from assistant.answers.material import Material, gather
from assistant.answers.reads import read_answers
from assistant.answers.telling import with_neighbours
from assistant.answers.wh import MOST_OF_MANY, Looked, look
from assistant.language.lexicon.wordnet import FUNCTION_WORDS
from assistant.language.reader import LanguageReader
from assistant.reading import read_question
from assistant.types import Scope
from assistant.verifier import load_verifier
from index import Collection, Sentence

RIDGE = {"sentence": 1.0, "read": 1.0, "question": 3.0}
FOLDS = 10
ASKED = 2  # times, one row after the other
HARD = 0.5  # share of the hard ones that must be refused
Matrix = NDArray[np.float64]
Fitted = tuple[Matrix, Matrix, Matrix]


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the development half, looked up."""

    answers: Sequence[str]
    looked: Looked
    sentences: Sequence[Mapping[str, float]]
    hits: Sequence[bool]  # whether the sentence holds an answer string
    shown: Sequence[bool]  # the same for what an answer cites: the sentence with those beside it
    hard: bool = False  # articles on the story are there, the answer is not

    @property
    def answerable(self) -> bool:
        return bool(self.answers)


def collect(home: Path, questions: Path) -> list[Row]:
    """Look up every question of the development half, as of its date and of none: two rows, one after the other."""
    reader, verifier = LanguageReader(home / "frames.db"), load_verifier("default")
    rows: list[Row] = []
    with Collection.open(home, readonly=True) as collection, gzip.open(questions, "rt", encoding="utf-8") as lines:
        for line in lines:
            asked = json.loads(line)
            if sha256(asked["id"].encode()).hexdigest() >= "8":
                continue
            parsed = reader.parse_text(asked["question"])
            reading = read_question(asked["question"], parsed, ())
            day = date(*map(int, re.split("[-/]", asked["date"])))
            for scope in (Scope(as_of=day), Scope()):
                rows.append(_row(gather(reading, parsed, scope, collection, reader, verifier), asked))
    return rows


def _row(material: Material, asked: Mapping[str, Any]) -> Row:
    looked = look(material, asked_parts(material)[0], None)
    features = [sentence_features(material, match, fits) for match, fits in looked.rows]
    hits = [_holds(match.sentence.text, asked["answers"]) for match, _ in looked.rows]
    shown = [_holds(_cited(material, match.sentence), asked["answers"]) for match, _ in looked.rows]
    return Row(asked["answers"], looked, features, hits, shown, bool(asked.get("related_articles_present")))


def _cited(material: Material, sentence: Sentence) -> str:
    start, end = with_neighbours(material, sentence)
    return material.sources.article(sentence.article_id).text[start:end]


def _holds(text: str, answers: Sequence[str]) -> bool:
    words = _words(text)
    return any(_words(answer) - FUNCTION_WORDS <= words for answer in answers)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))


def logistic(rows: Matrix, wanted: Matrix, ridge: float, weights: Matrix | None = None) -> Fitted:
    """Mean and scale of the features, and the coefficients with the bias last."""
    mean, scale = rows.mean(0), rows.std(0) + 1e-9
    design = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    penalty = np.eye(design.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    weights = np.ones(len(wanted)) if weights is None else weights
    found = np.zeros(design.shape[1])
    for _ in range(50):
        guess = 1.0 / (1.0 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (weights * (guess - wanted)) + penalty @ found
        curvature = (design * (weights * guess * (1 - guess))[:, None]).T @ design + penalty
        found -= np.linalg.solve(curvature, gradient)
    return mean, scale, found


def applied(fit: Fitted, rows: Matrix) -> Matrix:
    """Log odds."""
    mean, scale, found = fit
    return np.asarray(np.c_[(rows - mean) / scale, np.ones(len(rows))] @ found)


def fit_sentences(rows: Sequence[Row]) -> Fitted:
    """Each answerable question weighs the same, however many sentences were read for it."""
    used = [row for row in rows if any(row.hits)]
    matrix = np.array([[s[name] for name in SENTENCE] for row in used for s in row.sentences])
    wanted = np.array([float(hit) for row in used for hit in row.hits])
    weights = np.array([20.0 / len(row.hits) for row in used for _ in row.hits])
    return logistic(matrix, wanted, RIDGE["sentence"], weights)


def order_of(row: Row, sentence: Fitted) -> list[int]:
    """Places of its sentences, the likeliest first."""
    return [int(place) for place in np.argsort(-odds_of(row, sentence), kind="stable")]


def odds_of(row: Row, sentence: Fitted) -> Matrix:
    matrix = np.array([[s[name] for name in SENTENCE] for s in row.sentences]).reshape(-1, len(SENTENCE))
    return applied(sentence, matrix) if len(matrix) else np.zeros(0)


def fit_read(rows: Sequence[Row], sentence: Fitted, read: Sequence[Sequence[float]]) -> Fitted:
    """The best sentences of each answerable question, by their log odds and by what the model makes of them."""
    table, wanted = [], []
    for row, answers in zip(rows, read, strict=True):
        if any(row.hits):
            odds, order = odds_of(row, sentence), order_of(row, sentence)[:READ_OF_MANY]
            table += [[odds[place], odds_from(told)] for place, told in zip(order, answers, strict=True)]
            wanted += [float(row.hits[place]) for place in order]
    return logistic(np.array(table), np.array(wanted), RIDGE["read"])


def fit_questions(features: Matrix, answerable: Matrix, right: Matrix, hard: Matrix) -> tuple[Fitted, float]:
    """The question's logistic, and the threshold by cross-validation."""
    folds = np.random.RandomState(0).permutation(len(features) // ASKED)  # both rows of a question in one fold
    held = np.zeros(len(features))
    for fold in range(FOLDS):
        test = np.concatenate([ASKED * folds[fold::FOLDS] + again for again in range(ASKED)])
        train = np.setdiff1d(np.arange(len(features)), test)
        fit = logistic(features[train], answerable[train], RIDGE["question"])
        held[test] = 1.0 / (1.0 + np.exp(-applied(fit, features[test])))
    fitted = logistic(features, answerable, RIDGE["question"])
    final = 1.0 / (1.0 + np.exp(-applied(fitted, features)))
    cautious = [cut for cut in np.unique(held) if (final < cut)[hard == 1].mean() >= HARD] or list(np.unique(held))
    best = max(cautious, key=lambda cut: sum(scores(held, cut, answerable, right)))
    return fitted, float(best)


def scores(probabilities: Matrix, cut: float, answerable: Matrix, right: Matrix) -> tuple[float, float]:
    """F1 of refusing what cannot be answered, and of answering rightly what can."""
    refused = probabilities < cut
    return (
        _f1(int((refused & (answerable == 0)).sum()), int(refused.sum()), int((answerable == 0).sum())),
        _f1(int((~refused & (right == 1)).sum()), int((~refused).sum()), int((answerable == 1).sum())),
    )


def _f1(true: int, found: int, wanted: int) -> float:
    return 2 * true / (found + wanted) if found + wanted else 0.0


def as_data(fit: Fitted, names: Sequence[str]) -> dict[str, object]:
    mean, scale, found = fit
    return {
        "bias": round(float(found[-1]), 6),
        "weights": {name: round(float(value), 6) for name, value in zip(names, found, strict=False)},
        "mean": {name: round(float(value), 6) for name, value in zip(names, mean, strict=True)},
        "scale": {name: round(float(value), 6) for name, value in zip(names, scale, strict=True)},
    }


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """The three logistics and the threshold, as they are shipped."""
    sentence = fit_sentences(rows)
    orders = [order_of(row, sentence) for row in rows]
    read = [_read(row, order[:READ_OF_MANY]) for row, order in zip(rows, orders, strict=True)]
    again = fit_read(rows, sentence, read)
    table, right = [], []
    for row, order, answers in zip(rows, orders, read, strict=True):
        odds = odds_of(row, sentence)
        plain = [Weighed(row.looked.rows[i][0], row.looked.rows[i][1], float(odds[i])) for i in order]
        weighed = in_new_order(plain[:READ_OF_MANY], answers, lambda f: _log_odds(again, [f[name] for name in READ]))
        weighed += plain[READ_OF_MANY:]
        found = question_features(row.looked.material, row.looked.type, row.looked.terms, weighed)
        table.append([found.get(name, 0.0) for name in QUESTION])
        right.append(float(any(row.shown[i] for i in order[:MOST_OF_MANY])))
    answerable = np.array([float(row.answerable) for row in rows])
    hard = np.array([float(row.hard) for row in rows])
    question, cut = fit_questions(np.array(table), answerable, np.array(right), hard)
    return {
        "recipe": (__doc__ or "").strip(),
        "questions": len(rows) // ASKED,
        "threshold": round(cut, 4),
        "sentence": as_data(sentence, SENTENCE),
        "read": as_data(again, READ),
        "question": as_data(question, QUESTION),
    }


def _read(row: Row, places: Sequence[int]) -> list[float]:
    """What the model makes of these sentences; nothing where there is none, or the question is not read."""
    looked = row.looked
    return read_answers(looked.material, looked.part.text, [looked.rows[place][0] for place in places]) or []


def _log_odds(fitted: Fitted, values: Sequence[float]) -> float:
    return float(applied(fitted, np.array([values]))[0])


def main(home: str, questions: str) -> None:
    """Fit, and write the file beside this one."""
    made = fit(collect(Path(home), Path(questions)))
    place = Path(__file__).with_name("answerability.json")
    place.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
