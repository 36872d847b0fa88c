"""Run suites over the bundled cases, or over a user's own. Every suite is one entry in ``SUITES``."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, BadInput, configured_verifier, load_verifier
from eval.about import about
from eval.cases import read_cases
from eval.results import Run, SuiteResult
from eval.suites import mutants, seeds
from eval.suites.citations import Part, run_citations
from eval.suites.events import run_events
from eval.suites.hostile import run_hostile, run_own_hostile
from eval.suites.llm import run_llm
from eval.suites.own_refusal import run_own_refusal
from eval.suites.own_wording import run_own_wording
from eval.suites.pairs import PAIRS, run_pairs
from eval.suites.refusal import run_refusal
from eval.suites.retrieval import ARTICLES, QUESTIONS, run_own_retrieval, run_retrieval
from eval.suites.wording import run_wording
from index import IndexReport

BUNDLED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run was asked for. None: the bundled articles and cases."""

    articles: Path | None = None
    data: Path | None = None
    home: Path | None = None  # the user's collection, for own cases without ``articles``
    chroma_url: str | None = None  # the server that holds its vectors; None: what its configuration says
    model: str | None = None  # provider:name of the language model behind the answers of ``llm``

    @property
    def own(self) -> bool:
        return self.articles is not None or self.data is not None

    @property
    def claimdesk_data(self) -> Path | None:
        """The folder of development data, when there is one."""
        named = os.environ.get("CLAIMDESK_DATA")
        return Path(named) if named else None


Suite = Callable[[Wanted], SuiteResult]


@contextmanager
def assistant_over(articles: Path) -> Iterator[Assistant]:
    """An assistant over ``articles`` alone, in a folder that is gone afterwards.

    Raises BadInput when an article cannot be read: figures over part of a collection would mislead.
    """
    with tempfile.TemporaryDirectory(prefix="claimdesk-eval-") as home:
        with Assistant.open(Path(home), readonly=False) as writer:
            _complete(writer.index([str(articles)]))
        with Assistant.open(Path(home)) as assistant:
            yield assistant


def _complete(report: IndexReport) -> None:
    if report.failed:
        first = report.failed[0]
        raise BadInput(f"{first.source}: {first.error}", "claimdesk eval --articles FOLDER")


def _seeds(wanted: Wanted) -> SuiteResult:
    if wanted.own:
        cases = _cases(wanted)
        with own_articles(wanted) as assistant:
            return seeds.run_cases(assistant, cases)
    with assistant_over(BUNDLED / "articles") as assistant:
        return seeds.run_cases(assistant, BUNDLED / "seeds.jsonl")


@contextmanager
def own_articles(wanted: Wanted) -> Iterator[Assistant]:
    """The user's articles for this run alone, else the collection that is indexed already."""
    with (
        Assistant.open(wanted.home, chroma_url=wanted.chroma_url)
        if wanted.articles is None
        else assistant_over(wanted.articles)
    ) as assistant:
        yield assistant


def _citations(wanted: Wanted) -> SuiteResult:
    return run_citations(_parts(wanted), load_verifier(configured_verifier(wanted.home)))


def _hostile(wanted: Wanted) -> SuiteResult:
    if wanted.own:
        with own_articles(wanted) as assistant:
            return run_own_hostile(assistant, _cases(wanted), BUNDLED, assistant_over)
    return run_hostile(BUNDLED, wanted.claimdesk_data, assistant_over)


def _llm(wanted: Wanted) -> SuiteResult:
    return run_llm(_parts(wanted), wanted.model, load_verifier(configured_verifier(wanted.home)))


def _parts(wanted: Wanted) -> list[Part]:
    """The user's own questions, or all that ship."""
    if wanted.own:
        return [Part("own", _cases(wanted), own_articles(wanted))]
    events = sorted(path.parent for path in (BUNDLED / "events").glob("*/cases.jsonl"))
    parts = [Part("seeds", BUNDLED / "seeds.jsonl", assistant_over(BUNDLED / "articles"))]
    parts += [Part("events", event / "cases.jsonl", articles_alone(event)) for event in events]
    parts += [Part("wikinews", BUNDLED / "wikinews_questions.jsonl", assistant_over(BUNDLED / "wikinews.jsonl.gz"))]
    return parts


def _cases(wanted: Wanted) -> Path:
    """The user's cases. Raises BadInput without them."""
    if wanted.data is None:
        raise BadInput("--articles needs cases about them", "claimdesk eval --articles FOLDER --data CASES.jsonl")
    return wanted.data


