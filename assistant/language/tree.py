"""A parsed sentence as a tree, with the parser's commonest slips mended. Positions are token positions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.lexicon.wordlist import word_set
from assistant.language.lexicon.wordnet import supersenses
from assistant.language.types import ParsedSentence, Token

CLAUSE_DEPS = word_set(
    "nsubj ROOT intj parataxis conj csubj attr advcl oprd ccomp xcomp dobj relcl pcomp pobj appos csubjpass dep acl"
)


class Tree:
    """Heads, relations and children of one sentence."""

    def __init__(self, sentence: ParsedSentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.heads = [token.head for token in sentence.tokens]
        self.deps = [token.dep for token in sentence.tokens]
        mend(self)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, position: int) -> Token:
        return self.tokens[position]

    @cached_property
    def children_of(self) -> list[list[int]]:
        rows: list[list[int]] = [[] for _ in self.tokens]
        for position, head in enumerate(self.heads):
            if head != position:
                rows[head].append(position)
        return rows

    def children(self, position: int, *deps: str) -> list[int]:
        """Children in order; with ``deps``, those of these relations."""
        return [child for child in self.children_of[position] if not deps or self.deps[child] in deps]

    def child(self, position: int, *deps: str) -> int | None:
        found = self.children(position, *deps)
        return found[0] if found else None

    def lemma(self, position: int) -> str:
        return self.tokens[position].lemma.lower()

    def word(self, position: int) -> str:
        return self.tokens[position].text.lower()

    def subtree(self, position: int, without: frozenset[int] = frozenset()) -> list[int]:
        """Positions of the subtree in order, branches in ``without`` left out."""
        found: list[int] = []
        stack = [position]
        while stack:
            here = stack.pop()
            found.append(here)
            stack.extend(child for child in self.children_of[here] if child not in without)
        return sorted(found)

    def ancestors(self, position: int) -> Iterator[int]:
        """From the head upward to the root."""
        seen = {position}
        while self.heads[position] not in seen:
            position = self.heads[position]
            seen.add(position)
            yield position

    def is_clause(self, position: int) -> bool:
        """Is the token the predicate of a clause?"""
        token = self.tokens[position]
        if token.pos not in {"VERB", "AUX"} or self.deps[position] in {
            "aux",
            "auxpass",
            "amod",
            "prep",
            "compound",
            "case",
            "advmod",
            "det",
            "punct",
        }:
            return False
        return self.deps[position] in CLAUSE_DEPS

    def text(self, positions: list[int]) -> str:
        """The sentence's own characters from the first to the last of ``positions``."""
        start, end = self.span(positions)
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def span(self, positions: list[int]) -> tuple[int, int]:
        """Offsets in the article of the stretch from the first to the last of ``positions``."""
        return self.tokens[min(positions)].start, self.tokens[max(positions)].end


def attach_words_of(tree: Tree, position: int) -> None:
    """ "told the paper in reply to questions that X": the that-clause is what was told, not a part of the questions."""
    if tree.lemma(position) not in {"tell", "inform", "warn", "assure", "say"} or "ccomp" in direct(tree, position):
        return
    for clause, dep in enumerate(tree.deps):
        up = tree.heads[clause]
        if dep != "acl" or tree[clause].pos not in {"VERB", "AUX"} or clause < position or tree[up].pos != "NOUN":
            continue
        that = any(
            tree.word(p) == "that" and tree.heads[p] == clause and tree.deps[p] == "mark" for p in range(len(tree))
        )
        above = {up}
        while tree.heads[up] not in above:
            up = tree.heads[up]
            above.add(up)
        if that and position in above:
            tree.deps[clause], tree.heads[clause] = "ccomp", position
            return


def split_double_object(tree: Tree, verb: int) -> None:
    """ "grant the miners living here the right to strike": two objects, of which the first receives."""
    if tree[verb].pos != "VERB" or "verb.possession" not in supersenses(tree.lemma(verb), "v"):
        return
    objects = [p for p, head in enumerate(tree.heads) if head == verb and tree.deps[p] == "dobj"]
    if len(objects) == 1:
        stray = stray_object(tree, objects[0])
        if stray is None:
            return
        tree.deps[stray], tree.heads[stray] = "dobj", verb
        objects.append(stray)
    if len(objects) == 2 and not any(tree[p].text in {",", "-", "(", ":"} for p in range(objects[0], objects[1])):
        tree.deps[objects[0]] = "dative"


def stray_object(tree: Tree, first: int) -> int | None:
    """A second object that the parser gave to the first one: as its apposition, or below its participle."""
    for position in range(first + 1, len(tree)):
        head, dep = tree.heads[position], tree.deps[position]
        if tree[position].pos != "NOUN" or first not in {head, tree.heads[head]}:
            continue
        article = any(tree.heads[p] == position and tree.deps[p] in {"det", "poss"} for p in range(first, position))
        if not article:
            continue
        if head == first and dep in {"appos", "npadvmod"}:
            return position
        participle = tree.heads[head] == first and tree.deps[head] == "acl" and dep == "dobj"
        if participle and any(tree.heads[p] == head and tree.deps[p] == "prep" for p in range(head, position)):
            return position
    return None


def find_lost_subject(tree: Tree) -> None:
    """ "Lund won over doubters by …": a name at the head of a sentence without a subject is its subject."""
    root = next((p for p, head in enumerate(tree.heads) if head == p), None)
    if (
        root is None
        or tree[root].tag not in {"VBD", "VBZ", "VBP"}
        or {"nsubj", "nsubjpass", "expl"} & direct(tree, root)
    ):
        return
    for position in range(root):
        token = tree[position]
        if tree.heads[position] == root and tree.deps[position] == "npadvmod" and token.pos == "PROPN":
            if token.entity not in {"DATE", "TIME"}:
                tree.deps[position] = "nsubj"
            return


def direct(tree: Tree, position: int) -> set[str]:
    return {tree.deps[p] for p, head in enumerate(tree.heads) if head == position and p != position}


def mend(tree: Tree) -> None:
    """Known slips of the parser, put right on the tree's own copy of heads and relations."""
    find_lost_subject(tree)
    for position, token in enumerate(tree.tokens):
        attach_words_of(tree, position)
        split_double_object(tree, position)
        dep, head = tree.deps[position], tree.heads[position]
        if head == position or dep not in {"conj", "advcl"}:
            continue
        marks = [child for child, up in enumerate(tree.heads) if up == position and tree.deps[child] == "mark"]
        if dep == "conj" and is_reporting_verb(tree.lemma(head)) and any(tree.word(mark) == "that" for mark in marks):
            tree.deps[position] = "ccomp"  # "said that A, and that B": B is said too
        elif dep == "advcl" and token.tag == "VBG" and not marks and tree.word(position - 1) == ",":
            # "in addition to ending A, stopping B and giving C": B and C join A, not the main verb
            earlier = [p for p in range(head, position) if tree.deps[p] == "pcomp" and tree[p].tag == "VBG"]
            if earlier:
                tree.deps[position], tree.heads[position] = "conj", earlier[-1]
