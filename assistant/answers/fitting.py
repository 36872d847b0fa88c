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
from assistant.answers.lacking import lacks_what_is_asked
from assistant.answers.matching import ASKING, Match, Term, kinship
from assistant.answers.material import Material
from assistant.answers.measured import gives_otherwise
from assistant.answers.properties import is_property, is_value_of
from assistant.answers.speaking import SAYING, asked_speaker, is_about, speaks
from assistant.language.types import Token
from assistant.question_parts import COSTING, Part, measure_noun, unit_asked_for
from assistant.wording.words import PARTS, means_person

_TELL = re.compile(
    r"^\W*(?:please|explain|describe|summari[sz]e|tell|show|list|find|compare|name|give)\b", re.IGNORECASE
)
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


def fits(material: Material, match: Match, part: Part, tokens: Sequence[Token], terms: Sequence[Term]) -> bool:
    """Whether a sentence holds something of the type asked for, said by whom the question asks about."""
    if not _is_question(part, material.reading.question):
        return _has_all(match, terms)
    counted = counted_noun(tokens) if part.answer_type == "number" else ""
    unit = unit_asked_for(part.text) if part.answer_type == "number" else ""
    lasts = (unit in ("duration", "extent") and ends_of_time(match.parse)) or gives_otherwise(match.parse, unit)
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
    if _property_missing(match, tokens):
        return False
    if material.whole and (lacks_what_is_asked(material, match, tokens) or not _does(match, tokens)):
        return False
    speaker = asked_speaker(tokens)
    return not speaker or (speaks(material, match, speaker) and is_about(material, match, part.text))


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


def _does(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether the sentence has the question's verb, or says the matter in other words that mean much the same."""
    verb = next((t.lemma.lower() for t in tokens if t.dep == "ROOT" and t.pos == "VERB"), "")
    if not verb or verb in ASKING or verb in STATIVE or verb in SAYING:
        return True
    if verb in COSTING and any(t.lemma.lower() in COSTING for t in match.parse.tokens):
        return True
    return verb in match.matched or match.similarity >= ALIKE
