"""Is a statement asserted, denied, or not said by the sources? A plan, a condition or a wish asserts nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.matching import Match, Term, kinship, met, rank, terms_of, words_of
from assistant.answers.material import Material
from assistant.errors import NotJudged
from assistant.language.lexicon.verbs import is_denial
from assistant.language.lexicon.wordnet import known
from assistant.language.types import Frame, Modality, Phrase, Token
from assistant.types import Stance
from assistant.wording.judge import Judged
from assistant.wording.words import PARTS, Kin, kin
from index import Span

ASSERTING = {Modality.FACT, Modality.REPORTED}
ENOUGH = 0.45  # share of the statement's words that a sentence, with its neighbours, must have to be looked at
LOOKED_AT = 12
ALIKE = 0.64  # cosine
_NO = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|denie[sd]|deny|refus\w+|reject\w+)\b|n[’']t\b", re.IGNORECASE
)
JUDGED = 4  # sentences put to the verifier
ON_IT = 0.5  # share of the statement's words that such a sentence must have by itself
CONTRADICTS = 0.7  # probability
COVERED = 0.6  # share of the statement's other words that the clause must have
PRONOUNS = frozenset(["he", "she", "it", "they", "who", "which", "that", "we", "i", "you"])
# Rules of the stance table by which a source says a statement in full, whatever smaller words it drops.
LIGHT = frozenset("give make take issue hold have launch file place reach".split())  # noqa: SIM905
SAYS_SO = ("rule:matter.covered", "rule:matter.verbatim", "rule:modality.weaker", "rule:speaker.unmentioned", "model")


@dataclass(frozen=True, slots=True)
class Footing:
    """Where the sources assert a statement, where they deny it, and the sentence that comes nearest."""

    asserted: tuple[Span, ...]
    opposite: tuple[Span, ...]
    ranked: tuple[Match, ...]  # what comes nearest, best first


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


def footing_of(material: Material, statement: str, *, lenient: bool = False) -> Footing:
    """What the sources make of a statement. ``lenient``: a presupposition, for which near words are enough."""
    tokens = [token for parse in material.reader.parse_text(statement) for token in parse.tokens]
    ranked = rank(material, terms_of(tokens), statement)
    stated = _taken_apart(tokens)
    asserted: list[Span] = []
    opposite: list[Span] = []
    for match in ranked[:LOOKED_AT]:
        if match.coverage < ENOUGH or stated is None:
            continue
        stance = _stance(material, match, stated, lenient)
        sentence = match.sentence
        span = Span(sentence.article_id, sentence.start, sentence.end, sentence.text)
        if stance == 1:
            asserted.append(span)
        elif stance == -1:
            opposite.append(span)
    asserted += [
        span
        for span in _judged(material, statement)
        if not _covers(asserted, span) and not _only_named(material, ranked, stated, span)
    ]
    if lenient and stated is not None and not asserted and not opposite:
        asserted = _alike(material, ranked, stated)
    if not asserted and not opposite:
        opposite = _contradicting(material, ranked, statement)
    return Footing(tuple(asserted), tuple(opposite), tuple(ranked))


def _contradicting(material: Material, ranked: Sequence[Match], statement: str) -> list[Span]:
    """Of the nearest sentences those that the verifier finds to say the opposite."""
    if not material.whole:
        return []
    near = [match.sentence for match in ranked[:JUDGED] if match.alone >= ON_IT]
    spans = [Span(s.article_id, s.start, s.end, s.text) for s in near]
    try:
        judged = material.verifier.judge(f"{statement[:1].upper()}{statement[1:]}.", spans) if spans else []
    except NotJudged:
        return []
    return [e.span for e in judged if e.contradiction >= CONTRADICTS and _NO.search(e.span.quote)]


def _alike(material: Material, ranked: Sequence[Match], stated: Stated) -> list[Span]:
    """The sentence that says a presupposition in quite other words: alike in meaning, with all its names, no denial."""
    best = max(ranked[:LOOKED_AT], key=lambda match: match.similarity, default=None)
    if best is None or best.similarity < ALIKE or best.names < 1.0:
        return []
    verbs = [token.lemma.lower() for token in best.parse.tokens if token.pos == "VERB"]
    if any(is_denial(verb) or kin(stated.predicate, stated.part, verb, "v") is Kin.OPPOSITE for verb in verbs):
        return []
    if any(token.dep == "neg" for token in best.parse.tokens) != stated.negated:
        return []
    sentence = best.sentence
    subjects = [
        frame.subject
        for frame in material.frames(sentence.article_id)
        if sentence.start <= frame.predicate_start < sentence.end and frame.subject is not None
        if not _is_embedded(best, frame)
    ]
    if stated.subject and not any(_phrase_meets(material, stated.subject, subject) for subject in subjects):
        return []
    return [Span(sentence.article_id, sentence.start, sentence.end, sentence.text)]


def _covers(spans: Sequence[Span], span: Span) -> bool:
    return any(s.article_id == span.article_id and s.start <= span.start < s.end for s in spans)


def _only_named(material: Material, ranked: Sequence[Match], stated: Stated | None, span: Span) -> bool:
    """Whether the sentence has the act, but only as something talked of, planned or wished."""
    match = next(
        (
            m
            for m in ranked
            if m.sentence.article_id == span.article_id and m.sentence.start <= span.start < m.sentence.end
        ),
        None,
    )
    if match is None or stated is None:
        return False
    frames = [
        frame
        for frame in material.frames(span.article_id)
        if match.sentence.start <= frame.predicate_start < match.sentence.end and _kin_of(stated, frame, True)[0]
    ]
    return bool(frames) and all(_is_embedded(match, f) or not _allows(f, stated, True) for f in frames)


def _judged(material: Material, statement: str) -> list[Span]:
    """Where the stance table finds the whole statement said."""
    try:
        judged: dict[str, Judged] = material.judge(statement[:1].upper() + statement[1:] + ".")
    except NotJudged:
        return []
    return [
        evidence.span
        for each in judged.values()
        if each.stance.stance is Stance.SUPPORTS and each.stance.rule.startswith(SAYS_SO)
        for evidence in each.stance.evidence[:1]
    ]


def _taken_apart(tokens: list[Token]) -> Stated | None:
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


def _stance(material: Material, match: Match, stated: Stated, lenient: bool) -> int:
    """1 asserted, -1 denied, 0 neither, by the clauses of one sentence."""
    sentence = match.sentence
    denied = 0
    for frame in material.frames(sentence.article_id):
        if not sentence.start <= frame.predicate_start < sentence.end:
            continue
        same, opposite = _kin_of(stated, frame, lenient)
        if not (same or opposite) or not _allows(frame, stated, lenient) or _is_embedded(match, frame):
            continue
        if not _same_subject(material, match, frame, stated) or not _has_rest(material, match, frame, stated, lenient):
            continue
        if (frame.negated == stated.negated) == (same != _is_denied(match, frame)):
            return 1
        denied = -1
    return denied or _attributive(match, stated)


def _allows(frame: Frame, stated: Stated, lenient: bool) -> bool:
    if frame.modality is Modality.QUESTIONED:
        return False
    weak = {Modality.EXPECTED, Modality.FUTURE, Modality.WILLING, Modality.ATTEMPTED, Modality.OBLIGED}
    return frame.modality in stated.allowed or (lenient and frame.modality in weak)


def _kin_of(stated: Stated, frame: Frame, lenient: bool) -> tuple[bool, bool]:
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


def _is_embedded(match: Match, frame: Frame) -> bool:
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


def _same_subject(material: Material, match: Match, frame: Frame, stated: Stated) -> bool:
    """Whether the clause is about the statement's subject; a pronoun is taken for a name that stands near."""
    if not stated.subject:
        return True
    slots = [slot for slot in (frame.subject, frame.object if stated.passive else None) if slot is not None]
    if any(_phrase_meets(material, stated.subject, slot) for slot in slots):
        return True
    pronoun = frame.subject is not None and frame.subject.text.lower() in PRONOUNS
    if frame.subject is None or pronoun:
        return all(term.lemma in match.matched or match.names == 1.0 for term in stated.subject[-1:])
    return False


def _phrase_meets(material: Material, terms: Sequence[Term], phrase: Phrase) -> bool:
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
