"""What a verb of saying reports: the clauses and quoted words below it that are not the article's own."""

from __future__ import annotations

from assistant.language.forms import has_mark
from assistant.language.lexicon.moods import CARRIERS
from assistant.language.lexicon.verbs import (
    FACTIVE,
    asks_first,
    is_mainly_reporting,
    is_reporting_verb,
    is_speech_verb,
    is_wish,
    request_strength,
)
from assistant.language.phrases import is_person
from assistant.language.quotations import quoted_spans
from assistant.language.tree import Tree

QUOTES = {'"', "“", "”", "„", "«", "»"}


def contents_of(tree: Tree, position: int) -> list[int]:
    """Positions of the clauses, or quoted words, that the verb at ``position`` puts in its subject's mouth."""
    alleged = accusations(tree, position)
    if alleged:
        return alleged
    if is_reporting_verb(tree.lemma(position)):
        return content_clauses(tree, position)
    return [*utterances(tree, position), *worries(tree, position)]


def worries(tree: Tree, position: int) -> list[int]:
    """ "Lee fretted that the levy would hurt": a person's that-clause under any verb but those that vouch for it."""
    subject = tree.child(position, "nsubj")
    if (
        subject is None
        or tree.lemma(position) in FACTIVE
        or not (is_person(tree, subject) or tree[subject].pos == "PROPN")
    ):
        return []
    return [child for child in tree.children(position, "ccomp") if has_mark(tree, child, "that")]


def content_clauses(tree: Tree, position: int) -> list[int]:
    """What the verb reports: a finite clause, words in quotation marks, or the clause that it is a tag of."""
    contents = []
    for child in tree.children(position, "ccomp", "parataxis", "dep", "dobj", "oprd", "xcomp", "advcl"):
        dep = tree.deps[child]
        if dep in {"ccomp", "parataxis", "dep"} and tree[child].pos in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}:
            if is_reported(tree, position, child):
                contents.append(child)
        elif is_quoted_tree(tree, child) or (dep == "xcomp" and is_confession(tree, position, child)):
            contents.append(child)
    if tree.deps[position] in {"parataxis", "ccomp"} and not contents:
        head = tree.heads[position]
        if is_tag(tree, position):
            contents.append(head)
    bare = not tree.children(position, "xcomp", "dobj", "acomp", "attr")
    if tree.deps[position] == "advcl" and not contents and bare and has_mark(tree, position, "as"):
        contents.append(tree.heads[position])  # "As Lund once said, …", not "As Lund continues to sink, …"
    return contents


def is_confession(tree: Tree, position: int, content: int) -> bool:
    """ "denied paying", "admitted taking", "claims to have won": the subject's own account of itself."""
    lemma = tree.lemma(position)
    if request_strength(lemma) and tree.children(position, "dobj"):
        return False
    told = is_speech_verb(lemma) and lemma not in CARRIERS and (request_strength(lemma) == 0 or not asks_first(lemma))
    perfect = any(tree.word(child) == "have" for child in tree.children(content, "aux"))
    return told and (tree[content].tag == "VBG" or perfect or tree.lemma(position) == "claim")


def accusations(tree: Tree, position: int) -> list[int]:
    """ "accused him of lying", "suspected of theft": what stands after the preposition is alleged."""
    if not tree.children(position, "dobj", "nsubjpass") or not is_speech_verb(tree.lemma(position)):
        return []
    prepositions = [child for child in tree.children(position, "prep") if tree.word(child) in {"of", "for", "with"}]
    return [inner for child in prepositions for inner in tree.children(child, "pcomp")]


def utterances(tree: Tree, position: int) -> list[int]:
    """Quoted clauses under a verb that is no verb of saying: '"Too late," she tweeted'."""
    clauses = tree.children(position, "ccomp", "parataxis")
    return [child for child in clauses if is_quoted_tree(tree, child) and not is_quoted_word(tree, position)]


def is_quoted_word(tree: Tree, position: int) -> bool:
    token = tree[position]
    return any(
        low <= token.start and token.end <= high for low, high in quoted_spans(tree.sentence.text, tree.sentence.start)
    )


def is_reported(tree: Tree, position: int, content: int) -> bool:
    """Does the clause stand for words or beliefs? Without "that" the verb must mean saying or thinking."""
    lemma = tree.lemma(position)
    if request_strength(lemma) and tree[content].tag == "VB":
        return False  # "demands he give": asked for, not said
    if has_mark(tree, content, "that") or is_quoted_tree(tree, content):
        return True
    infinitive = any(tree.word(child) == "to" for child in tree.children(content, "aux"))
    return is_mainly_reporting(lemma) and not infinitive  # "allowed them to stay" reports nothing


def reports_only(tree: Tree, position: int) -> bool:
    """A verb of saying whose whole content is another clause: the speaker of that clause says enough."""
    lemma = tree.lemma(position)
    if not is_reporting_verb(lemma) or is_wish(lemma) or tree.children(position, "auxpass"):
        return False
    if tree.deps[position] == "parataxis" and is_tag(tree, position):
        return True
    clauses = tree.children(position, "ccomp", "parataxis")
    return any(tree[child].pos in {"VERB", "AUX"} and is_reported(tree, position, child) for child in clauses)


def is_tag(tree: Tree, position: int) -> bool:
    """A reporting verb set off by commas inside what it reports: "Rain, she said, is likely"."""
    words = tree.subtree(position)
    while tree[words[0]].pos == "PUNCT" and len(words) > 1:
        words.pop(0)
    first = words[0]
    return first > 0 and tree[first - 1].text in {",", '"', "-", "–", "—"} and len(words) <= 12


def is_quoted_tree(tree: Tree, position: int) -> bool:
    words = tree.subtree(position)
    before = tree[words[0] - 1].text if words[0] else ""
    return before in QUOTES or tree[words[0]].text in QUOTES
