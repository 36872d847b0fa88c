"""X or Y? Which source says which, where, and in whose voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from assistant.answers.clauses import clause_around, within
from assistant.answers.draft import Draft
from assistant.answers.matching import Match, Term, rank, terms_of
from assistant.answers.material import Material
from assistant.language.lexicon.verbs import frequency
from assistant.language.types import Frame, ParsedSentence, SpeakerKind
from assistant.types import Answer, AnswerStatus, FlagKind, FlagSide
from assistant.wording.words import PARTS, Kin, kin
from index import SectionKind

SHOWN = 2  # places shown for one alternative in one source
MOST = 4  # places cited
ON_MATTER = 0.6  # the same for a sentence without any of the words
ALIKE = 0.4  # cosine from which a headline is on the matter without its words
SAID = 0.7  # share of an alternative's words that a sentence must have
RELATED = 0.3  # share of the question's other terms that a place must cover


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source uses one of the alternatives."""

    alternative: int
    article_id: str
    start: int
    end: int
    match: Match

    @property
    def headline(self) -> bool:
        return self.match.sentence.section is SectionKind.HEADLINE


def answer_alternatives(material: Material) -> Answer:
    draft = Draft(material)
    words = material.reading.words
    tokens = [token for parse in material.parsed for token in parse.tokens]
    parses = [_parsed(material, word) for word in words]
    own = {token.lemma.lower() for rows in parses for row in rows for token in row.tokens}
    terms = tuple(term for term in terms_of(tokens) if term.lemma not in own)
    ranked = rank(material, terms, material.reading.question)
    places = [
        place for number, rows in enumerate(parses) if rows for place in _places(number, rows[0], ranked, bool(terms))
    ]
    places += [p for number, word in enumerate(words) for p in _paraphrased(material, number, word, places)]
    if not places:
        draft.say("The sources consulted use none of these words for it.")
        for match in ranked[:1]:
            if match.coverage >= 0.6:
                draft.cite(match.sentence.article_id, match.sentence.start, match.sentence.end)
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    for header in material.headers:
        ours = [place for place in places if place.article_id == header.article_id]
        _say_places(draft, ours, header.article_id)
        if not ours:
            _say_otherwise(draft, next((m for m in ranked if m.sentence.article_id == header.article_id), None), places)
    _flag(draft, places)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _parsed(material: Material, word: str) -> list[ParsedSentence]:
    """An alternative as the question's parse has it, where it stands there: "halted" is a verb beside its subject."""
    for parse in material.parsed:
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", parse.text)
        if match:
            rows = within(parse, parse.start + match.start(), parse.start + match.end())
            if rows.tokens:
                return [rows]
    return material.reader.parse_text(word)


def _places(number: int, wanted: ParsedSentence, ranked: list[Match], needs_terms: bool) -> list[Place]:
    """Where the alternative stands, best first within each source; only on the matter when the question has one."""
    found: list[Place] = []
    for match in ranked:
        headline = match.sentence.section is SectionKind.HEADLINE and match.similarity >= ALIKE
        if needs_terms and match.coverage < RELATED and not headline:
            continue
        found.extend(
            Place(number, match.sentence.article_id, start, end, match)
            for start, end in occurrences(wanted, match.parse)
        )
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: _form(wanted, p)):
        if sum(other.article_id == place.article_id for other in kept) < MOST:
            kept.append(place)
    return kept


def _paraphrased(material: Material, number: int, alternative: str, places: list[Place]) -> list[Place]:
    """Where a source says an alternative of several words in other ones: its sentence with most of them."""
    terms = terms_of(token for parse in material.reader.parse_text(alternative) for token in parse.tokens)
    if len(terms) < 2 or any(place.alternative == number for place in places):
        return []
    ranked = [match for match in rank(material, terms, alternative) if match.alone >= SAID]
    firsts = list({match.sentence.article_id: match for match in reversed(ranked)}.values())
    return [Place(number, m.sentence.article_id, m.sentence.start, m.sentence.end, m) for m in firsts]


def _form(wanted: ParsedSentence, place: Place) -> bool:
    """False for the word itself, True for one derived from it: sorts the word first."""
    tokens = [t for t in place.match.parse.tokens if place.start <= t.start and t.end <= place.end]
    return [t.pos for t in tokens if t.pos in PARTS] != [t.pos for t in wanted.tokens if t.pos in PARTS]


def occurrences(wanted: ParsedSentence, parse: ParsedSentence) -> list[tuple[int, int]]:
    """Places of a word or phrase by lemma, or of a word derived from it ("demand" the verb for "demands")."""
    lemmas = [token.lemma.lower() for token in wanted.tokens]
    tokens = parse.tokens
    rows = [
        (tokens[i].start, tokens[i + len(lemmas) - 1].end)
        for i in range(len(tokens) - len(lemmas) + 1)
        if [token.lemma.lower() for token in tokens[i : i + len(lemmas)]] == lemmas
    ]
    if rows or len(lemmas) > 1:
        return rows
    part = PARTS.get(wanted.tokens[0].pos, "n")
    return [
        (token.start, token.end)
        for token in tokens
        if token.pos in PARTS and kin(lemmas[0], part, token.lemma.lower(), PARTS[token.pos]) in (Kin.SAME, Kin.DERIVED)
    ]


