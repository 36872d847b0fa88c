"""Names within one article: short forms, initials in brackets and titles lead back to the fullest form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import overload

from assistant.language.lexicon.people import is_person_noun
from assistant.language.phrases import NAMES, NUMERIC, normal_name
from assistant.language.tree import Tree
from assistant.language.types import ParsedSentence, Phrase, Token

LONGEST_NAME = 5  # words; longer "names" are captions and links run together
# A run of 20,000 letters held the search for seconds: it began again at each of them (hence the lookbehind), and in
# "a.a.a." at each letter after a mark, to read on to the end of the run every time (hence the bound).
INITIALS = re.compile(
    r"(?<![^\W\d_])(?P<name>(?:[^\W\d_][\w.'’-]{0,60}\s+){1,9})"
    r"\((?:the\s+)?[\"“']?(?P<short>[A-Z][A-Za-z.&-]{1,9})[\"”']?\)"
)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Lower-case short forms → the fullest lower-case form in the same text."""

    full: dict[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()  # full names of persons

    def name(self, name: str) -> str:
        return self.full.get(name, name)

    def is_person(self, name: str) -> bool:
        return self.full.get(name, name) in self.people

    def parts(self, name: str) -> set[str]:
        """The words of a name and of the short forms that lead to it."""
        forms = [name, *(short for short, full in self.full.items() if full == name)]
        return {word for form in forms for word in form.split()}

    @overload
    def phrase(self, phrase: Phrase) -> Phrase: ...
    @overload
    def phrase(self, phrase: None) -> None: ...
    def phrase(self, phrase: Phrase | None) -> Phrase | None:
        if phrase is None or not phrase.name or phrase.head not in self.full:
            return phrase
        return replace(phrase, head=self.full[phrase.head])


def aliases_of(sentences: Sequence[ParsedSentence]) -> Aliases:
    """Last names, parts of names and introduced initials; a short form with two candidates stays itself."""
    people: dict[str, None] = {}
    others: dict[str, str] = {}
    for sentence in sentences:
        for label, name in entity_names(sentence):
            if label == "PERSON":
                people.setdefault(name)
            else:
                others.setdefault(name, label)
    full: dict[str, str] = {}
    surnames = [name for name in others if " " not in name and others[name] not in {"GPE", "LOC", "NORP"}]
    for short in [*people, *surnames]:
        longer = [
            name for name in people if len(name.split()) <= LONGEST_NAME and name != short and is_part(short, name)
        ]
        best = longest_of(longer)
        if best:
            full[short] = best
    for sentence in sentences:
        for match in INITIALS.finditer(sentence.text):
            name = initials_of(match["name"], match["short"], [*people, *others])
            if name:
                full[match["short"].lower()] = full.get(name, name)
    return Aliases(full, frozenset(full.get(name, name) for name in people))


def entity_names(sentence: ParsedSentence) -> list[tuple[str, str]]:
    found = []
    tokens = sentence.tokens
    first = 0
    while first < len(tokens):
        label = tokens[first].entity
        last = first
        if label in NAMES:
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].entity == label
                and (tokens[last + 1].pos in {"PROPN", "PART", "ADP", "DET", "CCONJ"} or tokens[last + 1].text == "-")
            ):
                last += 1
            text = sentence.text[tokens[first].start - sentence.start : tokens[last].end - sentence.start]
            found.append((label, normal_name(text)))
        first = last + 1
    return found


def is_part(short: str, name: str) -> bool:
    """Is ``short`` the end of ``name`` (a last name), or its first and last words?"""
    few, many = short.split(), name.split()
    return len(few) < len(many) and (many[-len(few) :] == few or (len(few) == 2 and few == [many[0], many[-1]]))


def longest_of(names: list[str]) -> str:
    """The longest, when all the others are parts of it; "" when two people share the short form."""
    if not names:
        return ""
    best = max(names, key=lambda name: (len(name), name))
    return best if all(name == best or is_part(name, best) for name in names) else ""


def initials_of(before: str, short: str, names: list[str]) -> str:
    """The name before a bracket whose initials the bracket holds, "" when they do not fit."""
    letters = short.lower().replace(".", "").replace("&", "")
    lowered = normal_name(before)
    ends = [name for name in names if lowered.endswith(name)]
    if ends and max(map(len, ends)) >= len(short):
        return max(ends, key=len)
    words = lowered.split()
    for count in range(len(letters), min(len(words), len(letters) + 3) + 1):
        tail = words[-count:]
        if "".join(word[0] for word in tail if word not in {"of", "the", "and", "for"}) == letters:
            return " ".join(tail)
    return ""


def name_rows(tree: Tree) -> list[tuple[range, str]]:
    """Every name of the sentence: its token positions and normal form; titles and numbers are none."""
    found = []
    first = 0
    while first < len(tree):
        last = first
        if is_capital(tree[first]):
            while last + 1 < len(tree) and continues(tree[first], tree[last + 1]):
                last += 1
            row = range(first, last + 1)
            name = normal_name(tree.text(list(row)))
            if name and not (len(row) == 1 and is_title(tree[first])) and tree[first].entity not in NUMERIC:
                found.append((row, name))
        first = last + 1
    return found


def is_capital(token: Token) -> bool:
    return token.pos == "PROPN" or (token.entity in NAMES and token.text[:1].isupper())


def continues(first: Token, token: Token) -> bool:
    return token.pos == "PROPN" and token.entity == first.entity and token.text[:1].isupper()


def is_title(token: Token) -> bool:
    """ "Mr.", "Rep.", "President" on its own."""
    short = token.text.endswith(".") and len(token.text) <= 4 and token.text.count(".") == 1
    return short or (not token.entity and is_person_noun(token.text.lower()))


def same_name(left: str, right: str) -> bool:
    """Do two normal forms, of two texts, name the same person or body: equal, or one the end of the other."""
    return left == right or is_part(left, right) or is_part(right, left)
