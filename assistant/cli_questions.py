"""Commands that ask something of the articles: ask, verify, compare, quotes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_outputs import (
    Author,
    ClaimReview,
    Receipt,
    Report,
    save_claim_review,
    save_receipt,
    save_report,
)
from assistant.cli_shared import CHECK_FAILED, FAILED, Desk, command

if TYPE_CHECKING:
    from assistant.style import StyleHit
    from assistant.types import Scope

PANEL = "Questions"
DATE = ["%Y-%m-%d"]

SourceNames = Annotated[
    list[str] | None, typer.Option("--source", metavar="ID", help="Only this article; may be given several times.")
]
Since = Annotated[datetime | None, typer.Option(formats=DATE, metavar="DATE", help="Nothing published before.")]
Until = Annotated[datetime | None, typer.Option(formats=DATE, metavar="DATE", help="Nothing published after.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=DATE, metavar="DATE", help="As if today were this day: nothing later is read."),
]

StyleFile = Annotated[
    Path | None, typer.Option("--style", metavar="FILE", help="Also flag words against the desk's style, a YAML file.")
]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    command(app, "ask", panel=PANEL)(ask)
    command(app, "verify", panel=PANEL)(verify)
    command(app, "compare", panel=PANEL)(compare)
    command(app, "quotes", panel=PANEL)(audit_quotations)
    command(app, "terms", panel=PANEL)(terms)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _scope(source: list[str] | None, since: datetime | None, until: datetime | None, as_of: datetime | None) -> Scope:
    from assistant.types import Scope

    return Scope(names=tuple(source or ()), since=_day(since), until=_day(until), as_of=_day(as_of))


def _style(desk: Desk, given: Path | None, text: str) -> list[StyleHit] | None:
    """Where ``text`` goes against the style given, else against the home's; None when there is no style."""
    from assistant.config import find_home, load_config
    from assistant.style import check_style, read_style

    home = find_home(desk.given_home)
    named = load_config(home).style
    path = given or (home / Path(named).expanduser() if named else None)
    return check_style(text, read_style(path)) if path else None


