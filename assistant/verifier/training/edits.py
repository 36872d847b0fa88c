"""Minimal edits of a true sentence: one thing changed, so that the sentence no longer says what the source says.

Each function reads one parsed sentence (a spaCy ``Span``) and yields edits of one type. Edits of a type that the
sentence gives no hold for are not made.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.verifier.training.edit_words import (
    MODALS,
    MONTHS,
    NEW_QUALIFIERS,
    NUMBER_WORDS,
    QUALIFIERS,
    SPEECH,
    UNITS,
    VERB_CHANGES,
    WEEKDAYS,
    WORD_CHANGES,
)
from assistant.verifier.training.inflection import inflected

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

NAMED = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT")


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` is the altered sentence; ``label`` is refuted where both cannot be true, else unsupported."""

    kind: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What else the document names: the fillers of swaps. Entity label → texts, tag → nouns, adjectives."""

    entities: Mapping[str, Sequence[str]]
    nouns: Mapping[str, Sequence[str]]
    adjectives: Sequence[str]


def edits_of(sentence: Span, neighbours: Neighbours, generator: random.Random) -> list[Edit]:
    """Every edit that the sentence gives a hold for, in an order drawn by ``generator``, duplicates removed."""
    made: dict[str, Edit] = {}
    for maker in MAKERS:
        for edit in maker(sentence, neighbours, generator):
            if edit.text.lower() != sentence.text.lower():
                made.setdefault(edit.text, edit)
    edits = list(made.values())
    generator.shuffle(edits)
    return edits


def replaced(sentence: Span, start: int, end: int, text: str) -> str:
    """The sentence with characters [start:end) of its document replaced; double spaces closed; its capital kept."""
    offset = sentence.start_char
    whole = sentence.text[: start - offset] + text + sentence.text[end - offset :]
    whole = re.sub(r"\s+([,.;])", r"\1", re.sub(r" {2,}", " ", whole)).strip()
    return whole[:1].upper() + whole[1:] if sentence.text[:1].isupper() else whole


def number_edits(sentence: Span, _: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """Another number: figures and number words, not years or dates."""
    for token in sentence:
        after = end_of(token)
        if token.ent_type_ == "DATE" and re.fullmatch(r"(1[5-9]|20)\d\d", token.text):
            yield Edit(
                "date", replaced(sentence, token.idx, after, str(int(token.text) + year_step(generator))), "refuted"
            )
        elif re.fullmatch(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?", token.text):
            changed = other_figure(token.text, generator)
            yield Edit("number", replaced(sentence, token.idx, after, changed), "refuted")
        elif token.lower_ in NUMBER_WORDS and token.pos_ == "NUM":
            changed = generator.choice([word for word in NUMBER_WORDS[1:] if word != token.lower_])
            yield Edit("number", replaced(sentence, token.idx, after, changed), "refuted")


def year_step(generator: random.Random) -> int:
    return generator.choice((-10, -5, -3, -2, -1, 1, 2, 3, 4, 10))


def other_figure(text: str, generator: random.Random) -> str:
    """Another number of the same shape."""
    plain = text.replace(",", "")
    decimals = len(plain.partition(".")[2])
    value = float(plain)
    for _ in range(8):
        factor = generator.choice((0.1, 0.5, 0.7, 0.9, 1.1, 1.3, 2.0, 3.0, 10.0))
        step = generator.choice((-3, -2, -1, 1, 2, 3))
        changed = value * factor if generator.random() < 0.6 and value > 9 else value + step
        shown = f"{abs(changed):,.{decimals}f}" if "," in text else f"{abs(changed):.{decimals}f}"
        if shown != text:
            return shown
    return str(int(value) + 1)


def date_edits(sentence: Span, _: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """Another month or weekday."""
    for token in sentence:
        for names in (MONTHS, WEEKDAYS):
            if token.text in names and (token.text != "May" or token.pos_ == "PROPN"):
                changed = generator.choice([name for name in names if name != token.text])
                yield Edit("date", replaced(sentence, token.idx, end_of(token), changed), "refuted")


def unit_edits(sentence: Span, _: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """Another unit, magnitude or period."""
    for token in sentence:
        for family in UNITS:
            if token.lemma_.lower() in family and token.pos_ in ("NOUN", "NUM"):
                changed = generator.choice(sorted(family - {token.lemma_.lower()}))
                plural = token.tag_ == "NNS" and token.lower_ != token.lemma_.lower()
                changed = inflected(changed, "NNS") if plural else changed
                yield Edit("unit", replaced(sentence, token.idx, end_of(token), changed), "refuted")


def qualifier_edits(sentence: Span, _: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """A bound changed, dropped, or put before a bare number."""
    offset = sentence.start_char
    numbers = [
        token
        for token in sentence
        if token.pos_ == "NUM" and token.ent_type_ in ("CARDINAL", "MONEY", "PERCENT", "QUANTITY")
    ]
    for token in numbers:
        before = sentence.text[: token.idx - offset].rstrip(" $€£").lower()
        found = next((words for words in QUALIFIERS if re.search(rf"\b{words}$", before)), None)
        if found:
            start = offset + len(before) - len(found)
            changed = generator.choice(QUALIFIERS[found])
            yield Edit("qualifier", replaced(sentence, start, start + len(found), changed), "unsupported")
        elif token.i == sentence.start or token.nbor(-1).pos_ not in ("NUM", "SYM", "ADV", "ADP", "DET", "PRON"):
            changed = f"{generator.choice(NEW_QUALIFIERS)} {token.text}"
            yield Edit("qualifier", replaced(sentence, token.idx, end_of(token), changed), "unsupported")


def name_edits(sentence: Span, neighbours: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """Another name of the same sort from the same document; the subject of a verb of saying is the speaker."""
    for entity in sentence.ents:
        others = [text for text in neighbours.entities.get(entity.label_, ()) if different(text, entity.text)]
        if entity.label_ not in NAMED or not others:
            continue
        spoken = entity.root.dep_ == "nsubj" and entity.root.head.lemma_ in SPEECH
        kind = "speaker" if spoken else "group" if entity.label_ == "NORP" else "name"
        text = replaced(sentence, entity.start_char, entity.end_char, generator.choice(others))
        yield Edit(kind, text, "unsupported")


def different(one: str, other: str) -> bool:
    """True when neither name is part of the other."""
    left, right = one.lower(), other.lower()
    return not set(re.findall(r"\w{3,}", left)) & set(re.findall(r"\w{3,}", right))


def noun_edits(sentence: Span, neighbours: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """Another common noun of the document in the same grammatical number, or one more restriction on a noun."""
    for token in sentence:
        if token.pos_ != "NOUN" or token.tag_ not in ("NN", "NNS") or token.ent_type_:
            continue
        others = [noun for noun in neighbours.nouns.get(token.tag_, ()) if different(noun, token.text)]
        if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj") and others:
            text = replaced(sentence, token.idx, end_of(token), generator.choice(others))
            yield Edit("group", text, "unsupported")
        modified = any(child.dep_ in ("amod", "compound") for child in token.children)
        adjectives = [word for word in neighbours.adjectives if different(word, token.text)]
        if not modified and adjectives and token.tag_ == "NNS":
            text = replaced(sentence, token.idx, token.idx, generator.choice(adjectives) + " ")
            yield Edit("restriction", text, "unsupported")


def swap_edits(sentence: Span, _: Neighbours, __: random.Random) -> Iterator[Edit]:
    """Subject and object of the main verb change places."""
    root = sentence.root
    subject = next((child for child in root.children if child.dep_ == "nsubj"), None)
    target = next((child for child in root.children if child.dep_ == "dobj"), None)
    if subject is None or target is None or "PRON" in (subject.pos_, target.pos_):
        return
    doc, left, right = sentence.doc, subject.subtree, target.subtree
    one, two = list(left), list(right)
    first, second = doc[one[0].i : one[-1].i + 1], doc[two[0].i : two[-1].i + 1]
    if first.end <= second.start and max(len(one), len(two)) <= 6:
        middle = doc.text[first.end_char : second.start_char]
        swapped = second.text + middle + first.text
        yield Edit("roles", replaced(sentence, first.start_char, second.end_char, swapped), "unsupported")


def verb_edits(sentence: Span, _: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """A verb of another strength or the opposite act; another modal."""
    for token in sentence:
        changes = VERB_CHANGES.get(token.lemma_.lower(), ()) if token.pos_ == "VERB" else ()
        if changes:
            verb, excluded = generator.choice(changes)
            text = replaced(sentence, token.idx, end_of(token), inflected(verb, token.tag_))
            yield Edit("verb", text, "refuted" if excluded else "unsupported")
        if token.tag_ == "MD" and token.lower_ in MODALS:
            changed = generator.choice(MODALS[token.lower_])
            yield Edit("modal", replaced(sentence, token.idx, end_of(token), changed), "unsupported")


def word_edits(sentence: Span, _: Neighbours, generator: random.Random) -> Iterator[Edit]:
    """An opposite or stronger adjective, adverb, quantifier or preposition."""
    for token in sentence:
        if (
            token.lower_ in WORD_CHANGES
            and token.pos_ in ("ADJ", "ADV", "DET", "ADP", "SCONJ", "NOUN")
            and not token.ent_type_
        ):
            changed = generator.choice(WORD_CHANGES[token.lower_])
            yield Edit("opposite", replaced(sentence, token.idx, end_of(token), changed), "refuted")


def negation_edits(sentence: Span, _: Neighbours, __: random.Random) -> Iterator[Edit]:
    """A negation put in or taken out of the main clause."""
    root = sentence.root
    denied = next((child for child in root.children if child.dep_ == "neg"), None)
    auxiliary = next(
        (child for child in root.children if child.dep_ in ("aux", "auxpass") and child.tag_ != "TO"), None
    )
    if denied is not None:
        if denied.lower_ == "not" and auxiliary is not None:
            yield Edit("negation", replaced(sentence, denied.idx, end_of(denied), ""), "refuted")
        return
    if auxiliary is not None or root.lemma_ == "be":
        after = end_of(auxiliary or root)
        yield Edit("negation", replaced(sentence, after, after, " not"), "refuted")
    elif root.tag_ in ("VBD", "VBZ", "VBP"):
        helper = {"VBD": "did not", "VBZ": "does not", "VBP": "do not"}[root.tag_]
        text = replaced(sentence, root.idx, end_of(root), f"{helper} {root.lemma_}")
        yield Edit("negation", text, "refuted")


def end_of(token: Token) -> int:
    return int(token.idx) + len(token.text)


Maker = Callable[["Span", Neighbours, random.Random], Iterator[Edit]]
MAKERS: tuple[Maker, ...] = (
    number_edits,
    date_edits,
    unit_edits,
    qualifier_edits,
    name_edits,
    noun_edits,
    swap_edits,
    verb_edits,
    word_edits,
    negation_edits,
)
