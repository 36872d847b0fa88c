"""Who or what the sources name, and how: every noun phrase with its number, weighed against the thing asked about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.matching import Term, kinship, met, terms_of, words_of
from assistant.answers.material import Material
from assistant.language.phrases import phrase_at
from assistant.language.quantities import find_quantities
from assistant.language.tree import Tree
from assistant.language.types import ParsedSentence, Phrase, Quantity
from assistant.wording.words import means_person
from index import SectionKind, Sentence

GENERAL = frozenset({"people", "person", "man", "woman", "group", "thing", "one"})
MOST_CORES = 120  # noun phrases that are compared in meaning
_HEADS = {
    "nsubj",
    "nsubjpass",
    "dobj",
    "pobj",
    "attr",
    "dative",
    "iobj",
    "appos",
    "conj",
    "ROOT",
    "oprd",
    "nmod",
    "poss",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase of a source, with the number that counts it: ``[start, end)`` in the article."""

    article_id: str
    start: int
    end: int
    phrase: Phrase
    quantity: Quantity | None
    sentence: Sentence
    parse: ParsedSentence
    score: float = 0.0
    describes: str = ""  # the name that this phrase is said of: "the minister, Ann Lee", "Lee is a minister"

    @property
    def headline(self) -> bool:
        return self.sentence.section is SectionKind.HEADLINE

    @property
    def signature(self) -> tuple[str, frozenset[str]]:
        """Head and modifiers, lower case: two mentions with one signature word the thing alike."""
        return self.phrase.head.lower(), frozenset(m.lower() for m in self.phrase.modifiers if not m[:1].isdigit())


@dataclass(frozen=True, slots=True)
class Target:
    """The thing asked about: its head noun, its number, and the words that say what happens to it."""

    text: str
    head: str
    name: bool
    person: bool
    value: float | None
    rest: tuple[Term, ...]  # content words besides the head


def target_of(material: Material, text: str) -> Target | None:
    """Read "the 10,000 people who may stay" or "the protesters". None when there is no noun in it."""
    parses = material.reader.parse_text(text)
    tokens = [token for parse in parses for token in parse.tokens]
    if not parses or not any(token.pos in ("NOUN", "PROPN", "NUM") for token in tokens):
        return None
    first = parses[0].tokens
    nouns = [i for i, token in enumerate(first) if token.pos in ("NOUN", "PROPN", "NUM")]
    head = next((i for i in nouns if first[i].dep == "ROOT"), None)
    if head is None:
        head = next((i for i in nouns if first[i].dep in _HEADS), nouns[0])
    quantities = [q for q in find_quantities(text) if not q.ordinal]
    lemma = first[head].lemma.lower()
    rest = tuple(term for term in terms_of(tokens) if term.lemma != lemma and not term.text[:1].isdigit())
    return Target(
        text=text,
        head=lemma,
        name=first[head].pos == "PROPN",
        person=means_person(lemma) or first[head].entity in ("PERSON", "NORP") or " who " in f" {text} ",
        value=quantities[0].value if quantities else None,
        rest=rest,
    )


def mentions_in(material: Material, article_id: str) -> list[Mention]:
    """All noun phrases of the sentences read of an article, outermost ones only where they share a head."""
    found: list[Mention] = []
    for sentence, parse in zip(material.sentences[article_id], material.parses(article_id), strict=True):
        if not parse.tokens:
            continue
        tree = Tree(parse)
        quantities = [q for q in find_quantities(sentence.text, offset=sentence.start) if not q.ordinal]
        for position, token in enumerate(parse.tokens):
            if token.pos not in ("NOUN", "PROPN") or token.dep not in _HEADS:
                continue
            phrase = phrase_at(tree, position)
            counted = [
                q for q in quantities if phrase.start <= q.end and q.start < phrase.end and q.start <= token.start
            ]
            quantity = max(counted, key=lambda q: q.end) if counted else None
            start = min(phrase.start, quantity.start) if quantity else phrase.start
            described = _described(tree, position)
            found.append(Mention(article_id, start, phrase.end, phrase, quantity, sentence, parse, 0.0, described))
    return found


def _described(tree: Tree, position: int) -> str:
    """The name that a phrase stands beside as an apposition, or after "is"; "" when none."""
    head = tree.heads[position]
    beside: list[int] = []
    if tree.deps[position] == "appos":
        beside = [head]
    elif tree.deps[position] == "attr":
        beside = tree.children(head, "nsubj")
    beside += tree.children(position, "appos")
    names = [phrase_at(tree, other) for other in beside if tree[other].pos == "PROPN"]
    return names[0].head.lower() if names else ""


