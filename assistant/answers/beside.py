"""What the other sources give for the same question, laid beside the best answer, so that none is settled in silence.

A source is heard when its sentence gives something of the type asked for and is on the matter. Where two sources give
different answers already, what any further source gives of that type is shown too: the matter is open, and a reader who
weighs it must see all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from assistant.answers.altered import Values, is_altered, swapped
from assistant.answers.answer_types import ANYBODY
from assistant.answers.matching import Match, Term
from assistant.answers.material import Material
from assistant.answers.reads import AN_ANSWER
from assistant.answers.values import LIVINGS, Value, changed, differ
from index import SectionKind, Sentence

SAME_MATTER = 0.55  # cosine to a sentence that answers from which another source's sentence tells the same
NEAR_IT = 0.3  # the same, or to the question, where the answer is open
ON_THE_MATTER = 0.5  # share of the question's other words that a sentence must have for its value to be an answer


# What is asked for, that an answer gives without the word: "born on 4 May" has no "date".
_TYPES = LIVINGS | {"date", "year", "day", "month", "place", "city", "town", "country", "number", "amount"}


@dataclass(frozen=True, slots=True)
class Rival:
    """What one source gives for an answer."""

    match: Match
    value: Value


def rivals_of(
    kept: Sequence[Match], terms: Sequence[Term], values: Values, told: Mapping[Sentence, float]
) -> list[Rival]:
    """One answer a source, where two sources' answers cannot be one thing; else none.

    ``told``: the probability that a sentence answers, of those that the model read.
    """
    firsts: dict[str, Match] = {}
    for match in kept:
        if values(match) and (told.get(match.sentence, 0.0) >= AN_ANSWER or _answers(match, terms)):
            firsts.setdefault(match.sentence.article_id, match)
    instead: dict[Sentence, Value] = {}  # what copies have in each other's place, where nothing has the type asked for
    apart = [pair for pair in combinations(firsts.values(), 2) if differ(values(pair[0]), values(pair[1]))]
    for one, other in combinations(kept, 2):
        if one.sentence.article_id == other.sentence.article_id or not is_altered(one, other, values):
            continue
        words = None if values(one) or values(other) else swapped(one, other)
        if words or changed(values(one), values(other)):
            firsts[one.sentence.article_id], firsts[other.sentence.article_id] = one, other
            instead |= dict(zip((one.sentence, other.sentence), words or (), strict=False))
            apart.append((one, other))
    differing = {match.sentence.article_id for pair in apart for match in pair}
    given = {article_id: match for article_id, match in firsts.items() if article_id in differing}
    every = {match.sentence.article_id: {value.text for value in values(match)} for match in given.values()}
    shared = set.intersection(*every.values()) if every else set()
    return [Rival(match, instead.get(match.sentence) or _told_of(values(match), shared)) for match in given.values()]


def _told_of(values: Sequence[Value], shared: Set[str]) -> Value:
    return next((value for value in values if value.text not in shared), values[0])


def _answers(match: Match, terms: Sequence[Term]) -> bool:
    """Whether a sentence is about what the question names, and has most of its other words."""
    matter = [term for term in terms if not term.name and term.lemma not in ANYBODY | _TYPES]
    met = sum(term.lemma in match.matched for term in matter)
    return match.names == 1.0 and met >= ON_THE_MATTER * len(matter)


def further(
    material: Material,
    typed: Sequence[Match],
    kept: Sequence[Match],
    terms: Sequence[Term],
    values: Values,
    told: Mapping[Sentence, float],
) -> list[Match]:
    """Of each source not heard yet, or only by its headline, its sentence that comes nearest to the answers given.

    ``typed``: the sentences that hold something of the type asked for.
    """
    giving = {match.sentence.article_id for match in typed if values(match)}
    heard = {
        match.sentence.article_id
        for match in kept
        if not is_headline(match) and (values(match) or match.sentence.article_id not in giving)
    }
    others = [match for match in typed if match not in kept and match.sentence.article_id not in heard]
    if not others:
        return []
    near = _nearness(material, kept, others)
    given = [value for match in kept for value in values(match)]
    is_open = any(differ(values(one), values(other)) for one, other in combinations(kept, 2))
    found: list[Match] = []
    for header in material.headers:
        ours = [(near[i], match) for i, match in enumerate(others) if match.sentence.article_id == header.article_id]
        wanted = [
            (likeness, match)
            for likeness, match in ours
            if likeness >= SAME_MATTER
            or (is_open and (bool(values(match)) or max(likeness, match.similarity) >= NEAR_IT))
            or (differ(values(match), given) and (told.get(match.sentence, 0.0) >= AN_ANSWER or _answers(match, terms)))
        ]
        best = max(wanted, key=lambda row: _worth(row[1], row[0], values), default=None)
        if best is not None:
            found.append(best[1])
    return found


def _worth(match: Match, likeness: float, values: Values) -> tuple[bool, bool, float]:
    """What sorts a source's sentences: one that gives an answer, in the text before in the headline, the nearest."""
    return bool(values(match)), not is_headline(match), likeness + match.score


def _nearness(material: Material, kept: Sequence[Match], others: Sequence[Match]) -> list[float]:
    """How like each of the others is to the kept sentence that it is most like."""
    sentences = [match.sentence for match in others]
    rows = [material.similarities(match.sentence.text, sentences) for match in kept]
    return [max(column) for column in zip(*rows, strict=True)]


def is_headline(match: Match) -> bool:
    return match.sentence.section is SectionKind.HEADLINE
