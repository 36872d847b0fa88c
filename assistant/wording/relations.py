"""What one side's words are to the other's, slot by slot. The stance table gives each relation its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """A part of a statement that can be compared by itself."""

    QUANTITY = "quantity"
    TIME = "time"
    POLARITY = "polarity"
    SPEAKER = "speaker"
    QUOTATION = "quotation"
    MODALITY = "modality"
    PREDICATE = "predicate"
    ROLES = "roles"  # who does it to whom
    GROUP = "group"  # the people or things talked of
    SCOPE = "scope"  # recipient, payer, place, period
    EXTENT = "extent"  # all, only, every, never
    VOICE = "voice"  # whose judgement it is
    SECTION = "section"  # headline against body
    MATTER = "matter"  # what no other slot explains


@dataclass(frozen=True, slots=True)
class Words:
    """``text[start:end]`` of the claim or of an article; (0, 0) where nothing can be pointed at."""

    text: str
    start: int = 0
    end: int = 0


NOTHING = Words("")


@dataclass(frozen=True, slots=True)
class Relation:
    """One comparison: ``slot`` and ``relation`` are looked up in stance_rules.toml."""

    slot: Slot
    relation: str
    ours: Words
    theirs: Words = NOTHING
    detail: str = ""  # what the note may need besides both sides' words
