"""A statement taken apart, and whether a clause of a source asserts it, denies it, or only names the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.matching import Match, Term, kinship, met, terms_of, words_of
from assistant.answers.material import Material
from assistant.language.lexicon.verbs import is_denial
from assistant.language.lexicon.wordnet import known
from assistant.language.types import Frame, Modality, Phrase, Token
from assistant.wording.words import PARTS, Kin, kin

ASSERTING = {Modality.FACT, Modality.REPORTED}
COVERED = 0.6  # share of the statement's other words that the clause must have
PRONOUNS = frozenset(["he", "she", "it", "they", "who", "which", "that", "we", "i", "you"])
LIGHT = frozenset("give make take issue hold have launch file place reach".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement taken apart: who, does what, and the rest."""

    predicate: str
    part: str  # of the predicate: v, or a and n for what stands after "is"
    negated: bool
    subject: tuple[Term, ...]
    rest: tuple[Term, ...]
    allowed: frozenset[Modality]  # what asserts it: a "will" in the question is met by a "will"
    passive: bool
    acts: tuple[Term, ...] = ()  # what a light verb gives, makes or takes: "an order", "a decision"


def taken_apart(tokens: list[Token]) -> Stated | None:
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT"), None)
    if root is None:
        return None
    predicate = root
    if tokens[root].lemma == "be" or tokens[root].pos == "AUX":
        predicate = next(
            (i for i, t in enumerate(tokens) if t.head == root and t.dep in ("acomp", "attr") and i != root), root
        )
    subject = next(
        (i for i, t in enumerate(tokens) if t.head == root and t.dep in ("nsubj", "nsubjpass", "expl")), None
    )
    terms = terms_of(tokens)
    inside = _below(tokens, subject) if subject is not None else set()
    particle = next((t.lemma.lower() for t in tokens if t.head == predicate and t.dep == "prt"), "")
    lemma = tokens[predicate].lemma.lower()
    return Stated(
        predicate=f"{lemma}_{particle}" if particle and known(f"{lemma}_{particle}", "v") else lemma,
        part=PARTS.get(tokens[predicate].pos, "v"),
        negated=any(t.dep == "neg" and t.head == root for t in tokens),
        subject=tuple(term for term in terms if term.position in inside),
        rest=tuple(t for t in terms if t.position not in inside and t.position != predicate),
        allowed=frozenset(_allowed(tokens)),
        passive=any(t.dep in ("nsubjpass", "auxpass") for t in tokens),
        acts=tuple(
            t
            for t in terms
            if t.position >= 0 and tokens[t.position].head == root and tokens[t.position].dep in ("dobj", "nsubjpass")
        ),
    )


def _below(tokens: Sequence[Token], ancestor: int) -> set[int]:
    found = {ancestor}
    for _ in range(4):
        found |= {i for i, token in enumerate(tokens) if token.head in found}
    return found


def _allowed(tokens: Sequence[Token]) -> set[Modality]:
    """Will, may and should in a question ask for as much in the answer, and no more."""
    words = {token.lemma.lower() for token in tokens if token.pos == "AUX"}
    if words & {"will", "would"}:
        return ASSERTING | {Modality.FUTURE, Modality.EXPECTED, Modality.CONDITIONAL}
    if words & {"may", "might", "can", "could"}:
        return ASSERTING | {Modality.POSSIBLE, Modality.FUTURE}
    if words & {"should", "must"}:
        return ASSERTING | {Modality.OBLIGED}
    if any(token.text.lower() in ("is", "are") and token.dep == "aux" for token in tokens):
        return ASSERTING | {Modality.FUTURE, Modality.EXPECTED}  # "is going", "are meeting next week"
    return ASSERTING


def stance_of(material: Material, match: Match, stated: Stated, lenient: bool) -> int:
    """1 asserted, -1 denied, 0 neither, by the clauses of one sentence."""
    sentence = match.sentence
    said = denied = 0
    for frame in material.frames(sentence.article_id):
        if not sentence.start <= frame.predicate_start < sentence.end:
            continue
        same, opposite = kin_of(stated, frame, lenient)
        if not (same or opposite) or not allows(frame, stated, lenient) or is_embedded(match, frame):
            continue
        if not _same_subject(material, match, frame, stated, lenient) or not _has_rest(
            material, match, frame, stated, lenient
        ):
            continue
        if _is_denied(match, frame):
            return -1 if same else 1
        if (frame.negated == stated.negated) == same:
            said = 1
        denied = -1
    return said or denied or _attributive(match, stated)


def allows(frame: Frame, stated: Stated, lenient: bool) -> bool:
    if frame.modality is Modality.QUESTIONED:
        return False
    weak = {Modality.EXPECTED, Modality.FUTURE, Modality.WILLING, Modality.ATTEMPTED, Modality.OBLIGED}
    return frame.modality in stated.allowed or (lenient and frame.modality in weak)


