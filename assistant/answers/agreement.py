"""What several sources agree on, and where they differ: their sentences on the same matter, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assistant.answers.asked import asked_parts
from assistant.answers.differing import flag_differences
from assistant.answers.draft import Draft
from assistant.answers.independence import same_outlet
from assistant.answers.matching import met, rank, rarity, terms_of, words_of
from assistant.answers.material import Material
from assistant.answers.said import credits_in
from assistant.answers.shared_number import say_number, say_sentence
from assistant.answers.wh import look
from assistant.question_parts import Part, answer_type_of
from assistant.types import Answer, AnswerStatus, FlagKind
from index import FloatMatrix, SectionKind, Sentence

SHOWN = 8  # points
ALIKE = 0.5
BESIDE = 0.85  # of the best sentence's score, what a second one of its source needs
TOLD = 2  # sentences of one source on the very thing asked about
OVERLAP = 0.25
NEAR = 0.25  # cosine from which a point is on the thing asked about
DIFFERENCES = frozenset(
    {FlagKind.QUANTITY, FlagKind.QUALIFIER, FlagKind.TIME, FlagKind.NEGATION, FlagKind.MODALITY, FlagKind.WORDING}
)


_AGREE_ON_THAT = re.compile(
    r"\b(?:agree|differ|disagree)\b(?:\s+(?:on|about)\s+(?:that|this|it|them))?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Point:
    """Two sentences of different sources on one matter."""

    ours: Sentence
    theirs: Sentence
    strength: float


def answer_agreement(material: Material) -> Answer:
    draft = Draft(material)
    if len(material.headers) < 2:
        draft.say("Only one source was consulted: there is nothing to compare it with.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    if answer_type_of(f"what is {material.reading.target}") == "number" and say_number(draft):
        _flag_origin(draft)
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    draft = Draft(material)
    asked = _asked_first(material)
    if asked is not None and _say_answers(draft, asked):
        _flag_origin(draft)
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    points = points_shared(material, material.reading.target)
    if not points:
        draft.say("No point was found on which these sources speak of the same matter.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    differs = bool(
        re.search(r"\b(?:differ|disagree|contradict|conflict|diverge|discrepan|inconsist)", material.reading.question)
    )
    for point in points[:SHOWN]:
        _say_point(draft, point)
        if differs:
            places = [(s.article_id, s.start) for s in (point.ours, point.theirs)]
            flag_differences(draft, places, DIFFERENCES)
    if material.reading.target:
        _say_on_target(draft)
    _flag_origin(draft)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _asked_first(material: Material) -> Part | None:
    """Of "What was it, and do they agree on that?" the first question: its answers are what is compared."""
    parts = asked_parts(material)
    last = parts[-1].text if len(parts) > 1 else ""
    return (
        parts[0]
        if re.search(r"\b(?:agree|differ|disagree)\b(?:\s+(?:on|about)\s+(?:that|this|it))?\W*$", last)
        else None
    )


def _say_answers(draft: Draft, part: Part) -> bool:
    """Say each source's answer to one question. False: not two of them have one."""
    looked = look(draft.material, part, None)
    said: list[tuple[str, int]] = []
    for header in draft.material.headers:
        ours = [m for m, fit in looked.rows if m.sentence.article_id == header.article_id and m.alone >= OVERLAP]
        for match in ours[:1]:
            said.append((header.article_id, match.sentence.start))
        for match in [m for m in ours if m.score >= BESIDE * ours[0].score][:TOLD]:
            say_sentence(draft, match.sentence)
    flag_differences(draft, said, DIFFERENCES - {FlagKind.WORDING})
    return len(said) > 1


def _say_on_target(draft: Draft) -> None:
    """What each source says on the very thing asked about, beside the points that they share."""
    material = draft.material
    target = material.reading.target
    ranked = rank(material, terms_of(t for p in material.reader.parse_text(target) for t in p.tokens), target)
    for header in material.headers:
        ours = [m for m in ranked if m.sentence.article_id == header.article_id and m.alone >= ALIKE]
        for match in [m for m in ours if m.score >= BESIDE * ours[0].score][:TOLD]:
            if all(c.span.start != match.sentence.start for c in draft.citations_of(header.article_id)):
                say_sentence(draft, match.sentence)


