"""Exact words: who is quoted directly, who is only paraphrased, and what nobody here quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.asked import asked_parts
from assistant.answers.clauses import clause_around, within
from assistant.answers.draft import Draft
from assistant.answers.matching import Match, Term, met, rank, terms_of, words_of
from assistant.answers.material import Material
from assistant.answers.said import Quoted, credits_in, quotations_in
from assistant.answers.single import flag_single
from assistant.answers.whose_words import NAMING, PRONOUNS, is_theirs, namers, round_speakers, speakers_asked_for
from assistant.language.lexicon.outlets import is_outlet_name
from assistant.language.quotations import quoted_spans
from assistant.language.types import Token
from assistant.types import Answer, AnswerStatus, FlagKind, Stance

WHOLLY = 0.95  # share of the question's words in the sentence, where the quotation itself need have none
HALF = 0.5  # of a sentence
FEWEST = 4  # words of a quotation that is near in meaning
ALIKE = 0.45  # cosine of its sentence and the question
ENOUGH = 0.5  # share of the question's terms that a quotation's sentence must cover
_NO_MATTER = {
    "quote",
    "quotation",
    "exact",
    "exactly",
    "word",
    "wording",
    "direct",
    "directly",
    "verbatim",
    "phrase",
    "own",
    "contain",
}


@dataclass(frozen=True, slots=True)
class Found:
    quoted: Quoted
    coverage: float


def answer_quotation(material: Material) -> Answer:
    draft = Draft(material)
    tokens = _without_order(material)
    speakers = speakers_asked_for(tokens)
    whose = round_speakers(tokens)
    terms = [
        t
        for t in terms_of(tokens)
        if t.lemma not in _NO_MATTER
        and t.position not in whose
        and not any(set(t.lemma.split()) <= set(name.split()) for name in speakers)
    ]
    named = {t.text.lower() for t in tokens if t.pos == "PROPN"}
    outlets = [name for name in speakers if is_outlet_name(name) and set(name.split()) & named]
    ranked = rank(material, terms, material.reading.question)
    found = _quotations(material, ranked, speakers, terms)
    if not found and speakers:  # "what did she tell reporters in Lowen": the matter stands outside the marks
        found = _quotations(material, ranked, speakers, terms, framed=True)
    if not found and speakers and not outlets:
        found = _nearest_said(material, ranked, speakers, terms)
    if not found and speakers and NAMING.search(material.reading.question):
        found = _one_each(_quotations(material, ranked, speakers, ()))
    if outlets and not found:
        return _refuse_outlet(draft, outlets[0])
    if not found:
        draft.say("The sources consulted quote nobody directly on this.")
        _say_paraphrases(draft, ranked[:2], set())
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    quoting = set()
    for one in found[:4]:
        article_id, quoted = one.quoted.article_id, one.quoted
        quoting.add(article_id)
        who = next((s.text for s in quoted.speakers if s.text and s.text.lower() not in PRONOUNS), "")
        said = f"{draft.label(article_id)} quotes"
        end = _end_of_run(material, quoted)
        numbers = [draft.cite(article_id, quoted.start, end)]
        sentence = quoted.sentence
        if quoted.end - quoted.start < PARTIAL * (sentence.end - sentence.start):
            numbers.append(draft.cite(article_id, sentence.start, sentence.end))
        draft.stance(article_id, Stance.SUPPORTS)
        words = draft.quoted(article_id, quoted.start, end)
        draft.say(f"{said} {who + ': ' if who else ''}{words}.", *numbers)
    others = [match for match in ranked if match.sentence.article_id not in quoting and match.coverage >= ENOUGH]
    _say_paraphrases(draft, others[:1], quoting, found[0].quoted)
    if FlagKind.QUOTATION not in draft.flag_kinds:
        flag_single(draft, "quotes it")
    return draft.answer(AnswerStatus.ANSWERED, score=found[0].coverage)


PARTIAL = 0.6  # share of its sentence below which a quotation is shown with the words that lead up to it
_ORDER = re.compile(r"^\s*(?:please\s+)?(?:quote|give|show|find|list|name)(?:\s+me)?\s+", re.IGNORECASE)


def _without_order(material: Material) -> list[Token]:
    """The tokens of the first part without its "Quote …", which a parser takes for a name."""
    text = _ORDER.sub("", asked_parts(material)[0].text)
    return [token for parse in material.reader.parse_text(text) for token in parse.tokens]


def _end_of_run(material: Material, quoted: Quoted) -> int:
    """Where the quotation ends: with its sentence, or with the next one when it goes on there."""
    text = material.sources.article(quoted.article_id).text
    following = [q for q in quotations_in(material, quoted.article_id, shortest=1) if q.start >= quoted.end]
    runs_on = following and not text[quoted.end : following[0].start].strip()
    return following[0].end if runs_on else quoted.end


def _quotations(
    material: Material, ranked: list[Match], speakers: list[str], terms: Sequence[Term], *, framed: bool = False
) -> list[Found]:
    """The speakers' quotations on the matter, best first. ``framed``: the matter may stand beside the quotation."""
    coverage = {(m.sentence.article_id, m.sentence.start): m for m in ranked}
    found = []
    for header in material.headers:
        for quoted in _continued(quotations_in(material, header.article_id)):
            match = coverage.get((quoted.article_id, quoted.sentence.start))
            if match is not None and not quoted.speakers:
                quoted = replace(quoted, speakers=namers(match.parse, quoted.start))
            if match is None or (speakers and not is_theirs(material, quoted, speakers)):
                continue
            words = words_of([within(match.parse, quoted.start, quoted.end)], material.names)
            inside = sum(met(term, words, material.names) for term in terms) / len(terms) if terms else 1.0
            least = WHOLLY if framed else ENOUGH
            naming = framed or bool(NAMING.search(material.reading.question))
            named = bool(speakers) and bool(terms) and match.alone >= least and naming
            if (
                named
                or inside > ENOUGH
                or (inside == ENOUGH and (speakers or len(terms) > 2))
                or (not terms and speakers)
            ):
                found.append(Found(quoted, inside * 0.5 + match.coverage * 0.5))
    return sorted(found, key=lambda one: (-one.coverage, one.quoted.article_id, one.quoted.start))


