"""Rewordings of a true sentence by rule, which keep it true: the matched positives of the edits."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assistant.verifier.training.edit_words import NUMBER_WORDS
from assistant.verifier.training.synonyms import SYNONYMS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SHORTEST = 4  # words that a rewording must keep


def rewordings_of(sentence: Span, generator: random.Random) -> list[str]:
    """Rewordings of one parsed sentence, each by one rule, most followed by a synonym rule; order drawn."""
    made: dict[str, None] = {}
    for rule in RULES:
        for text in rule(sentence):
            tidied = tidy(text)
            if len(tidied.split()) >= SHORTEST and tidied.lower() != sentence.text.lower():
                made.setdefault(with_synonyms(tidied, generator) if generator.random() < 0.5 else tidied)
    for _ in range(2):
        made.setdefault(with_synonyms(sentence.text, generator))
    texts = [text for text in made if text.lower() != sentence.text.lower()]
    generator.shuffle(texts)
    return texts


def tidy(text: str) -> str:
    """Spaces and commas put right, a capital first, one full stop last."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:")
    text = re.sub(r"\s+([,.;:])", r"\1", re.sub(r",\s*([,.])", r"\1", text))
    text = text if text.endswith((".", "!", "?", '"', "”")) else text + "."
    return text[:1].upper() + text[1:]


def with_synonyms(text: str, generator: random.Random) -> str:
    """Each synonym that fits is put in with probability one half, and figures and number words trade places."""
    taken: set[str] = set()
    for old, new in SYNONYMS:
        if old in taken or generator.random() < 0.5:
            continue
        changed = re.sub(rf"(?<![\w%]){re.escape(old)}\b", new, text, count=1)
        if changed != text:
            text = changed
            taken.add(new)
    if generator.random() < 0.5:
        text = other_notation(text)
    return re.sub(r"\s+([,.])", r"\1", re.sub(r" {2,}", " ", text.replace(" %", "%")))


def other_notation(text: str) -> str:
    """2,500,000 as 2.5 million and back, two as 2 and back.

    >>> other_notation("The three towns paid 2,500,000 francs."), other_notation("It cost 3 million.")
    ('The 3 towns paid 2.5 million francs.', 'It cost 3,000,000.')
    """

    def shorter(match: re.Match[str]) -> str:
        return f"{int(match[0].replace(',', '')) / 1e6:g} million"

    changed = re.sub(r"\b\d{1,3},\d{2}0,000\b", shorter, text)
    if changed == text:
        changed = re.sub(r"(?<![$€£.\d])\b(\d{1,3}) million\b", r"\1,000,000", text)
    numbers = dict(zip(NUMBER_WORDS[2:], map(str, range(2, len(NUMBER_WORDS))), strict=True))
    return re.sub(r"\b(" + "|".join(numbers) + r")\b(?! million| hundred)", lambda match: numbers[match[0]], changed)


def without_opening(sentence: Span) -> Iterator[str]:
    """A leading adverbial dropped, or moved to the end."""
    root = sentence.root
    for child in root.children:
        if child.dep_ in ("prep", "advmod", "npadvmod") and child.i < root.i and child.left_edge.i == sentence.start:
            after = child.right_edge.i + 1
            if after < sentence.end and sentence.doc[after].text == "," and child.lower_ not in ("not", "never", "if"):
                rest = sentence.doc[after + 1 : sentence.end].text.rstrip(". ")
                yield rest
                if child.dep_ != "advmod":
                    opening = sentence.doc[child.left_edge.i : after].text
                    yield f"{rest} {opening[:1].lower() + opening[1:] if not child.ent_type_ else opening}"


