"""Questions about the matter itself: the sentences that answer them, source by source, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.asked import asked_parts
from assistant.answers.differing import flag_differences, flag_values
from assistant.answers.draft import Draft
from assistant.answers.matching import Match
from assistant.answers.material import Material
from assistant.answers.mentions import Mention, mentions_near
from assistant.answers.naming_words import flag_wording
from assistant.answers.premise import footing_of
from assistant.answers.single import flag_single
from assistant.answers.telling import tell, tell_nearest
from assistant.answers.wh import Answered, answer_part
from assistant.answers.yes_no import answer_yes_no
from assistant.language.lexicon.verbs import is_speech_verb
from assistant.question_parts import Part, measure_noun
from assistant.types import Answer, AnswerStatus, FlagKind
from index import Span

REACTIONS = frozenset({"respond", "react", "answer", "reply", "justify", "defend", "explain", "vote", "feel", "view"})
VIVID = 0.35  # cosine from which a sentence is on the measure asked for


def answer_content(material: Material) -> Answer:
    draft = Draft(material)
    reading = material.reading
    if reading.answer_type == "yes_no":
        return answer_yes_no(draft)
    if reading.presuppositions and material.whole:
        refused = _refuse_premise(draft, reading.presuppositions[0])
        if refused is not None:
            return refused
    parts = asked_parts(material)
    results = [answer_part(material, part, parts[0] if number else None) for number, part in enumerate(parts)]
    return _conclude(draft, parts, results)


def _conclude(draft: Draft, parts: Sequence[Part], results: Sequence[Answered]) -> Answer:
    """Answered when every part is, partial when some are; what is missing is named."""
    good = [result for result in results if result.found]
    missing = [part.text + "?" for part, result in zip(parts, results, strict=True) if not result.found]
    score = min((result.score for result in results), default=0.0)
    if not good:
        return refuse(draft, results[0].ranked, score, measure=bool(measure_noun(parts[0].text)))
    for result in good:
        _say_rivals(draft, result)
        for span in result.found:
            tell(draft, span)
    flag_single(draft)
    if draft.material.whole:
        _flag_between(draft, parts, good)
    if missing:
        draft.say("Not answered by the sources consulted: " + " ".join(missing))
        return draft.answer(AnswerStatus.PARTIAL, missing=missing, score=score)
    return draft.answer(AnswerStatus.ANSWERED, score=score)


def _say_rivals(draft: Draft, result: Answered) -> None:
    """That the sources do not give one answer, before what each of them says."""
    if not result.rivals:
        return
    rows, numbers = [], []
    for rival in result.rivals:
        sentence = rival.match.sentence
        words = draft.quoted(sentence.article_id, rival.value.start, rival.value.end)
        rows.append(f"{draft.label(sentence.article_id)} {words}")
        numbers.append(draft.cite(sentence.article_id, sentence.start, sentence.end))
    draft.say(f"The sources differ, or speak of different things of one name: {'; '.join(rows)}.", *numbers)


def _flag_between(draft: Draft, parts: Sequence[Part], good: Sequence[Answered]) -> None:
    """Where several sources answer: other numbers, other times, other names for what is counted."""
    kinds = {"number": {FlagKind.QUANTITY, FlagKind.QUALIFIER}, "date": {FlagKind.TIME}}
    for part, result in zip(parts, good, strict=False):
        wanted = kinds.get(part.answer_type, set())
        places = [(span.article_id, span.start) for span in result.found]
        if wanted and len({article_id for article_id, _ in places}) > 1:
            flag_differences(draft, places, wanted)
        if part.answer_type == "number":
            if FlagKind.QUANTITY not in draft.flag_kinds:
                flag_values(draft, part, result.found)
            _flag_counted(draft, result.found)


def _flag_counted(draft: Draft, found: Sequence[Span]) -> None:
    """The same number of what two sources call by different names."""
    by_source: dict[str, list[Mention]] = {}
    for span in found:
        if span.article_id not in by_source:
            by_source[span.article_id] = mentions_near(draft.material, span.article_id, [(span.start, span.end)])
    values = [{m.quantity.value for m in mentions if m.quantity} for mentions in by_source.values()]
    shared = set.intersection(*values) if len(values) > 1 else set()
    for value in list(shared)[:1]:
        flag_wording(
            draft, {i: [m for m in ms if m.quantity and m.quantity.value == value] for i, ms in by_source.items()}
        )


def refuse(draft: Draft, ranked: Sequence[Match], score: float, *, measure: bool = False) -> Answer:
    """The sources do not say; what comes nearest is cited as context, and no more than context."""
    draft.say("The sources consulted do not say this.")
    tell_nearest(draft, ranked)
    if measure:
        _flag_vivid(draft, ranked)
    return draft.answer(AnswerStatus.REFUSED, missing=(draft.material.reading.question,), score=min(score, 0.49))


def _flag_vivid(draft: Draft, ranked: Sequence[Match]) -> None:
    """A vivid phrase is not a figure: where the nearest sentences only judge, say that this is opinion."""
    near = [match for match in ranked[:8] if match.similarity >= VIVID]
    for match in sorted(near, key=lambda match: -match.similarity):
        for frame in draft.material.frames(match.sentence.article_id):
            inside = match.sentence.start <= frame.start < match.sentence.end
            if inside and frame.evaluative and not frame.quoted:
                start, end = frame.evaluative[0]
                draft.flag(
                    FlagKind.OPINION, "A vivid phrase is not a figure.", draft.side(frame.article_id, start, end)
                )
                return


def _refuse_premise(draft: Draft, statement: str) -> Answer | None:
    """Refuse a question that takes for granted what no source says; None when one says it."""
    footing = footing_of(draft.material, statement, lenient=True)
    if footing.asserted:
        return None
    draft.say("The sources consulted do not say what the question takes for granted.")
    for span in footing.opposite[:2]:
        tell(draft, span)
    tell_nearest(draft, footing.ranked, {span.article_id for span in footing.opposite})
    theirs = (
        draft.side(footing.opposite[0].article_id, footing.opposite[0].start, footing.opposite[0].end)
        if footing.opposite
        else None
    )
    if footing.opposite or not _asks_for_reaction(draft):
        draft.flag(FlagKind.FALSE_PREMISE, "The question assumes what no source says.", None, theirs)
    return draft.answer(AnswerStatus.REFUSED, missing=(draft.material.reading.question,), score=0.0)


def _asks_for_reaction(draft: Draft) -> bool:
    """ "How did she respond?" assumes no more than that she may have said something."""
    tokens = [token for parse in draft.material.parsed for token in parse.tokens]
    how = bool(tokens) and tokens[0].lemma.lower() == "how"
    verbs = [token.lemma.lower() for token in tokens if token.dep == "ROOT"]
    return how and any(is_speech_verb(verb) or verb in REACTIONS for verb in verbs)
