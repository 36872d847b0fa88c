"""Questions about the matter itself: the sentences that answer them, source by source, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers.answer_types import candidates, counted_noun, measure_noun
from assistant.answers.clauses import shorten
from assistant.answers.draft import Draft
from assistant.answers.matching import Match, Term, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.premise import Footing, footing_of
from assistant.naming import find_named_sources
from assistant.reading import Part, parts_of, without_names
from assistant.types import Answer, AnswerStatus, FlagKind, Stance
from index import SectionKind

ENOUGH = 0.5
SHOWN = 2  # sentences shown for one source
_ABOUT_SOURCES = (
    "which article",
    "which source",
    "which outlet",
    "which of the",
    "which one",
    "say which",
    "which story",
    "which report",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that may answer, and the stretches in it that are of the type asked for."""

    match: Match
    fitting: tuple[tuple[int, int], ...]


def answer_content(material: Material) -> Answer:
    draft = Draft(material)
    reading = material.reading
    bare = without_names(reading.question, find_named_sources(reading.question, material.headers))
    parts = [part for part in parts_of(bare) if not part.text.lower().startswith(_ABOUT_SOURCES)] or parts_of(bare)
    asking = [part for part in parts if part.answer_type != "thing" or "?" in bare] or parts
    if reading.answer_type == "yes_no":
        return _answer_yes_no(draft, asking)
    if reading.presuppositions:
        refused = _refuse_premise(draft, reading.presuppositions[0])
        if refused is not None:
            return refused
    return _answer_wh(draft, asking[-1] if len(asking) == 1 else asking[0])


def _terms(material: Material) -> tuple[Term, ...]:
    return terms_of(token for parse in material.parsed for token in parse.tokens)


def _answer_wh(draft: Draft, part: Part) -> Answer:
    material = draft.material
    terms = _terms(material)
    ranked = rank(material, terms, material.reading.question)
    answer_type = part.answer_type if part.answer_type != "thing" else material.reading.answer_type
    counted = counted_noun(material.reading.question) if answer_type == "number" else ""
    found = [one for one in (_found(match, answer_type, terms, counted) for match in ranked[:40]) if one is not None]
    measure = measure_noun(material.reading.question)
    if measure:
        found = [one for one in found if measure in one.match.matched]
    best = found[0].match.score if found else 0.0
    if not found or best < ENOUGH or found[0].match.alone < 0.35:
        return _refuse(draft, ranked, best)
    kept = [one for one in found if one.match.score >= max(ENOUGH, 0.85 * best)]
    for header in material.headers:
        ours = [one for one in kept if one.match.sentence.article_id == header.article_id][:SHOWN]
        for one in ours:
            _say(draft, one.match)
    cited = draft.cited_sources
    if len(cited) == 1 and 1 < len(material.headers) <= 12:
        draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(cited[0])} says so.")
    return draft.answer(AnswerStatus.ANSWERED, score=best)


def _found(match: Match, answer_type: str, terms: tuple[Term, ...], counted: str) -> Found | None:
    fitting = candidates(match.parse, answer_type, terms, counted)
    return Found(match, tuple(fitting)) if fitting else None


def _say(draft: Draft, match: Match) -> None:
    sentence = match.sentence
    start, end = shorten(match.parse, sentence.start, sentence.end)
    number = draft.cite(sentence.article_id, start, end)
    where = "says in its headline" if sentence.section is SectionKind.HEADLINE else "says"
    draft.say(f"{draft.label(sentence.article_id)} {where}: {draft.quoted(sentence.article_id, start, end)}.", number)


def _refuse(draft: Draft, ranked: list[Match], score: float) -> Answer:
    """The sources do not say; what comes nearest is cited as context."""
    material = draft.material
    draft.say("The sources consulted do not say this.")
    for match in ranked[:1]:
        if match.coverage >= 0.4:
            sentence = match.sentence
            number = draft.cite(sentence.article_id, sentence.start, sentence.end)
            quoted = draft.quoted(sentence.article_id, *shorten(match.parse, sentence.start, sentence.end))
            draft.say(f"The nearest is in {draft.label(sentence.article_id)}: {quoted}.", number)
    if material.reading.answer_type == "number":
        _flag_vivid(draft, ranked)
    return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=min(score, 0.49))


def _flag_vivid(draft: Draft, ranked: list[Match]) -> None:
    """A vivid phrase is not a figure: where the nearest sentences only judge, say that this is opinion."""
    for match in ranked[:4]:
        for frame in draft.material.frames(match.sentence.article_id):
            if frame.sentence_start == match.sentence.start and frame.evaluative and not frame.quoted:
                start, end = frame.evaluative[0]
                draft.flag(
                    FlagKind.OPINION, "A vivid phrase is not a figure.", draft.side(frame.article_id, start, end)
                )
                return


def _refuse_premise(draft: Draft, statement: str) -> Answer | None:
    """Refuse a question that takes for granted what no source says; None when one says it."""
    footing = footing_of(draft.material, statement)
    if footing.asserted:
        return None
    if footing.nearest is not None and footing.nearest.coverage < 0.2 and draft.material.not_consulted:
        return None
    draft.say("The sources consulted do not say what the question takes for granted.")
    _show_opposite(draft, footing)
    draft.flag(FlagKind.FALSE_PREMISE, "The question assumes what no source says.")
    return draft.answer(AnswerStatus.REFUSED, missing=(draft.material.reading.question,), score=0.0)


def _show_opposite(draft: Draft, footing: Footing) -> None:
    for match in footing.opposite[:2] or (
        [footing.nearest] if footing.nearest and footing.nearest.coverage >= 0.4 else []
    ):
        sentence = match.sentence
        number = draft.cite(sentence.article_id, sentence.start, sentence.end)
        quoted = draft.quoted(sentence.article_id, *shorten(match.parse, sentence.start, sentence.end))
        draft.say(f"{draft.label(sentence.article_id)} says: {quoted}.", number)


def _answer_yes_no(draft: Draft, parts: list[Part]) -> Answer:
    """Yes, no, or not said. Only what asserts or denies it is an answer."""
    from_question = draft.material.reading.question
    footing = footing_of(draft.material, from_question, question=True)
    for word, matches, stance in (("Yes", footing.asserted, Stance.SUPPORTS), ("No", footing.opposite, Stance.REFUTES)):
        for match in matches[:3]:
            sentence = match.sentence
            number = draft.cite(sentence.article_id, sentence.start, sentence.end)
            quoted = draft.quoted(sentence.article_id, *shorten(match.parse, sentence.start, sentence.end))
            draft.say(f"{word}, by {draft.label(sentence.article_id)}: {quoted}.", number)
            draft.stance(sentence.article_id, stance)
    if footing.asserted or footing.opposite:
        cited = draft.cited_sources
        if len(cited) == 1 and 1 < len(draft.material.headers) <= 12:
            draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(cited[0])} says so.")
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    return _refuse(draft, [footing.nearest] if footing.nearest else [], 0.3)
