"""Is a claim's amount one that a sentence gives, or that follows from what it gives?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.language.types import Quantity
from assistant.language.units import SIZES

NEARLY = 0.1  # share by which a rounded amount may be off


def lacks_amount(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Has the claim an amount in a unit of which the sentence has amounts too, but none that is it, roughly?

    What is left of a hundred percent and what lies between two amounts, or both together, follow from them.
    """
    for quantity in ours:
        unit, size = SIZES.get(quantity.unit, (quantity.unit, 1.0))
        values = [value for other in theirs for value in values_in(unit, other)] if unit else []
        if values and not any(is_about(quantity, value / size) for value in following_from(values, unit)):
            return True
    return False


def values_in(unit: str, quantity: Quantity) -> set[float]:
    """What the quantity is as written, and its ends; none where it is of another dimension."""
    own, size = SIZES.get(quantity.unit, (quantity.unit, 1.0))
    ends = (quantity.value, quantity.low, quantity.high)
    return {size * value for value in ends if value is not None} if own == unit else set()


def following_from(values: Sequence[float], unit: str) -> list[float]:
    rest = [100 - value for value in values] if unit == "percent" else []
    return [*values, *rest, *(x for a, b in combinations(values, 2) for x in (abs(a - b), a + b))]


def is_about(quantity: Quantity, value: float) -> bool:
    low = quantity.low if quantity.low is not None else float("-inf")
    high = quantity.high if quantity.high is not None else float("inf")
    margin = NEARLY * abs(value)
    return low <= value + margin and value - margin <= high
