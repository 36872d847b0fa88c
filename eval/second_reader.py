"""How far two readers of the invented events agree: ``python -m eval.second_reader``.

A second reader judged every claim and question of ``eval/data/events`` from the articles alone. Where readers part, no
program can be held to one of them: the agreement is what a figure of the ``events`` suite can reach.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SECOND = DATA / "events_second_reader.jsonl"
ANSWERED = frozenset({"answered", "sources_differ"})  # the first reader did not tell them apart
MEASURED = ("verdict", "stance", "status", "flag_recall", "flag_precision")


def compared(cases: Sequence[Mapping[str, Any]], second: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """What was compared, and whether both readers said one thing; cases that the second did not judge are left out."""
    for case in cases:
        said, expected = second.get(case["id"]), case["expect"]
        if said is None:
            continue
        if "verdict" in expected:
            yield "verdict", said["verdict"] in expected["verdict"]
        for source, stances in expected.get("stance", {}).items():
            yield "stance", said["stance"].get(source) in stances
        if "flags" in said and "flags" in expected:
            yield from flags_compared(said["flags"], expected)
        if "status" in expected:
            one = said["status"]
            yield "status", one in expected["status"] or (one in ANSWERED and bool(ANSWERED & set(expected["status"])))


def flags_compared(said: Sequence[str], expected: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The second reader's flags held against the first's as the product's are."""
    yield from (("flag_recall", kind in said) for kind in expected["flags"])
    counted = [kind for kind in said if kind not in expected.get("flags_allowed", ())]
    yield from (("flag_precision", kind in expected["flags"]) for kind in counted)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    cases = [case for path in sorted(DATA.glob("events/*/cases.jsonl")) for case in rows_of(path)]
    found = list(compared(cases, {row["id"]: row for row in rows_of(SECOND)}))
    for name in MEASURED:
        agreed = [same for kind, same in found if kind == name]
        sys.stdout.write(f"{name}: {sum(agreed)} of {len(agreed)}, {sum(agreed) / len(agreed):.3f}\n")


if __name__ == "__main__":
    main()
