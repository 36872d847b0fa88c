"""Commands about the collection as a whole: history, export, import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_articles import PANEL, Name
from assistant.cli_shared import Desk, command

Archive = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="A .zip file.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    command(app, "history", panel=PANEL)(show_history)
    command(app, "export", panel=PANEL)(export_collection)
    command(app, "import", panel=PANEL)(import_collection)


def show_history(desk: Desk, name: Name) -> None:
    """Show what changed in an article from version to version, sentence by sentence."""
    from assistant.render import articles
    from assistant.wire import history_json

    with desk.assistant() as assistant:
        versions, revisions = assistant.versions(name), assistant.revisions(name)
    if desk.as_json:
        desk.put(history_json(versions, revisions))
    else:
        articles.show_history(desk.console(), versions, revisions)


def export_collection(desk: Desk, archive: Archive) -> None:
    """Write the whole collection into one file: articles, versions, vectors, settings. Others may go on working."""
    from assistant.config import find_home
    from index import export_home

    info = export_home(find_home(desk.given_home), archive)
    if desk.as_json:
        desk.put({"archive": str(archive), "articles": info.articles, "passages": info.passages})
    else:
        desk.note(f"{archive}: {info.articles:,} articles, {info.passages:,} passages.")


def import_collection(desk: Desk, archive: Archive) -> None:
    """Unpack an exported collection into a home that holds no articles yet."""
    from assistant.config import find_home
    from index import import_home

    home = find_home(desk.given_home)
    info = import_home(archive, home)
    if desk.as_json:
        desk.put({"home": str(home), "articles": info.articles, "passages": info.passages})
    else:
        desk.note(f"{home}: {info.articles:,} articles, {info.passages:,} passages. Next: claimdesk doctor --repair")
