"""What several sources agree on, and where they differ: their sentences on the same matter, side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assistant.answers.asked import asked_parts
from assistant.answers.clauses import clause_around, within
from assistant.answers.differing import flag_differences
from assistant.answers.draft import Draft
from assistant.answers.independence import same_outlet
from assistant.answers.matching import CONTENT, Match, Term, met, rank, rarity, terms_of, words_of
from assistant.answers.material import Material
from assistant.answers.said import credits_in
from assistant.answers.telling import lead_in_of
from assistant.answers.wh import look
from assistant.language.quantities import find_quantities
from assistant.question_parts import Part, answer_type_of
from assistant.types import Answer, AnswerStatus, FlagKind
from index import FloatMatrix, SectionKind, Sentence

SHOWN = 8  # points
ALIKE = 0.5
BESIDE = 0.85  # of the best sentence's score, what a second one of its source needs
RIGHT_BESIDE = 0.7  # weight of a number that stands right beside the word
TOLD = 2  # sentences of one source on the very thing asked about
NEARBY = 20  # characters from a number to the word it counts, at which its weight is half
ON_IT = 0.5  # share of the thing asked about that a sentence with a number must have
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
    if answer_type_of(f"what is {material.reading.target}") == "number" and _say_number(draft):
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
            _say_sentence(draft, match.sentence)
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
                _say_sentence(draft, match.sentence)


def _say_number(draft: Draft) -> bool:
    """Say the number that most sources give for the thing asked about: headline and first sentence. False: none is."""
    material = draft.material
    parses = material.reader.parse_text(material.reading.target)
    tokens = [token for parse in parses for token in parse.tokens]
    terms = [t for t in terms_of(tokens) if answer_type_of(f"what {t.lemma}") != "number"]
    if not terms:
        return False
    told: dict[float, list[Sentence]] = {}
    near: dict[float, dict[str, float]] = {}
    for match in rank(material, terms, material.reading.target):
        if match.alone < ON_IT:
            continue
        for value, nearness in _numbers(material, match, terms).items():
            told.setdefault(value, []).append(match.sentence)
            by_source = near.setdefault(value, {})
            by_source[match.sentence.article_id] = max(nearness, by_source.get(match.sentence.article_id, 0.0))
    shared = {value: rows for value, rows in told.items() if len(near[value]) > 1}
    if not shared:
        return _say_numbers_apart(draft, told, near)
    best = max(shared, key=lambda value: (sum(near[value].values()), len(shared[value]), value))
    for header in material.headers:
        ours = sorted((s for s in shared[best] if s.article_id == header.article_id), key=lambda s: s.start)
        body = next((s for s in ours if s.section is SectionKind.BODY), None)
        for sentence in [*(s for s in ours if s.section is SectionKind.HEADLINE), *([body] if body else [])]:
            _say_sentence(draft, sentence)
        if not ours:
            draft.say(f"{draft.label(header.article_id)} does not give this number.")
    return True


def _say_numbers_apart(
    draft: Draft, told: Mapping[float, list[Sentence]], near: Mapping[float, dict[str, float]]
) -> bool:
    """No number is shared: each source's own one, the nearest to the words asked about. False: no source has one."""
    said: list[Sentence] = []
    for header in draft.material.headers:
        ours = [value for value in told if near[value].get(header.article_id, 0.0) >= RIGHT_BESIDE]
        if not ours:
            draft.say(f"In {draft.label(header.article_id)} no number for it was recognised.")
            continue
        value = max(ours, key=lambda number: near[number][header.article_id])
        said.append(next(s for s in told[value] if s.article_id == header.article_id))
        _say_sentence(draft, said[-1])
    for theirs in said[1:]:
        sides = (draft.side(s.article_id, s.start, s.end) for s in (said[0], theirs))
        draft.flag(FlagKind.QUANTITY, "They do not give the same number.", *sides)
    return bool(said)


def _numbers(material: Material, match: Match, terms: Sequence[Term]) -> dict[float, float]:
    """The numbers of a sentence, each with how near it stands to the words asked about, 0..1."""
    words = [
        token
        for token in match.parse.tokens
        if token.pos in CONTENT
        and any(
            met(t, words_of([within(match.parse, token.start, token.end)], material.names), material.names) > 0.5
            for t in terms
        )
    ]
    found: dict[float, float] = {}
    for quantity in find_quantities(match.sentence.text, offset=match.sentence.start):
        gaps = [max(token.start - quantity.end, quantity.start - token.end, 0) for token in words]
        if gaps and not quantity.ordinal and min(gaps) <= NEARBY:
            found[quantity.value] = max(found.get(quantity.value, 0.0), 1.0 / (1.0 + min(gaps) / NEARBY))
    return found


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


def _say_sentence(draft: Draft, sentence: Sentence) -> None:
    start, end = sentence.start, sentence.end
    if len(sentence.text.split()) > 40:
        start, end = clause_around(draft.material.reader.parse([sentence])[0], start, end)
    number = draft.cite(sentence.article_id, start, end)
    where = " in its headline" if sentence.section is SectionKind.HEADLINE else ""
    lead = lead_in_of(draft, sentence)
    if lead is not None:
        where = f", under {draft.quoted(lead.article_id, lead.start, lead.end)}"
        draft.cite(lead.article_id, lead.start, lead.end)
    draft.say(f"{draft.label(sentence.article_id)}{where}: {draft.quoted(sentence.article_id, start, end)}.", number)


def _say_point(draft: Draft, point: Point) -> None:
    for sentence in (point.ours, point.theirs):
        _say_sentence(draft, sentence)
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
