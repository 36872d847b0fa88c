"""What a sentence lacks though it has the words: nobody is named, nothing is said yet, the act is only wished for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.answer_types import is_named
from assistant.answers.matching import ASKING, Match, kinship, met, terms_of, words_of
from assistant.answers.material import Material
from assistant.language.types import Modality, Token
from assistant.question_parts import COSTING
from assistant.wording.words import PARTS, means_person

SAME_ROLE = 0.8  # a synonym: "spouse"
RELATED = 0.5
LIGHT = frozenset({"take", "make", "get", "give", "hold", "have", "set"})  # their object says what is done
UNFULFILLED = frozenset({Modality.WANTED, Modality.POSSIBLE, Modality.CONDITIONAL, Modality.QUESTIONED})
REQUESTS = frozenset(
    "ask request demand urge want seek call beg plead hope wish expect plan threaten vow propose intend".split()  # noqa: SIM905
)
_UNSAID = re.compile(
    r"(?:\b(?:not|never|no|yet to|declined? to|refused? to|without)\b|n[’']t\b)(?:\s+\w+){0,2}\s+"
    r"(?:said?|say|saying|disclosed?|revealed?|announced?|decided?|specif(?:y|ied)|named?|known?|clear|stated?|told)"
    r"(?:\s+\w+){0,2}?\s+(?:who|whom|which|what|when|where|why|how|whether)\b|\b(?:unclear|unknown)\s+(?:\w+\s+)?"
    r"(?:who|which|what|when|where|why|how|whether)\b",
    re.IGNORECASE,
)
_ORDER = frozenset({"first", "second", "third", "last", "next"})
_PAST = re.compile(r"\b(?:did|was|were|has|have|had)\b", re.IGNORECASE)


def lacks_what_is_asked(material: Material, match: Match, tokens: Sequence[Token]) -> bool:
    """Whether a sentence about the matter cannot answer the question whose tokens these are."""
    return (
        _is_unsaid(match)
        or _role_missing(match, tokens)
        or _order_missing(match, tokens)
        or _object_missing(match, tokens)
        or _payer_missing(material, match, tokens)
        or _only_wished(material, match, tokens)
    )


def _is_unsaid(match: Match) -> bool:
    """Whether a sentence says that the matter has not been said: "has not said which branches would go first"."""
    found = _UNSAID.search(match.sentence.text)
    if found is None:
        return False
    here = match.sentence.start + found.start()
    on_it = [t for t in match.parse.tokens if t.lemma.lower() in match.matched or t.text.lower() in match.matched]
    return 2 * sum(token.start >= here for token in on_it) >= len(on_it)


def _role_missing(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether "who is the mayor" is asked, and the sentence has no mayor with a name or a description beside it."""
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT" and token.lemma.lower() == "be"), None)
    if root is None or not any(token.text.lower() == "who" for token in tokens[:2]):
        return False
    nouns = [t for t in tokens if t.head == root and t.dep in ("nsubj", "attr") and t.pos == "NOUN"]
    roles = [noun for noun in nouns if means_person(noun.lemma.lower())]
    here = [(t.lemma.lower(), PARTS.get(t.pos, "n")) for t in match.parse.tokens if t.pos in ("NOUN", "PROPN")]
    if not roles:
        return False
    if not any(kinship(r.lemma.lower(), "n", word, part) >= SAME_ROLE for r in roles for word, part in here):
        return True
    own = {token.text.lower() for token in tokens}
    return all(r.tag == "NN" and not _is_told(match, r.lemma.lower(), own) for r in roles)


