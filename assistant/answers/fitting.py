"""Does a sentence hold what a question asks for: something of the right type, done or said by the right one?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.answer_types import (
    candidates,
    counted_noun,
    ends_of_time,
    is_named,
)
from assistant.answers.matching import ASKING, Match, Term, kinship
from assistant.answers.material import Material
from assistant.answers.properties import is_property, is_value_of
from assistant.answers.said import is_said_by, speakers_in
from assistant.language.types import Token
from assistant.question_parts import COSTING, Part, measure_noun, unit_asked_for
from assistant.wording.words import PARTS, means_person

_TELL = re.compile(
    r"^\W*(?:please|explain|describe|summari[sz]e|tell|show|list|find|compare|name|give)\b", re.IGNORECASE
)
SAME_ROLE = 0.8  # a synonym: "spouse"
RELATED = 0.5
WAYS = frozenset({"way", "manner", "number"})  # "in what way" asks how, "what number" is looked for as a number
ALIKE = 0.62  # cosine from which a sentence may lack the question's verb
STATIVE = frozenset(
    [
        "live",
        "exist",
        "stand",
        "happen",
        "occur",
        "become",
        "mean",
        "involve",
        "concern",
        "know",
        "think",
        "want",
        "need",
        "like",
        "wish",
        "hope",
    ]
)
_SAYING = "say tell claim argue think comment respond reply warn announce write tweet state note add call post"
SAYING = frozenset(_SAYING.split())


def fits(material: Material, match: Match, part: Part, tokens: Sequence[Token], terms: Sequence[Term]) -> bool:
    """Whether a sentence holds something of the type asked for, said by whom the question asks about."""
    if not _is_question(part, material.reading.question):
        return _has_all(match, terms)
    counted = counted_noun(tokens) if part.answer_type == "number" else ""
    unit = unit_asked_for(part.text) if part.answer_type == "number" else ""
    lasts = unit == "duration" and ends_of_time(match.parse)
    if not lasts and not candidates(match.parse, part.answer_type, terms, counted, unit):
        return False
    if part.answer_type == "number" and material.whole and match.names < _named_share(tokens, terms):
        return False  # a number of something else: "under the old board" where the old board is nowhere near
    measure = measure_noun(part.text)
    if measure and measure not in match.matched:
        return False
    noun = _asked_name(tokens)
    if noun and not is_named(match.parse, noun, {token.text.lower() for token in tokens}):
        return False
    if _property_missing(match, tokens) or (material.whole and _role_missing(match, tokens)):
        return False
    if material.whole and not _does(match, tokens):
        return False
    speaker = asked_speaker(tokens)
    return not speaker or _speaks(material, match, speaker)


def _is_question(part: Part, whole: str) -> bool:
    """Whether something is asked: by a question mark, a question word, an auxiliary in front, or an order to tell."""
    return part.asks or whole.rstrip().endswith("?") or part.answer_type == "yes_no" or bool(_TELL.match(whole))


def _has_all(match: Match, terms: Sequence[Term]) -> bool:
    """Whether a sentence has every one of some bare words: kindred ones are not enough where nothing is asked."""
    here = {text.lower() for token in match.parse.tokens for text in (token.text, token.lemma)}
    return bool(terms) and all(set(term.lemma.split()) <= here for term in terms)


def _named_share(tokens: Sequence[Token], terms: Sequence[Term]) -> float:
    """The share of the question's names that must be near: all but those of whole peoples ("of Canadians")."""
    named = [term for term in terms if term.name]
    peoples = {token.text.lower() for token in tokens if token.entity == "NORP"}
    wanted = [term for term in named if not set(term.text.lower().split()) & peoples]
    return len(wanted) / len(named) if named else 0.0


def _asked_name(tokens: Sequence[Token]) -> str:
    """Of "what is the name of the official" the noun "official", when it means a person; else ""."""
    for position, token in enumerate(tokens):
        if token.lemma.lower() == "name" and token.pos == "NOUN":
            owner = next((t for t in tokens if t.dep == "poss" and tokens[t.head] is token), None)
            if owner is not None and owner.pos == "NOUN" and means_person(owner.lemma.lower()):
                return owner.lemma.lower()
            after = [t for t in tokens[position + 1 : position + 8] if t.dep == "pobj" and t.pos == "NOUN"]
            if after and means_person(after[0].lemma.lower()):
                return after[0].lemma.lower()
    return ""


def _property_missing(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether a property is asked for ("what colour") that the sentence neither names nor gives a value of ("red")."""
    noun = next(
        (t.lemma.lower() for at, t in enumerate(tokens[1:], 1) if tokens[at - 1].text.lower() in ("what", "which")), ""
    )
    if noun in WAYS or not is_property(noun) or noun in match.matched:
        return False
    words = [(t.lemma.lower(), t.pos) for t in match.parse.tokens if t.pos in ("NOUN", "ADJ")]
    return not any(
        is_value_of(word, noun) or kinship(noun, "n", word, PARTS.get(pos, "n")) >= RELATED for word, pos in words
    )


def _role_missing(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether "who is the mayor's wife" is asked, and the sentence has no wife: that he has a husband is no answer."""
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT" and token.lemma.lower() == "be"), None)
    if root is None or not any(token.text.lower() == "who" for token in tokens[:2]):
        return False
    nouns = [t.lemma.lower() for t in tokens if t.head == root and t.dep in ("nsubj", "attr") and t.pos == "NOUN"]
    roles = [noun for noun in nouns if means_person(noun)]
    here = [(t.lemma.lower(), PARTS.get(t.pos, "n")) for t in match.parse.tokens if t.pos in ("NOUN", "PROPN")]
    return bool(roles) and not any(kinship(role, "n", word, part) >= SAME_ROLE for role in roles for word, part in here)


def _does(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether the sentence has the question's verb, or says the matter in other words that mean much the same."""
    verb = next((t.lemma.lower() for t in tokens if t.dep == "ROOT" and t.pos == "VERB"), "")
    if not verb or verb in ASKING or verb in STATIVE or verb in SAYING:
        return True
    if verb in COSTING and any(t.lemma.lower() in COSTING for t in match.parse.tokens):
        return True
    return verb in match.matched or match.similarity >= ALIKE


def asked_speaker(tokens: Sequence[Token]) -> str:
    """Of "what did the minister say about …" the speaker, lower case; "" when nobody's words are asked for."""
    for position, token in enumerate(tokens):
        governor = tokens[token.head] if token.head < len(tokens) else token
        if token.dep == "nsubj" and governor.lemma.lower() in SAYING and governor.dep in ("ROOT", "ccomp", "conj"):
            if token.pos in ("NOUN", "PROPN") and token.lemma.lower() not in ("article", "headline"):
                return token.text.lower() if token.pos == "PROPN" else token.lemma.lower()
            return ""
        if position > 30:
            break
    return ""


def _speaks(material: Material, match: Match, speaker: str) -> bool:
    """Whether the sentence gives this speaker's words: by name, or by a pronoun when the name stands just before."""
    speakers = list(speakers_in(match.parse))
    sentence = match.sentence
    speakers += [
        frame.speaker
        for frame in material.frames(sentence.article_id)
        if sentence.start <= frame.predicate_start < sentence.end and frame.speaker.text
    ]
    if is_said_by(speakers, [speaker]):
        return True
    if not any(s.text.lower() in ("he", "she", "they") for s in speakers):
        return False
    rows = material.sentences[sentence.article_id]
    place = next((i for i, row in enumerate(rows) if row.start == sentence.start), 0)
    return any(speaker in row.text.lower() for row in rows[max(0, place - 2) : place])
