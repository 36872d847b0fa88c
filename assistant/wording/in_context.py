"""How the verifier reads sentences of many sources: between their neighbours, by themselves, under their headline.

All that is read one way is handed over at once, so that every core has work; what cannot matter is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.types import Evidence, Verifier
from assistant.wording.align import Alignment
from assistant.wording.library import OpenArticle
from index import SectionKind, Span

READ_OUT = 0.5  # entailment from which a reading in context may count
BY_ITSELF = 0.2  # entailment below which a sentence does not carry the claim, whatever stands around it
FAR = 0.15  # entailment of the sentence with its neighbours below which it says nothing by itself either


@dataclass(frozen=True)
class Place:
    """One sentence of one source, beside the claim."""

    article: OpenArticle
    alignment: Alignment

    @cached_property
    def number(self) -> int:
        return self.article.sides.index(self.alignment.side)

    @property
    def alone(self) -> Span:
        return self.alignment.side.span

    @property
    def between(self) -> Span:
        """The sentence between its neighbours in the text, which tell what "it" is and what came of it."""
        sides, here = self.article.sides, self.alignment.side.sentence
        near = [here]
        for step in (-1, 1):
            other = sides[self.number + step].sentence if 0 <= self.number + step < len(sides) else None
            if other is not None and other.section is here.section and abs(other.paragraph - here.paragraph) <= 1:
                near.insert(0 if step < 0 else len(near), other)
        text = " ".join(sentence.text for sentence in near)
        return Span(here.article_id, near[0].start, near[-1].end, text)

    @property
    def under_headline(self) -> Span:
        """The sentence after its headline, which tells what the article is about."""
        here = self.alignment.side.sentence
        headlines = self.article.section(SectionKind.HEADLINE)
        above = [side.sentence.text for side in headlines if side.sentence is not here]
        return Span(here.article_id, here.start, here.end, " ".join([*above[:1], here.text]))


def read_places(claim: str, places: Sequence[Place], verifier: Verifier) -> list[Evidence]:
    """Each sentence as the verifier reads it, same order; the reading that says most counts.

    A sentence that says nothing of the claim by itself is not the one that carries it: then its own reading counts.
    Raises NotJudged.
    """

    def read(numbers: Sequence[int], spans: Sequence[Span]) -> dict[int, Evidence]:
        return dict(zip(numbers, verifier.judge(claim, spans), strict=True)) if spans else {}

    every = range(len(places))
    between = read(every, [place.between for place in places])
    near = [number for number in every if between[number].entailment >= FAR]
    alone = read(near, [places[number].alone for number in near])
    best = {number: most(alone[number], between[number]) for number in near}
    doubtful = [n for n in near if best[n].entailment < READ_OUT and alone[n].entailment >= BY_ITSELF]
    headed = read(doubtful, [places[number].under_headline for number in doubtful])
    best |= {number: most(best[number], evidence) for number, evidence in headed.items()}
    return [settle(alone[n], between[n], best[n]) if n in best else between[n] for n in every]


def most(first: Evidence, second: Evidence) -> Evidence:
    return max(first, second, key=lambda evidence: evidence.entailment)


def settle(alone: Evidence, between: Evidence, best: Evidence) -> Evidence:
    """The reading that counts: the one that entails, if the sentence says something of the claim by itself."""
    if best.entailment < READ_OUT:
        return between
    return best if alone.entailment >= BY_ITSELF else alone
