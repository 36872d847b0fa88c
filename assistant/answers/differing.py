"""Flag how two sources' sentences on one matter differ: by the comparison that ``compare`` uses, in chosen kinds."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import combinations

from assistant.answers.draft import Draft
from assistant.types import FlagKind, FlagSide
from assistant.wording.align import compare_sides
from assistant.wording.differences import differences_of

MOST = 6  # sources compared pairwise


def flag_differences(draft: Draft, places: Sequence[tuple[str, int]], kinds: Set[FlagKind]) -> None:
    """Compare the first place of each source (article, position) with that of every other."""
    material = draft.material
    firsts = dict(reversed(places))
    sides = [side for article_id, start in firsts.items() if (side := material.side(article_id, start)) is not None]
    for ours, theirs in combinations(sides[:MOST], 2):
        alignment = compare_sides(ours, theirs, material.library.names)
        for found in differences_of(ours, theirs, alignment):
            if found.kind in kinds:
                draft.flag(found.kind, found.note, FlagSide.of(found.left), FlagSide.of(found.right))
