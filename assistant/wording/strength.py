"""How strong a wording is: modalities, verbs on one ladder, opposites, words of status and extent.

The lists stand in scales.toml, each with its origin.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.language.lexicon.verbs import is_wish, request_strength
from assistant.language.lexicon.wordlist import WORDS_KEPT
from assistant.language.types import Modality


@cache
def scales() -> dict[str, Any]:
    return tomllib.loads(files("assistant.wording").joinpath("scales.toml").read_text("utf-8"))


@cache
def words(section: str) -> frozenset[str]:
    """The word list of a section: status, extent, hedges."""
    return frozenset(scales()[section]["words"])


def modality_strength(modality: Modality) -> int:
    return int(scales()["modality"][modality.value])


@lru_cache(maxsize=WORDS_KEPT)
def ladder_places(lemma: str) -> tuple[tuple[int, int], ...]:
    """(ladder, step) of a verb: it may stand on several."""
    return tuple(
        (number, step)
        for number, ladder in enumerate(scales()["ladder"])
        for step, verbs in enumerate(ladder["steps"])
        if lemma in verbs
    )


def compare_verbs(ours: str, theirs: str) -> str:
    """ "stronger", "weaker", "implied" (weaker, but entailed), "level"; "" when no ladder holds both."""
    found = ""
    for ladder, step in ladder_places(ours):
        for other, other_step in ladder_places(theirs):
            if ladder != other:
                continue
            if step == other_step:
                return "level"
            implied = bool(scales()["ladder"][ladder].get("entails"))
            found = "stronger" if step > other_step else "implied" if implied else "weaker"
    return found


def compare_requests(ours: str, theirs: str) -> str:
    """Like ``compare_verbs`` for verbs of asking: want < ask < urge < demand; one step is no difference."""
    left, right = asking(ours), asking(theirs)
    if left < 0 or right < 0:
        return ""
    if left - right >= 2:
        return "stronger"
    return "implied" if left < right else "level"


def asking(lemma: str) -> int:
    """Strength of a request: 0 for a wish, -1 when the verb asks for nothing."""
    strength = request_strength(lemma)
    if strength:
        return strength
    return (
        0
        if (is_wish(lemma) and lemma != "miss") or lemma in {"hope", "seek", "prefer"}
        else 2
        if lemma == "call"
        else -1
    )


@lru_cache(maxsize=WORDS_KEPT)
def directions_of(lemma: str) -> frozenset[tuple[int, str]]:
    """(row, way) of the directions that a verb or adverb may name."""
    rows = scales()["directions"]
    return frozenset(
        (number, way)
        for number, row in enumerate(rows)
        for way in ("up", "down")
        if lemma in row[way] and not row.get("across_only")
    )


def same_direction(ours: str, theirs: str) -> bool:
    """Both up or both down: "soared" / "rose"."""
    return bool(directions_of(ours) & directions_of(theirs))


@cache
def opposites() -> frozenset[tuple[str, str]]:
    pairs = [*scales()["opposites"]["pairs"]]
    pairs += [(up, down) for row in scales()["directions"] for up in row["up"] for down in row["down"]]
    return frozenset((left, right) for left, right in pairs) | frozenset((right, left) for left, right in pairs)


@cache
def causes() -> frozenset[tuple[str, str]]:
    """(deed, what it brings about): ("kill", "die")."""
    return frozenset((deed, effect) for deed, effect in scales()["causes"]["pairs"])
