"""Broken results are caught by name: a shifted quotation, a flipped stance, words in a wrong mouth, no refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from eval.cases import Case
from eval.judging import Shelf, score_case
from eval.metrics import Score
from index import Article, SectionKind, Sentence

HERALD = "The strike ends on Monday, the union said."
TIMES = "The walkout is only suspended, a mediator told the Times."
TEXTS = {"herald": HERALD, "times": TIMES}

ASK = Case.model_validate(
    {
        "id": "A1",
        "mode": "ask",
        "text": "Does the strike end?",
        "expect": {
            "status": "answered",
            "flags": ["wording"],
            "quotes": [{"source": "times", "text": "The walkout is only suspended", "start": 0, "end": 29}],
            "forbidden": [{"source": "herald", "wording": "suspended"}],
        },
    }
)
VERIFY = Case.model_validate(
    {
        "id": "V1",
        "mode": "verify",
        "text": "The strike ends on Monday.",
        "expect": {"verdict": "supported", "stance": {"herald": "supports", "times": ["differs", "refutes"]}},
    }
)


def shelf() -> Shelf:
    articles = {
        name: Article(article_id=name, source_key=name, source=name, text_sha256="", text=text)
        for name, text in TEXTS.items()
    }
    sentences = {name: [Sentence(name, 0, len(text), text, SectionKind.BODY, 0)] for name, text in TEXTS.items()}
    made = Shelf(articles, sentences)
    for name in TEXTS:
        made.learn(name, name)
    return made


def quote(source: str, start: int, end: int) -> dict[str, Any]:
    return {"article_id": source, "start": start, "end": end, "quote": TEXTS[source][start:end]}


def good_answer() -> dict[str, Any]:
    return {
        "status": "answered",
        "statements": [
            {"text": "The Herald says “The strike ends on Monday”.", "citations": [1]},
            {"text": "The Times says “The walkout is only suspended”.", "citations": [2]},
        ],
        "citations": [{"n": 1, **quote("herald", 0, 42)}, {"n": 2, **quote("times", 0, 29)}],
        "flags": [{"kind": "wording", "ours": quote("herald", 4, 15), "theirs": quote("times", 4, 29)}],
    }


def good_verdict() -> dict[str, Any]:
    def row(source: str, stance: str) -> dict[str, Any]:
        return {"article_id": source, "stance": stance, "evidence": [quote(source, 0, 20)], "nearest": []}

    return {
        "claims": [
            {"verdict": "supported", "flags": [], "sources": [row("herald", "supports"), row("times", "differs")]}
        ]
    }


def failures(case: Case, result: dict[str, Any]) -> list[Score]:
    return [score for score in score_case(case, result, shelf()) if score.value < 1]


def test_a_good_result_fails_nothing() -> None:
    assert failures(ASK, good_answer()) == []
    assert failures(VERIFY, good_verdict()) == []


def shift_a_quotation(result: dict[str, Any]) -> None:
    result["citations"][1]["start"] += 1


def shuffle_the_citations(result: dict[str, Any]) -> None:
    first, second = result["citations"]
    first["quote"], second["quote"] = second["quote"], first["quote"]


def put_words_in_a_mouth(result: dict[str, Any]) -> None:
    result["statements"][0]["text"] = "The Herald says the strike is suspended."


def refuse(result: dict[str, Any]) -> None:
    result["status"] = "refused"


def drop_a_citation(result: dict[str, Any]) -> None:
    del result["citations"][1]
    del result["statements"][1]


def drop_the_flags(result: dict[str, Any]) -> None:
    result["flags"] = []


def flip_a_stance(result: dict[str, Any]) -> None:
    result["claims"][0]["sources"][0]["stance"] = "refutes"


def flip_the_verdict(result: dict[str, Any]) -> None:
    result["claims"][0]["verdict"] = "refuted"


@pytest.mark.parametrize(
    ("break_it", "case", "caught_by"),
    [
        (shift_a_quotation, ASK, "quote_exact"),
        (shuffle_the_citations, ASK, "quote_exact"),
        (put_words_in_a_mouth, ASK, "forbidden_absent"),
        (refuse, ASK, "status_accuracy"),
        (drop_a_citation, ASK, "quote_found"),
        (drop_the_flags, ASK, "flag_recall"),
        (flip_a_stance, VERIFY, "stance_accuracy"),
        (flip_the_verdict, VERIFY, "verdict_accuracy"),
    ],
)
def test_a_broken_result_is_caught_by_name(
    break_it: Callable[[dict[str, Any]], None], case: Case, caught_by: str
) -> None:
    result = good_answer() if case is ASK else good_verdict()
    break_it(result)
    assert caught_by in {score.metric for score in failures(case, result)}


def test_to_say_that_a_source_does_not_use_a_word_is_no_violation() -> None:
    result = good_answer()
    result["statements"][0]["text"] = "The Herald never says suspended."
    assert failures(ASK, result) == []


def test_a_quotation_of_three_sentences_finds_nothing() -> None:
    long = Shelf(
        {"times": Article(article_id="times", source_key="t", source="t", text_sha256="", text="A b. C d. E f.")},
        {"times": [Sentence("times", n, n + 4, "", SectionKind.BODY, 0) for n in (0, 5, 10)]},
    )
    long.learn("times", "times")
    case = Case.model_validate(
        {"id": "L", "mode": "ask", "text": "?", "expect": {"quotes": [{"source": "times", "text": "C d."}]}}
    )
    cited = {"article_id": "times", "start": 0, "end": 14, "quote": "A b. C d. E f.", "n": 1}
    result = {"citations": [cited], "statements": [], "flags": []}
    assert [score.metric for score in score_case(case, result, long) if score.value < 1] == ["quote_found"]


def test_words_in_marks_belong_to_no_cited_source_are_a_violation() -> None:
    result = good_answer()
    result["statements"] = [{"text": "Both say it is “a suspended strike”.", "citations": [1, 2]}]
    assert "forbidden_absent" in {score.metric for score in failures(ASK, result)}
