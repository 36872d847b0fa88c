"""Events told by several outlets, written and labelled for the purpose, into training rows. See desk/README.md.

A file is one event: outlets ``A``, ``B``, ``C`` with numbered sentences (0 is the headline), claims (``V``) with each
outlet's stance and the sentences that decide it, questions (``Q``) with the sentences that answer them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import BadInput
from assistant.language.stems import stems_of
from assistant.verifier.training.rows import PairRow, hash_share

DESK = Path(__file__).with_name("desk")
DESK_NEXT = DESK.with_name("desk_next")  # written later
DESK_LONG = Path(__file__).parents[2] / "differing" / "training" / "events"  # longer; some have no claims
DESKS = (DESK, DESK_NEXT, DESK_LONG)
MEASURED_SHARE = 0.2  # of the events, by hash of the file's name: never trained on
LABELS: Mapping[str, str] = {"+": "supported", "-": "refuted", "~": "differs", ".": "nei"}
HEADED = 0.3  # share of the rows that are read under their headline too
NEAR_MISSES = 2  # sentences of an outlet that says nothing on a claim, the likest first
KEPT_MISSES = 0.4  # share of the rows that say nothing: else they would be four in five
_SENTENCE = re.compile(r"([A-C])(\d+) (.+)")
_OUTLET = re.compile(r"([A-C]) (.+)")
_STANCE = re.compile(r"([A-C])([-+~.])([\d,]*)")
_ANSWER = re.compile(r"([A-C])(\d+)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One claim (or question): for each outlet the sign of its stance and the sentences that decide it."""

    text: str
    kind: str
    label: str
    stances: Mapping[str, tuple[str, tuple[int, ...]]]


@dataclass(slots=True)
class Event:
    """One file. ``told``: the sentences of each outlet, the headline first."""

    name: str
    outlets: dict[str, str] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)
    claims: list[Labelled] = field(default_factory=list)
    questions: list[Labelled] = field(default_factory=list)

    @property
    def measured(self) -> bool:
        return hash_share(self.name) < MEASURED_SHARE


def read_events(folder: Path = DESK) -> list[Event]:
    """All events, by name. Raises BadInput for a line of another form, naming file and line."""
    return [read_event(path) for path in sorted(folder.glob("*.txt"))]


def read_event(path: Path) -> Event:
    return read_lines(Event(path.stem), path)


def read_lines(event: Event, path: Path) -> Event:
    """The lines of a file into an event that may hold its outlets already. Raises BadInput."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        try:
            read_line(event, line)
        except (KeyError, ValueError, IndexError) as error:
            raise BadInput(f"{path.name}:{number}: {line[:80]!r} has another form", "see desk/README.md") from error
    return event


def read_line(event: Event, line: str) -> None:
    """One line into the event. Raises ValueError, KeyError or IndexError for a line of another form."""
    if match := _SENTENCE.fullmatch(line):
        told = event.told.setdefault(match[1], [])
        if int(match[2]) != len(told):
            raise ValueError(line)
        told.append(match[3].strip())
    elif line.startswith("V "):
        label, kind, text, stances = (part.strip() for part in line[2:].split(" | "))
        found = {m[1]: (m[2], read_numbers(event, m[1], m[3])) for m in _STANCE.finditer(stances)}
        if set(found) != set(event.told):
            raise ValueError(stances)
        event.claims.append(Labelled(text, kind, label, found))
    elif line.startswith("Q "):
        text, places, _ = (part.strip() for part in line[2:].split(" | "))
        held: dict[str, list[int]] = {outlet: [] for outlet in event.told}
        for match in _ANSWER.finditer(places):
            held[match[1]] += read_numbers(event, match[1], match[2])
        answered = {outlet: ("+" if numbers else ".", tuple(numbers)) for outlet, numbers in held.items()}
        event.questions.append(Labelled(text, "question", "answered" if places != "-" else "refused", answered))
    elif match := _OUTLET.fullmatch(line):
        event.outlets[match[1]] = match[2].strip()
    else:
        raise ValueError(line)


def read_numbers(event: Event, outlet: str, text: str) -> tuple[int, ...]:
    numbers = tuple(int(number) for number in text.split(",") if number)
    for number in numbers:
        event.told[outlet][number]
    return numbers


def desk_rows(events: Sequence[Event], *, measured: bool = False, seed: int = 7) -> Iterator[PairRow]:
    """Every claim and question beside what decides it, and near misses: of the events that are trained on, or of those
    that are kept for measuring (their claims alone)."""
    generator = random.Random(seed)
    for event in events:
        if event.measured is not measured:
            continue
        for labelled in (*event.claims, *(() if measured else event.questions)):
            for outlet, (sign, numbers) in labelled.stances.items():
                for evidence, label in readings(labelled, event.told[outlet], sign, numbers, generator):
                    if label != "nei" or generator.random() < KEPT_MISSES:
                        yield PairRow(labelled.text, evidence, label, f"desk:{labelled.kind}", "desk")


def readings(
    labelled: Labelled, told: Sequence[str], sign: str, numbers: Sequence[int], generator: random.Random
) -> Iterator[tuple[str, str]]:
    """Evidence texts of one outlet with their labels: a sentence alone, between its neighbours, under its headline."""
    label = LABELS[sign]
    ranked = sorted(range(len(told)), key=lambda number: (-likeness(labelled.text, told[number]), number))
    if numbers:
        best = next(number for number in ranked if number in numbers)
        if labelled.kind == "combine" and len(numbers) > 1:
            yield " ".join(told[number] for number in numbers), label
            yield told[best], "unsupported" if sign == "+" else label
        else:
            yield told[best], label
            yield between(told, best), label
            if best and generator.random() < HEADED:
                yield f"{told[0]} {told[best]}", label
    touched = {number + step for number in numbers for step in (-1, 0, 1)}
    others = [number for number in ranked if number not in touched]
    for number in others[: 1 if numbers else NEAR_MISSES]:
        yield told[number], "nei"
        if not numbers:
            yield between(told, number), "nei"


def between(told: Sequence[str], number: int) -> str:
    """A sentence of the body between its neighbours in the body; a headline by itself."""
    return " ".join(told[max(1, number - 1) : number + 2]) if number else told[0]


def likeness(text: str, sentence: str) -> float:
    """Share of the words of ``text`` that the sentence has, by their first letters."""
    wanted, has = stems_of(text), stems_of(sentence)
    return len(wanted & has) / max(len(wanted), 1)
