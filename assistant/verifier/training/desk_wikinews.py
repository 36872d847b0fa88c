"""Wikinews articles with claims and questions labelled by hand: the labels stand in desk/wikinews, the articles in
``$CLAIMDESK_DATA``. See desk/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from assistant.errors import BadInput
from assistant.verifier.training.desk import DESK, Event, read_lines
from assistant.verifier.training.prepare import plain_quotes
from assistant.verifier.training.rows import is_held_out, json_lines

LABELS = DESK / "wikinews"
FIRST = 18  # sentences of the body that a reader read
LEAST = 4  # letters: what is shorter is no sentence


def wikinews_events(data: Path, folder: Path = LABELS) -> list[Event]:
    """One event a file, told by Wikinews alone. Raises BadInput for a file whose first line names no article of
    ``data`` that may be trained on, or with a line of another form."""
    articles = {
        str(row["doc_id"]): [str(sentence) for sentence in cast("list[object]", row["sentences"])]
        for row in json_lines(data / "news" / "wikinews.jsonl.gz")
    }
    events = []
    for path in sorted(folder.glob("*.txt")):
        name = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        if name not in articles or is_held_out(name):
            raise BadInput(f"{path.name}: {name!r} is no Wikinews article that may be trained on")
        told = [sentence for sentence in told_by(articles[name]) if len(sentence) >= LEAST]
        events.append(read_lines(Event(f"wikinews_{path.stem}", {"A": "Wikinews"}, {"A": told}), path))
    return events


def told_by(sentences: list[str]) -> list[str]:
    """The headline and the beginning of the body, without the line of the date."""
    return [plain_quotes(sentence) for sentence in (sentences[0], *sentences[2 : FIRST + 2])]
