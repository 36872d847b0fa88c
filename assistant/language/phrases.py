"""A noun in the tree → Phrase: its whole noun phrase with head, modifiers, complements."""

from __future__ import annotations

from assistant.language.lexicon.people import is_person_noun
from assistant.language.lexicon.wordlist import word_set
from assistant.language.lexicon.wordnet import supersenses
from assistant.language.tree import Tree
from assistant.language.types import Phrase, Token

LEFT = word_set("det nummod neg npadvmod poss nmod advmod compound quantmod case predet amod")
RIGHT = word_set("cc prep appos conj acl relcl")
MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod"})
MEASURES = word_set(
    "number total majority group lot range series pair couple high low record handful bunch rest part kind sort type"
)
LONGEST_CLAUSE = 12  # tokens of a relative clause or participle that still belongs to the phrase
NUMERIC = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"})
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})


def phrase_at(tree: Tree, position: int) -> Phrase:
    """The noun phrase whose head is the token at ``position``."""
    kept = phrase_positions(tree, position)
    head = content_head(tree, position)
    token = tree[head]
    named = token.pos == "PROPN" or (token.entity in NAMES and token.text[:1].isupper() and token.entity != "NORP")
    start, end = tree.span(kept)
    return Phrase(
        start=start,
        end=end,
        text=tree.text(kept),
        head=head_of(tree, head, named=named),
        modifiers=frozenset(modifiers_of(tree, head) | (modifiers_of(tree, position) if position != head else set())),
        name=named,
        entity=token.entity,
        plural=token.tag in {"NNS", "NNPS"},
        person=is_person(tree, head),
        complements=tuple(complements_of(tree, head)),
        determiner=determiner_of(tree, position),
    )


def head_of(tree: Tree, position: int, *, named: bool) -> str:
    if named:
        return name_of(tree, position)
    if tree[position].pos in {"NUM", "SYM"} and any(tree[child].tag == "$" for child in tree.children(position)):
        return "money"
    return tree.lemma(position)


def phrase_positions(tree: Tree, position: int) -> list[int]:
    """The tokens of the phrase: the subtree without trailing clauses that a comma, dash or bracket cuts off."""
    dropped: set[int] = set()
    for child in tree.children(position):
        dep = tree.deps[child]
        if (
            (
                child > position
                and (dep not in RIGHT or (dep in {"relcl", "acl", "appos"} and is_cut_off(tree, position, child)))
            )
            or (child < position and dep not in LEFT and dep not in {"punct", "cc", "conj", "appos"})
            or (dep == "prep" and child > position and is_cut_off(tree, position, child))
            or (dep in {"relcl", "acl"} and len(tree.subtree(child)) > LONGEST_CLAUSE)
        ):
            dropped.add(child)
    kept = tree.subtree(position, frozenset(dropped))
    kept = contiguous(kept, position)
    while (
        kept
        and tree[kept[-1]].pos in {"PUNCT", "CCONJ"}
        and kept[-1] != position
        and tree[kept[-1]].text not in {".", ")", "'", '"', "%"}
    ):
        kept.pop()
    while kept and tree[kept[-1]].text in {"'", '"', ",", "."} and kept[-1] != position:
        kept.pop()
    while kept and tree[kept[0]].pos in {"PUNCT", "CCONJ"} and kept[0] != position:
        kept.pop(0)
    return kept


def contiguous(positions: list[int], around: int) -> list[int]:
    """The run of neighbouring positions that holds ``around``."""
    row = set(positions)
    first = last = around
    while first - 1 in row:
        first -= 1
    while last + 1 in row:
        last += 1
    return list(range(first, last + 1))


def is_cut_off(tree: Tree, position: int, child: int) -> bool:
    first = min(tree.subtree(child))
    return first > position and tree[first - 1].text in {",", "-", "–", "—", "(", ";", ":"}


def content_head(tree: Tree, position: int) -> int:
    """Past "a record-high of", "millions of", "a number of" to the noun that is meant."""
    for _ in range(3):
        token = tree[position]
        number = (
            token.pos == "NUM"
            or token.text.lower() in {"%", "percent"}
            or tree.lemma(position) in MEASURES
            or supersenses(tree.lemma(position), "n")[:1] == ("noun.quantity",)
        )
        of = next((child for child in tree.children(position, "prep") if tree.word(child) == "of"), None)
        inner = tree.child(of, "pobj") if of is not None else None
        if (
            not number
            or inner is None
            or (tree.lemma(position) == "majority" and tree.child(inner, "nummod") is not None)
        ):
            return position
        position = inner
    return position


