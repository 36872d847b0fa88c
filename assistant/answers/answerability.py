"""Do the sources of a large collection hold an answer, and which sentences? Three small logistics, shipped as data.

One weighs each sentence, one the best of them again when the model has read them, one the question with its best
sentences. Weights, means, scales, the threshold and
the recipe stand in answerability.json, which ``fit_answerability`` makes from questions with known answers, the
development half alone.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.answers.matching import ASKING, Match, Term
from assistant.answers.material import Material, freshness
from assistant.answers.reads import read_answers
from assistant.language.lexicon.wordnet import FUNCTION_WORDS
from assistant.language.stems import stems_of

SENTENCE = (
    "coverage",  # share of the question that the sentence has, its neighbours counting a little
    "alone",  # the same without its neighbours
    "names",  # share of the question's names
    "similarity",  # cosine of the question and the sentence
    "compared",  # 1 when that was measured
    "fresh",  # how near the article is to the day of asking, 0..1
    "fresh_now",  # the same when the question speaks of "this week"
    "early",  # among the first paragraphs
    "headline",
    "rank",  # 1 over the rank of its passage in the search
    "passage",  # cosine of the question and its passage
    "fits",  # whether it holds something of the type asked for
)
READ = ("odds", "answers")  # of a sentence that the model read: its log odds by the first logistic, and the model's
QUESTION = (
    "answers",  # the highest log odds by which the model reads a sentence as an answer
    "best",  # log odds of the best sentence
    "best3",  # mean log odds of the best three
    "coverage",  # of the best sentence
    "fresh",  # of the best sentence
    "passage",  # the highest cosine of any passage
    "story",  # the highest share of the question's words that the passages found of one article have, rare words first
    "story_now",  # the same, less for articles far from the day of asking
    "lead",  # how far the search puts its first article ahead of the second
    "unmet_names",  # share of its names that no sentence has
    "place",
    "now",  # asks of "this week", "recently"
    "dated",  # asked as of a day: whoever names none asks of any
    "repeated",  # share of the best eight sentences that have the commonest name which the question lacks
)
TOP = 8
READ_OF_MANY = 3  # sentences that the model reads
UNSURE = 1e-4  # its probabilities are taken no nearer to 0 and 1
_UNTELLING = FUNCTION_WORDS | ASKING  # words that say nothing of a question's story
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+")
_RELATIVE = re.compile(
    r"\b(?:this|last|next|past) (?:week|weekend|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday)\b|\b(?:recent(?:ly)?|today|yesterday|tomorrow|latest|just|now|new(?:ly)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence with its log odds of holding the answer."""

    match: Match
    fits: bool
    odds: float
    answers: float | None = None  # log odds by which the model reads it as an answer; None: not read


@cache
def fitted() -> Mapping[str, object]:
    """The fitted file: "sentence" and "question", each with bias, weights, mean, scale; "threshold"; "recipe"."""
    data: Mapping[str, object] = json.loads(
        files("assistant.answers").joinpath("answerability.json").read_text(encoding="utf-8")
    )
    return data


def threshold() -> float:
    """The probability from which an answer is given, fixed on the development half."""
    return float(str(fitted()["threshold"]))


def log_odds(name: str, features: Mapping[str, float]) -> float:
    """The logistic ``name`` over these features; one that is missing counts as its mean."""
    part = fitted()[name]
    assert isinstance(part, dict)
    total = float(part["bias"])
    for feature, weight in part["weights"].items():
        if feature in features:
            total += weight * (features[feature] - part["mean"][feature]) / part["scale"][feature]
    return max(-30.0, min(30.0, total))


def probability(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-odds))


def odds_from(probability: float) -> float:
    """Log odds; the inverse of ``probability`` but at the ends."""
    kept = min(max(probability, UNSURE), 1 - UNSURE)
    return math.log(kept / (1 - kept))


def asks_of_now(question: str) -> bool:
    """Whether a question speaks of "this week", "recently" and the like."""
    return bool(_RELATIVE.search(question))


def sentence_features(material: Material, match: Match, fits: bool) -> dict[str, float]:
    """What is weighed of one sentence."""
    sentence = match.sentence
    own = [
        hit
        for hit in material.hits
        if hit.passage.article_id == sentence.article_id and hit.passage.start <= sentence.start < hit.passage.end
    ]
    fresh = freshness(material.header(sentence.article_id).published, material.as_of)
    return {
        "coverage": match.coverage,
        "alone": match.alone,
        "names": match.names,
        "similarity": match.similarity,
        "compared": float(match.similarity != 0.0),
        "fresh": fresh,
        "fresh_now": fresh * asks_of_now(material.reading.question),
        "early": float(match.early),
        "headline": float(sentence.section.value == "headline"),
        "rank": 1.0 / min((hit.rank for hit in own), default=60),
        "passage": max((hit.similarity or 0.0 for hit in own), default=0.0),
        "fits": float(fits),
    }


