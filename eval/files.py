"""The report files of a run: one self-contained HTML page, JSON, Markdown for a summary, JUnit XML for machines.

Two equal runs write equal bytes, but for what stands under ``clock`` in JSON and in the page's sections of that class.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from assistant import BadInput, visible
from eval import plots
from eval.gate import Regression
from eval.meanings import SUITES, meaning_of
from eval.metrics import Figure, mean_of, percentiles
from eval.results import Run, SuiteResult, run_json

MOST_FAILED = 20  # cases of a suite in the Markdown summary; the page has all
LONGEST_LINE = 400  # characters of it
_MARKS = re.compile(r"[\\`*_\[\]<>|#~!]")
TEMPLATE = Path(__file__).with_name("report.html.j2")


def write_reports(run: Run, regressions: Sequence[Regression], folder: Path) -> list[Path]:
    """Write report.html, report.json, report.md and junit.xml into ``folder``; returns them. Raises BadInput."""
    written = {
        "report.html": html(run, regressions),
        "report.json": json.dumps(run_json(run), ensure_ascii=False, indent=2) + "\n",
        "report.md": markdown(run, regressions),
        "junit.xml": junit(run),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}", "claimdesk eval --report DIR") from error
    return [folder / name for name in written]


def value_of(figure: Figure) -> str:
    return "unscored" if figure.value is None else f"{figure.value:.3f}"


def interval_of(figure: Figure) -> str:
    return "" if figure.low is None else f"{figure.low:.3f}–{figure.high:.3f}"


def lazy_of(figure: Figure) -> str:
    return f"{figure.baseline:.3f} ({figure.rule})" if figure.baseline is not None else ""


def html(run: Run, regressions: Sequence[Regression]) -> str:
    """The page: figures, plots and every failing case. Nothing in it is fetched or executed."""
    from jinja2 import Environment
    from markupsafe import Markup

    template = Environment(autoescape=True).from_string(TEMPLATE.read_text(encoding="utf-8"))
    about = [(name, _plain(value)) for name, value in run.about.items() if name != "clock"]
    suites = [_drawn(suite, Markup) for suite in run.suites]
    return template.render(suites=suites, regressions=regressions, about=about)


def _plain(value: object) -> str:
    """A part of the run's record as words: "chromadb 1.5.9, spacy 3.8.18"."""
    return ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, Mapping) else str(value)


def _drawn(suite: SuiteResult, markup: Callable[[str], str]) -> dict[str, Any]:
    """What the template shows of one suite; ``markup`` says that a plot needs no escaping."""
    passed = {
        kind: [replace(s, value=float(not suite.failed(s))) for s in found] for kind, found in suite.kinds.items()
    }
    by_kind = [(kind, mean_of(scores)) for kind, scores in passed.items()]
    return {
        "name": suite.name,
        "asks": SUITES.get(suite.name, ""),
        "unscored": suite.unscored,
        "cases": len({score.case for score in suite.scores}) or "",
        "checks": len(suite.scores),
        "passed": len(suite.scores) - len(suite.failures),
        "figures": [
            {
                "name": name,
                "meaning": meaning_of(name),
                "bar": markup(plots.bar(figure)),
                "value": value_of(figure),
                "interval": interval_of(figure),
                "n": figure.n or "",
                "lazy": lazy_of(figure),
            }
            for name, figure in suite.figures.items()
        ],
        "kinds": markup(plots.bars(by_kind)) if len(by_kind) > 1 else "",
        "curves": [{"title": one.title, "svg": markup(plots.curve(one))} for one in suite.curves],
        "seconds": markup(plots.seconds(suite.seconds)) if suite.seconds else "",
        "percentiles": ", ".join(f"{name} {value:.2f} s" for name, value in percentiles(suite.seconds).items()),
        "failures": _failed_cases(suite),
    }


def _failed_cases(suite: SuiteResult) -> list[dict[str, Any]]:
    """Every failing case once: what was asked, which checks failed and why, and the sentences that decided it."""
    cases: dict[str, dict[str, Any]] = {}
    for score in suite.failures:
        found = cases.setdefault(
            score.case,
            {
                "case": score.case,
                "kind": score.kind,
                "asked": visible(suite.texts.get(score.case, "")),
                "checks": [],
                "decides": "\n".join(visible(line) for line in suite.decides.get(score.case, "").split("\n")),
            },
        )
        found["checks"].append({"metric": score.metric, "why": visible(score.why)})
    return list(cases.values())


def markdown(run: Run, regressions: Sequence[Regression]) -> str:
    """A table a suite and its first failing cases, for a summary page of a build."""
    lines = [f"**Below the baseline:** {one.told}" for one in regressions]
    for suite in run.suites:
        lines += ["", f"## {suite.name}", ""]
        if suite.unscored:
            lines += [f"unscored: {suite.unscored}", ""]
        lines += ["| metric | value | 95 % interval | n | trivial rule |", "| --- | ---: | ---: | ---: | --- |"]
        lines += [
            f"| {name} | {value_of(figure)} | {interval_of(figure)} | {figure.n} | {lazy_of(figure)} |"
            for name, figure in suite.figures.items()
        ]
        lines += _failed_lines(_failed_cases(suite))
    return "\n".join(lines).lstrip("\n") + "\n"


def _failed_lines(cases: Sequence[Mapping[str, Any]]) -> list[str]:
    """The first MOST_FAILED cases: what was asked, which checks failed and why, and the sentences that decided it."""
    lines = [""] if cases else []
    for case in cases[:MOST_FAILED]:
        lines += [f"- **{_literal(case['case'])}** {_literal(case['kind'])}: {_literal(case['asked'])}"]
        lines += [f"  - {_literal(check['metric'])}: {_literal(check['why'])}" for check in case["checks"]]
        lines += [f"  > {_literal(line)}" for line in str(case["decides"]).split("\n") if line.strip()]
    if len(cases) > MOST_FAILED:
        lines += ["", f"{len(cases) - MOST_FAILED} more failing cases stand in report.html."]
    return lines


def _literal(text: str) -> str:
    """``text`` on one line, at most LONGEST_LINE characters, its marks no Markdown."""
    line = " ".join(text.split())
    cut = line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
    return _MARKS.sub(r"\\\g<0>", cut)


def junit(run: Run) -> str:
    """One test case for each (case, metric); its failure says why."""
    root = ElementTree.Element("testsuites")
    for suite in run.suites:
        checks: dict[tuple[str, str], list[str]] = {(score.case, score.metric): [] for score in suite.scores}
        for score in suite.failures:
            checks[score.case, score.metric].append(visible(score.why))
        failed = sum(1 for whys in checks.values() if whys)
        node = ElementTree.SubElement(
            root, "testsuite", name=suite.name, tests=str(len(checks)), failures=str(failed), errors="0", skipped="0"
        )
        for (case, metric), whys in checks.items():
            test = ElementTree.SubElement(node, "testcase", classname=f"{suite.name}.{metric}", name=case)
            if whys:
                ElementTree.SubElement(test, "failure", message=whys[0]).text = "\n".join(whys)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
