"""How each source words a thing, source by source; and which loaded words a source uses in its own voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, product

from assistant.answers.clauses import clause_around
from assistant.answers.differing import flag_differences
from assistant.answers.draft import Draft
from assistant.answers.loaded import answer_loaded
from assistant.answers.matching import rank, terms_of
from assistant.answers.material import Material
from assistant.answers.mentions import GENERAL, Mention, Target, find_mentions, target_of, with_counted
from assistant.answers.naming_words import flag_headline, flag_wording
from assistant.answers.telling import tell
from assistant.types import Answer, AnswerStatus, FlagKind, Stance
from index import Span

SURE = 0.5  # score from which a noun phrase is what was asked about
NEAR = 0.5
_STATED = re.compile(r"^(?:what|whether|how|why)\b", re.IGNORECASE)  # a statement or an act, no thing
CLAUSES = 2  # sentences shown for one source, when an act or a state is asked about
BESIDE = 0.85  # of the best sentence's score, what the second needs
SHOWN = 4  # wordings shown for one source


def answer_describe(material: Material) -> Answer:
    if material.reading.answer_type == "loaded":
        return answer_loaded(material)
    draft = Draft(material)
    target = target_of(material, material.reading.target)
    if target is not None and _STATED.match(target.text):
        told = _describe_clauses(draft, target)
        if told is not None:
            return told
    by_source = with_counted(material, target, find_mentions(material, target)) if target else {}
    heard = [article_id for article_id, mentions in by_source.items() if mentions]
    if target is not None and not any(m.score >= SURE for mentions in by_source.values() for m in mentions):
        told = _describe_clauses(draft, target)
        if told is not None:
            return told
    if not heard:
        draft.say("The sources consulted do not speak of this.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    for article_id in heard:
        _say_wordings(draft, article_id, by_source[article_id])
        flag_headline(draft, by_source[article_id])
    silent = [header.article_id for header in material.headers if header.article_id not in heard]
    for article_id in silent[:6]:
        draft.stance(article_id, Stance.SILENT)
        draft.say(f"{draft.label(article_id)} does not speak of it.")
    flag_wording(draft, by_source)
    if len(heard) == 1 and silent:
        draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(heard[0])} speaks of it.")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _describe_clauses(draft: Draft, target: Target) -> Answer | None:
    """How each source puts an act or a state: its best sentence on it. None when none is near enough."""
    material = draft.material
    tokens = [token for parse in material.reader.parse_text(target.text) for token in parse.tokens]
    terms = [term for term in terms_of(tokens) if term.lemma not in GENERAL]
    ranked = rank(material, terms, target.text)
    places: list[tuple[str, int]] = []
    for header in material.headers:
        best = next((m for m in ranked if m.sentence.article_id == header.article_id), None)
        if best is None or (best.coverage < NEAR and best.similarity < NEAR) or best.alone < NEAR / 2:
            continue
        ours = [m for m in ranked if m.sentence.article_id == header.article_id and m.score >= BESIDE * best.score]
        for sentence in (match.sentence for match in ours[:CLAUSES]):
            tell(draft, Span(sentence.article_id, sentence.start, sentence.end, sentence.text))
        places.append((best.sentence.article_id, best.sentence.start))
    if not places:
        return None
    flag_differences(draft, places, {FlagKind.WORDING, FlagKind.MODALITY, FlagKind.QUANTITY, FlagKind.QUALIFIER})
    _flag_firmness(draft, places)
    if len(places) == 1 and len(material.headers) > 1:
        draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(places[0][0])} speaks of it.")
    elif len(places) > 1 and not draft.flag_kinds:
        first, second = (material.sentence_at(*place) for place in places[:2])
        if first is not None and second is not None:
            sides = (draft.side(s.article_id, s.start, s.end) for s in (first, second))
            draft.flag(FlagKind.WORDING, "The same matter, in other words.", *sides)
    return draft.answer(AnswerStatus.ANSWERED, score=0.7)


def _flag_firmness(draft: Draft, places: Sequence[tuple[str, int]]) -> None:
    """Flag two sources that tell of one number of things with different firmness: "could" here, "will" there."""
    rows = [
        [f for f in draft.material.frames(i) if f.sentence_start <= start < f.sentence_end and f.quantities]
        for i, start in places
    ]
    for ours, theirs in combinations(rows, 2):
        for left, right in product(ours, theirs):
            shared = {q.value for q in left.quantities} & {q.value for q in right.quantities}
            worded = bool(left.modality_text or right.modality_text)
            if shared and worded and left.modality is not right.modality:
                words = [f.modality_text or f.text for f in (left, right)]
                note = f"“{words[0]}” against “{words[1]}”: not equally firm."
                sides = (draft.side(f.article_id, f.start, f.end) for f in (left, right))
                draft.flag(FlagKind.MODALITY, note, *sides)
                break


def _say_wordings(draft: Draft, article_id: str, mentions: list[Mention]) -> None:
    """One statement for each distinct wording of a source: the body's first, its headline's last."""
    seen: set[str] = set()
    for mention in sorted(mentions, key=lambda m: (m.headline, -m.score)):
        wording = draft.span(article_id, mention.start, mention.end).quote
        if wording.lower() in seen and not mention.headline:
            draft.cite(article_id, mention.start, mention.end)
            continue
        if len(seen) >= SHOWN:
            break
        seen.add(wording.lower())
        clause = draft.quoted(article_id, *clause_around(mention.parse, mention.start, mention.end))
        number = draft.cite(article_id, mention.start, mention.end)
        where = "says in its headline" if mention.headline else "says"
        draft.say(f"{draft.label(article_id)} {where} “{wording}”: {clause}.", number)
