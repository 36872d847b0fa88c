"""Two time expressions: the same, wider, narrower, worded otherwise, or at odds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.types import TimeReference
from assistant.wording.relations import Relation, Slot, Words

DISJOINT = "4"  # grade of two moments that cannot be one


def compare_times(ours: Sequence[TimeReference], theirs: Sequence[TimeReference]) -> list[Relation]:
    """Each time of the claim against those of the clause that carries it."""
    found = []
    for time in ours:
        left = Words(time.text, time.start, time.end)
        graded = sorted((relate_times(time, other), other.start, other) for other in theirs)
        if not graded:
            found.append(Relation(Slot.TIME, "added", left))
            continue
        grade, _, other = graded[0]
        if grade:
            found.append(Relation(Slot.TIME, grade[1:], left, Words(other.text, other.start, other.end)))
    return found


def are_apart(ours: Sequence[TimeReference], theirs: Sequence[TimeReference]) -> bool:
    """Both name a time, and the nearest of them cannot be one: two moments. Times of two sorts may be one."""
    related = [relate_times(mine, yours)[0] for mine in ours for yours in theirs]
    return bool(related) and min(related) == DISJOINT


def relate_times(ours: TimeReference, theirs: TimeReference) -> str:
    """Graded name, best first: 0same 1wider 2changed 3narrower 4disjoint 5unrelated."""
    if ours.key == theirs.key:
        return "0same"
    if ours.low and ours.high and theirs.low and theirs.high:
        if ours.low <= theirs.low and theirs.high <= ours.high:
            return "1wider"
        if theirs.low <= ours.low and ours.high <= theirs.high:
            return "3narrower"
        return "4disjoint"
    if counts(ours.key) and counts(theirs.key):
        left, right = ours.key.split(":"), theirs.key.split(":")
        if left[1:] == right[1:] and "duration" in {left[0], right[0]}:
            return "0same"  # "two days before" / "two days after": before and after what is compared elsewhere
        if left[:2] == right[:2]:
            return "4disjoint"  # "two weeks after" / "three weeks after"
    if ours.kind == theirs.kind:
        return "4disjoint" if ours.kind in {"date", "weekday", "month", "year", "clock"} else "2changed"
    return "5unrelated"


def counts(key: str) -> bool:
    """Does the expression count periods: "duration:week:3", "ago:day:2"?"""
    kind, _, rest = key.partition(":")
    return kind in {"duration", "ago", "in", "past", "coming"} and rest.rpartition(":")[2].isdigit()
