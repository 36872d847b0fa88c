"""Do the sources hold an answer? A small logistic over what the best sentences have, fitted once, shipped as data.

The weights, their recipe and the threshold stand in answerability.json; ``fit_answerability`` makes that file from
questions with known answers, the development half of them alone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from assistant.answers.matching import Match, Term, words_of
from assistant.answers.matching import met as met_by
from assistant.answers.material import Material
from assistant.language.types import Token

FEATURES = (
    "coverage",  # share of the question that the best sentence has, its neighbours counting a little
    "alone",  # the same without its neighbours
    "names",  # share of the question's names
    "similarity",  # cosine of the question and the best sentence
    "nearest",  # the same, the best of all sentences
    "passage",  # cosine of the question and the best passage
    "keyword",  # BM25 of the best passage for each term of the question
    "verb",  # whether the question's verb is met
    "rarest",  # how well the question's rarest word is met
    "article",  # share of the question that the best sentence's article has, as far as it was read
    "fresh",  # how near the article is to the day of asking, 0..1
    "gap",  # how far the best sentence is ahead of the tenth
    "several",  # how many sentences are nearly as good, in tenths
    "terms",  # how many words the question has, in tenths
    "person",
    "number",
    "date",
    "place",
    "explains",  # why, how, what for
)
DAYS = 14.0  # a fortnight away counts 1/e
_RELATIVE = re.compile(
    r"\b(?:this|last|next|past) (?:week|weekend|month|year|night|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)\b|"
    r"\b(?:recent(?:ly)?|today|yesterday|tomorrow|latest|just|now|new(?:ly)?)\b",
    re.IGNORECASE,
)


@cache
def weights() -> Mapping[str, object]:
    """The fitted file: ``bias``, ``weights`` and ``mean`` and ``scale`` by feature, ``threshold``, ``recipe``."""
    text = files("assistant.answers").joinpath("answerability.json").read_text("utf-8")
    data: Mapping[str, object] = json.loads(text)
    return data


def answerable(features: Mapping[str, float]) -> float:
    """The probability that the sources hold an answer, 0..1; a feature that is missing counts as its mean."""
    fitted = weights()
    by_name = {name: fitted[name] for name in ("weights", "mean", "scale")}
    total = float(str(fitted["bias"]))
    for name in FEATURES:
        weight, mean, scale = (float(by_name[part].get(name, 0.0)) for part in ("weights", "mean", "scale"))  # type: ignore[attr-defined]
        if name in features and scale:
            total += weight * (features[name] - mean) / scale
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def threshold() -> float:
    """The probability from which an answer is given, fixed on the development half."""
    return float(str(weights()["threshold"]))


def freshness(published: date | None, as_of: date | None) -> float:
    """1 on the day of asking, 1/e a fortnight before; 0 when either day is unknown."""
    if published is None or as_of is None:
        return 0.0
    return math.exp(-abs((as_of - published).days) / DAYS)


def asks_of_now(question: str) -> bool:
    """Whether a question speaks of "this week", "recently" and the like."""
    return bool(_RELATIVE.search(question))


def features_of(
    material: Material,
    answer_type: str,
    tokens: Sequence[Token],
    terms: Sequence[Term],
    ranked: Sequence[Match],
    fitting: Sequence[Match],
) -> dict[str, float]:
    """What the logistic weighs, for one part of a question. Without a fitting sentence the best of all stands in."""
    rows = fitting or ranked
    hits = material.hits
    found = {
        "passage": max((hit.similarity or 0.0 for hit in hits[:5]), default=0.0),
        "keyword": max((hit.keyword_score or 0.0 for hit in hits[:5]), default=0.0) / (10.0 * max(len(terms), 1)),
        "terms": len(terms) / 10.0,
        "nearest": max((match.similarity for match in ranked), default=0.0),
        "person": float(answer_type == "person"),
        "number": float(answer_type == "number"),
        "date": float(answer_type == "date"),
        "place": float(answer_type == "place"),
        "explains": float(answer_type in ("reason", "manner")),
    }
    if not rows:
        return found | dict.fromkeys(set(FEATURES) - set(found), 0.0)
    best = rows[0]
    words = words_of([best.parse], material.names)
    tenth = rows[min(9, len(rows) - 1)].score
    verb = next((t.lemma.lower() for t in tokens if t.dep == "ROOT" and t.pos == "VERB"), "")
    rarest = max(terms, key=lambda term: (_weight(term, ranked), term.position), default=None)
    found |= {
        "coverage": best.coverage,
        "alone": best.alone,
        "names": best.names,
        "similarity": best.similarity,
        "verb": float(verb in best.matched) if verb else 0.5,
        "rarest": met_by(rarest, words, material.names) if rarest else 0.0,
        "article": _of_article(material, best, terms),
        "fresh": freshness(material.header(best.sentence.article_id).published, material.as_of),
        "gap": best.score - tenth,
        "several": min(10, sum(match.score >= 0.85 * best.score for match in rows)) / 10.0,
    }
    return found


def _weight(term: Term, ranked: Sequence[Match]) -> float:
    """Rarer among the sentences read, and names before words."""
    return sum(term.lemma not in match.matched for match in ranked) / max(len(ranked), 1) + 0.3 * term.name


def _of_article(material: Material, best: Match, terms: Sequence[Term]) -> float:
    if not terms:
        return 0.0
    words = words_of(material.parses(best.sentence.article_id), material.names)
    return sum(met_by(term, words, material.names) for term in terms) / len(terms)