def kin_of(stated: Stated, frame: Frame, lenient: bool) -> tuple[bool, bool]:
    lemmas = {frame.predicate, frame.complement} - {""}
    least = 0.5 if lenient else 0.8
    if stated.predicate in LIGHT and stated.acts:  # "the order was given": somebody ordered
        lemma = next((term.lemma for term in stated.acts), "")
        if any(kinship(lemma, "n", other, part) >= 0.8 for other in lemmas for part in ("v", "n")):
            return True, False
    if any(
        kinship(stated.predicate, stated.part, lemma, part) >= least for lemma in lemmas for part in ("v", "n", "a")
    ):
        return True, False
    return False, any(kin(stated.predicate, stated.part, lemma, "v") is Kin.OPPOSITE for lemma in lemmas)


def is_embedded(match: Match, frame: Frame) -> bool:
    """Whether the clause only names an act: "talk of buying", "floated buying", "whether to buy"."""
    index = next((i for i, token in enumerate(match.parse.tokens) if token.start == frame.predicate_start), None)
    if index is None:
        return False
    tokens = match.parse.tokens
    token = tokens[index]
    marks = {t.text.lower() for t in tokens if t.head == index and t.dep in ("mark", "advmod")}
    if marks & {"whether", "if", "unless"}:
        return True
    finite = token.tag in ("VBD", "VBZ", "VBP", "MD") or any(
        t.head == index and t.dep in ("aux", "auxpass") for t in tokens
    )
    return not finite and token.dep in ("pcomp", "xcomp", "ccomp", "csubj", "acl") and token.tag in ("VBG", "VB")


def _is_denied(match: Match, frame: Frame) -> bool:
    """Whether the clause is what there is no word of: "no reports that …", "no evidence …", "denied that …"."""
    tokens = match.parse.tokens
    index = next((i for i, token in enumerate(tokens) if token.start == frame.predicate_start), None)
    if index is None or tokens[index].dep not in ("acl", "ccomp", "relcl"):
        return False
    governor = tokens[index].head
    negated = any(t.head == governor and (t.dep == "neg" or t.text.lower() in ("no", "neither")) for t in tokens)
    return negated or (tokens[governor].pos == "VERB" and is_denial(tokens[governor].lemma.lower()))


def _same_subject(material: Material, match: Match, frame: Frame, stated: Stated, lenient: bool) -> bool:
    """Whether the clause is about the statement's subject; a pronoun is taken for a name that stands near.

    ``lenient``: "the offer was turned down" tells that somebody turned it down, be it the union.
    """
    if not stated.subject:
        return True
    slots = [slot for slot in (frame.subject, frame.object if stated.passive else None) if slot is not None]
    if any(phrase_meets(material, stated.subject, slot) for slot in slots):
        return True
    done_to = lenient and bool(stated.rest) and frame.object is None
    if done_to and frame.subject is not None and phrase_meets(material, stated.rest, frame.subject):
        return True
    pronoun = frame.subject is not None and frame.subject.text.lower() in PRONOUNS
    if frame.subject is None or pronoun:
        return all(term.lemma in match.matched or match.names == 1.0 for term in stated.subject[-1:])
    return False


def phrase_meets(material: Material, terms: Sequence[Term], phrase: Phrase) -> bool:
    """Whether a phrase names the same: its head is kin to the last of the terms, or a name is shared."""
    parses = material.reader.parse_text(phrase.text)
    words = words_of(parses, material.names)
    head = terms[-1]
    if head.name:
        return any(met(term, words, material.names) >= 0.6 for term in terms if term.name)
    same = kinship(head.lemma, head.part, phrase.head.lower(), "n") >= 0.6
    return same or any(term.name and met(term, words, material.names) >= 0.9 for term in terms)


def _has_rest(material: Material, match: Match, frame: Frame, stated: Stated, lenient: bool) -> bool:
    """Whether the clause, or the sentence round it, has most of the statement's other words."""
    if not stated.rest:
        return True
    words = words_of(material.reader.parse_text(frame.text), material.names)
    sentence = words_of([match.parse], material.names)
    near = 0.7 if not lenient else 0.9
    share = sum(
        max(met(term, words, material.names), near * met(term, sentence, material.names)) for term in stated.rest
    ) / len(stated.rest)
    return share >= (COVERED if not lenient else 0.5)


def _attributive(match: Match, stated: Stated) -> int:
    """ "the unanimous vote", "voted unanimously" assert that the vote was unanimous."""
    if stated.part != "a" or not stated.subject:
        return 0
    tokens = match.parse.tokens
    head = stated.subject[-1]
    for token in tokens:
        if token.dep in ("amod", "advmod") and kinship(
            stated.predicate, "a", token.lemma.lower().removesuffix("ly"), "a"
        ) >= 0.8:  # fmt: skip
            governor = tokens[token.head]
            if kinship(head.lemma, head.part, governor.lemma.lower(), PARTS.get(governor.pos, "n")) >= 0.8:
                return -1 if stated.negated else 1
    return 0
