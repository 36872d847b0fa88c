"""The number on which most sources agree, headline and first sentence; or each source's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answers.clauses import clause_around, within
from assistant.answers.draft import Draft
from assistant.answers.matching import CONTENT, Match, Term, met, rank, terms_of, words_of
from assistant.answers.material import Material
from assistant.answers.telling import lead_in_of
from assistant.language.quantities import find_quantities
from assistant.question_parts import answer_type_of
from assistant.types import FlagKind
from index import SectionKind, Sentence

RIGHT_BESIDE = 0.7  # weight of a number that stands right beside the word
NEARBY = 20  # characters from a number to the word it counts, at which its weight is half
ON_IT = 0.5  # share of the thing asked about that a sentence with a number must have


def say_number(draft: Draft) -> bool:
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
            say_sentence(draft, sentence)
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
        say_sentence(draft, said[-1])
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


def say_sentence(draft: Draft, sentence: Sentence) -> None:
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
