"""Headline against body: what the headline says, what the text says on the same matter, and how they differ."""

from __future__ import annotations

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.matching import Match, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.mentions import Mention, find_mentions, flag_headline, flag_qualifiers, mentions_in, target_of
from assistant.types import Answer, AnswerStatus, FlagKind
from index import SectionKind, Sentence

ALIKE = 0.55  # cosine from which a body sentence is on the headline's matter
SHOWN = 3


def answer_headline_body(material: Material) -> Answer:
    draft = Draft(material)
    told = 0
    for header in material.headers:
        headline = next((s for s in material.sentences[header.article_id] if s.section is SectionKind.HEADLINE), None)
        if headline is None:
            draft.say(f"{draft.label(header.article_id)} has no headline.")
            continue
        told += 1
        _say_headline(draft, headline)
        mentions = _mentions(material, header.article_id)
        body = [mention for mention in mentions if not mention.headline]
        if body and any(mention.headline for mention in mentions):
            for mention in body[:SHOWN]:
                _say_body(draft, mention)
            flag_headline(draft, mentions)
            flag_qualifiers(draft, mentions)
        else:
            _say_nearest(draft, headline)
    if not told:
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    if FlagKind.HEADLINE_BODY in draft.flag_kinds:
        draft.say("Headline and text do not say quite the same.")
    else:
        draft.say("No difference between headline and text was found on this.")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _say_headline(draft: Draft, headline: Sentence) -> None:
    number = draft.cite(headline.article_id, headline.start, headline.end)
    quoted = draft.quoted(headline.article_id, headline.start, headline.end)
    draft.say(f"The headline of {draft.label(headline.article_id)} says {quoted}.", number)


def _say_body(draft: Draft, mention: Mention) -> None:
    number = draft.cite(mention.article_id, mention.start, mention.end)
    wording = draft.quoted(mention.article_id, mention.start, mention.end)
    clause = draft.quoted(mention.article_id, *clause_around(mention.parse, mention.start, mention.end))
    draft.say(f"Its text says {wording}: {clause}.", number)


def _mentions(material: Material, article_id: str) -> list[Mention]:
    """The mentions of what is asked about; when nothing is, those counted by a number that the headline has."""
    target = target_of(material, material.reading.target)
    if target is not None:
        found = find_mentions(material, target).get(article_id, [])
        if found:
            return found
    everything = [m for m in mentions_in(material, article_id) if m.quantity is not None]
    values = {m.quantity.value for m in everything if m.headline and m.quantity}
    return [m for m in everything if m.quantity and m.quantity.value in values]


def _say_nearest(draft: Draft, headline: Sentence) -> None:
    """The body sentences on the headline's matter, best first."""
    material = draft.material
    tokens = material.reader.parse([headline])[0].tokens
    ranked: list[Match] = [
        match
        for match in rank(material, terms_of(tokens), headline.text)
        if match.sentence.article_id == headline.article_id and match.sentence.section is SectionKind.BODY
    ]
    for match in [m for m in ranked if m.similarity >= ALIKE or m.alone >= 0.5][:SHOWN]:
        sentence = match.sentence
        number = draft.cite(sentence.article_id, sentence.start, sentence.end)
        draft.say(f"Its text says {draft.quoted(sentence.article_id, sentence.start, sentence.end)}.", number)
