"""The report files of a run: one self-contained HTML page, JSON, Markdown for a summary, JUnit XML for machines.

Two equal runs write equal bytes, but for what stands under ``clock`` and the plot of seconds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from assistant import BadInput, visible
from eval import plots
from eval.gate import Regression
from eval.metrics import Figure, mean_of
from eval.results import Run, SuiteResult, run_json

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

    def drawn(suite: SuiteResult) -> dict[str, Any]:
        passed = {
            kind: [replace(s, value=float(not suite.failed(s))) for s in scores] for kind, scores in suite.kinds.items()
        }
        by_kind = [(kind, mean_of(scores)) for kind, scores in passed.items()]
        return {
            "name": suite.name,
            "unscored": suite.unscored,
            "bars": Markup(plots.bars(list(suite.figures.items()))),
            "figures": [
                {
                    "name": name,
                    "value": value_of(figure),
                    "interval": interval_of(figure),
                    "n": figure.n,
                    "lazy": lazy_of(figure),
                }
                for name, figure in suite.figures.items()
            ],
            "kinds": Markup(plots.bars(by_kind)) if len(by_kind) > 1 else "",
            "curves": [{"title": one.title, "svg": Markup(plots.curve(one))} for one in suite.curves],
            "seconds": Markup(plots.seconds(suite.seconds)) if suite.seconds else "",
            "failures": [
                {
                    "case": score.case,
                    "asked": visible(suite.texts.get(score.case, "")),
                    "metric": score.metric,
                    "why": visible(score.why),
                }
                for score in suite.failures
            ],
        }

    template = Environment(autoescape=True).from_string(TEMPLATE.read_text(encoding="utf-8"))
    about = [(name, json.dumps(value, ensure_ascii=False)) for name, value in run.about.items() if name != "clock"]
    return template.render(suites=[drawn(suite) for suite in run.suites], regressions=regressions, about=about)


def markdown(run: Run, regressions: Sequence[Regression]) -> str:
    """A table a suite, for a summary page of a build."""
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
    return "\n".join(lines).lstrip("\n") + "\n"


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
