"""The words of a sentence that carry its matter: names, nouns, verbs, numbers, times; each with a weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.language.lexicon.wordnet import base_forms, known
from assistant.language.readings import times_and_quantities
from assistant.language.tree import Tree
from assistant.language.types import Frame, ParsedSentence, Quantity, Token
from assistant.wording.names import Names, find_mentions
from assistant.wording.relations import Words
from assistant.wording.words import PARTS, means_person

# Verbs that say little by themselves: auxiliaries and the light verbs of English grammar (Jespersen 1942).
LIGHT = frozenset(["be", "have", "do", "make", "take", "get", "give", "go", "come", "put", "let", "keep", "set", "use"])
# Adverbs and adjectives that point or link and describe nothing.
EMPTY = frozenset(
    [
        "also",
        "so",
        "then",
        "there",
        "here",
        "now",
        "very",
        "just",
        "too",
        "more",
        "most",
        "even",
        "however",
        "meanwhile",
        "moreover",
        "thus",
        "therefore",
        "still",
        "already",
        "yet",
        "as",
        "well",
        "such",
        "own",
        "other",
        "same",
        "many",
        "much",
        "several",
        "once",
        "either",
    ]
)
OWNING = frozenset({"poss", "amod", "compound", "nmod"})
WEIGHTS = {"NOUN": 1.0, "PROPN": 1.5, "VERB": 1.0, "ADJ": 0.6, "ADV": 0.4, "NUM": 1.0}


class ItemKind(StrEnum):
    NAME = "name"
    WORD = "word"
    NUMBER = "number"  # inside a quantity: compared as a value, not as a word
    TIME = "time"  # inside a time expression


@dataclass(frozen=True, slots=True)
class Item:
    """A content word or a whole name: tokens ``[first, last]`` of its sentence, ``text[start:end]`` of its text."""

    kind: ItemKind
    key: str  # a name's key, else the lemma, lower case
    part: str  # WordNet's n, v, a; "" for names and numbers
    weight: float
    first: int
    last: int
    head: int  # position of the token that governs it
    start: int
    end: int
    text: str
    person: bool = False
    plural: bool = False
    also: frozenset[str] = frozenset()  # keys of the countries that a head of state stands for

    @property
    def words(self) -> Words:
        return Words(self.text, self.start, self.end)


def find_items(sentence: ParsedSentence, frames: Sequence[Frame], names: Names) -> list[Item]:
    """Items of one sentence in order. ``frames`` are those of the sentence: they tell numbers and times."""
    numbers = [(q.start, q.end) for q in quantities_of(sentence, frames)]
    times = [(t.start, t.end) for frame in frames for t in frame.times]
    named: dict[int, Item] = {}
    items: list[Item] = []
    for mention in find_mentions(sentence.tokens, names.compounds):
        item = name_item(sentence.tokens, mention.first, mention.last, names)
        if not inside(item.start, item.end, times):
            items.append(item)
            named.update(dict.fromkeys(range(mention.first, mention.last + 1), item))
    for place, token in enumerate(sentence.tokens):
        if place in named:
            continue
        if inside(token.start, token.end, times):
            items.append(word_item(sentence.tokens, place, ItemKind.TIME))
        elif inside(token.start, token.end, numbers):
            items.append(word_item(sentence.tokens, place, ItemKind.NUMBER))
        elif is_content(token):
            items.append(office_item(sentence.tokens, place, names) or word_item(sentence.tokens, place, ItemKind.WORD))
    return sorted(items, key=lambda item: item.first)


def quantities_of(sentence: ParsedSentence, frames: Sequence[Frame]) -> list[Quantity]:
    """All numbers of a sentence, each once, in order; words outside every clause have numbers too."""
    found = {(q.start, q.end): q for frame in frames for q in frame.quantities}
    if not frames or any(
        token.tag == "CD" and not inside(token.start, token.end, list(found)) for token in sentence.tokens
    ):
        for quantity in times_and_quantities(Tree(sentence))[1]:
            found.setdefault((quantity.start, quantity.end), quantity)
    return [found[place] for place in sorted(found)]


def inside(start: int, end: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high for low, high in ranges)


def is_content(token: Token) -> bool:
    lemma = token.lemma.lower()
    if token.pos not in WEIGHTS or not any(character.isalnum() for character in token.text):
        return False
    return lemma not in EMPTY and not (token.pos == "VERB" and token.dep in {"aux", "auxpass"})


def word_item(tokens: Sequence[Token], place: int, kind: ItemKind) -> Item:
    token = tokens[place]
    lemma = token.lemma.lower()
    if token.pos == "ADV" and lemma.endswith("ly"):
        lemma = next((form for form in base_forms(lemma) if form != lemma and known(form, "a")), lemma)  # "legally"
    predicative = token.dep in {"acomp", "oprd"} or token.tag in {"JJR", "RBR"}
    weight = 1.0 if predicative else 0.3 if token.pos == "VERB" and lemma in LIGHT else WEIGHTS.get(token.pos, 0.5)
    part = PARTS.get(token.pos, "")
    person = part == "n" and means_person(lemma)
    return Item(kind, lemma, part, weight, place, place, token.head, token.start, token.end, token.text, person)


def name_item(tokens: Sequence[Token], first: int, last: int, names: Names) -> Item:
    text = " ".join(token.text for token in tokens[first : last + 1])
    head = next((p for p in range(last, first - 1, -1) if not first <= tokens[p].head <= last), last)
    key = names.key(text)
    return Item(
        ItemKind.NAME,
        key,
        "",
        1.5,
        first,
        last,
        tokens[head].head,
        tokens[first].start,
        tokens[last].end,
        text,
        key in names.people or (tokens[last].tag in {"NNPS", "NNS"} and tokens[last].entity == "NORP"),
        tokens[last].tag in {"NNPS", "NNS"},
        names.stands_for(key),
    )  # fmt: skip


def office_item(tokens: Sequence[Token], place: int, names: Names) -> Item | None:
    """ "Norway's minister" stands for whoever is called that; the bare title only when one person alone has it."""
    token = tokens[place]
    lemma = token.lemma.lower()
    if token.pos != "NOUN" or not means_person(lemma) or token.tag == "NNS":
        return None
    owners = [
        names.key(child.text)
        for child in tokens
        if child.head == place and child.dep in OWNING and child.text[:1].isupper()
    ]
    owner = owners[0] if owners else ""
    definite = owner or any(t.head == place and t.text.lower() == "the" for t in tokens)
    key = names.holder(lemma, owner) if definite else ""
    if not key:
        return None
    return Item(
        ItemKind.NAME,
        key,
        "n",
        1.0,
        place,
        place,
        token.head,
        token.start,
        token.end,
        token.text,
        True,
        False,
        names.stands_for(key),
    )
