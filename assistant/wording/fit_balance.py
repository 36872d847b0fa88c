"""Fit balance.json: ``python -m assistant.wording.fit_balance [WEIGHTS]``.

Claims of the events that are kept out of the grounding model's training are put to the event's articles as a user would
put them; what was found in each article becomes a row, the reader's stance its label. Then a multinomial logistic
regression with a ridge (scikit-learn). Prints how the weights do on events left out, a fifth at a time, for several
probabilities from which an article is said to support or to refute; WEIGHTS: a folder of other grounding weights. A run
takes half an hour. In a clone alone: the wheel leaves the events out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.label import label_of
from assistant.types import Stance
from assistant.verifier import load_verifier
from assistant.wording.balance import WEIGHTS, Balance, balance_signals
from assistant.wording.conclude import Judged, by_table, carrying, differing, stands
from assistant.wording.fitting import left_out, scales_of
from assistant.wording.kept_out import hear_events
from assistant.wording.scale import Scale, Signals

PENALTY = 100.0  # of signals brought to one scale
RARELY = 20  # rows that must have a signal for it to be weighed
PARTS = 5
FROM = {Stance.SUPPORTS: (0.4, 0.45, 0.5, 0.55, 0.6), Stance.REFUTES: (0.35, 0.4, 0.45, 0.5)}
SUPPORTS, REFUTES = 0.45, 0.45  # of those in FROM, what was chosen by the figures that this prints


@dataclass(frozen=True)
class Heard:
    """One claim beside one article. ``table``: the stance without the balance; ``open_to``: those that may stand
    instead, because the table's is not firm and a sentence carries them."""

    event: str
    claim: int
    signals: Signals
    label: Stance
    table: Stance
    open_to: frozenset[Stance]


def heard_of(judged: Judged, label: Stance, event: str, claim: int) -> Heard:
    """The row of one article, of which something was read."""
    table = by_table(judged.opinions)
    signals = balance_signals(judged.opinions, table.stance, table.rule)
    firm = bool(table.deciding) and stands(table.deciding[0])
    carried = {stance for stance in FROM if carrying(judged.opinions, stance)}
    carried |= {Stance.DIFFERS} if differing(judged.opinions) else set()
    return Heard(event, claim, signals, label, table.stance, frozenset() if firm else frozenset(carried))


def fit(rows: Sequence[Heard]) -> dict[Stance, Scale]:
    """The weights of each stance, on the signals' own scale."""
    found = scales_of([row.signals for row in rows], [row.label for row in rows], [1.0] * len(rows), PENALTY, RARELY)
    return {stance: found[stance] for stance in Stance}


def show(name: str, rows: Sequence[Heard], stances: Sequence[Stance]) -> None:
    right = sum(row.label is stance for row, stance in zip(rows, stances, strict=True))
    true, said = labels_of(rows, [row.label for row in rows]), labels_of(rows, stances)
    parts = [f"{name}: stance {right / len(rows):.3f}, verdict {share(true[c] == said[c] for c in true):.3f}"]
    for wanted in (Stance.SUPPORTS, Stance.REFUTES):
        chosen = [row.label is wanted for row, stance in zip(rows, stances, strict=True) if stance is wanted]
        all_of = sum(row.label is wanted for row in rows)
        parts.append(f"{wanted} P {share(chosen):.3f} R {sum(chosen) / max(1, all_of):.3f}")
    sys.stdout.write("; ".join(parts) + "\n")


def labels_of(rows: Sequence[Heard], stances: Sequence[Stance]) -> dict[int, str]:
    """The label of each claim over its articles' stances."""
    of_claim: dict[int, list[Stance]] = {}
    for row, stance in zip(rows, stances, strict=True):
        of_claim.setdefault(row.claim, []).append(stance)
    return {claim: label_of(found) for claim, found in of_claim.items()}


def share(found: Any) -> float:
    values: NDArray[np.float64] = np.array(list(found), dtype=np.float64)
    return float(values.mean()) if len(values) else 0.0


def stances_of(rated: Sequence[tuple[Heard, dict[Stance, Scale]]], supports: float, refutes: float) -> list[Stance]:
    def stance_of(row: Heard, scales: dict[Stance, Scale]) -> Stance:
        by = Balance("", supports, refutes, scales)
        found = by.stance_of(by.likelihood(row.signals))
        return found if found in row.open_to else row.table

    return [stance_of(row, scales) for row, scales in rated]


def written(by: Balance) -> Mapping[str, Any]:
    scales = {stance: asdict(scale) for stance, scale in by.scales.items()}
    return {"verifier": by.verifier, "supports": by.supports, "refutes": by.refutes, "scales": scales}


def main(arguments: Sequence[str]) -> None:
    verifier = load_verifier(f"default:{arguments[0]}" if arguments else "default")
    rows = [heard_of(asked.judged, asked.label, asked.event.name, asked.number) for asked in hear_events(verifier)]
    rated = left_out(rows, fit, PARTS)
    ordered = [row for row, _ in rated]
    sys.stdout.write(f"{len({row.event for row in rows})} events, {len(rows)} rows\n")
    show("the table alone", ordered, [row.table for row in ordered])
    for supports in FROM[Stance.SUPPORTS]:
        for refutes in FROM[Stance.REFUTES]:
            show(f"from {supports}, {refutes}", ordered, stances_of(rated, supports, refutes))
    by = Balance(verifier.verifier_id, SUPPORTS, REFUTES, fit(rows))
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(written(by), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