def name_of(tree: Tree, position: int) -> str:
    """The full name, lower case: "mara voss", without titles, articles and possessive endings."""
    token = tree[position]
    first = last = position
    while first > 0:
        if belongs(tree[first - 1], token):
            first -= 1
        elif first > 1 and is_hyphen(tree, first - 1) and tree[first - 2].pos == "PROPN":
            first -= 2  # "Jong-un"
        else:
            break
    while last + 1 < len(tree) and token.entity in NAMES and belongs(tree[last + 1], token):
        last += 1
    name = normal_name(tree.text(list(range(first, last + 1))))
    plural = token.entity == "NORP" and token.tag == "NNPS" and first == last
    return name.removesuffix("s") if plural else name


def is_hyphen(tree: Tree, position: int) -> bool:
    """A hyphen without spaces around it."""
    token = tree[position]
    inside = 0 < position < len(tree) - 1
    return (
        token.text == "-" and inside and tree[position - 1].end == token.start and token.end == tree[position + 1].start
    )


def belongs(other: Token, head: Token) -> bool:
    """Is the neighbouring token a part of the head's name?"""
    if head.entity not in NAMES:
        return other.pos == "PROPN" and other.entity not in NUMERIC
    inner = other.pos == "PROPN" or head.entity in {"ORG", "GPE", "LOC", "FAC"}
    return other.entity == head.entity and inner


def normal_name(name: str) -> str:
    """Lower case, single spaces, no leading article, no possessive ending."""
    words = name.replace("’", "'").lower().split()
    if words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words).removesuffix("'s").removesuffix("'").strip(" .,\"-–—'“”")


def modifiers_of(tree: Tree, position: int) -> set[str]:
    found = set()
    for child in tree.children(position):
        if (
            tree.deps[child] in MODIFIERS
            and tree[child].pos not in {"NUM", "DET", "PUNCT"}
            and not is_same_name(tree, position, child)
        ):
            found.add(modifier_form(tree, child))
            found |= {
                tree.lemma(other)
                for other in tree.children(child, "conj", "compound", "amod")
                if tree[other].pos != "PUNCT"
            }
    return found


def modifier_form(tree: Tree, position: int) -> str:
    """The lemma; participles as they stand: "suspected" is no "suspect"."""
    return tree.word(position) if tree[position].tag in {"VBN", "VBG"} else tree.lemma(position)


def is_same_name(tree: Tree, position: int, child: int) -> bool:
    entity = tree[position].entity
    return (
        bool(entity) and tree[child].entity == entity and tree[position].pos == "PROPN" and tree[child].pos == "PROPN"
    )


def complements_of(tree: Tree, position: int) -> list[tuple[str, str]]:
    found = []
    for child in tree.children(position):
        if child < position:
            continue
        dep = tree.deps[child]
        if dep == "prep":
            inner = tree.child(child, "pobj", "pcomp")
            if inner is not None:
                found.append((tree.word(child), tree.text(contiguous(tree.subtree(inner), inner))))
        elif dep in {"acl", "relcl"} and not is_cut_off(tree, position, child):
            found.append((tree.word(child), tree.text(contiguous(tree.subtree(child), child))))
        elif dep in {"conj", "appos"}:
            found.append(("and" if dep == "conj" else "appos", tree.text(phrase_positions(tree, child))))
    return found


def determiner_of(tree: Tree, position: int) -> str:
    for child in tree.children(position, "det", "poss", "predet", "neg"):
        return tree.text(tree.subtree(child)).lower() if tree.deps[child] == "poss" else tree.word(child)
    return ""


def is_person(tree: Tree, position: int) -> bool:
    token = tree[position]
    if token.entity == "PERSON":
        return True
    if token.entity == "NORP" and token.pos in {"NOUN", "PROPN"}:
        return True
    return token.pos == "NOUN" and is_person_noun(tree.lemma(position))


def is_nominal(tree: Tree, position: int) -> bool:
    return tree[position].pos in {"NOUN", "PROPN", "PRON", "NUM", "SYM"} or tree[position].tag in {
        "DT",
        "NN",
        "NNS",
        "$",
    }
