"""A deliberately broken build is caught by name: the suites run it as they run the real one, and the gate tells which
figure fell. Each build is the real assistant behind a wrapper that breaks one promise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import (
    Answer,
    AnswerStatus,
    Assistant,
    Stance,
    Verdict,
    VerdictLabel,
    Verification,
    configured_verifier,
    load_verifier,
)
from assistant.types import SourceStance, Statement
from eval.gate import Bounds, regressions
from eval.results import Run, SuiteResult
from eval.suites.citations import Part, run_citations
from eval.suites.seeds import run_cases

HERALD = """Bridge at Ostmark closes for repairs

The old bridge at Ostmark closes on Monday, the county engineer Vera Lund said. Divers had found cracks in two of its
nine piers. The repairs cost 4 million crowns, she said.

About 300 lorries cross the bridge every day. A ferry will carry cars from Tuesday.
"""
TRIBUNE = """Ostmark bridge shut until autumn

Ostmark loses its bridge from Monday until October, the mayor Piet Kroll told the Tribune. He called the county's plan
a disgrace. The repairs cost 7 million crowns, according to the mayor.
"""
CASES: list[dict[str, Any]] = [
    {
        "id": "cracks",
        "mode": "ask",
        "text": "Who found cracks in the piers of the bridge?",
        "expect": {
            "status": "answered",
            "quotes": [{"source": "herald", "text": "Divers had found cracks in two of its\nnine piers"}],
        },
    },
    {
        "id": "lorries",
        "mode": "ask",
        "text": "What does each article say about the repairs?",
        "expect": {"status": "answered"},
    },
    {
        "id": "unsaid",
        "mode": "ask",
        "text": "How many passengers drowned when the ferry capsized?",
        "expect": {"status": "refused"},
    },
    {
        "id": "cost",
        "mode": "verify",
        "text": "The repairs cost 4 million crowns.",
        "expect": {"verdict": "conflicting", "stance": {"herald": "supports", "tribune": "refutes"}},
    },
]


class Build:
    """The real assistant; a subclass breaks one of its promises."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)


class QuotationOffByOne(Build):
    def ask(self, *asked: Any, **how: Any) -> Answer:
        answer = self._assistant.ask(*asked, **how)
        cited = [replace(one, span=replace(one.span, start=one.span.start + 1)) for one in answer.citations]
        return replace(answer, citations=tuple(cited))


class StanceFlipped(Build):
    def verify(self, *asked: Any, **how: Any) -> Verification:
        verification = self._assistant.verify(*asked, **how)
        return replace(verification, verdicts=tuple(self._flipped(verdict) for verdict in verification.verdicts))

    def _flipped(self, verdict: Verdict) -> Verdict:
        other = {Stance.SUPPORTS: Stance.REFUTES, Stance.REFUTES: Stance.SUPPORTS}

        def flip(row: SourceStance) -> SourceStance:
            return replace(row, stance=other.get(row.stance, row.stance))

        return replace(verdict, sources=tuple(flip(row) for row in verdict.sources))


class VerdictOutvoted(Build):
    def verify(self, *asked: Any, **how: Any) -> Verification:
        verification = self._assistant.verify(*asked, **how)
        settled = [replace(verdict, label=VerdictLabel.SUPPORTED) for verdict in verification.verdicts]
        return replace(verification, verdicts=tuple(settled))


class CitationShuffled(Build):
    """Every statement cites what the next one should: each quotation stays exact."""

    def ask(self, *asked: Any, **how: Any) -> Answer:
        answer = self._assistant.ask(*asked, **how)
        cited = [statement.citations for statement in answer.statements]
        moved = [replace(one, citations=n) for one, n in zip(answer.statements, cited[1:] + cited[:1], strict=True)]
        return replace(answer, statements=tuple(moved))


class RefusalDisabled(Build):
    def ask(self, *asked: Any, **how: Any) -> Answer:
        answer = self._assistant.ask(*asked, **how)
        if answer.status is not AnswerStatus.REFUSED:
            return answer
        said = answer.statements or (Statement("Nobody drowned."),)
        return replace(answer, status=AnswerStatus.ANSWERED, statements=said)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real assistant over the two articles."""
    folder = tmp_path_factory.mktemp("bridge")
    (folder / "herald.txt").write_text(HERALD)
    (folder / "tribune.txt").write_text(TRIBUNE)
    with Assistant.open(folder / "desk", readonly=False) as writer:
        writer.index([str(folder / "*.txt")])
    with Assistant.open(folder / "desk") as assistant:
        yield assistant


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in CASES))
    return path


def measured(assistant: Any, cases: Path) -> Run:
    """Both suites over one build."""
    verifier = load_verifier(configured_verifier(None))
    suites: list[SuiteResult] = [
        run_cases(assistant, cases),
        run_citations([Part("own", cases, nullcontext(assistant))], verifier),
    ]
    return Run(tuple(suites), {})


@pytest.fixture(scope="module")
def bounds(built: Assistant, cases: Path) -> Bounds:
    """What the real build reaches: the baseline of the broken ones."""
    return {
        suite.name: {
            name: (figure.value, figure.value) for name, figure in suite.figures.items() if figure.value is not None
        }
        for suite in measured(built, cases).suites
    }


def test_the_real_build_passes_all_four_cases(bounds: Bounds) -> None:
    perfect = ("quote_exact", "quote_found", "status_accuracy", "verdict_accuracy", "stance_accuracy", "completed")
    assert {name: bounds["seeds"][name][0] for name in perfect} == dict.fromkeys(perfect, 1.0)
    assert bounds["citations"]["citation_exact"][0] == 1.0


@pytest.mark.parametrize(
    ("broken", "names"),
    [
        (QuotationOffByOne, {("seeds", "quote_exact")}),
        (StanceFlipped, {("seeds", "stance_accuracy")}),
        (VerdictOutvoted, {("seeds", "verdict_accuracy"), ("seeds", "verdict_macro_f1")}),
        (CitationShuffled, {("citations", "citation_exact"), ("citations", "citation_recall")}),
        (RefusalDisabled, {("seeds", "status_accuracy")}),
    ],
)
def test_a_broken_build_is_caught_by_name(
    built: Assistant, cases: Path, bounds: Bounds, broken: type[Build], names: set[tuple[str, str]]
) -> None:
    fallen = regressions(measured(broken(built), cases), bounds)
    assert names <= {(one.suite, one.metric) for one in fallen}
    assert all(one.metric in one.told for one in fallen)