def points_shared(material: Material, target: str) -> list[Point]:
    """Pairs of sentences that are each other's nearest, strongest first; with a target, those on it alone."""
    found: list[Point] = []
    wanted = terms_of(token for parse in material.reader.parse_text(target) for token in parse.tokens) if target else ()
    for ours, theirs in combinations([header.article_id for header in material.headers], 2):
        found.extend(_pairs(material, ours, theirs))
    if wanted:
        parses = {(p.article_id, p.start): p for h in material.headers for p in material.parses(h.article_id)}
        on_it = [
            point
            for point in found
            if max(
                sum(
                    met(term, words_of([parses[(s.article_id, s.start)]], material.names), material.names)
                    for term in wanted
                )
                / len(wanted)
                for s in (point.ours, point.theirs)
            )
            >= 0.5
        ]
        found = on_it or _nearest(material, target, found)
    return sorted(found, key=lambda point: (-point.strength, point.ours.start))


def _nearest(material: Material, target: str, points: list[Point]) -> list[Point]:
    """The two points that come nearest to the target in meaning, when none has its words."""
    if not points:
        return []
    values = material.similarities(target, [s for point in points for s in (point.ours, point.theirs)])
    likeness = {point: max(values[2 * i], values[2 * i + 1]) for i, point in enumerate(points)}
    near = sorted((p for p in points if likeness[p] >= NEAR), key=lambda p: -likeness[p])
    return near[:2]


def _pairs(material: Material, ours: str, theirs: str) -> list[Point]:
    left, right = (_body(material, article_id) for article_id in (ours, theirs))
    if not left or not right:
        return []
    rows = material.sources.embed([sentence.text for sentence in (*left, *right)])
    alike = rows[: len(left)] @ rows[len(left) :].T
    overlap = _overlap(material, left, right)
    score = 0.6 * alike + 0.4 * overlap
    points = []
    for i in range(len(left)):
        j = int(np.argmax(score[i]))
        mutual = int(np.argmax(score[:, j])) == i
        if alike[i, j] >= ALIKE and overlap[i, j] >= (OVERLAP if mutual else 2 * OVERLAP):
            points.append(Point(left[i], right[j], float(score[i, j])))
    return points


def _body(material: Material, article_id: str) -> list[Sentence]:
    return [s for s in material.sentences[article_id] if s.section is SectionKind.BODY and len(s.text.split()) >= 4]


def _overlap(material: Material, left: Sequence[Sentence], right: Sequence[Sentence]) -> FloatMatrix:
    """Share of each left sentence's content that each right one has, weighed by rarity; the shorter one counts."""
    parses = {(p.article_id, p.start): p for s in (left[0], right[0]) for p in material.parses(s.article_id)}
    everything = [parses[(s.article_id, s.start)] for s in (*left, *right)]
    names = material.names
    every = {id(parse): words_of([parse], names) for parse in everything}
    table = np.zeros((len(left), len(right)), dtype=np.float32)
    for i, ours in enumerate(left):
        mine = parses[(ours.article_id, ours.start)]
        terms = terms_of(mine.tokens)
        weights = rarity(terms, list(every.values()), whole=False)
        total = sum(weights.values()) or 1.0
        for j, theirs in enumerate(right):
            parse = parses[(theirs.article_id, theirs.start)]
            shared = sum(weights[term.lemma] * met(term, every[id(parse)], names) for term in terms)
            other = sum(weights.get(term.lemma, 1.0) for term in terms_of(parse.tokens)) or 1.0
            table[i, j] = min(1.0, shared / min(total, other))
    return table


def _say_point(draft: Draft, point: Point) -> None:
    for sentence in (point.ours, point.theirs):
        say_sentence(draft, sentence)
    places = [(s.article_id, s.start) for s in (point.ours, point.theirs)]
    if draft.material.reading.target:
        flag_differences(draft, places, {FlagKind.WORDING})
    elif point.ours.text != point.theirs.text:
        sides = (draft.side(s.article_id, s.start, s.end) for s in (point.ours, point.theirs))
        draft.flag(FlagKind.WORDING, "The same matter, in other words.", *sides)


def _flag_origin(draft: Draft) -> None:
    """Agreement of sources that rest on one outlet is one voice."""
    material = draft.material
    found = {header.article_id: credits_in(material, header.article_id) for header in material.headers}
    for (ours, left), (theirs, right) in combinations(found.items(), 2):
        pair = next(((a, b) for a in left for b in right if same_outlet(a.outlet, b.outlet)), None)
        if pair is not None:
            a, b = pair
            sides = (
                draft.side(ours, a.sentence.start, a.sentence.end),
                draft.side(theirs, b.sentence.start, b.sentence.end),
            )
            draft.flag(FlagKind.SECONDHAND, "Both rest on the same other outlet: their agreement is one voice.", *sides)
            return
