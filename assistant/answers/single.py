"""One source alone carries an answer: said where the question is which sources say so, or how many."""

from __future__ import annotations

import re

from assistant.answers.draft import Draft
from assistant.types import FlagKind

FEW = 12  # sources: among so few, what one alone says is worth a flag
_ASKS_WHICH = re.compile(
    r"\b(?:which|what|both|all|each|either|any other|the other|other|same|how many|only|one of the)\s+"
    r"(?:of (?:the|these|those)\s+)?(?:two\s+|three\s+)?(?:articles?|sources?|outlets?|stor(?:y|ies)|reports?|"
    r"accounts?|papers?|pieces?|versions?)\b|\bwhich (?:one|of them)\b|\bboth of them\b|\bdo both\b",
    re.IGNORECASE,
)


def flag_single(draft: Draft, what: str = "says so") -> None:
    """Flag an answer that one source alone carries, where the question is which sources say so."""
    if not _ASKS_WHICH.search(draft.material.reading.question):
        return
    cited = draft.cited_sources
    if len(cited) == 1 and 1 < len(draft.material.headers) <= FEW:
        draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(cited[0])} {what}.")
