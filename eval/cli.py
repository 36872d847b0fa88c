"""``claimdesk eval``: measure how well answers stay grounded, and fail when they got worse.

Registered through the entry-point group ``claimdesk.commands``; nothing heavy is imported before a suite runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant import CHECK_FAILED, Desk, command

PANEL = "Evaluation"


def register(app: typer.Typer) -> None:
    """Add ``eval`` to the command line."""
    command(app, "eval", panel=PANEL)(evaluate)


def evaluate(
    desk: Desk,
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUITE…|init]", help="Which suites (seeds when none is named); init [FOLDER] writes a starter."
        ),
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(metavar="FILE|DIR", help="Your own articles, indexed for this run alone.")
    ] = None,
    data: Annotated[Path | None, typer.Option(metavar="FILE", help="Your own cases, as JSONL.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the report files into this folder.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Exit with 3 where a figure fell below this file's.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="PROVIDER:NAME", help="For the suite llm: the language model that phrases the answers."),
    ] = None,
) -> None:
    """Measure how well answers stay grounded: bundled cases, or your own."""
    from eval import report as reports
    from eval.files import write_reports
    from eval.gate import read_bounds, regressions
    from eval.results import run_json
    from eval.runner import Wanted, run

    if suites and suites[0] == "init":
        _begin(desk, Path(suites[1] if len(suites) > 1 else "claimdesk-eval"))
        return
    bounds = read_bounds(baseline) if baseline else {}
    wanted = Wanted(articles=articles, data=data, home=desk.given_home, chroma_url=desk.chroma_url, model=model)
    done = run(suites or [], wanted)
    fallen = regressions(done, bounds)
    for path in write_reports(done, fallen, report) if report else []:
        desk.note(f"wrote {path}")
    if desk.as_json:
        told = [{"suite": one.suite, "metric": one.metric, "value": one.value, "bound": one.bound} for one in fallen]
        desk.put(run_json(done) | {"regressions": told})
    else:
        reports.show(desk.console(), done, fallen)
    if fallen:
        raise typer.Exit(CHECK_FAILED)


def _begin(desk: Desk, folder: Path) -> None:
    """``eval init``: write an article, cases and a page to begin with, and say what to do with them."""
    from eval.starter import write_starter

    written = write_starter(folder)
    if desk.as_json:
        desk.put({"written": [str(path) for path in written]})
        return
    for path in written:
        desk.note(f"wrote {path}")
    desk.note(f"Put your articles beside the first, edit the cases ({folder / 'README.md'} lists their fields), then:")
    cases, report = folder / "cases.jsonl", folder / "report"
    desk.note(f"  claimdesk eval --articles {folder / 'articles'} --data {cases} --report {report}")