def weigh(material: Material, rows: Sequence[tuple[Match, bool]]) -> list[Weighed]:
    """The sentences with their log odds, best first."""
    weighed = [
        Weighed(match, fits, log_odds("sentence", sentence_features(material, match, fits))) for match, fits in rows
    ]
    return sorted(weighed, key=lambda one: (-one.odds, one.match.sentence.article_id, one.match.sentence.start))


def reread(material: Material, question: str, weighed: Sequence[Weighed]) -> list[Weighed]:
    """The sentences with the best of them read by the model and weighed again, best first."""
    best = weighed[:READ_OF_MANY]
    answers = read_answers(material, question, [one.match for one in best])
    if answers is None:
        return list(weighed)
    return in_new_order(best, answers, lambda features: log_odds("read", features)) + list(weighed[READ_OF_MANY:])


def in_new_order(
    best: Sequence[Weighed], answers: Sequence[float], odds_of: Callable[[Mapping[str, float]], float]
) -> list[Weighed]:
    """The sentences that were read, weighed again, best first. ``answers``: the probability that each answers."""
    found = [
        replace(one, odds=odds_of({"odds": one.odds, "answers": told}), answers=told)
        for one, told in zip(best, map(odds_from, answers), strict=True)
    ]
    return sorted(found, key=lambda one: -one.odds)


def question_features(
    material: Material, answer_type: str, terms: Sequence[Term], weighed: Sequence[Weighed]
) -> dict[str, float]:
    """What is weighed of a question with its sentences, best first."""
    found = {
        "passage": max((hit.similarity or 0.0 for hit in material.hits[:5]), default=0.0),
        "place": float(answer_type == "place"),
        "now": float(asks_of_now(material.reading.question)),
        "dated": float(material.as_of is not None),
        **_story(material),
    }
    if not weighed:
        return found | dict.fromkeys(set(QUESTION) - {"answers"} - set(found), 0.0)
    best = weighed[0]
    told = [one.answers for one in weighed if one.answers is not None]
    if told:
        found["answers"] = max(told)
    named = [term.lemma for term in terms if term.name]
    everywhere = frozenset().union(*(one.match.matched for one in weighed))
    top = [one.odds for one in weighed[:3]]
    return found | {
        "best": best.odds,
        "best3": sum(top) / len(top),
        "coverage": best.match.coverage,
        "fresh": freshness(material.header(best.match.sentence.article_id).published, material.as_of),
        "unmet_names": sum(name not in everywhere for name in named) / max(len(named), 1),
        "repeated": _repeated(material.reading.question, [one.match.sentence.text for one in weighed[:TOP]]),
    }


def _story(material: Material) -> dict[str, float]:
    """How well one article that was found is on the question's story, and how far the search sets it apart.

    Each word weighs the more the fewer of the passages found have it: what is met by none weighs most.
    """
    wanted = stems_of(material.reading.question, _UNTELLING)
    rows = [(hit.passage.article_id, stems_of(hit.passage.text, _UNTELLING) & wanted) for hit in material.hits]
    counts = Counter(stem for _, row in rows for stem in row)
    weights = {stem: math.log((len(rows) + 2) / (counts[stem] + 0.5)) for stem in wanted}
    articles: dict[str, set[str]] = {}
    scores: dict[str, float] = {}
    for hit, (article_id, row) in zip(material.hits, rows, strict=True):
        articles.setdefault(article_id, set()).update(row)
        scores.setdefault(article_id, hit.score)
    total = sum(weights.values()) or 1.0
    shares = {article_id: sum(weights[stem] for stem in row) / total for article_id, row in articles.items()}
    fresh = [share * freshness(material.header(key).published, material.as_of) for key, share in shares.items()]
    first = sorted(scores.values(), reverse=True)[:2]
    return {
        "story": max(shares.values(), default=0.0),
        "story_now": max(fresh, default=0.0),
        "lead": first[0] - first[1] if len(first) > 1 else 0.0,
    }


def _repeated(question: str, texts: Sequence[str]) -> float:
    """How often the commonest name stands that the question lacks: an answer is told more than once. 0..1."""
    asked = question.lower()
    names = [{name for name in _NAME.findall(text) if name.lower() not in asked} for text in texts]
    counts = Counter(name for row in names for name in row if name.lower() not in FUNCTION_WORDS)
    return max(counts.values(), default=0) / TOP