def _say_places(draft: Draft, places: list[Place], article_id: str) -> None:
    name = draft.label(article_id)
    if not places:
        draft.say(f"{name} uses none of these words for it.")
    for rank_of, place in enumerate(places):
        number = draft.cite(article_id, place.start, place.end)
        if sum(other.alternative == place.alternative for other in places[:rank_of]) >= SHOWN:
            continue  # cited, not shown
        word = draft.quoted(article_id, place.start, place.end)
        clause = draft.quoted(article_id, *clause_around(place.match.parse, place.start, place.end))
        where = "says in its headline" if place.headline else "says"
        draft.say(f"{name} {where} {word}: {clause}.", number)


def _say_otherwise(draft: Draft, nearest: Match | None, places: list[Place]) -> None:
    """How a source that has none of the words puts the matter, when its nearest sentence is on it."""
    if nearest is None or nearest.coverage < ON_MATTER:
        return
    sentence = nearest.sentence
    number = draft.cite(sentence.article_id, sentence.start, sentence.end)
    words = draft.quoted(sentence.article_id, sentence.start, sentence.end)
    draft.say(f"Nearest to it, {draft.label(sentence.article_id)} says {words}.", number)
    side = draft.side(sentence.article_id, sentence.start, sentence.end)
    draft.flag(FlagKind.WORDING, "The sources use different words for it.", _side(draft, places[0]), side)


def _flag(draft: Draft, places: list[Place]) -> None:
    by_source: dict[str, set[int]] = {}
    for place in places:
        by_source.setdefault(place.article_id, set()).add(place.alternative)
    ids = list(by_source)
    for position, ours in enumerate(ids):
        for theirs in ids[position + 1 :]:
            if by_source[ours] != by_source[theirs]:
                left = next(p for p in places if p.article_id == ours)
                right = next((p for p in places if p.article_id == theirs and p.alternative != left.alternative), None)
                right = right or next(p for p in places if p.article_id == theirs)
                draft.flag(
                    FlagKind.WORDING, "The sources use different words for it.", _side(draft, left), _side(draft, right)
                )
    if len(ids) == 1 and len(by_source[ids[0]]) > 1:
        left, right = places[0], next(p for p in places if p.alternative != places[0].alternative)
        draft.flag(FlagKind.WORDING, "One source uses several of these words.", _side(draft, left), _side(draft, right))
    for place in places:
        other = next((p for p in places if p.article_id == place.article_id and not p.headline), None)
        if (
            place.headline
            and other is not None
            and place.alternative
            not in {p.alternative for p in places if p.article_id == place.article_id and not p.headline}
        ):
            draft.flag(
                FlagKind.HEADLINE_BODY,
                "The headline's word is not the text's.",
                _side(draft, place),
                _side(draft, other),
            )
    _flag_strength(draft, places)
    _flag_own_voice(draft, places)


def _flag_strength(draft: Draft, places: Sequence[Place]) -> None:
    """Flag two sources that put one act with different firmness: "is set to" here, "is expected to" there."""
    firsts = [next(p for p in places if p.article_id == i) for i in dict.fromkeys(p.article_id for p in places)]
    for ours, theirs in combinations(firsts, 2):
        for left, right in product(_frames_at(draft, ours), _frames_at(draft, theirs)):
            same = kin(left.predicate, "v", right.predicate, "v") in (Kin.SAME, Kin.SYNONYM, Kin.DERIVED)
            if same and left.modality is not right.modality and left.modality_text and right.modality_text:
                sides = (
                    draft.side(left.article_id, left.start, left.end),
                    draft.side(right.article_id, right.start, right.end),
                )
                note = f"“{left.modality_text}” against “{right.modality_text}”: not equally firm."
                draft.flag(FlagKind.MODALITY, note, *sides)
                return


def _frames_at(draft: Draft, place: Place) -> list[Frame]:
    return [f for f in draft.material.frames(place.article_id) if f.start <= place.start and place.end <= f.end]


def _flag_own_voice(draft: Draft, places: list[Place]) -> None:
    """A loaded word in a source's own voice is the source's opinion, not a finding."""
    for place in places:
        for frame in draft.material.frames(place.article_id):
            loaded = any(start < place.end and place.start < end for start, end in frame.evaluative)
            inside = frame.start <= place.start < frame.end
            loaded = loaded or (inside and _is_coloured(draft, place, places))
            if loaded and frame.speaker.kind is SpeakerKind.OWN_VOICE and not frame.quoted:
                draft.flag(FlagKind.OPINION, "A loaded word in the source's own voice.", _side(draft, place))
                return


def _is_coloured(draft: Draft, place: Place, places: Sequence[Place]) -> bool:
    """Whether the source chose the more telling of two verbs for one act, where another source has the plainer one."""
    words = draft.material.reading.words
    rows = [draft.material.reader.parse_text(word) for word in words]
    heads = [row[0].tokens[-1] if row and row[0].tokens else None for row in rows]
    ours = heads[place.alternative]
    if ours is None or ours.pos != "VERB":
        return False
    for other in places:
        theirs = heads[other.alternative]
        if other.article_id == place.article_id or theirs is None or other.alternative == place.alternative:
            continue
        if is_humbler(ours.lemma.lower(), theirs.lemma.lower()):
            return True
    return False


def is_humbler(ours: str, theirs: str) -> bool:
    """Whether a verb is a rarer kind of what the other plainly says: "plead" beside "ask", "storm" beside "enter"."""
    related = kin(ours, "v", theirs, "v") in (Kin.NARROWER, Kin.RELATED)
    return related and frequency(ours) < frequency(theirs) / 4


def _side(draft: Draft, place: Place) -> FlagSide:
    return draft.side(place.article_id, *clause_around(place.match.parse, place.start, place.end))


__all__ = ["Place", "Term", "answer_alternatives", "occurrences"]