def find_mentions(material: Material, target: Target) -> dict[str, list[Mention]]:
    """The mentions of the target in each source, best first; a source without one has an empty list.

    What the best mention is counted by finds the others: "10,000 farmers" here, "10,000 peasants" there.
    """
    everything = {header.article_id: mentions_in(material, header.article_id) for header in material.headers}
    scored: list[Mention] = []
    alike = _likeness(material, target, [mention for mentions in everything.values() for mention in mentions])
    around: dict[tuple[str, int], float] = {}
    for article_id, mentions in everything.items():
        for mention in mentions:
            place = (article_id, mention.sentence.start)
            if place not in around:
                around[place] = _around(material, target, mention.parse)
        everything[article_id] = [
            _scored(mention, target, alike.get(_core(mention), 0.0), around[(article_id, mention.sentence.start)])
            for mention in mentions
        ]
        scored.extend(everything[article_id])
    best = max((mention.score for mention in scored), default=0.0)
    if best < 0.4:
        return {article_id: [] for article_id in everything}
    value = target.value
    if value is None:
        tops = [mention for mention in scored if mention.score >= 0.9 * best and mention.quantity is not None]
        value = tops[0].quantity.value if tops and tops[0].quantity else None
    return {
        article_id: _distinct(mention for mention in mentions if _is_meant(mention, target, value, best))
        for article_id, mentions in everything.items()
    }


def _core(mention: Mention) -> str:
    return " ".join([*sorted(m for m in mention.phrase.modifiers if not m[:1].isdigit()), mention.phrase.head]).lower()


def _likeness(material: Material, target: Target, mentions: Sequence[Mention]) -> dict[str, float]:
    """How alike in meaning the heads of the mentions are to the target's, 0..1: "raider" for "attacker"."""
    if target.name or target.head in GENERAL:
        return {}
    cores = list(
        dict.fromkeys(
            _core(mention)
            for mention in mentions
            if not mention.phrase.name and (not target.person or mention.phrase.person)
        )
    )[:MOST_CORES]
    if not cores:
        return {}
    rows = material.sources.embed([target.head, *cores])
    return {
        core: max(0.0, min(1.0, (float(rows[0] @ row) - 0.3) / 0.5)) for core, row in zip(cores, rows[1:], strict=True)
    }


def _around(material: Material, target: Target, parse: ParsedSentence) -> float:
    """Share of the target's other words that a sentence has."""
    if not target.rest:
        return 0.0
    words = words_of([parse], material.names)
    return sum(met(term, words, material.names) for term in target.rest) / len(target.rest)


def _scored(mention: Mention, target: Target, alike: float, around: float) -> Mention:
    """Head, number and surroundings of a mention against the target's."""
    head = max(kinship(target.head, "n", mention.phrase.head.lower(), "n"), alike)
    if target.name:
        named = target.head in mention.phrase.head.lower().split()
        described = target.head in mention.describes.split()
        head = 1.4 if described else 1.0 if named else 0.0
    if target.head in GENERAL and target.rest and target.value is None:
        head *= around  # "people" says nothing of which people
    same_value = _same(mention.quantity, target.value)
    score = (0.6 if not target.rest else 0.45) * head + 0.4 * around + (0.5 if same_value else 0.0)
    if target.person and not (mention.phrase.person or means_person(mention.phrase.head.lower())):
        score *= 0.4
    if target.value is not None and not same_value:
        score *= 0.4
    return replace(mention, score=score)


def _same(quantity: Quantity | None, value: float | None) -> bool:
    return quantity is not None and value is not None and math.isclose(quantity.value, value, rel_tol=1e-9)


def _is_meant(mention: Mention, target: Target, value: float | None, best: float) -> bool:
    if _same(mention.quantity, value):
        return mention.score >= 0.3 or not target.person or mention.phrase.person
    return value is None and mention.score >= max(0.4, 0.7 * best)


def with_counted(material: Material, target: Target, by_source: dict[str, list[Mention]]) -> dict[str, list[Mention]]:
    """Also the counted mentions of the same head in the same matter: "40 officers" beside "dozens of officers"."""
    heads = {m.phrase.head.lower() for mentions in by_source.values() for m in mentions[:1] if m.phrase.person}
    found: dict[str, list[Mention]] = {}
    for article_id, mentions in by_source.items():
        further = [
            m
            for m in mentions_in(material, article_id)
            if m.quantity is not None and m.phrase.head.lower() in heads and _around(material, target, m.parse) >= 0.5
        ]
        found[article_id] = _distinct([*mentions, *further]) if mentions else mentions
    return found


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """Best first, one for each place, those inside a better one left out."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.score, m.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return kept


def mentions_near(material: Material, article_id: str, spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """The counted mentions in the sentences that hold these places: what a word there is said of."""
    sentences = {material.sentence_at(article_id, start) for start, _ in spans}
    return [m for m in mentions_in(material, article_id) if m.quantity is not None and m.sentence in sentences]
