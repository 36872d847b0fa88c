"""The ``refusal`` suite: does ``ask`` answer what the articles hold, and refuse what they do not?

News-quiz questions over 2,454 articles, which no release ships: without that data the suite is unscored. A wrong answer
is not an answer. The half of the questions whose id's SHA-256 lies low was there to choose thresholds on; the figures
are those of the other half. ``hard`` questions are unanswerable ones with articles on the same story in the collection.

Some questions that the data calls unanswerable are answered by an article all the same (reread.py). The figures are
over the labels as given; those called ``reread`` count these questions as answerable.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant import Answer, AnswerStatus, Assistant, AssistantError, BadInput, Scope
from eval.metrics import UNSCORED
from eval.results import SuiteResult
from eval.suites.refusal_figures import METRICS, Outcome, Question, against_threshold, figures_of, score_of, values_of
from eval.suites.reread import Found, overlaps, read_found
from index import IndexingError

ARTICLES = Path("questions") / "news_corpus.jsonl.gz"
QUESTIONS = Path("questions") / "news_questions.jsonl.gz"
REREAD = {name: f"{name}_reread" if "/" in name else f"{name}/reread" for name in METRICS}
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(re.findall(r"\w+", "a an the of in on at to for and or by with from its his her their this that"))


def run_refusal(
    data: Path | None, open_over: Callable[[Path], AbstractContextManager[Assistant]], reread: Path
) -> SuiteResult:
    """Ask every question. ``open_over`` indexes the articles of a file. Unscored without ``data``.

    Raises BadInput for a file of another form, and when ``reread`` is not about these articles.
    """
    if data is None or not (data / QUESTIONS).is_file() or not (data / ARTICLES).is_file():
        why = f"needs {ARTICLES} and {QUESTIONS} in the folder that CLAIMDESK_DATA names"
        return SuiteResult("refusal", dict.fromkeys((*METRICS, *REREAD.values()), UNSCORED), unscored=why)
    questions = read_questions(data / QUESTIONS)
    outcomes: list[Outcome] = []
    seconds: list[float] = []
    with open_over(data / ARTICLES) as assistant:
        found = read_found(reread, {question.id for question in questions if not question.answers}, assistant)
        for question in questions:
            began = time.perf_counter()
            outcomes.append(put(assistant, question, found.get(question.id)))
            seconds.append(round(time.perf_counter() - began, 4))
    held_out = _held_out(outcomes)
    again = figures_of(_held_out(relabelled(outcomes, found)))
    return SuiteResult(
        "refusal",
        {**figures_of(held_out), **{REREAD[name]: figure for name, figure in again.items()}},
        tuple(score_of(outcome) for outcome in outcomes),
        tuple(seconds),
        extra={
            "both_halves": values_of(outcomes),
            "questions": len(outcomes),
            "held_out": len(held_out),
            "reread": _reread(outcomes, found),
        },
        texts={question.id: question.text for question in questions},
        curves=(against_threshold(held_out),),
    )


def _held_out(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.question.held_out]


def relabelled(outcomes: Sequence[Outcome], found: Mapping[str, Found]) -> list[Outcome]:
    """The same outcomes where the questions of ``found`` count as answerable; hard is then none of them."""
    return [
        replace(o, question=replace(o.question, answers=(found[o.question.id].span.quote,)), right=o.found)
        if o.question.id in found
        else o
        for o in outcomes
    ]


def _reread(outcomes: Sequence[Outcome], found: Mapping[str, Found]) -> dict[str, Any]:
    """What the report keeps of the questions read again: figures with all of them, and with the sure ones alone."""
    changed = [outcome for outcome in outcomes if outcome.question.id in found]
    sure = relabelled(outcomes, {name: one for name, one in found.items() if not one.doubtful})
    return {
        "questions": len(changed),
        "held_out": len(_held_out(changed)),
        "both_halves": values_of(relabelled(outcomes, found)),
        "held_out_doubtful_as_given": values_of(_held_out(sure)),
        "both_halves_doubtful_as_given": values_of(sure),
        "came": {o.question.id: "refused" if o.refused else "right" if o.found else "wrong" for o in changed},
    }


def put(assistant: Assistant, question: Question, found: Found | None = None) -> Outcome:
    """Ask one question as of its day. What raises is neither a refusal nor a right answer."""
    try:
        answer = assistant.ask(question.text, scope=Scope(as_of=question.day))
    except (AssistantError, IndexingError) as error:
        return Outcome(question, refused=False, right=False, score=0.0, told=f"{error.kind}: {error.message}")
    refused = answer.status is AnswerStatus.REFUSED
    right = not refused and any(stands_in(wanted, _all_words(answer)) for wanted in question.answers)
    told = "refused" if refused else answer.text
    given = found is not None and not refused and gives(answer, found, question.elsewhere)
    return Outcome(question, refused, right, answer.score or 0.0, told, given)


def gives(answer: Answer, found: Found, elsewhere: Sequence[str]) -> bool:
    """Whether an answer gives what a reader found.

    It cites that place; or the words that stand there, or one of the quiz's own answers, stand in it as the right
    answer to any other question must: another article may say the same. Where the reader was not sure, the quiz's
    answer may be another than the article's: it does not count.
    """
    cited = any(overlaps(part.span, found.span) for part in answer.citations)
    wanted = (found.span.quote, *(() if found.doubtful else elsewhere))
    return cited or any(stands_in(words, _all_words(answer)) for words in wanted)


def _all_words(answer: Answer) -> list[str]:
    """The answer's statements, and the quotations that they cite."""
    return [statement.text for statement in answer.statements] + [part.span.quote for part in answer.citations]


def stands_in(wanted: str, texts: Sequence[str]) -> bool:
    """Whether one text holds all words of ``wanted`` but the small ones.

    >>> stands_in("the SS United States", ["It was the “SS United States”."]), stands_in("Maine", ["In Ohio."])
    (True, False)
    """
    words = {word for word in _WORD.findall(wanted.casefold()) if word not in _SMALL}
    words = words or set(_WORD.findall(wanted.casefold()))
    return any(words <= set(_WORD.findall(text.casefold())) for text in texts)


def read_questions(path: Path) -> list[Question]:
    """All questions of ``path`` (JSON lines, gzipped). Raises BadInput."""
    questions = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                day = date.fromisoformat(str(row["date"]).replace("/", "-"))
                answers = tuple(str(answer) for answer in row["answers"]) if row["gold_urls"] else ()
                hard = bool(row.get("related_articles_present"))
                elsewhere = tuple(str(answer) for answer in row.get("true_answer_elsewhere", ()))
                questions.append(Question(str(row["id"]), str(row["question"]), day, answers, hard, elsewhere))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{path} is not a file of questions: {error!r}", "set CLAIMDESK_DATA to the data folder"
        ) from error
    return questions
