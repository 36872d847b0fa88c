"""The ``citations`` suite: do the citations of an answer carry what it says?

As in ALCE (Gao et al., 2023), judged by the verifier in the place of ALCE's: a statement is recalled when all that it
cites, taken together, entails it; a citation is precise unless the others do without it and it does nothing alone.
Beside them what needs no model: whether the words in quotation marks stand in what is cited. Only answers count, since
a refusal states nothing of the world.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from assistant import Answer, AnswerStatus, Assistant, AssistantError, NotJudged, Scope, Turn
from eval.cases import Case, check_against, read_cases
from eval.metrics import Figure, Score, mean_of
from eval.results import SuiteResult, figure_json
from index import IndexingError, SectionKind

METRICS = ("citation_recall", "citation_precision", "citation_exact", "groundedness", "answers_given")
RULE = "cites each article's first sentence"
_QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)*)”")


class JudgesPairs(Protocol):
    """What the suite needs of a verifier."""

    @property
    def verifier_id(self) -> str: ...
    @property
    def threshold(self) -> float: ...
    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Any]: ...


class Judge:
    """The verifier as ALCE uses one: does this evidence carry this claim, yes or no? Remembers what it said."""

    def __init__(self, verifier: JudgesPairs) -> None:
        self._verifier = verifier
        self._said: dict[tuple[str, str], bool] = {}

    def carries(self, claim: str, evidence: str) -> bool:
        """False where nothing can be judged: an empty side, another language."""
        if (claim, evidence) not in self._said:
            try:
                (found,) = self._verifier.judge_pairs([(claim, evidence)])
                self._said[claim, evidence] = found.entailment >= self._verifier.threshold
            except NotJudged:
                self._said[claim, evidence] = False
        return self._said[claim, evidence]


@dataclass(frozen=True, slots=True)
class Cited:
    """One statement of an answer, with what it cites: as the answer does, and as the trivial rule would."""

    text: str
    quotes: tuple[str, ...]
    articles: tuple[str, ...]  # the whole texts of the cited articles
    leads: tuple[str, ...]  # their first sentences


# Pure but for the judge


def recalled(text: str, quotes: Sequence[str], judge: Judge) -> bool:
    """Whether all ``quotes`` together carry ``text``; without a citation nothing does."""
    return bool(quotes) and judge.carries(text, " ".join(quotes))


def precise(text: str, quotes: Sequence[str], position: int, judge: Judge) -> bool:
    """Whether the citation at ``position`` of a recalled statement does anything: alone, or for the others."""
    rest = [quote for place, quote in enumerate(quotes) if place != position]
    return judge.carries(text, quotes[position]) or not recalled(text, rest, judge)


def words_cited(text: str, quotes: Sequence[str]) -> bool:
    """Whether everything in quotation marks stands, letter for letter, in one of ``quotes``.

    >>> words_cited("The Herald says “it ends”.", ["The union says it ends today."]), words_cited("“it ends”", ["No."])
    (True, False)
    """
    return all(any(words in quote for quote in quotes) for words in _QUOTED.findall(text))


def score_statement(case: str, kind: str, cited: Cited, judge: Judge) -> Iterator[Score]:
    """Every score of one statement; ``why`` holds the statement and what it cites."""
    whole = recalled(cited.text, cited.quotes, judge)
    told = f"{cited.text} ← {' | '.join(cited.quotes) or 'nothing cited'}"
    yield Score(case, "citation_recall", float(whole), "" if whole else told, kind)
    for position, quote in enumerate(cited.quotes):
        good = whole and precise(cited.text, cited.quotes, position, judge)
        why = "" if good else (f"the others do without: {quote}" if whole else "its statement is not carried")
        yield Score(case, "citation_precision", float(good), why, kind)
    if _QUOTED.search(cited.text):
        exact = words_cited(cited.text, cited.quotes)
        yield Score(case, "citation_exact", float(exact), "" if exact else told, kind)
    grounded = whole or any(judge.carries(cited.text, article) for article in cited.articles)
    yield Score(case, "groundedness", float(grounded), "" if grounded else "not in the cited articles", kind)


# Running


@dataclass(frozen=True, slots=True)
class Part:
    """Articles and the questions about them."""

    kind: str  # what the report groups by
    cases: Path
    articles: AbstractContextManager[Assistant]


def run_citations(parts: Sequence[Part], verifier: JudgesPairs) -> SuiteResult:
    """Ask every question of every part and judge the answers' citations.

    Raises BadInput for the first wrong case of a part, before any of that part is run.
    """
    judge = Judge(verifier)
    scores: list[Score] = []
    lazy: list[Score] = []
    seconds: list[float] = []
    texts: dict[str, str] = {}
    models: Mapping[str, str | None] = {}
    for part in parts:
        with part.articles as assistant:
            for case in questions(part, assistant):
                name = f"{part.kind}/{case.id}"
                texts[name] = case.text
                began = time.perf_counter()
                found, simple = put(assistant, case, name, part.kind, judge)
                seconds.append(round(time.perf_counter() - began, 4))
                scores += found
                lazy += simple
            models = assistant.models()
    figures = {metric: _figure(metric, scores, lazy) for metric in METRICS}
    parts_json = {kind: _figures_json(kind, scores) for kind in dict.fromkeys(part.kind for part in parts)}
    extra = {"judge": verifier.verifier_id, "threshold": verifier.threshold, "parts": parts_json}
    return SuiteResult("citations", figures, tuple(scores), tuple(seconds), extra=extra, texts=texts, models=models)


def questions(part: Part, assistant: Assistant) -> list[Case]:
    """The questions among the cases of ``part``, all of them checked."""
    numbered = read_cases(part.cases)
    check_against(part.cases, numbered, assistant)
    return [case for _, case in numbered if case.mode == "ask"]


def put(assistant: Assistant, case: Case, name: str, kind: str, judge: Judge) -> tuple[list[Score], list[Score]]:
    """The scores of one question, and those that the trivial rule would get with the same statements."""
    turns = [Turn(turn.role, turn.content) for turn in case.history]
    try:
        answer = assistant.ask(case.text, scope=Scope(names=tuple(case.sources)), history=turns)
    except (AssistantError, IndexingError) as error:
        return [Score(name, "answers_given", 0.0, f"{error.kind}: {error.message}", kind)], []
    scores = list(_given(name, kind, case, answer))
    if answer.status is AnswerStatus.REFUSED:
        return scores, []
    lazy: list[Score] = []
    for cited in cited_statements(answer, assistant):
        scores += score_statement(name, kind, cited, judge)
        lazy += score_statement(name, kind, replace(cited, quotes=cited.leads, articles=cited.leads), judge)
    return scores, lazy


def _given(name: str, kind: str, case: Case, answer: Answer) -> Iterator[Score]:
    """Whether there is an answer at all, where one is expected: a suite of refusals would cite without a fault."""
    wanted = [status for status in case.expect.status if status != AnswerStatus.REFUSED]
    if wanted and AnswerStatus.REFUSED not in case.expect.status:
        given = answer.status is not AnswerStatus.REFUSED
        yield Score(name, "answers_given", float(given), "" if given else f"refused: {answer.text}", kind)


def cited_statements(answer: Answer, assistant: Assistant) -> list[Cited]:
    """The answer's statements with the words that they cite, re-read from nowhere: as the answer shows them."""
    spans = {citation.n: citation.span for citation in answer.citations}
    found = []
    for statement in answer.statements:
        cited = [spans[n] for n in statement.citations]
        ids = tuple(dict.fromkeys(span.article_id for span in cited))
        found.append(
            Cited(
                statement.text,
                tuple(span.quote for span in cited),
                tuple(assistant.article(article_id).text for article_id in ids),
                tuple(_lead(assistant, article_id) for article_id in ids),
            )
        )
    return found


def _lead(assistant: Assistant, article_id: str) -> str:
    """The first sentence of an article's body; of its headline when there is no body."""
    sentences = assistant.sentences(article_id)
    return next((one.text for one in sentences if one.section is SectionKind.BODY), sentences[0].text)


def _figure(metric: str, scores: Sequence[Score], lazy: Sequence[Score]) -> Figure:
    figure = mean_of([score for score in scores if score.metric == metric])
    simple = mean_of([score for score in lazy if score.metric == metric])
    return figure if simple.value is None else replace(figure, baseline=simple.value, rule=RULE)


def _figures_json(kind: str, scores: Sequence[Score]) -> dict[str, Any]:
    """The figures of one part by itself."""
    ours = [score for score in scores if score.kind == kind]
    return {metric: figure_json(mean_of([one for one in ours if one.metric == metric])) for metric in METRICS}
