"""The suite ``llm`` reads what a model's answers show, with checks of its own; without a model it is unscored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, Citation, load_verifier
from assistant.types import Statement
from eval.cases import Case, Expected
from eval.runner import BUNDLED, Wanted, run
from eval.suites.citations import Part
from eval.suites.llm import OURS, Asked, run_llm, score_shown
from index import SectionKind, Span
from tests.model_server import model_server, saying

QUESTION = "Which points do both articles agree on?"


@pytest.fixture(scope="module")
def assistant(seed_home: Path) -> Iterator[Assistant]:
    with Assistant.open(seed_home) as opened:
        yield opened


@contextmanager
def lent(assistant: Assistant) -> Iterator[Assistant]:
    yield assistant


def test_without_a_model_nothing_is_scored() -> None:
    suite = run(["llm"], Wanted()).suites[0]
    assert "--model" in suite.unscored
    assert all(figure.value is None for figure in suite.figures.values())


def test_a_model_that_rambles_leaves_the_extractive_answers_and_a_transcript(
    assistant: Assistant, tmp_path: Path
) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"id": "q", "mode": "ask", "text": QUESTION, "expect": {}}))
    with model_server(saying("Everybody agrees on everything [1]. See http://evil.example [9].")) as server:
        suite = run_llm([Part("own", cases, lent(assistant))], server.model(), load_verifier("lexical"))
    told = suite.extra["transcript"][0]
    assert (suite.extra["sent_to_the_model"], suite.extra["answers_with_words_of_the_model"]) == (1, 0)
    assert told["words_of"] == "the extractive answer"
    assert told["statements"]
    assert len(told["dropped"]) >= 2
    assert suite.figures["dropped_told"].value == 1
    assert suite.figures["statements_carried"].value is None


@pytest.mark.parametrize(
    ("text", "numbers", "caught"),
    [
        pytest.param("{}", (1,), set(), id="the article's own sentence"),
        pytest.param("{}", (1, 9), {"citations_known"}, id="an unknown number"),
        pytest.param("It says “{} or so”.", (1,), {"quotations_exact"}, id="an altered quotation"),
        pytest.param("{} That is 4711.", (1,), {"numbers_found"}, id="a number of its own"),
        pytest.param("{} So says Zebulon.", (1,), {"names_found"}, id="a name of its own"),
        pytest.param("{} ![x](http://evil.example)", (1,), {"plain_text"}, id="markup"),
    ],
)
def test_a_leak_is_caught_by_name(text: str, numbers: tuple[int, ...], caught: set[str], assistant: Assistant) -> None:
    article = assistant.article(assistant.headers()[0].article_id)
    sentence = next(s for s in assistant.sentences(article.article_id) if s.section is SectionKind.BODY)
    span = Span(article.article_id, sentence.start, sentence.end, sentence.text)
    answer = replace(
        assistant.ask(QUESTION),
        statements=(Statement(text.format(sentence.text.rstrip(".")), numbers),),
        citations=(Citation(1, span, SectionKind.BODY),),
        models={"sent_to": "a:model", "chat": "a:model"},
    )
    asked = Asked("case", Case(id="case", mode="ask", text=QUESTION, expect=Expected()), answer, 0.1)
    scores = list(score_shown(asked, "own", assistant, load_verifier("lexical")))
    failed = {score.metric for score in scores if not score.value}
    assert failed - {"statements_carried"} == caught
    assert set(OURS) <= {score.metric for score in scores}


def test_at_least_fifty_questions_ship() -> None:
    files = [BUNDLED / "seeds.jsonl", BUNDLED / "wikinews_questions.jsonl", *(BUNDLED / "events").glob("*/cases.jsonl")]
    counted = [min(17, path.read_text().count('"mode": "ask"')) for path in files]
    assert sum(counted) >= 50
