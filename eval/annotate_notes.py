"""An annotator's private notes → rows without article text. The notes quote the articles: they are never committed.

One event a block, one row a line::

    @ neus-train-898
    D modality | 0: unlikely to | 1: it is unclear what | unlikely against unclear
    A | 0: a longer stretch >> stretch | 1: a stretch << 2 | the same thing

``D`` difference, ``O`` optional, ``A`` agreement, ``L`` look-alike, then the kind (agreements have none); the
article's position in its event and the exact words, on both sides; a note in the annotator's own words. ``>>`` picks
words out of a longer stretch, ``<< 2`` the second place where they stand.
Run: ``python -m eval.annotate_notes NOTES OUT ANNOTATOR`` with $CLAIMDESK_DATA set.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.annotate import (
    AnnotationError,
    Event,
    Label,
    Telling,
    chosen_from,
    problems,
    second_reader,
    side_of,
    splits,
)

_LABELS = {"D": Label.DIFFERENCE, "O": Label.OPTIONAL, "A": Label.AGREEMENT, "L": Label.LOOK_ALIKE}


def rows_from_notes(notes: str, events: Sequence[Event], annotator: str) -> list[dict[str, Any]]:
    """Rows in the order of the notes, numbered within each event.

    Raises AnnotationError with one line for every note that does not fit its articles.
    """
    by_id = {event.event_id: event for event in events}
    split_of = splits(list(by_id))
    second = second_reader(split_of)
    rows: list[dict[str, Any]] = []
    wrong: list[str] = []
    event: Event | None = None
    number = 0
    for line in (line.strip() for line in notes.splitlines()):
        if not line:
            continue
        if line.startswith("@"):
            event, number = by_id.get(line[1:].strip()), 0
            if event is None:
                wrong.append(f"{line}: not among the chosen events")
            continue
        if event is None:
            continue
        number += 1
        try:
            read = row_from_line(line, event)
        except AnnotationError as error:
            wrong.append(f"{event.event_id}: {line[:60]} …: {error}")
            continue
        head = {
            "row_id": f"{event.event_id}#{number:02d}",
            "event_id": event.event_id,
            "set": event.event_set,
            "split": split_of[event.event_id],
            "second_reader": event.event_id in second,
            "annotator": annotator,
        }
        rows.append(head | read)
    if wrong:
        raise AnnotationError("\n".join(wrong))
    return rows


def row_from_line(line: str, event: Event) -> dict[str, Any]:
    """The label, kind, sides and note of one line. Raises AnnotationError when it can't be read or placed."""
    parts = [part.strip() for part in line.split(" | ")]
    if len(parts) != 4:
        raise AnnotationError("a note has four parts: label and kind | left | right | note")
    head, left, right, note = parts
    letter, _, kind = head.partition(" ")
    if letter not in _LABELS:
        raise AnnotationError(f"unknown label {letter!r}, known are {', '.join(_LABELS)}")
    by_position = dict(zip(event.positions, event.tellings, strict=True))
    return {
        "label": str(_LABELS[letter]),
        "kind": kind.strip() or None,
        "left": _side(left, by_position),
        "right": _side(right, by_position),
        "note": note,
    }


def _side(words: str, by_position: Mapping[int, Telling]) -> dict[str, Any]:
    position, _, rest = words.partition(":")
    if not position.strip().isdigit() or int(position) not in by_position:
        raise AnnotationError(f"no article {position!r} in this event, there are {sorted(by_position)}")
    rest, _, nth = rest.partition(" << ")
    around, _, inner = rest.partition(" >> ")
    quote, within = (inner.strip(), around.strip()) if inner else (around.strip(), None)
    return side_of(by_position[int(position)], quote, within, int(nth) if nth else None)


def written(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as JSONL, one a line, ASCII escapes off, a newline at the end."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main(arguments: Sequence[str]) -> int:
    """Notes, destination, annotator → the annotation file. 0 when it is written, 1 with the reasons on stderr."""
    notes, destination, annotator = arguments
    events = chosen_from(Path(os.environ["CLAIMDESK_DATA"]))
    tellings = {telling.url: telling for event in events for telling in event.tellings}
    try:
        rows = rows_from_notes(Path(notes).read_text(encoding="utf-8"), events, annotator)
    except AnnotationError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    wrong = problems(rows, tellings)
    if wrong:
        sys.stderr.write("\n".join(wrong) + "\n")
        return 1
    Path(destination).write_text(written(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
