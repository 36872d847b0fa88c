"""The ``llm`` suite: the questions of the other suites with a language model behind them. Unscored without a model.

Whatever the model says, what is shown must stand in the articles: everything in quotation marks letter for letter,
every number and name, every citation number; the verifier is asked once more. The checks here are simpler than those
of the product, and share nothing with them but the verifier. ``extra`` holds the transcript, for people to read.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import (
    NO_MODEL,
    Answer,
    Assistant,
    AssistantError,
    NotJudged,
    Scope,
    Statement,
    Turn,
    answer_json,
)
from eval.cases import Case
from eval.judging import score_case
from eval.metrics import UNSCORED, Figure, Score, mean_of
from eval.results import SuiteResult
from eval.suites.citations import JudgesPairs, Part, questions
from eval.suites.seeds import shelve
from index import IndexingError

MOST_OF_A_PART = 17  # questions; the first ones
OURS = ("citations_known", "quotations_exact", "numbers_found", "names_found", "statements_carried", "plain_text")
METRICS = (*OURS, "dropped_told", "quote_exact", "forbidden_absent", "status_accuracy", "quote_found", "completed")
RULE = "all that the model wrote"
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"»]")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"(?<![.!?:“\"]\s)(?<!^)(?<![“\"‘'(])\b[A-ZÀ-Þ][\w’-]+")
_MARKUP = re.compile(r"https?:|www\.|\]\(|!\[|<[a-zA-Z/]|\*\*|`|^#", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, what was shown, and what was not."""

    name: str
    case: Case
    answer: Answer
    seconds: float
    plain: frozenset[str] = frozenset()  # statements of the answer without a model: scored elsewhere

    @property
    def sent(self) -> bool:
        return bool(self.answer.models.get("sent_to"))

    @property
    def heard(self) -> bool:
        """Whether words of the model are shown."""
        return bool(self.answer.models.get("chat"))

    @property
    def told(self) -> tuple[Statement, ...]:
        """The statements that are the model's."""
        return tuple(part for part in self.answer.statements if self.heard and part.text not in self.plain)


def run_llm(parts: Sequence[Part], model: str | None, verifier: JudgesPairs) -> SuiteResult:
    """Ask the first questions of every part with ``model`` ("provider:name") behind the answers.

    Raises BadInput for a wrong case, BadConfig for a model that cannot be.
    """
    if not model:
        why = "needs a language model: claimdesk eval llm --model provider:name"
        return SuiteResult("llm", dict.fromkeys(METRICS, UNSCORED), unscored=why)
    scores: list[Score] = []
    asked: list[Asked] = []
    for part in parts:
        with part.articles as assistant:
            cases = questions(part, assistant)[:MOST_OF_A_PART]
            shelf = shelve(assistant, cases)
            for case in cases:
                name = f"{part.kind}/{case.id}"
                try:
                    found = put(assistant, case, name, model)
                except (AssistantError, IndexingError) as error:
                    scores.append(Score(name, "completed", 0.0, f"{error.kind}: {error.message}", part.kind))
                    continue
                asked.append(found)
                scores.append(Score(name, "completed", 1.0, "", part.kind))
                result = answer_json(case.text, found.answer, assistant.known(), assistant.models())
                scores += [replace(one, case=name, kind=part.kind) for one in score_case(case, result, shelf)]
                scores += score_shown(found, part.kind, assistant, verifier)
    extra = {"model": model, **counts(asked), "transcript": [told(one) for one in asked]}
    texts = {one.name: one.case.text for one in asked}
    return SuiteResult(
        "llm", figures_of(scores, asked), tuple(scores), tuple(o.seconds for o in asked), extra=extra, texts=texts
    )


def put(assistant: Assistant, case: Case, name: str, model: str) -> Asked:
    turns = [Turn(turn.role, turn.content) for turn in case.history]
    scope = Scope(names=tuple(case.sources))
    plain = assistant.ask(case.text, scope=scope, history=turns, model=NO_MODEL)
    began = time.perf_counter()
    answer = assistant.ask(case.text, scope=scope, history=turns, model=model)
    seconds = round(time.perf_counter() - began, 4)
    return Asked(name, case, answer, seconds, frozenset(part.text for part in plain.statements))


