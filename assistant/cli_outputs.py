"""What a result is written to beside the screen: reports, ClaimReview, receipts; and ``receipt verify``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli_shared import CHECK_FAILED, Desk, command

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Scope, Verification

PANEL = "Records"

Report = Annotated[Path | None, typer.Option(metavar="FILE", help="Also write it as a page: FILE.html or FILE.md.")]
ClaimReview = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Also write schema.org ClaimReview; needs --author.")
]
Author = Annotated[str | None, typer.Option(metavar="NAME", help="Who publishes the ClaimReview.")]
Receipt = Annotated[Path | None, typer.Option(metavar="FILE", help="Also write a record that can be replayed.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands to ``app``."""
    receipts = typer.Typer(no_args_is_help=True, help="Records of a verification that can be replayed.")
    command(receipts, "verify")(verify_receipt)
    receipts.callback()(_receipts)
    app.add_typer(receipts, name="receipt", rich_help_panel=PANEL)


def _receipts() -> None:
    """Records of a verification that can be replayed."""


def save_report(desk: Desk, path: Path | None, verb: str, result: Mapping[str, Any], assistant: Assistant) -> None:
    """Write the page of ``verb``'s result, when one was asked for. Raises BadInput."""
    if path is None:
        return
    from assistant.report.write import write_report

    write_report(path, verb, result, assistant.sources, assistant.known())
    desk.note(f"wrote {path}")


def save_claim_review(
    desk: Desk, path: Path | None, author: str | None, verification: Verification, assistant: Assistant
) -> None:
    """Write the ClaimReview document, when one was asked for. Raises BadInput without an author."""
    if path is None:
        return
    import json
    from datetime import date

    from assistant.claimreview import claim_reviews
    from assistant.errors import BadInput

    if not (author and author.strip()):
        raise BadInput("a ClaimReview names who publishes it", '--claimreview FILE --author "Your newsroom"')
    document = claim_reviews(verification, assistant.sources, author=author.strip(), day=date.today())
    _write(path, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    desk.note(f"wrote {path}")


def save_receipt(
    desk: Desk, path: Path | None, text: str, scope: Scope, result: Mapping[str, Any], assistant: Assistant
) -> None:
    """Write the receipt, when one was asked for. Raises BadInput."""
    if path is None:
        return
    _write(path, _receipt_of(text, scope, result, assistant))
    desk.note(f"wrote {path}; claimdesk receipt verify {path} replays it")


def _receipt_of(text: str, scope: Scope, result: Mapping[str, Any], assistant: Assistant) -> bytes:
    from importlib.metadata import version

    from assistant.receipt import write_receipt

    return write_receipt(
        text, scope, result, headers=assistant.headers(), models=assistant.models(), version=version("claimdesk")
    )


def _write(path: Path, content: bytes) -> None:
    from assistant.errors import BadInput

    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written: {error.strerror}", "name a file in a folder you may write"
        ) from error


def verify_receipt(
    desk: Desk, path: Annotated[Path, typer.Argument(metavar="FILE", help="A receipt that verify --receipt wrote.")]
) -> None:
    """Verify again what a receipt records. Exits with 3, and says what changed, unless all is as it was."""
    from rich.text import Text

    from assistant.receipt import changes, read_receipt, text_and_scope
    from assistant.render.escape import visible
    from assistant.wire import verification_json

    receipt = read_receipt(path)
    text, scope = text_and_scope(receipt)
    with desk.assistant() as assistant:
        result = verification_json(assistant.verify(text, scope=scope), assistant.known(), assistant.models())
        found = changes(receipt, _receipt_of(text, scope, result, assistant))
    if desk.as_json:
        desk.put({"same": not found, "changes": found, "sha256": receipt.sha256})
    else:
        console = desk.console()
        console.print(Text("CHANGED" if found else "THE SAME", "bad" if found else "good"))
        for line in found:
            console.print(Text(f"  {visible(line)}"))
    if found:
        raise typer.Exit(CHECK_FAILED)