def _is_told(match: Match, role: str, own: set[str]) -> bool:
    """Whether a sentence says who has a role: by a name beside it, or a noun in apposition or after "is"."""
    if is_named(match.parse, role, own):
        return True
    tokens = match.parse.tokens
    for index, token in enumerate(tokens):
        if kinship(role, "n", token.lemma.lower(), PARTS.get(token.pos, "n")) < SAME_ROLE:
            continue
        near = [t for t in tokens if t.head == index] + [tokens[token.head]]
        if any(t.pos == "PROPN" and t.text.lower() not in own and t.dep != "poss" for t in near):
            return True
        if any(t.head == index and t.dep == "appos" for t in tokens) or token.dep in ("appos", "attr"):
            return True
    return False


def _order_missing(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether "which will close first" is asked, and the sentence tells of no order."""
    here = {token.lemma.lower() for token in match.parse.tokens}
    wanted = {t.lemma.lower() for t in tokens if t.lemma.lower() in _ORDER and t.dep == "advmod"}
    return bool(wanted) and not wanted & here


def _object_missing(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether "when did she take office" is asked, and the sentence has no office: the verb alone says nothing."""
    for position, token in enumerate(tokens):
        if token.dep == "ROOT" and token.lemma.lower() in LIGHT:
            objects = [t for t in tokens if t.head == position and t.dep == "dobj" and t.pos == "NOUN"]
            objects = [t for t in objects if t.lemma.lower() not in ASKING and not _is_asked_for(tokens, t)]
            return any(t.lemma.lower() not in match.matched for t in objects)
    return False


def _is_asked_for(tokens: Sequence[Token], noun: Token) -> bool:
    """Whether a noun is itself what is asked for: "how many libraries", "what action"."""
    place = tokens.index(noun)
    return any(t.tag in ("WDT", "WP", "WRB", "WP$") for t in tokens[max(0, place - 3) : place])


def _payer_missing(material: Material, match: Match, tokens: Sequence[Token]) -> bool:
    """Whether "how much did the leak cost" is asked, and the sentence has the price of something else."""
    root = next((i for i, t in enumerate(tokens) if t.dep == "ROOT" and t.lemma.lower() in COSTING), None)
    if root is None:
        return False
    subjects = [t for t in tokens if t.head == root and t.dep in ("nsubj", "nsubjpass") and t.pos in ("NOUN", "PROPN")]
    if any(t.pos == "PRON" and t.dep in ("nsubj", "nsubjpass") for t in match.parse.tokens):
        return False  # "it will cost": the one before
    words = words_of([match.parse], material.names)
    wanted = terms_of(tokens)
    own = [term for term in wanted if any(t.text in term.text.split() for t in subjects)]
    return bool(own) and not any(met(term, words, material.names) >= RELATED for term in own)


def _only_wished(material: Material, match: Match, tokens: Sequence[Token]) -> bool:
    """Whether what somebody did is asked for, and the sentence has the act only as a wish, a chance or a condition."""
    root = next((t for t in tokens if t.dep == "ROOT" and t.pos == "VERB"), None)
    asks_of = any(t.text.lower() in ("who", "which", "what", "whose") for t in tokens[:2])
    if root is None or not asks_of or not (root.tag == "VBD" or any(_PAST.fullmatch(t.text) for t in tokens)):
        return False
    lemma = root.lemma.lower()
    here = [t for t in match.parse.tokens if t.pos == "VERB" and kinship(lemma, "v", t.lemma.lower(), "v") >= SAME_ROLE]
    if not here:  # "asks for a recount": a request where the act itself has no word
        return any(t.dep == "ROOT" and t.lemma.lower() in REQUESTS for t in match.parse.tokens)
    places = {t.start for t in here}
    frames = [f for f in material.frames(match.sentence.article_id) if f.predicate_start in places]
    if frames and all(frame.modality in UNFULFILLED for frame in frames):
        return True
    return all(_is_requested(match.parse.tokens, token) for token in here)


def _is_requested(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether a verb stands as what somebody is asked or hoped to do: "asked a judge to order"."""
    own = tokens.index(verb)
    infinitive = any(t.head == own and t.tag == "TO" for t in tokens)
    return infinitive and tokens[verb.head].lemma.lower() in REQUESTS
