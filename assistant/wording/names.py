"""Which mentions name the same person, place or body: "Maria Lund" / "Lund" / "Norway's minister"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.language.lexicon.wordnet import is_common_word
from assistant.language.types import Token
from assistant.wording.countries import SHORT, country_of
from assistant.wording.strength import words as words_of
from assistant.wording.words import means_person

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"})
JOINERS = frozenset({"of", "the", "and", "de", "del", "la", "for", "&", "-", "van", "von", "bin", "al"})
LONGEST = 9  # words of a compound name
SMALL = frozenset({"of", "the", "and", "for", "de", "on", "in", "&"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: tokens ``[first, last]``, both included. ``label`` is the parser's entity label."""

    first: int
    last: int
    text: str
    label: str
    title: str = ""  # "president" in "President Maria Lund"
    title_of: str = ""  # "norway" in "Norwegian President Maria Lund"


def normal(name: str) -> str:
    """Lower case, without accents, full stops, possessive and leading article.

    >>> normal("The U.S.’s")
    'us'
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(character for character in plain if not unicodedata.combining(character)).casefold()
    plain = re.sub(r"'s?$|[.\"“”]", "", plain.replace("-", " "))
    return re.sub(r"^the\s+", "", " ".join(plain.split()))


def find_mentions(tokens: Sequence[Token], compounds: frozenset[str] = frozenset()) -> list[Mention]:
    """The names of one sentence, in order, without overlaps. ``compounds``: long names known to be one."""
    found: list[Mention] = []
    place = 0
    while place < len(tokens):
        length = compound_at(tokens, place, compounds)
        if length:
            text = " ".join(token.text for token in tokens[place : place + length])
            found.append(Mention(place, place + length - 1, text, "ORG"))
            place += length
            continue
        if not is_name_token(tokens[place]):
            place += 1
            continue
        last = place
        while last + 1 < len(tokens) and continues(tokens, last + 1):
            last += 1
        while last > place and (tokens[last].lemma.lower() in JOINERS or tokens[last].text in {"'s", "’s"}):
            last -= 1
        found.extend(cut_titles(tokens, place, last))
        place = last + 1
    return found


def compound_at(tokens: Sequence[Token], place: int, compounds: frozenset[str]) -> int:
    """How many tokens from ``place`` on form a compound name; 0 for none."""
    if not compounds or not tokens[place].text[:1].isupper():
        return 0
    for length in range(min(LONGEST, len(tokens) - place), 2, -1):
        if normal(" ".join(token.text for token in tokens[place : place + length])) in compounds:
            return length
    return 0


def is_name_token(token: Token) -> bool:
    if not token.text[:1].isalpha() or token.pos == "DET" or token.entity in {"DATE", "TIME"}:
        return False
    capital = token.text[:1].isupper()
    if capital and token.pos in {"NOUN", "X"} and not is_common_word(token.text.lower()):
        return True  # "Lund praised …": the parser takes a name at the head of a sentence for a noun
    return token.pos == "PROPN" or (token.entity in NAME_LABELS and capital and token.pos in {"NOUN", "ADJ", "X"})


def continues(tokens: Sequence[Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 1]
    if joined_by_hyphen(tokens, place):
        return True
    if before.entity == "NORP" and token.entity != "NORP":
        return False  # "Norwegian President …": a modifier, not a part of the name
    if before.entity in {"GPE", "NORP"} and token.entity == "PERSON":
        return False
    if is_name_token(token):
        return not (before.entity == "PERSON" and token.entity not in {"PERSON", ""})
    if token.lemma.lower() == "and" and token.entity == "PERSON":
        return False  # two people
    inside = token.lemma.lower() in JOINERS and token.entity == before.entity and token.entity in NAME_LABELS
    return inside and place + 1 < len(tokens) and tokens[place + 1].entity == before.entity


def joined_by_hyphen(tokens: Sequence[Token], place: int) -> bool:
    """The hyphen, or what follows it, of a name such as "Panmun-ri": no common word stands after it."""
    token, before = tokens[place], tokens[place - 1]
    if before.text == "-" and place >= 2:
        return token.start == before.end and before.start == tokens[place - 2].end and not common(token)
    if token.text != "-" or place + 1 >= len(tokens):
        return False
    after = tokens[place + 1]
    return token.start == before.end and after.start == token.end and not common(after)


def common(token: Token) -> bool:
    return not token.text.isalpha() or is_common_word(token.text.lower())


def cut_titles(tokens: Sequence[Token], first: int, last: int) -> list[Mention]:
    """One mention, its titles and ranks cut off and kept aside."""
    start, title = first, ""
    if first >= 2 and tokens[first - 1].text == "of" and is_title(tokens[first - 2]) and last > first:
        start, title = first + 1, tokens[first - 2].lemma.lower()  # "Secretary of State Ann Lee"
    for place in range(first, last):
        if is_title(tokens[place]):
            start, title = place + 1, tokens[place].lemma.lower().rstrip(".")
    while start < last and tokens[start].text[:1].islower() and tokens[start].text not in SMALL:
        start += 1  # "President-elect Ann Lee"
    people: list[Mention] = []
    while start + 1 < last and tokens[last].entity == "PERSON" and country_of(normal(tokens[start].text)):
        people.append(Mention(start, start, tokens[start].text, "NORP"))
        start += 1  # "American Jane Roe"
    while start < last and tokens[start].lemma.lower() in SMALL:
        start += 2 if start + 2 <= last else 1
    owner = ""
    if title:
        owner = next(
            (found for p in range(start - 1, max(-1, start - 4), -1) if (found := country_of(normal(tokens[p].text)))),
            "",
        )
    words = tokens[start : last + 1]
    label = next((token.entity for token in words if token.entity in NAME_LABELS), "")
    text = " ".join(token.text for token in words)
    return [*people, Mention(start, last, text, label, title, owner)]


def is_title(token: Token) -> bool:
    lower = token.text.lower()
    return lower.rstrip(".") in words_of("titles") or (token.entity != "PERSON" and means_person(lower))


HEADS = frozenset({"president", "premier", "minister", "chancellor", "king", "queen", "emperor", "leader"})


@dataclass(slots=True)
class Names:
    """Mention → the key of who or what is meant. Built once over all texts that are compared."""

    keys: dict[str, str] = field(default_factory=dict)
    offices: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # key → what the texts call them
    people: set[str] = field(default_factory=set)  # keys of persons
    compounds: frozenset[str] = frozenset()  # long names whose initials are in use: "ministry of fish and game"

    def key(self, name: str) -> str:
        """The canonical key of ``name``: its longest known form, a country for a demonym or a short form."""
        plain = normal(name)
        known = country_of(plain) or self.keys.get(plain) or self.keys.get(plain.removesuffix("s"))
        return " ".join(SHORT.get(word, word) for word in (known or plain.removesuffix("s")).split())

    def is_group(self, name: str) -> bool:
        """ "Republicans", "the Democrats": a name of many, of whom one may speak."""
        first = normal(name).split(" ")[0]
        return first.endswith("s") and (bool(country_of(first)) or self.key(first).endswith(" party"))

    def stands_for(self, key: str) -> frozenset[str]:
        """Countries that a head of state or government may speak for."""
        return frozenset(
            owner for (title, owner), keys in self.offices.items() if owner and title in HEADS and key in keys
        )

    def holder(self, title: str, owner: str) -> str:
        """Who is called ``title`` ("president") of ``owner`` ("norway", "" for any), "" unless exactly one is."""
        found = self.offices.get((title, owner), set()) if owner else set()
        if not owner:
            found = {key for (name, _), keys in self.offices.items() if name == title for key in keys}
        return next(iter(found)) if len(found) == 1 else ""