def ask(
    desk: Desk,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In plain words; - reads it from stdin.")],
    source: SourceNames = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    history: Annotated[
        str | None,
        typer.Option(metavar="FILE", help='The conversation so far, as JSON: [{"role": "user", "content": "…"}, …].'),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show which passages were found, and why.")] = False,
    model: Annotated[
        str | None, typer.Option(metavar="PROVIDER:NAME", help="Let a language model phrase the answer; it is checked.")
    ] = None,
) -> None:
    """Answer a question from the articles, with their exact words, or say that they do not tell."""
    from assistant import inputs
    from assistant.chat import NO_MODEL, sent_note
    from assistant.render import answer as answers
    from assistant.render import explanation
    from assistant.render.parts import names_of
    from assistant.wire import answer_json, hits_json

    asked = inputs.claim_or_question(question)
    turns = inputs.conversation(history)
    scope = _scope(source, since, until, as_of)
    with desk.assistant() as assistant:
        chosen = assistant.phrasing_model(model)
        if chosen:
            desk.note(sent_note(chosen))
        answer = assistant.ask(asked, scope=scope, history=turns, model=chosen or NO_MODEL)
        hits = assistant.explain(answer.reading.question, scope=scope) if explain else None
        headers, models = assistant.known(), assistant.models()
    if desk.as_json:
        found = answer_json(asked, answer, headers, models)
        desk.put(found if hits is None else found | {"explain": hits_json(hits, headers)})
        return
    names = names_of(headers.values())
    answers.show(desk.console(), asked, answer, names)
    if hits is not None:
        explanation.show(desk.console(), answer.reading, hits, names)


def verify(
    desk: Desk,
    claim: Annotated[str, typer.Argument(metavar="CLAIM|FILE|-", help="A claim, a file of text, or - for stdin.")],
    source: SourceNames = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    report: Report = None,
    claimreview: ClaimReview = None,
    author: Author = None,
    receipt: Receipt = None,
    style: StyleFile = None,
) -> None:
    """Check each claim of a text against every source: who supports it, who refutes it, who words it otherwise."""
    from assistant import inputs
    from assistant.render import verification as verdicts
    from assistant.render.parts import names_of
    from assistant.render.terms import show_style
    from assistant.style import style_json
    from assistant.wire import verification_json

    text = inputs.text_or_file(claim)
    hits = _style(desk, style, text)
    scope = _scope(source, since, until, as_of)
    with desk.assistant() as assistant:
        verification = assistant.verify(text, scope=scope)
        headers = assistant.known()
        result = verification_json(verification, headers, assistant.models())
        told = result if hits is None else result | {"style": style_json(hits)}
        save_report(desk, report, "verify", told, assistant)
        save_claim_review(desk, claimreview, author, verification, assistant)
        save_receipt(desk, receipt, text, scope, result, assistant)
    if desk.as_json:
        desk.put(told)
    else:
        verdicts.show(desk.console(), verification, names_of(headers.values()))
        show_style(desk.console(), hits or ())
    if verification.errors and not verification.verdicts:
        raise typer.Exit(FAILED)


def compare(
    desk: Desk,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="What to compare, in a few words.")],
    source: SourceNames = None,
    since: Since = None,
    until: Until = None,
    report: Report = None,
) -> None:
    """Show how each source words the same thing: the differences side by side, then what they agree on."""
    from assistant import inputs
    from assistant.render import comparison as comparisons
    from assistant.render.parts import names_of
    from assistant.wire import comparison_json

    with desk.assistant() as assistant:
        comparison = assistant.compare(inputs.claim_or_question(topic), scope=_scope(source, since, until, None))
        headers = assistant.known()
        result = comparison_json(comparison, headers, assistant.models())
        save_report(desk, report, "compare", result, assistant)
    if desk.as_json:
        desk.put(result)
    else:
        comparisons.show(desk.console(), comparison, names_of(headers.values()))


def audit_quotations(
    desk: Desk,
    draft: Annotated[str, typer.Argument(metavar="DRAFT|-", help="A file, - for stdin, or the draft's text itself.")],
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 unless every quotation is exact.")] = False,
    report: Report = None,
    style: StyleFile = None,
) -> None:
    """Check every quotation of a draft: exact, typography only, altered, spliced or not found, and where."""
    from assistant import inputs
    from assistant.render import quotations
    from assistant.render.parts import names_of
    from assistant.render.terms import show_style
    from assistant.style import style_json
    from assistant.types import QuoteStatus
    from assistant.wire import quotations_json

    text = inputs.text_or_file(draft)
    hits = _style(desk, style, text)
    with desk.assistant() as assistant:
        audited = assistant.audit_quotes(text)
        headers = assistant.known()
        result = quotations_json(audited) | ({} if hits is None else {"style": style_json(hits)})
        save_report(desk, report, "quotes", result, assistant)
    if desk.as_json:
        desk.put(result)
    else:
        quotations.show(desk.console(), audited, names_of(headers.values()))
        show_style(desk.console(), hits or ())
    if strict and any(part.status not in (QuoteStatus.EXACT, QuoteStatus.TYPOGRAPHY) for part in audited):
        raise typer.Exit(CHECK_FAILED)


def terms(
    desk: Desk,
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help="Only what belongs to it.")] = "",
    source: SourceNames = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """List which sources call the same thing by which names, and how often."""
    from assistant.render import terms as glossary
    from assistant.render.parts import names_of
    from assistant.terms import terms_json

    with desk.assistant() as assistant:
        found = assistant.terms(topic, scope=_scope(source, since, until, None))
        headers = assistant.known()
    if desk.as_json:
        desk.put(terms_json(found, headers))
    else:
        glossary.show(desk.console(), found, names_of(headers.values()))
