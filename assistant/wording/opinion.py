"""What one sentence of a source says to a claim."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Evidence, Stance
from assistant.wording.align import Alignment
from assistant.wording.stance import Ruling
from index import SectionKind


@dataclass(frozen=True)
class Opinion:
    """What one sentence says to the claim, and who decided: a rule's name or the model."""

    alignment: Alignment
    stance: Stance
    ruling: Ruling
    rule: str
    evidence: Evidence

    @property
    def headline(self) -> bool:
        return is_headline(self.alignment)


def is_headline(alignment: Alignment) -> bool:
    return alignment.side.sentence.section is SectionKind.HEADLINE
