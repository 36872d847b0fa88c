"""Commands about the collection as a whole: history, export, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_articles import PANEL, Name
from assistant.cli_shared import Desk, command

if TYPE_CHECKING:
    from index import Revision

Archive = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="A .zip file.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    command(app, "history", panel=PANEL)(show_history)
    command(app, "export", panel=PANEL)(export_collection)
    command(app, "import", panel=PANEL)(import_collection)


def show_history(desk: Desk, name: Name) -> None:
    """Show what changed in an article from version to version, sentence by sentence."""
    from assistant.wire import header_json, span_json
    from assistant.wiring import Parts

    parts = Parts(desk.given_home)
    try:
        versions, revisions = parts.collection.versions(name), parts.collection.revisions(name)
    finally:
        parts.close()
    if not desk.as_json:
        _print_history(desk, len(versions), revisions)
        return
    desk.put(
        {
            "versions": [header_json(header) for header in versions],
            "revisions": [
                {
                    "older": revision.older.article_id,
                    "newer": revision.newer.article_id,
                    "changes": [
                        {
                            "kind": change.kind,
                            "before": span_json(change.before) if change.before else None,
                            "after": span_json(change.after) if change.after else None,
                        }
                        for change in revision.changes
                    ],
                }
                for revision in revisions
            ],
        }
    )


def _print_history(desk: Desk, versions: int, revisions: list[Revision]) -> None:
    from rich.text import Text

    from assistant.render.escape import visible

    console = desk.console()
    if not revisions:
        console.print(Text("One version: nothing has changed since it was first indexed.", "quiet"))
        return
    console.print(Text(f"{versions} versions", "heading"))
    for revision in revisions:
        when = f"{revision.older.added_at} → {revision.newer.added_at}"
        console.print(Text.assemble((revision.newer.article_id[:8], "name"), f"  {when}"))
        for change in revision.changes:
            if change.before:
                console.print(Text(f"  − {visible(change.before.quote)}", "bad"))
            if change.after:
                console.print(Text(f"  + {visible(change.after.quote)}", "good"))


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
