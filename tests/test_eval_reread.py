"""Questions whose label is wrong: an article answers them after all, and a second set of figures counts that."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, BadInput
from eval.results import SuiteResult
from eval.runner import BUNDLED, assistant_over
from eval.suites.refusal import ARTICLES, QUESTIONS, gives, run_refusal
from eval.suites.reread import Found, overlaps, read_found
from index import Span

STOPPED = "The ferry to Vask stopped on Monday because its engine failed."
ROWS = [
    {"url": "https://a.example/ferry", "title": "Vask is cut off", "text": f"{STOPPED} Nobody was hurt."},
    {"url": "https://a.example/mill", "title": "Mill", "text": "The council of Oster sold the old mill in May."},
]
# The ids of both lie in the reported half.
CUT_OFF: dict[str, Any] = {
    "id": "ferry-3",
    "question": "Why did the ferry to Vask stop?",
    "true_answer_elsewhere": ["A broken motor"],
}
NOWHERE: dict[str, Any] = {
    "id": "crown-0",
    "question": "Who won the chess tournament in Lindau?",
    "true_answer_elsewhere": ["Ines Ott"],
}


def place(start: int = 17, **other: Any) -> dict[str, Any]:
    """The row of the question about the ferry: the title and an empty line stand before the article's text."""
    digest = sha256(STOPPED.encode()).hexdigest()
    row = {"id": CUT_OFF["id"], "url": ROWS[0]["url"], "start": start, "end": start + len(STOPPED)}
    return {**row, "quote_sha256": digest, "doubtful": False, **other}


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "reread.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "questions").mkdir()
    asked = [{**one, "date": "2031/06/02", "answers": [], "gold_urls": []} for one in (CUT_OFF, NOWHERE)]
    asked[0]["related_articles_present"] = True
    dated = [{**row, "publish_date": "2031/06/01"} for row in ROWS]
    for name, rows in ((ARTICLES, dated), (QUESTIONS, asked)):
        (folder / name).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return folder


@pytest.fixture(scope="module")
def desk(data: Path) -> Iterator[Assistant]:
    with assistant_over(data / ARTICLES) as assistant:
        yield assistant


def run(data: Path, desk: Assistant, reread: Path) -> SuiteResult:
    return run_refusal(data, lambda _: nullcontext(desk), reread)


def test_a_question_read_again_is_right_when_its_passage_is_cited_and_wrong_as_given(
    data: Path, desk: Assistant, tmp_path: Path
) -> None:
    result = run(data, desk, written(tmp_path, place()))
    found = {name: figure.value for name, figure in result.figures.items()}
    assert (found["answer_precision"], found["refusal_recall"], found["refusal_recall/hard"]) == (0.0, 0.5, 0.0)
    assert (found["answer_f1/reread"], found["refusal_f1/reread"]) == (1.0, 1.0)
    assert found["refusal_recall/hard_reread"] is None  # the only hard one is answerable
    assert found["auroc/reread"] == 1.0
    assert result.extra["reread"]["came"] == {"ferry-3": "right"}


def test_scores_case_by_case_stay_those_of_the_labels_as_given(data: Path, desk: Assistant, tmp_path: Path) -> None:
    assert [score.case for score in run(data, desk, written(tmp_path, place())).failures] == ["ferry-3"]


def test_a_doubtful_one_counts_as_given_in_the_stricter_figures(data: Path, desk: Assistant, tmp_path: Path) -> None:
    result = run(data, desk, written(tmp_path, place(doubtful=True)))
    extra = result.extra["reread"]
    assert result.figures["answer_f1/reread"].value == 1.0
    assert extra["held_out_doubtful_as_given"]["refusal_recall"] == 0.5


def test_a_question_read_again_and_refused_counts_against_refusing(data: Path, desk: Assistant, tmp_path: Path) -> None:
    result = run(data, desk, written(tmp_path, place(id=NOWHERE["id"])))
    assert result.figures["refusal_precision"].value == 1.0
    assert result.figures["refusal_precision/reread"].value == 0.0
    assert result.extra["reread"]["came"] == {"crown-0": "refused"}


@pytest.mark.parametrize(
    ("cited", "shared"),
    [
        pytest.param(Span("a", 90, 300, ""), True, id="it covers it"),
        pytest.param(Span("a", 120, 130, ""), True, id="it lies within"),
        pytest.param(Span("a", 150, 250, ""), True, id="half of the shorter"),
        pytest.param(Span("a", 151, 251, ""), False, id="less than half"),
        pytest.param(Span("a", 200, 300, ""), False, id="it begins where the other ends"),
        pytest.param(Span("b", 100, 200, ""), False, id="another article"),
    ],
)
def test_when_a_citation_is_of_the_passage_read(cited: Span, shared: bool) -> None:
    assert overlaps(cited, Span("a", 100, 200, "")) is shared


@pytest.fixture(scope="module")
def ferry(desk: Assistant) -> Answer:
    return desk.ask(CUT_OFF["question"])


@pytest.mark.parametrize(
    ("quote", "elsewhere", "given"),
    [
        pytest.param("its ENGINE failed", (), True, id="the same words in another article"),
        pytest.param("its rudder failed", (), False, id="other words"),
        pytest.param("its rudder failed", ("The engine failed",), True, id="the quiz's own answer"),
        pytest.param("its rudder failed", ("A broken motor",), False, id="neither"),
    ],
)
def test_an_answer_from_another_article_is_right_when_it_says_the_same(
    ferry: Answer, quote: str, elsewhere: tuple[str, ...], given: bool
) -> None:
    assert gives(ferry, Found(Span("another", 0, len(quote), quote), doubtful=False), elsewhere) is given


@pytest.mark.parametrize(("quote", "given"), [("its ENGINE failed", True), ("its rudder failed", False)])
def test_where_the_reader_doubted_the_quizs_own_answer_counts_for_nothing(
    ferry: Answer, quote: str, given: bool
) -> None:
    assert gives(ferry, Found(Span("another", 0, len(quote), quote), doubtful=True), ("The engine failed",)) is given


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"start": 18}, id="other words stand there"),
        pytest.param({"url": "https://a.example/none"}, id="no such article"),
        pytest.param({"url": "a.example"}, id="a name of two articles"),
        pytest.param({"end": None}, id="no offset"),
    ],
)
def test_places_in_other_articles_than_were_read_stop_the_run(
    desk: Assistant, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match="line 1 is no place in an article as it was read"):
        read_found(written(tmp_path, {**place(), **wrong}), {CUT_OFF["id"]}, desk)


def test_what_ships_names_each_question_once_and_holds_no_text() -> None:
    text = (BUNDLED / "questions_reread.jsonl").read_text()
    rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 26
    assert {tuple(row) for row in rows} == {("id", "url", "start", "end", "quote_sha256", "doubtful")}
    assert sum(row["doubtful"] for row in rows) == 7
