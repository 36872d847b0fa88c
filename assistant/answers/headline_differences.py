"""How a headline differs from the sentences below it on one matter: its verbs, its numbers, its noun phrases."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

from assistant.answers.draft import Draft
from assistant.answers.mentions import mentions_in
from assistant.language.quantities import find_quantities
from assistant.language.types import Frame, Modality
from assistant.types import FlagKind, FlagSide
from assistant.wording.words import Kin, kin
from index import SectionKind, Sentence

SAME_ACT = (Kin.SAME, Kin.DERIVED, Kin.SYNONYM)
SPEAKING = frozenset({"say", "tell", "state", "report", "announce", "add", "write"})  # who says it is no other act


def flag_clauses(
    draft: Draft, headline: Sentence, shown: Sequence[Sentence], spans: Sequence[tuple[int, int]] = ()
) -> None:
    """Flag an act, its firmness or a number of the headline that the sentences shown put otherwise.

    ``shown``: best first. ``spans``: of the headline only the clauses that hold one of these places count; all, when
    there is none.
    """
    frames = draft.material.frames(headline.article_id)
    theirs = [f for s in shown for f in frames if f.start < s.end and s.start < f.end]
    ours = [f for f in frames if f.section is SectionKind.HEADLINE and f.predicate not in SPEAKING]
    if spans:
        ours = [f for f in ours if any(f.start <= start and end <= f.end for start, end in spans)]
    for frame in ours:
        if shown:
            _flag_act(draft, frame, theirs, shown[0])
    _flag_numbers(draft, headline, shown)


def _flag_act(draft: Draft, frame: Frame, theirs: Sequence[Frame], best: Sentence) -> None:
    same = [f for f in theirs if kin(frame.predicate, "v", f.predicate, "v") in SAME_ACT]
    ours = draft.side(frame.article_id, frame.start, frame.end)
    if not same:
        note = f"The headline's “{frame.predicate}” is not the text's word for what happens."
        draft.flag(FlagKind.HEADLINE_BODY, note, ours, draft.side(best.article_id, best.start, best.end))
        return
    softer = [f for f in same if f.modality is not frame.modality or f.negated != frame.negated]
    if len(softer) == len(same) and frame.modality is Modality.FACT:
        note = "The headline puts it more firmly than the text does."
        draft.flag(FlagKind.HEADLINE_BODY, note, ours, _side(draft, softer[0]))


def _flag_numbers(draft: Draft, headline: Sentence, shown: Sequence[Sentence]) -> None:
    """A number that the headline has and no sentence of the text has."""
    body = [s for s in draft.material.sentences[headline.article_id] if s.section is SectionKind.BODY]
    values = [q.value for s in body for q in find_quantities(s.text)]
    for quantity in find_quantities(headline.text, offset=headline.start):
        if shown and not any(math.isclose(quantity.value, value, rel_tol=1e-9) for value in values):
            sides = (
                draft.side(headline.article_id, quantity.start, quantity.end),
                draft.side(headline.article_id, shown[0].start, shown[0].end),
            )
            draft.flag(FlagKind.HEADLINE_BODY, "The text does not have the headline's number.", *sides)


def flag_further_acts(draft: Draft, headline: Sentence, shown: Sequence[Sentence]) -> None:
    """Flag an act that the text names in one breath with the headline's, and the headline leaves out."""
    frames = draft.material.frames(headline.article_id)
    ours = {f.predicate for f in frames if f.section is SectionKind.HEADLINE}
    for sentence in shown:
        tokens = draft.material.reader.parse([sentence])[0].tokens
        for token in tokens:
            first = tokens[token.head]
            if token.dep != "conj" or token.pos != "VERB" or first.pos != "VERB":
                continue
            held = [_told(verb.lemma.lower(), ours) for verb in (first, token)]
            if held[0] != held[1]:
                sides = (
                    draft.side(headline.article_id, headline.start, headline.end),
                    draft.side(sentence.article_id, sentence.start, sentence.end),
                )
                draft.flag(FlagKind.HEADLINE_BODY, "The text names an act that the headline leaves out.", *sides)
                return


def _told(verb: str, predicates: set[str]) -> bool:
    return any(kin(verb, "v", other, "v") in SAME_ACT for other in predicates)


def flag_phrases(draft: Draft, headline: Sentence, shown: Sequence[Sentence], asked: Set[str] = frozenset()) -> None:
    """Flag a thing that the headline and every sentence shown that names it put in other words.

    ``asked``: nouns of what is asked about; things of another kind are left out. All count when there is none.
    """
    mentions = mentions_in(draft.material, headline.article_id)
    for ours in (m for m in mentions if m.headline and not m.phrase.name):
        if asked and not any(kin(noun, "n", ours.phrase.head.lower(), "n") is not Kin.NONE for noun in asked):
            continue
        alike = [m for m in mentions if m.sentence in shown and m.phrase.head.lower() == ours.phrase.head.lower()]
        if alike and all(m.signature != ours.signature for m in alike):
            sides = (draft.side(m.article_id, m.start, m.end) for m in (ours, alike[0]))
            draft.flag(FlagKind.HEADLINE_BODY, "The headline words it otherwise than the text below it.", *sides)


def _side(draft: Draft, frame: Frame) -> FlagSide:
    return draft.side(frame.article_id, frame.start, frame.end)
