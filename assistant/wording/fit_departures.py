"""Fit departures.json: ``python -m assistant.wording.fit_departures``.

For every claim of the kept-out events that an outlet refutes or tells otherwise, a reader named the kind of departure
(verifier/training/departures.tsv: event/outlet/claim, kind, the claim's words, the source's, another kind that would
do). A row is the sentence that decides it by the reader who labelled the claim, or the one that the product shows; the
signals are those of ``departure_signals``. Prints how often the kind is right on events left out, an eighth at a
time, and what the rows of the table alone name. A run takes half an hour. In a clone alone: the wheel leaves the events
out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.differing import PairReader, open_pair_reader
from assistant.errors import BadInput
from assistant.types import FlagKind
from assistant.verifier import load_verifier
from assistant.wording.departing import is_open
from assistant.wording.departures import WEIGHTS, Departures, departure_signals
from assistant.wording.fitting import left_out, scales_of
from assistant.wording.flagging import AGAINST
from assistant.wording.kept_out import Asked, hear_events
from assistant.wording.opinion import Opinion
from assistant.wording.scale import Signals

LABELS = Path(__file__).parents[1] / "verifier" / "training" / "departures.tsv"
PENALTY = 20.0  # of signals brought to one scale
RARELY = 8  # rows that must have a signal for it to be weighed
PARTS = 8
LEAST = 0.35  # of those printed, what was chosen: of what less would add, less than half is right
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)
WRONG_SENTENCE = 0.7  # weight of a sentence that the product alone lets decide
NEVER_READ = FlagKind.HEADLINE_BODY  # told by where the words stand; a handful of rows


@dataclass(frozen=True)
class Row:
    """``kinds``: the first that a reader named, and what would do; ``told``: what the table's rows name; ``decides``:
    whether the product shows this sentence and asks for its kind."""

    event: str
    signals: Signals
    kinds: tuple[FlagKind, ...]
    told: tuple[FlagKind, ...]
    weight: float
    decides: bool


def read_labels(file: Path = LABELS) -> dict[str, tuple[FlagKind, ...]]:
    """Kinds by key of ``Asked``, the first named first. Raises BadInput for a key that stands twice."""
    found: dict[str, tuple[FlagKind, ...]] = {}
    for line in file.read_text("utf-8").splitlines():
        key, first, _, _, *other = line.split("\t")
        if key in found:
            raise BadInput(f"{file} names {key} twice", "keep one of the lines")
        found[key] = tuple(FlagKind(kind) for kind in (first, *other) if kind)
    return found


def rows_of(asked: Iterable[Asked], labels: Mapping[str, tuple[FlagKind, ...]], differing: PairReader) -> list[Row]:
    """In order; of each article its deciding sentences."""
    found: list[Row] = []
    for one in asked:
        kinds = labels.get(one.key)
        if kinds is None or kinds[0] is NEVER_READ:
            continue
        stance = one.judged.stance.stance
        shown = one.judged.deciding[:1] if stance in AGAINST else ()
        chosen = deciding(one, shown)
        texts = [(o.alignment.claim.sentence.text, o.alignment.side.sentence.text) for o in chosen]
        for opinion, reading in zip(chosen, differing.read(texts), strict=True):
            if reading is None:
                continue
            signals = departure_signals(opinion, stance if shown else one.label, reading)
            weight = 1.0 if opinion.alignment.side.sentence.text in one.deciding else WRONG_SENTENCE
            told = tuple(flag.kind for flag in one.judged.flags)
            is_shown = any(same_sentence(opinion, other) for other in shown) and is_open(one.judged)
            found.append(Row(one.event.name, signals, kinds, told, weight, is_shown))
    return found


def deciding(asked: Asked, shown: Sequence[Opinion]) -> list[Opinion]:
    """The sentences that a reader named, of those that were read, and the one that is shown."""
    named = [o for o in asked.judged.opinions if o.alignment.side.sentence.text in asked.deciding]
    return [*(o for o in named if not any(same_sentence(o, other) for other in shown)), *shown]


def same_sentence(one: Opinion, other: Opinion) -> bool:
    return one.alignment.side.sentence.start == other.alignment.side.sentence.start


def fit(rows: Sequence[Row]) -> Departures:
    signals, kinds, counting = [r.signals for r in rows], [r.kinds[0] for r in rows], [r.weight for r in rows]
    scales = scales_of(signals, kinds, counting, PENALTY, RARELY)
    return Departures(LEAST, {kind: scales[kind] for kind in FlagKind if kind in scales})


def show(name: str, named: Sequence[tuple[Row, FlagKind | None]]) -> None:
    """How many are named, by the kind named first and by any that would do."""
    told = [(row, kind) for row, kind in named if kind is not None]
    first = sum(kind is row.kinds[0] for row, kind in told)
    any_kind = sum(kind in row.kinds for row, kind in told)
    sys.stdout.write(f"{name}: {len(told)} of {len(named)} named, {first} as first named, {any_kind} as would do\n")


def main() -> None:
    labels, asked = read_labels(), hear_events(load_verifier("default"))
    rows = rows_of(asked, labels, open_pair_reader())
    rated = [(row, by) for row, by in left_out(rows, fit, PARTS) if row.decides]
    sys.stdout.write(f"{len(rows)} rows, {len(rated)} of them as shown\n")
    show("the table alone", [(row, next(iter(row.told), None)) for row, _ in rated])
    for least in THRESHOLDS:
        show(f"from {least}", [(row, Departures(least, by.scales).kind_of(row.signals)) for row, by in rated])
    by = fit(rows)
    written = {"least": by.least, "scales": {kind: asdict(scale) for kind, scale in by.scales.items()}}
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
