"""Yes, no, or not said. Only what asserts or denies it is an answer: a plan, a wish or a condition is not."""

from __future__ import annotations

import re

from assistant.answers.asked import asked_parts, bare_question
from assistant.answers.draft import Draft
from assistant.answers.matching import rank, terms_of
from assistant.answers.premise import footing_of
from assistant.answers.reads import READ_OF_FEW, told_by
from assistant.answers.single import flag_single
from assistant.answers.telling import tell, tell_nearest
from assistant.answers.wh import answer_part
from assistant.language.types import SpeakerKind
from assistant.question_parts import Part, answer_type_of
from assistant.reading import as_statement
from assistant.types import Answer, AnswerStatus, FlagKind, Stance
from index import Span

SHOWN = 3
CLEAR = 0.8  # probability from which a sentence that the model read answers, though it says neither yes nor no
MENTIONED = 0.75  # share of the thing's words that a sentence must have
_MENTION = re.compile(
    r"^\s*(?:do|does|did)\s+.{0,60}?\b(?:articles?|sources?|stor(?:y|ies)|reports?|pieces?|they|it)\b.{0,20}?\s+"
    r"(?:ever\s+)?(?:mention|name|refer to|talk about|speak of|discuss|cover)\s+(?P<what>.+?)\??\s*$",
    re.IGNORECASE,
)
_ANY_MENTION = re.compile(
    r"^\s*(?:is|are) there (?:any |a )?(?:mention|reference|word)s? (?:of|to|about) (?P<what>.+?)"
    r"(?:\s+in (?:either|any|both|each|the|these|those|one)\b.*)?\s*\??\s*$",
    re.IGNORECASE,
)
_DOES_IT_SAY_THAT = re.compile(r".*\b(?:mention|say|state|report)\s+that\b", re.IGNORECASE)
_DOES_IT_SAY = re.compile(
    r"^\s*(?:do|does|did)\s+.{0,60}?\b(?:articles?|sources?|stor(?:y|ies)|reports?|pieces?|they|it)\b.{0,20}?\s+"
    r"(?:ever\s+)?(?:say|claim|state|report|mention|write|confirm|suggest)\s+(?:that\s+)?(?P<rest>.+?)\??\s*$",
    re.IGNORECASE,
)
_ASKS_WITHIN = re.compile(r"\W*(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)


def answer_yes_no(draft: Draft) -> Answer:
    """The answer by the clauses of each source; a source's own judgement is flagged as opinion."""
    question = draft.material.reading.question
    bare = bare_question(draft.material)
    mentioned = _MENTION.match(bare) or _ANY_MENTION.match(bare)
    if mentioned and not _DOES_IT_SAY_THAT.match(bare):
        return _answer_mention(draft, mentioned.group("what"))
    within = _DOES_IT_SAY.match(bare)
    if within and draft.material.whole and _ASKS_WITHIN.match(within.group("rest")):
        return _answer_within(draft, within.group("rest").strip(" ?"))
    footing = footing_of(draft.material, statement_of(draft))
    for span in footing.asserted[:SHOWN]:
        tell(draft, span, prefix="Yes: ")
        draft.stance(span.article_id, Stance.SUPPORTS)
        _flag_opinion(draft, span)
    for span in footing.opposite[:SHOWN]:
        tell(draft, span, prefix="No: ")
        draft.stance(span.article_id, Stance.REFUTES)
    if footing.asserted or footing.opposite:
        flag_single(draft)
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    about_sources = bool(_DOES_IT_SAY.match(bare))
    told = told_by(draft.material, question, footing.ranked[:READ_OF_FEW]) if draft.material.whole else {}
    read = sorted((sentence for sentence in told if told[sentence] >= CLEAR), key=lambda sentence: -told[sentence])
    if read and not about_sources:
        draft.say("The sources say neither yes nor no in so many words. What they say of it:")
        for sentence in read[:SHOWN]:
            tell(draft, Span(sentence.article_id, sentence.start, sentence.end, sentence.text))
        flag_single(draft)
        return draft.answer(AnswerStatus.ANSWERED, score=told[read[0]])
    draft.say("No, not in these words." if about_sources else "The sources consulted neither say so nor deny it.")
    tell_nearest(draft, footing.ranked)
    if about_sources:  # what an article does not say is an answer to "does it say …"
        return draft.answer(AnswerStatus.ANSWERED, score=0.6)
    return draft.answer(AnswerStatus.REFUSED, missing=(question,), score=0.2)


def _answer_mention(draft: Draft, what: str) -> Answer:
    """Does the article mention a thing? By its name, its demonym, or the same word in another form."""
    material = draft.material
    terms = terms_of(token for parse in material.reader.parse_text(what) for token in parse.tokens)
    ranked = [match for match in rank(material, terms, what) if match.alone >= MENTIONED]
    for header in material.headers:
        ours = [match.sentence for match in ranked if match.sentence.article_id == header.article_id]
        draft.stance(header.article_id, Stance.SUPPORTS if ours else Stance.SILENT)
        for sentence in ours[:2]:
            tell(draft, Span(sentence.article_id, sentence.start, sentence.end, sentence.text), prefix="Yes: ")
        if not ours:
            draft.say(f"No: {draft.label(header.article_id)} does not mention it.")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _answer_within(draft: Draft, question: str) -> Answer:
    """Do they say how many, who, when? Each source's answer to the question within, or that it has none."""
    part = Part(question, answer_type_of(question))
    found = answer_part(draft.material, part, None).found
    for header in draft.material.headers:
        ours = [span for span in found if span.article_id == header.article_id]
        draft.stance(header.article_id, Stance.SUPPORTS if ours else Stance.SILENT)
        for span in ours:
            tell(draft, span, prefix="Yes: ")
        if not ours:
            draft.say(f"No: {draft.label(header.article_id)} does not say.")
    flag_single(draft)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def statement_of(draft: Draft) -> str:
    """The question as a statement; of "does article 7 say that …" what follows."""
    question = draft.material.reading.question
    said = _DOES_IT_SAY.match(bare_question(draft.material))
    if said:
        return said.group("rest")
    parts = [part.text for part in asked_parts(draft.material) if part.answer_type == "yes_no"]
    parses = draft.material.reader.parse_text(parts[-1] + "?") if parts else draft.material.parsed
    asking = [parse for parse in parses if parse.text.rstrip().endswith("?")] or list(parses)
    return as_statement(asking[-1]) or question


def _flag_opinion(draft: Draft, span: Span) -> None:
    for frame in draft.material.frames(span.article_id):
        inside = span.start <= frame.start < span.end
        if inside and frame.evaluative and not frame.quoted and frame.speaker.kind is SpeakerKind.OWN_VOICE:
            start, end = frame.evaluative[0]
            draft.flag(
                FlagKind.OPINION, "The source judges in its own voice.", draft.side(frame.article_id, start, end)
            )
            return
