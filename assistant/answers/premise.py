"""Is a statement asserted, denied, or not said by the sources? A plan, a condition or a wish asserts nothing."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers.matching import Match, Term, kinship, rank, terms_of
from assistant.answers.material import Material
from assistant.language.types import Frame, Modality, Token
from assistant.reading import as_statement
from assistant.wording.words import Kin, kin

ASSERTING = {Modality.FACT, Modality.REPORTED}
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Footing:
    """The sentences that assert a statement, those that deny it, and the one that comes nearest."""

    asserted: tuple[Match, ...]
    opposite: tuple[Match, ...]
    nearest: Match | None


def footing_of(material: Material, statement: str, *, question: bool = False) -> Footing:
    """What the sources make of a statement (or of a yes-no question, turned into one)."""
    parses = material.reader.parse_text(statement)
    if question:
        asking = [p for p in parses if p.text.rstrip().endswith("?")] or parses
        statement = as_statement(asking[-1]) or statement
        parses = material.reader.parse_text(statement)
    tokens = [token for parse in parses for token in parse.tokens]
    terms = terms_of(tokens)
    ranked = rank(material, terms, statement)
    predicate = _predicate(tokens)
    modal = _modality_asked(tokens)
    asserted, opposite = [], []
    for match in ranked[:12]:
        if match.coverage < ENOUGH or predicate is None:
            continue
        stance = _stance(material, match, predicate, terms, modal)
        if stance == 1:
            asserted.append(match)
        elif stance == -1:
            opposite.append(match)
    return Footing(tuple(asserted), tuple(opposite), ranked[0] if ranked else None)


def _predicate(tokens: list[Token]) -> tuple[str, bool] | None:
    """The main verb's lemma, and whether it is negated; the complement's for a copula."""
    root = next((i for i, t in enumerate(tokens) if t.dep == "ROOT"), None)
    if root is None:
        return None
    negated = any(t.dep == "neg" and t.head == root for t in tokens)
    if tokens[root].lemma == "be":
        complement = next((t for t in tokens if t.head == root and t.dep in ("acomp", "attr", "prep")), None)
        return ((complement.lemma.lower() if complement else "be"), negated)
    return tokens[root].lemma.lower(), negated


def _modality_asked(tokens: list[Token]) -> set[Modality]:
    """Will, may and should in a question ask for as much in the answer, and no more."""
    words = {t.lemma.lower() for t in tokens if t.pos == "AUX"}
    if "will" in words or "would" in words:
        return ASSERTING | {Modality.FUTURE, Modality.EXPECTED, Modality.CONDITIONAL, Modality.WILLING}
    if words & {"may", "might", "can", "could"}:
        return ASSERTING | {Modality.POSSIBLE, Modality.FUTURE}
    if words & {"should", "must"}:
        return ASSERTING | {Modality.OBLIGED}
    return ASSERTING


def _stance(
    material: Material, match: Match, predicate: tuple[str, bool], terms: tuple[Term, ...], modal: set[Modality]
) -> int:
    """1 asserted, -1 denied, 0 neither, by the frames of one sentence."""
    verb, negated = predicate
    for frame in material.frames(match.sentence.article_id):
        if not match.sentence.start <= frame.start < match.sentence.end:
            continue
        same, opposite = _predicate_kin(verb, frame)
        if not (same or opposite) or frame.modality not in modal or not _same_actors(frame, terms, verb):
            continue
        return 1 if (frame.negated == negated) == same else -1
    return 0


def _predicate_kin(verb: str, frame: Frame) -> tuple[bool, bool]:
    lemmas = {frame.predicate, frame.complement} - {""}
    if any(kinship(verb, "v", lemma, part) >= 0.8 for lemma in lemmas for part in ("v", "n", "a")):
        return True, False
    return False, any(kin(verb, "v", lemma, "v") is Kin.OPPOSITE for lemma in lemmas)


def _same_actors(frame: Frame, terms: tuple[Term, ...], verb: str) -> bool:
    """At least half of the statement's other words stand in the clause itself."""
    others = [term for term in terms if term.lemma != verb]
    if not others:
        return True
    words = (
        set(frame.text.lower().replace("'s", "").replace("’s", "").split())
        | set(frame.content)
        | {w for e in frame.entities for w in e.split()}
    )
    words |= set((frame.subject.text.lower() if frame.subject else "").split())
    return sum(term.lemma in words or term.text.lower() in words for term in others) >= 0.5 * len(others)