def _nearest_said(material: Material, ranked: list[Match], speakers: list[str], terms: Sequence[Term]) -> list[Found]:
    """The speaker's quotations that come nearest in meaning, when none has most of the question's words."""
    every = [one for one in _quotations(material, ranked, speakers, ()) if len(one.quoted.text.split()) >= FEWEST]
    if not every:
        return []
    alike = material.similarities(material.reading.question, [one.quoted.sentence for one in every])
    near = [(value, one) for value, one in zip(alike, every, strict=True) if value >= ALIKE]
    kept: list[Found] = []
    for value, one in sorted(near, key=lambda pair: -pair[0]):
        words = words_of(material.reader.parse_text(one.quoted.text), material.names)
        met_here = any(met(term, words, material.names) >= 0.5 for term in terms)
        if met_here and all(one.quoted.article_id != other.quoted.article_id for other in kept):
            kept.append(replace(one, coverage=value))
    return kept


def _one_each(found: Sequence[Found]) -> list[Found]:
    """The best quotation of each source."""
    return list({one.quoted.article_id: one for one in reversed(found)}.values())[::-1]


def _continued(quotations: Sequence[Quoted]) -> list[Quoted]:
    """A quotation that goes on in its paragraph after "… said Ann Lee." is hers, too."""
    found: list[Quoted] = []
    for quoted in quotations:
        before = found[-1] if found else None
        follows = before is not None and before.sentence.paragraph == quoted.sentence.paragraph
        if before is not None and follows and not quoted.speakers:
            quoted = replace(quoted, speakers=before.speakers)
        found.append(quoted)
    return found


def _say_paraphrases(draft: Draft, matches: list[Match], quoting: set[str], against: Quoted | None = None) -> None:
    for match in matches:
        sentence = match.sentence
        if match.coverage < ENOUGH or sentence.article_id in quoting:
            continue
        start, end = clause_around(match.parse, sentence.start, sentence.end)
        number = draft.cite(sentence.article_id, start, end)
        name = draft.label(sentence.article_id)
        direct = sum(last - first for first, last in quoted_spans(sentence.text)) >= HALF * len(sentence.text)
        how = "quotes it in other words" if direct and against is not None else "only paraphrases"
        draft.say(f"{name} {how}: {draft.quoted(sentence.article_id, start, end)}.", number)
        draft.stance(sentence.article_id, Stance.DIFFERS)
        if against is not None:
            sides = (
                draft.side(against.article_id, against.start, against.end),
                draft.side(sentence.article_id, start, end),
            )
            if direct:
                draft.flag(FlagKind.WORDING, f"{name} quotes it in other words.", *sides)
                continue
            draft.flag(
                FlagKind.QUOTATION, f"{name} gives no direct quotation of it: its own words, not the speaker's.", *sides
            )


def _refuse_outlet(draft: Draft, outlet: str) -> Answer:
    """The outlet's own text is not in the collection: what others relay of it is not its wording."""
    material = draft.material
    relays = [credit for header in material.headers for credit in credits_in(material, header.article_id)]
    draft.say(
        "That outlet's own text is not in the collection, and no source quotes it directly: "
        "its wording is not known here."
    )
    for header in material.headers:
        credit = next(
            (c for c in relays if c.article_id == header.article_id and set(outlet.split()) & set(c.outlet.split())),
            None,
        )
        if credit is None:
            continue
        number = draft.cite(header.article_id, credit.sentence.start, credit.sentence.end)
        draft.say(f"{draft.label(header.article_id)} only relays it.", number)
        draft.flag(
            FlagKind.SECONDHAND,
            f"{draft.label(header.article_id)} relays another outlet; its words are its own.",
            draft.side(header.article_id, credit.sentence.start, credit.sentence.end),
        )
    if not draft.flag_kinds:
        draft.flag(FlagKind.SECONDHAND, "Only other outlets' accounts of it could be in the collection.")
    return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
