"""Commands about the articles themselves: index, sources, show, edit, remove, doctor."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from assistant.cli_shared import CHECK_FAILED, Desk, Stop, command

PANEL = "Articles"
DATE = ["%Y-%m-%d"]

Name = Annotated[str, typer.Argument(metavar="ID", help="An id (8 characters are enough), file name or publisher.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
Published = Annotated[datetime | None, typer.Option(formats=DATE, metavar="DATE", help="When: YYYY-MM-DD.")]
Headline = Annotated[str | None, typer.Option(metavar="TEXT", help="Its headline.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    command(app, "index", panel=PANEL)(index_articles)
    command(app, "sources", panel=PANEL)(list_sources)
    command(app, "show", panel=PANEL)(show_article)
    command(app, "edit", panel=PANEL)(edit_article)
    command(app, "remove", panel=PANEL)(remove_article)
    command(app, "doctor", panel=PANEL)(examine_collection)


def index_articles(
    desk: Desk,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH|-…", help="Files, folders, globs; - reads one text from stdin.")
    ],
    publisher: Publisher = None,
    published: Published = None,
    headline: Headline = None,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Forget what these files and folders no longer hold: deleted files, dropped lines."
        ),
    ] = False,
) -> None:
    """Read articles into the collection. Only what changed is read again; one bad file never stops the rest."""
    from assistant.render import articles
    from assistant.wire import report_json

    hidden = desk.quiet or desk.as_json
    stop = Stop(gentle="-" not in paths)
    with desk.assistant(readonly=False) as assistant, articles.progress(hidden=hidden) as advance, stop:
        report = assistant.index(
            paths,
            publisher=publisher,
            published=published.date() if published else None,
            headline=headline,
            prune=prune,
            progress=advance,
            should_stop=stop.asked,
        )
    if desk.as_json:
        desk.put(report_json(report))
    else:
        articles.show_report(desk.console(), report, quiet=desk.quiet)
    if stop.code is not None:
        raise typer.Exit(stop.code)
    if report.failed and not (report.added or report.updated or report.unchanged or report.removed):
        raise typer.Exit(1)


def list_sources(desk: Desk) -> None:
    """List the articles of the collection."""
    from assistant.render import articles
    from assistant.wire import sources_json

    with desk.assistant() as assistant:
        headers = assistant.headers()
    if desk.as_json:
        desk.put(sources_json(headers))
    else:
        articles.show_sources(desk.console(), headers)


def show_article(
    desk: Desk,
    name: Name,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what changed from version to version instead of the text.")
    ] = False,
) -> None:
    """Show one article: what is known of it, and its text."""
    from assistant.render import articles
    from assistant.wire import article_json, history_json

    with desk.assistant() as assistant:
        article = assistant.article(name)
        sections = assistant.sections(article.article_id)
        history = (assistant.versions(name), assistant.revisions(name)) if diff else None
    if desk.as_json:
        desk.put(article_json(article, sections) | (history_json(*history) if history else {}))
    else:
        articles.show_article(desk.console(), article, sections, with_text=not diff)
        if history:
            articles.show_history(desk.console(), *history)


def edit_article(
    desk: Desk, name: Name, publisher: Publisher = None, published: Published = None, headline: Headline = None
) -> None:
    """Set what is known of an article: publisher, date, headline. An empty text takes it away."""
    from assistant.wire import header_json

    with desk.assistant(readonly=False) as assistant:
        header = assistant.edit(
            name, publisher=publisher, published=published.date() if published else None, headline=headline
        )
    if desk.as_json:
        desk.put(header_json(header))
    else:
        date = header.published.isoformat() if header.published else "no date"
        desk.note(f"{header.source}: {header.publisher or 'no publisher'}, {date}, {header.headline or 'no headline'}")


def remove_article(
    desk: Desk,
    name: Name,
    purge: Annotated[
        bool, typer.Option("--purge", help="Also wipe its text from every file of the collection.")
    ] = False,
) -> None:
    """Take an article, with all its versions, out of the collection."""
    with desk.assistant(readonly=False) as assistant:
        header = assistant.remove(name, purge=purge)
    if desk.as_json:
        desk.put({"removed": header.article_id, "source": header.source, "purged": purge})
    else:
        desk.note(f"Removed {header.source} ({header.article_id}){', and wiped its text' if purge else ''}.")


def examine_collection(
    desk: Desk,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
) -> None:
    """Examine the collection: its texts, vectors, model and disk. Exits with 3 when something is wrong."""
    from assistant.assistant import diagnose
    from assistant.render import articles
    from assistant.wire import diagnosis_json

    diagnosis = diagnose(desk.given_home, repair=repair, chroma_url=desk.chroma_url)
    if desk.as_json:
        desk.put(diagnosis_json(diagnosis))
    else:
        articles.show_diagnosis(desk.console(), diagnosis)
    if not diagnosis.healthy:
        raise typer.Exit(CHECK_FAILED)
