"""What careful readers wrote down of two tellings: which words differ, which say the same, which only look alike.

README.md has the form. A label's words are places in their articles: the text of one is its sentences with an empty
line between them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.differing.reading import KINDS
from assistant.errors import BadInput
from assistant.types import FlagKind
from assistant.verifier.training.desk import DESKS, Event, read_event

LABELS = Path(__file__).with_name("labels")
BETWEEN = "\n\n"  # the sentences of an invented article
PARTS, KEPT_PART = 8, 7  # an eighth of the events, by hash of the name, is never trained on
_WORDS = re.compile(r"([A-C])(\d+) (.+)")


class Sort(StrEnum):
    """What the reader said of two stretches of words."""

    DIFFERENCE = "difference"  # worth telling
    OPTIONAL = "optional"  # could be told: neither right nor wrong
    AGREEMENT = "agreement"  # the same in other words
    LOOK_ALIKE = "look_alike"  # of different moments, speakers, things


SIGNS: Mapping[str, Sort] = {"D": Sort.DIFFERENCE, "o": Sort.OPTIONAL, "=": Sort.AGREEMENT, "x": Sort.LOOK_ALIKE}


@dataclass(frozen=True, slots=True)
class Words:
    """One side of a label. ``article``: the outlet's letter; all places are code points in its text."""

    article: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Label:
    """``kind``: None for an agreement."""

    sort: Sort
    kind: FlagKind | None
    left: Words
    right: Words


def is_kept(name: str) -> bool:
    """Is this event kept out of training?"""
    return zlib.crc32(name.encode("utf-8")) % PARTS == KEPT_PART


def labelled_events(labels: Path = LABELS, desks: Sequence[Path] = DESKS) -> Iterator[tuple[Event, list[Label]]]:
    """All events of ``desks`` that have a label file, by desk and name. Raises BadInput."""
    for desk in desks:
        for path in sorted(desk.glob("*.txt")):
            file = labels / f"{path.stem}.diff"
            if file.exists():
                event = read_event(path)
                yield event, read_labels(file, event)


def without_event(labels: Path = LABELS, desks: Sequence[Path] = DESKS) -> list[str]:
    """Names of the label files that no event of ``desks`` belongs to; they are not read."""
    known = {path.stem for desk in desks for path in desk.glob("*.txt")}
    return sorted(path.stem for path in labels.glob("*.diff") if path.stem not in known)


def read_labels(path: Path, event: Event) -> list[Label]:
    """The labels of an event, in the order of the lines. Raises BadInput, naming file and line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(read_line(line, event))
            except ValueError as error:
                raise BadInput(f"{path.name}:{number}: {error}: {line[:80]!r}", "see README.md beside it") from error
    return found


def read_line(line: str, event: Event) -> Label:
    """Raises ValueError, saying what is wrong with the line."""
    head, *sides = (part.strip() for part in line.split(" | "))
    sign, _, named = head.partition(" ")
    if sign not in SIGNS or len(sides) != 2:
        raise ValueError("another form")
    sort = SIGNS[sign]
    if named not in ({""} if sort is Sort.AGREEMENT else set(KINDS)):
        raise ValueError(f"no kind of {sort}: {named!r}")
    left, right = (words_of(side, event) for side in sides)
    kind = FlagKind(named) if named else None
    told = sort in (Sort.DIFFERENCE, Sort.OPTIONAL)
    if left.article == right.article and told and kind is not FlagKind.HEADLINE_BODY:
        raise ValueError("one outlet twice")
    return Label(sort, kind, left, right)


def words_of(side: str, event: Event) -> Words:
    """``B4 words`` as places. Raises ValueError unless the words stand once in that sentence."""
    match = _WORDS.fullmatch(side)
    if match is None:
        raise ValueError(f"no outlet, number and words: {side!r}")
    told, number, words = event.told.get(match[1], []), int(match[2]), match[3]
    if number >= len(told):
        raise ValueError(f"no sentence {match[1]}{number}")
    if (times := told[number].count(words)) != 1:
        raise ValueError(f"words that stand there {times} times: {words!r}")
    first = sum(len(sentence) + len(BETWEEN) for sentence in told[:number])
    start = first + told[number].index(words)
    return Words(match[1], start, start + len(words), first, first + len(told[number]))
