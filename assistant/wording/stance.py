"""The stance table at work: relations in, the deciding row out. The rows stand in stance_rules.toml. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from assistant.types import FlagKind, Stance
from assistant.wording.relations import Relation, Slot

MODEL = "model"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    name: str
    slot: Slot
    relation: str
    stance: str  # a Stance, or "model"
    least: float = 0.0
    least_anchored: float = 0.0  # instead, beside the same telling number
    flag: FlagKind | None = None
    note: str = ""
    yields: bool = False  # gives way where the model is sure that the sentence says what the claim says
    firm: bool = False  # stands against the balance of all sentences
    heard: str = (
        ""  # "either" | "for" | "against": what the model must read for the row to hold where little is carried
    )

    def holds(self, coverage: float, anchored: bool) -> bool:
        """Does the source carry enough of the rest of the claim for this row, by the table alone?"""
        least = self.least_anchored if anchored else self.least
        return least == 0 or coverage >= least

    def note_of(self, relation: Relation) -> str:
        return Template(self.note).safe_substitute(
            ours=relation.ours.text, theirs=relation.theirs.text, detail=relation.detail
        )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the grounding model's probabilities must reach; see stance_rules.toml."""

    entailment: float
    with_coverage: float
    contradiction: float
    flat: float
    refutes_least: float
    matter: float
    one_matter: float
    against: float
    heard_least: float
    denied_least: float
    other_matter: float
    carried_alone: float
    yields: float
    sure: float
    denied: float
    reworded: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """The row that decided, and the relation that it was about."""

    row: Row
    relation: Relation

    @property
    def stance(self) -> Stance | None:
        """None where the model has to decide."""
        return None if self.row.stance == MODEL else Stance(self.row.stance)


@cache
def table() -> tuple[Row, ...]:
    """All rows in order. Raises ValueError for a row that names an unknown slot, stance or flag."""
    data = tomllib.loads(files("assistant.wording").joinpath("stance_rules.toml").read_text("utf-8"))
    rows = []
    for row in data["row"]:
        if row["stance"] != MODEL:
            Stance(row["stance"])
        flag = FlagKind(row["flag"]) if row.get("flag") else None
        rows.append(
            Row(
                row["name"],
                Slot(row["slot"]),
                row["relation"],
                row["stance"],
                least=row.get("least", 0.0),
                least_anchored=row.get("least_anchored", row.get("least", 0.0)),
                flag=flag,
                note=row.get("note", ""),
                yields=row.get("yields", False),
                firm=row.get("firm", False),
                heard=row.get("heard", ""),
            )
        )
    return tuple(rows)


@cache
def thresholds() -> Thresholds:
    data = tomllib.loads(files("assistant.wording").joinpath("stance_rules.toml").read_text("utf-8"))["model"]
    return Thresholds(**data)


@cache
def row_of(slot: Slot, relation: str) -> Row | None:
    return next((row for row in table() if row.slot is slot and row.relation == relation), None)


def rule(relations: Sequence[Relation], coverage: Callable[[Relation], float], anchored: bool) -> Ruling:
    """The first row whose relation occurs, if the source carries enough of the rest of the claim.

    ``coverage``: the share carried, the relation's own words left aside; ``anchored``: beside the same telling number.
    Raises LookupError when no row applies: every comparison has a MATTER relation.
    """
    for row, relation in occurring(relations):
        if row.holds(coverage(relation), anchored):
            return Ruling(row, relation)
    raise LookupError(f"no row of the stance table for {[(r.slot.value, r.relation) for r in relations]}")


def occurring(relations: Sequence[Relation]) -> list[tuple[Row, Relation]]:
    """The rows whose relation occurs, in the order of the table."""
    return [(row, r) for row in table() for r in relations if (r.slot, r.relation) == (row.slot, row.relation)]


def flagged(relations: Sequence[Relation]) -> list[tuple[Row, Relation]]:
    """The relations that a reader must be told of, in the order of the table."""
    return [(row, relation) for row, relation in occurring(relations) if row.flag is not None]