def without_asides(sentence: Span) -> Iterator[str]:
    """An apposition, a non-restrictive relative clause, a bracket or a trailing participle clause dropped."""
    doc = sentence.doc
    for token in sentence:
        if token.dep_ not in ("appos", "relcl", "advcl") or token.left_edge.i <= sentence.start:
            continue
        start, end = token.left_edge.i, token.right_edge.i + 1
        if doc[start - 1].text != "," or (token.dep_ == "advcl" and token.tag_ != "VBG"):
            continue
        if end >= sentence.end or doc[end].text in (",", "."):
            skip = end + 1 if end < sentence.end and doc[end].text == "," else end
            yield doc[sentence.start : start - 1].text + " " + doc[skip : sentence.end].text
    bare = re.sub(r"\s*\([^()]*\)", "", sentence.text)
    if bare != sentence.text:
        yield bare


def one_clause(sentence: Span) -> Iterator[str]:
    """One of two coordinated main clauses that each have a subject."""
    root = sentence.root
    for second in root.children:
        own = any(child.dep_ in ("nsubj", "nsubjpass") and child.pos_ != "PRON" for child in second.children)
        if second.dep_ == "conj" and own and second.left_edge.i > root.i:
            first = sentence.doc[sentence.start : second.left_edge.i].text
            yield re.sub(r"[,;]?\s*(and|but|while)?\s*$", "", first)
            yield sentence.doc[second.left_edge.i : second.right_edge.i + 1].text


def speech_moved(sentence: Span) -> Iterator[str]:
    """ "X said Y" as "According to X, Y"."""
    root = sentence.root
    subject = next((child for child in root.children if child.dep_ == "nsubj" and child.pos_ != "PRON"), None)
    content = next((child for child in root.children if child.dep_ == "ccomp"), None)
    denied = any(child.dep_ == "neg" for child in root.children)
    if root.lemma_ not in ("say", "state", "report") or subject is None or content is None or denied:
        return
    start, end = content.left_edge.i, content.right_edge.i + 1
    if start > root.i and content.i - start < 30:
        said = sentence.doc[start:end].text
        said = said[5:] if said.lower().startswith("that ") else said
        who = sentence.doc[subject.left_edge.i : subject.right_edge.i + 1].text
        if '"' not in said and "“" not in said:
            yield f"According to {who[:1].lower() + who[1:] if subject.pos_ != 'PROPN' else who}, {said}"
            yield f"{said}, {who} said"


def passive(sentence: Span) -> Iterator[str]:
    """ "X named Y" as "Y was named by X": regular past tense with short noun phrases only."""
    root = sentence.root
    subject, target = child_with(root, "nsubj"), child_with(root, "dobj")
    plain = all(child.dep_ in ("nsubj", "dobj", "punct", "prep", "npadvmod") for child in root.children)
    if root.tag_ != "VBD" or not root.text.endswith("ed") or subject is None or target is None or not plain:
        return
    if "PRON" in (subject.pos_, target.pos_) or subject.i > root.i or target.i < root.i:
        return
    doc = sentence.doc
    who = doc[subject.left_edge.i : subject.right_edge.i + 1].text
    whom = doc[target.left_edge.i : target.right_edge.i + 1].text
    rest = doc[target.right_edge.i + 1 : sentence.end].text.rstrip(". ")
    be = "were" if target.tag_ in ("NNS", "NNPS") else "was"
    who = who if subject.pos_ == "PROPN" else who[:1].lower() + who[1:]
    yield f"{whom} {be} {root.text} by {who} {rest}"


def as_headline(sentence: Span) -> Iterator[str]:
    """Articles dropped, "and" as a comma stays: the sentence as a headline writer shortens it."""
    words = [
        token.text_with_ws for token in sentence if not (token.tag_ == "DT" and token.lower_ in ("the", "a", "an"))
    ]
    if len(words) < len(sentence):
        yield "".join(words).rstrip(". ")


def child_with(root: Token, relation: str) -> Token | None:
    return next((child for child in root.children if child.dep_ == relation), None)


RULES: tuple[Callable[[Span], Iterator[str]], ...] = (
    without_opening,
    without_asides,
    one_clause,
    speech_moved,
    passive,
    as_headline,
)
