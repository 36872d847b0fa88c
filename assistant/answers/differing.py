"""Flag how two sources' sentences on one matter differ: by the comparison that ``compare`` uses, in chosen kinds."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import combinations

from assistant.answers.answer_types import candidates, counted_noun
from assistant.answers.draft import Draft
from assistant.language.quantities import find_quantities
from assistant.language.types import Quantity
from assistant.question_parts import Part, unit_asked_for
from assistant.types import FlagKind, FlagSide
from assistant.wording.align import compare_sides
from assistant.wording.differences import differences_of
from index import Span

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


def flag_values(draft: Draft, part: Part, found: Sequence[Span]) -> None:
    """Flag two sources whose one number of what the question counts, or in the unit that it asks for, cannot be one."""
    tokens = [token for parse in draft.material.reader.parse_text(part.text + "?") for token in parse.tokens]
    counted, unit = counted_noun(tokens), unit_asked_for(part.text)
    if not counted and not unit:
        return
    given: dict[str, Quantity] = {}
    for span in found:
        sentence = draft.material.sentence_at(span.article_id, span.start)
        if sentence is None or span.article_id in given:
            continue
        places = candidates(draft.material.reader.parse([sentence])[0], "number", (), counted, unit)
        values = [q for q in find_quantities(sentence.text, offset=sentence.start) if (q.start, q.end) in places]
        if len(values) == 1:
            given[span.article_id] = values[0]
    for (left, ours), (right, theirs) in combinations(given.items(), 2):
        if ours.unit == theirs.unit and _disjoint(ours, theirs):
            sides = (draft.side(left, ours.start, ours.end), draft.side(right, theirs.start, theirs.end))
            draft.flag(FlagKind.QUANTITY, "They do not give the same number.", *sides)


def _disjoint(ours: Quantity, theirs: Quantity) -> bool:
    """Whether no number lies in both intervals; an open end has no bound."""
    return any(a.high is not None and b.low is not None and a.high < b.low for a, b in ((ours, theirs), (theirs, ours)))
