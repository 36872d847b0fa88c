"""Two sentences that may tell the same thing, and all that is known of both together."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.differing import Reading
from assistant.wording.aligned import Aligned
from assistant.wording.likeness import Likeness
from assistant.wording.scale import Signals

LIKELY = 0.05  # probability that two sentences tell one fact from which they are read


@dataclass(frozen=True)
class Pair:
    """``one_fact``: how likely both tell one, by their words (``signals``). ``reading``: what the network made of
    them, None where it was not asked; ``standing``: how they stand by it among the other pairs of either sentence."""

    aligned: Aligned
    alike: Likeness
    signals: Signals
    one_fact: float
    reading: Reading | None = None
    standing: Signals = field(default_factory=dict)

    @property
    def is_weighed(self) -> bool:
        """Was it read, or do both share a number? Of other pairs nothing is told."""
        return self.reading is not None or bool(self.signals["numbers"])
