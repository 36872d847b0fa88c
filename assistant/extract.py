"""Text → claims, and the sentences that cannot be checked with the reason why.

One sentence is one claim unless it joins finite clauses, each with a subject of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.reader import LanguageReader
from assistant.language.tree import Tree
from assistant.language.types import ParsedSentence
from assistant.types import Claim, Unchecked

_QUESTION = re.compile(r"\?[\"'”’)\]]*\s*$")
_OPINION = re.compile(
    r"\b(?:in my (?:opinion|view)|i (?:think|believe|feel|hope|guess|suppose|fear|doubt)|we (?:think|believe|feel)|"
    r"if you ask me|unfortunately|hopefully|frankly|sadly|shamefully|thankfully|arguably)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"\b(?:will|'ll)\s+(?:probably|surely|undoubtedly|inevitably|certainly|almost certainly|likely|bound|sure)\b"
    r"|\b(?:i|we)\s+(?:predict|expect|bet|foresee)\b|\bmark my words\b|\bsooner or later\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s|\|)|\|[^|\n]*\||^\s*[-=|:\s]{3,}$")  # Markdown's headings and table rows
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]|(?<!\w)['‘][^'‘’\n]+['’](?!\w)")
_NORM = frozenset({"should", "ought", "must"})
_TASTE = frozenset(
    [
        "good",
        "bad",
        "great",
        "terrible",
        "awful",
        "horrible",
        "wonderful",
        "beautiful",
        "ugly",
        "stupid",
        "disgraceful",
        "shameful",
        "outrageous",
        "ridiculous",
        "disgusting",
        "brilliant",
        "excellent",
        "amazing",
        "fantastic",
        "fair",
        "unfair",
        "wise",
        "unwise",
        "foolish",
        "pathetic",
        "appalling",
        "dreadful",
        "magnificent",
        "despicable",
        "absurd",
        "nice",
        "lovely",
        "boring",
        "best",
        "worst",
        "disaster",
        "disgrace",
        "shame",
        "scandal",
        "joke",
    ]
)
LONGEST_CLAIM = 2_000  # characters, as of a question: comparing it takes time by the square of its words
LONGEST_SENTENCE = 20_000  # characters: dividing it takes time by the square of its words too
_TOO_LONG = f"more than {LONGEST_CLAIM:,} characters are too long a statement to compare with the sources"
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def extract_claims(text: str, reader: LanguageReader) -> tuple[list[Claim], list[Unchecked]]:
    """Claims in order with their place in ``text``, and what is listed but not judged."""
    claims: list[Claim] = []
    unchecked: list[Unchecked] = []
    for sentence in reader.parse_text(text):
        if not any(character.isalpha() for character in sentence.text):
            continue
        why = why_unchecked(sentence)
        if why:
            unchecked.append(Unchecked(sentence.text, why))
            continue
        for start, end in clauses(sentence):
            if end - start > LONGEST_CLAIM:
                unchecked.append(Unchecked(text[start:end], _TOO_LONG))
            else:
                claims.append(Claim(text[start:end], start, end))
    return claims, unchecked


def why_unchecked(sentence: ParsedSentence) -> str:
    """The reason in plain English, "" for a statement that can be checked."""
    if len(sentence.text) > LONGEST_SENTENCE:
        return f"a sentence of more than {LONGEST_SENTENCE:,} characters is too long to divide into statements"
    text = _QUOTED.sub("", sentence.text)  # an opinion that somebody is quoted with is a fact about them
    if _MARKUP.search(sentence.text):
        return "a heading or a row of a table is no sentence"
    if _QUESTION.search(sentence.text):
        return "a question states nothing"
    if _OPINION.search(text):
        return "an opinion cannot be checked against sources"
    tree = Tree(sentence)
    root = next((p for p in range(len(tree)) if tree.heads[p] == p), None)
    if root is None:
        return ""
    if _GUESS.search(text):
        return "a prediction cannot be checked yet"
    if is_command(tree, root):
        return "a command or request states nothing"
    if is_norm(tree, root):
        return "what ought to be is an opinion"
    if is_taste(tree, root):
        return "a judgement of taste or worth cannot be checked against sources"
    return ""


def is_command(tree: Tree, root: int) -> bool:
    token = tree[root]
    if token.tag != "VB" or tree.children(root, "nsubj", "nsubjpass", "expl", "csubj"):
        return False
    auxiliaries = [tree.word(child) for child in tree.children(root, "aux")]
    return all(word in {"do", "let"} for word in auxiliaries) and (
        root <= 2 or tree.word(0) in {"please", "let", "do", "never"}
    )


def is_norm(tree: Tree, root: int) -> bool:
    """ "Congress should act": nobody is said to have said so."""
    if not any(tree.word(child) in _NORM for child in tree.children(root, "aux")):
        return False
    return tree.word(next(iter(tree.children(root, "aux")))) in {"should", "ought"}


def is_taste(tree: Tree, root: int) -> bool:
    """ "The plan is terrible": a bare verdict of worth as the predicate."""
    if tree.lemma(root) != "be":
        return False
    for child in tree.children(root, "acomp", "attr"):
        if tree.lemma(child) in _TASTE or tree.word(child) in _TASTE:
            return True
    return False


def clauses(sentence: ParsedSentence) -> list[tuple[int, int]]:
    """The sentence, or its coordinated finite clauses when each has its own subject."""
    tree = Tree(sentence)
    cuts: list[int] = []
    for position in range(len(tree)):
        head = tree.heads[position]
        if (
            tree.deps[position] != "conj"
            or head == position
            or (tree.heads[head] != head and tree.deps[head] != "conj")
        ):
            continue
        if is_finite_clause(tree, position) and is_finite_clause(tree, head) and not is_quoted(sentence, position):
            cuts.append(min(tree.subtree(position)))
    return pieces(sentence, sorted(cuts))


def is_finite_clause(tree: Tree, position: int) -> bool:
    finite = tree[position].tag in FINITE or any(
        tree[c].tag in FINITE for c in tree.children(position, "aux", "auxpass")
    )
    return finite and bool(tree.children(position, "nsubj", "nsubjpass", "expl"))


def is_quoted(sentence: ParsedSentence, position: int) -> bool:
    before = [token.text for token in sentence.tokens[:position]]
    return sum(text in {'"', "“", "”"} for text in before) % 2 == 1


def pieces(sentence: ParsedSentence, cuts: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for cut in (*cuts, len(sentence.tokens)):
        first, last = start, cut - 1
        while last > first and sentence.tokens[last].text.lower() in {"and", "but", "or", ",", ";", "while", "so"}:
            last -= 1
        if last >= first:
            found.append((sentence.tokens[first].start, sentence.tokens[last].end))
        start = cut
    return found or [(sentence.start, sentence.end)]