def score_shown(asked: Asked, kind: str, assistant: Assistant, verifier: JudgesPairs) -> Iterator[Score]:
    """Every statement of the model's that is shown, each metric once a statement."""
    if asked.sent:
        silent = not asked.answer.dropped and not asked.heard
        yield Score(asked.name, "dropped_told", float(not silent), "nothing is said of what was dropped" * silent, kind)
    spans = {citation.n: citation.span for citation in asked.answer.citations}
    for statement in asked.told:
        known = [spans[n] for n in statement.citations if n in spans]
        ids = dict.fromkeys(span.article_id for span in known)
        held = {one: assistant.article(one) for one in ids}
        about = [
            f"{h.headline} {h.publisher} {h.published} {h.source} {h.byline} {h.article_id}" for h in held.values()
        ]
        texts = [one.text for one in held.values()]
        checks = {
            "citations_known": len(known) == len(statement.citations),
            "quotations_exact": all(any(words in text for text in texts) for words in _QUOTED.findall(statement.text)),
            "numbers_found": all(_in(number, [*texts, *about]) for number in _NUMBER.findall(statement.text)),
            "names_found": all(_in(name, [*texts, *about, "Article"]) for name in _NAME.findall(statement.text)),
            "statements_carried": _carried(statement.text, [span.quote for span in known], verifier),
            "plain_text": not _MARKUP.search(statement.text) and not _hidden(statement.text),
        }
        for metric, good in checks.items():
            why = "" if good else f"{statement.text} ← {' | '.join(span.quote for span in known)}"
            yield Score(asked.name, metric, float(good), why, kind)


def _in(word: str, texts: Sequence[str]) -> bool:
    plain = re.sub(r"[’']s$", "", word).casefold()
    return any(plain in text.casefold() for text in texts)


def _hidden(text: str) -> bool:
    return any(unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs") for character in text)


def _carried(text: str, quotes: Sequence[str], verifier: JudgesPairs) -> bool:
    """Whether the verifier finds the statement in what it cites, taken together."""
    try:
        (found,) = verifier.judge_pairs([(text, " ".join(quotes))])
    except NotJudged:
        return False
    return bool(found.contradiction < found.entailment)


def counts(asked: Sequence[Asked]) -> dict[str, int]:
    """How much the model was heard, and how much of it."""
    lines = [line for one in asked for line in one.answer.dropped]
    return {
        "questions": len(asked),
        "sent_to_the_model": sum(one.sent for one in asked),
        "answers_with_words_of_the_model": sum(one.heard for one in asked),
        "statements_of_the_model_shown": sum(len(one.told) for one in asked),
        "sentences_of_the_model_dropped": sum("dropped:" in line for line in lines),
        "quotation_marks_removed": sum("quotation marks removed" in line for line in lines),
        "unknown_numbers_removed": sum("unknown number" in line for line in lines),
        "markup_removed": sum("(removed:" in line for line in lines),
    }


def figures_of(scores: Sequence[Score], asked: Sequence[Asked]) -> Mapping[str, Figure]:
    """Every metric; beside the check on statements, how much would pass it if all that the model wrote were shown."""
    found = {metric: mean_of([score for score in scores if score.metric == metric]) for metric in METRICS}
    counted = counts(asked)
    shown, dropped = counted["statements_of_the_model_shown"], counted["sentences_of_the_model_dropped"]
    if shown + dropped:
        passed = round(shown / (shown + dropped), 4)
        found["statements_carried"] = replace(found["statements_carried"], baseline=passed, rule=RULE)
    return found


def told(asked: Asked) -> dict[str, Any]:
    """One question of the transcript."""
    answer = asked.answer
    return {
        "case": asked.name,
        "question": asked.case.text,
        "status": str(answer.status),
        "words_of": "the model" if asked.heard else "the extractive answer",
        "statements": [
            {"text": part.text, "citations": list(part.citations), "of_the_model": part in asked.told}
            for part in answer.statements
        ],
        "quotes": {str(part.n): part.span.quote for part in answer.citations},
        "dropped": list(answer.dropped),
    }