def _retrieval(wanted: Wanted) -> SuiteResult:
    if wanted.own:
        with own_articles(wanted) as assistant:
            return run_own_retrieval(assistant, _cases(wanted))
    return run_retrieval(wanted.claimdesk_data, kept_assistant)


def _events(wanted: Wanted) -> SuiteResult:
    return run_events(wanted.data or BUNDLED / "events", articles_alone)


@contextmanager
def articles_alone(folder: Path) -> Iterator[Assistant]:
    """An assistant over the text files of ``folder``: the cases beside them are no articles."""
    with assistant_over(folder / "*.txt") as assistant:
        yield assistant


def _mutants(wanted: Wanted) -> SuiteResult:
    with assistant_over(wanted.articles or BUNDLED / "wikinews.jsonl.gz") as assistant:
        return mutants.run_mutants(assistant)


@contextmanager
def kept_assistant(articles: Path) -> Iterator[Assistant]:
    """As ``assistant_over``; the collection is kept for the next run where CLAIMDESK_EVAL_CACHE names a folder."""
    kept = os.environ.get("CLAIMDESK_EVAL_CACHE")
    if not kept:
        with assistant_over(articles) as assistant:
            yield assistant
        return
    home = Path(kept) / articles.name.split(".")[0]
    with Assistant.open(home, readonly=False) as writer:
        _complete(writer.index([str(articles)]))
    with Assistant.open(home) as assistant:
        yield assistant


def _refusal(wanted: Wanted) -> SuiteResult:
    if wanted.own:
        with own_articles(wanted) as assistant:
            return run_own_refusal(assistant, _cases(wanted))
    return run_refusal(wanted.claimdesk_data, kept_assistant, BUNDLED / "questions_reread.jsonl")


def _pairs(wanted: Wanted) -> SuiteResult:
    known = wanted.claimdesk_data / PAIRS if wanted.claimdesk_data else None
    kept = os.environ.get("CLAIMDESK_EVAL_CACHE")
    verifier = load_verifier(configured_verifier(wanted.home))
    each = os.environ.get("CLAIMDESK_EVAL_EACH", "0")
    if not each.isdecimal():
        raise BadInput(f"CLAIMDESK_EVAL_EACH is {each!r}", "give the number of rows of each set, or 0 for all")
    return run_pairs(wanted.data or known, verifier, Path(kept) if kept else None, int(each))


def _wording(wanted: Wanted) -> SuiteResult:
    if wanted.own:
        with own_articles(wanted) as assistant:
            return run_own_wording(assistant, _cases(wanted))
    return run_wording(wanted.claimdesk_data, BUNDLED, assistant_over)


SUITES: dict[str, Suite] = {
    "seeds": _seeds,
    "mutants": _mutants,
    "events": _events,
    "citations": _citations,
    "hostile": _hostile,
    "llm": _llm,
    "retrieval": _retrieval,
    "wording": _wording,
    "refusal": _refusal,
    "pairs": _pairs,
}


CASES_OF_ANOTHER_FORM = frozenset({"pairs", "mutants", "events"})  # their --data holds no cases


def run(names: Sequence[str], wanted: Wanted) -> Run:
    """Run the suites called ``names`` (``seeds`` when none is named), in that order.

    Raises BadInput for an unknown name before anything is run.
    """
    chosen = list(dict.fromkeys(names)) or ["seeds"]
    for name in chosen:
        if name not in SUITES:
            raise BadInput(f"no suite is called {name!r}", f"claimdesk eval {'|'.join(SUITES)}")
    if wanted.data is not None and wanted.data.is_file() and not CASES_OF_ANOTHER_FORM.issuperset(chosen):
        read_cases(wanted.data)  # a wrong line stops the run before any suite has begun
    results = tuple(SUITES[name](wanted) for name in chosen)
    return Run(results, about(_data(chosen, wanted), results, wanted.home))


def _data(chosen: Sequence[str], wanted: Wanted) -> list[Path]:
    """The files and folders that a run reads: the user's own, else what ships and what CLAIMDESK_DATA holds."""
    own = [path for path in (wanted.articles, wanted.data) if path is not None]
    if own or wanted.claimdesk_data is None:
        return own or [BUNDLED]
    needed = {"retrieval": (ARTICLES, QUESTIONS), "refusal": (ARTICLES, QUESTIONS), "pairs": (PAIRS,)}
    others = dict.fromkeys(wanted.claimdesk_data / file for name in chosen for file in needed.get(name, ()))
    return [BUNDLED, *others]
