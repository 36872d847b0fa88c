"""Headline against body: what the headline says, what the text says on the same matter, and how they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.headline_differences import flag_clauses, flag_further_acts, flag_phrases
from assistant.answers.matching import Match, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.mentions import Mention, find_mentions, mentions_in, target_of
from assistant.answers.naming_words import flag_headline, flag_qualifiers
from assistant.types import Answer, AnswerStatus, FlagKind
from index import SectionKind, Sentence

ALIKE = 0.55  # cosine from which a body sentence is on the headline's matter
COVERED = 0.4  # share of the headline's words from which it is, too
SHOWN = 3
FEWEST = 3
BEHIND = 0.6  # of the best sentence's score, what a further one needs that is not near by itself
NEAREST = 4  # sentences shown for a matter that is no single thing: what was decided, what was agreed to
_HEADLINES = re.compile(r"\b(?:head(?:lines|ings)|titles)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:body|bodies|texts?|below|stor(?:y|ies)|match(?:es)?)\b", re.IGNORECASE)
_ASKED = re.compile(r"^(?:who|whom|whose|what|which|whether|how|why|when|where)\b", re.IGNORECASE)
_ACT = re.compile(r"^(?:what|whether|how|why)\b", re.IGNORECASE)


def answer_headline_body(material: Material) -> Answer:
    draft = Draft(material)
    headlines = [
        sentence
        for header in material.headers
        for sentence in material.sentences[header.article_id]
        if sentence.section is SectionKind.HEADLINE
    ]
    firsts = {sentence.article_id: sentence for sentence in reversed(headlines)}
    if not firsts:
        draft.say("None of the sources consulted has a headline.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    question = material.reading.question
    if len(firsts) > 1 and _HEADLINES.search(question) and not _BODY.search(question):
        return _answer_headlines(draft, [firsts[h.article_id] for h in material.headers if h.article_id in firsts])
    for header in material.headers:
        if header.article_id in firsts:
            _answer_one(draft, firsts[header.article_id])
        else:
            draft.say(f"{draft.label(header.article_id)} has no headline.")
    if FlagKind.HEADLINE_BODY in draft.flag_kinds:
        draft.say("Headline and text do not say quite the same.")
    else:
        draft.say("No difference between headline and text was found on this.")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _answer_one(draft: Draft, headline: Sentence) -> None:
    _say_headline(draft, headline)
    material = draft.material
    act = _ACT.match(material.reading.target) or _states(material)
    mentions = [] if act else _mentions(material, headline.article_id)
    body = [mention for mention in mentions if not mention.headline]
    if body and any(mention.headline for mention in mentions):
        for mention in body[:SHOWN]:
            _say_body(draft, mention)
        flag_headline(draft, mentions)
        flag_qualifiers(draft, mentions)
        spans = [(mention.start, mention.end) for mention in mentions if mention.headline]
        flag_clauses(draft, headline, [mention.sentence for mention in body[:SHOWN]], spans)
        return
    shown = _say_nearest(draft, headline)
    flag_clauses(draft, headline, shown)
    flag_further_acts(draft, headline, shown)
    flag_phrases(draft, headline, shown, asked_nouns(material))


def _states(material: Material) -> bool:
    """Whether what is asked about is a statement: "… says that the mayor lied"."""
    if not material.reading.target or _ASKED.match(material.reading.target):
        return False
    rows = material.reader.parse_text(material.reading.target)
    return any(token.tag in ("VBD", "VBZ", "VBP", "MD") for row in rows for token in row.tokens)


def asked_nouns(material: Material) -> frozenset[str]:
    """The nouns of what is asked about; none when the question is of headline and text as they are."""
    rows = material.reader.parse_text(material.reading.target)
    return frozenset(t.lemma.lower() for row in rows for t in row.tokens if t.pos in ("NOUN", "PROPN"))


def _answer_headlines(draft: Draft, headlines: Sequence[Sentence]) -> Answer:
    """The headlines side by side: the question does not ask about the texts below them."""
    for headline in headlines:
        _say_headline(draft, headline)
    for header in draft.material.headers:
        if header.article_id not in {headline.article_id for headline in headlines}:
            draft.say(f"{draft.label(header.article_id)} has no headline.")
    ours, *others = headlines
    for theirs in others:
        if ours.text.strip().lower() != theirs.text.strip().lower():
            sides = (draft.side(s.article_id, s.start, s.end) for s in (ours, theirs))
            draft.flag(FlagKind.WORDING, "The headlines word it differently.", *sides)
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


def _say_nearest(draft: Draft, headline: Sentence) -> list[Sentence]:
    """Say the body sentences on the headline's matter and on what is asked, in order; returns them, best first."""
    material = draft.material
    asked = [token for parse in material.reader.parse_text(material.reading.target) for token in parse.tokens]
    states = bool(asked) and _states(material)
    tokens = asked if states else [*material.reader.parse([headline])[0].tokens, *asked]
    query = material.reading.target if states else f"{headline.text} {material.reading.target}".strip()
    ranked: list[Match] = [
        match
        for match in rank(material, terms_of(tokens), query)
        if match.sentence.article_id == headline.article_id and match.sentence.section is SectionKind.BODY
    ]
    quoted = [_stem(word) for word in material.reading.words] if states else []
    near = [m for m in ranked if any(re.search(rf"\b{re.escape(t)}\w{{0,3}}\b", m.sentence.text, re.I) for t in quoted)]
    near += [m for m in ranked if (m.similarity >= ALIKE or m.alone >= COVERED) and m not in near]
    if len(near) < FEWEST:
        near += [m for m in ranked[:FEWEST] if m not in near and m.score >= BEHIND * ranked[0].score]
    shown = [match.sentence for match in near[:NEAREST]]
    for sentence in sorted(shown, key=lambda s: s.start):
        number = draft.cite(sentence.article_id, sentence.start, sentence.end)
        draft.say(f"Its text says {draft.quoted(sentence.article_id, sentence.start, sentence.end)}.", number)
    return shown


def _stem(word: str) -> str:
    """A quoted word without a plural's ending, lower case."""
    return re.sub(r"(?:s|es|ed|ing)$", "", word.lower())
