"""What the network read of two sentences, as candidates: whole words and whole phrases, without what hangs loose."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.differing import Reading
from assistant.language.tree import Tree
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate
from assistant.wording.matching import Side
from assistant.wording.relations import Words
from assistant.wording.statements import names_speaker, speakers_in

MARKS = ' \t\n,.;:!?()[]–—-"“”„'  # around a stretch they say nothing
LEADING = frozenset({"cc", "punct", "mark"})  # relations of a first word that belongs to what stands before
DANGLING = frozenset({"DET", "ADP", "SCONJ", "CCONJ", "PART", "AUX", "PUNCT"})  # a last word that leads to the next
BEFORE_NOUN = frozenset({"amod", "compound", "nummod", "poss", "det", "quantmod", "nmod", "case"})


def read_candidates(pair: Aligned, reading: Reading | None) -> Iterator[Candidate]:
    """The likeliest first. Between two articles none of headline against body."""
    if reading is None:
        return
    within = pair.left.sentence.article_id == pair.right.sentence.article_id
    for found in reading.stretches():
        ours, theirs = words_of(pair.left, found.ours), words_of(pair.right, found.theirs)
        if not ours.text or not theirs.text or (found.kind is FlagKind.HEADLINE_BODY and not within):
            continue
        if found.kind is FlagKind.ATTRIBUTION:
            yield from attributed(pair, Candidate(found.kind, "read", ours, theirs, found.probability))
        else:
            yield Candidate(found.kind, "read", ours, theirs, found.probability)


def attributed(pair: Aligned, candidate: Candidate) -> Iterator[Candidate]:
    """Somebody against somebody; or against the article's own voice, where nobody speaks in the sentence at all."""
    speaking = names_speaker(pair.left, candidate.ours), names_speaker(pair.right, candidate.theirs)
    if all(speaking):
        yield candidate
    elif any(speaking) and not speakers_in(pair.right if speaking[0] else pair.left):
        yield Candidate(candidate.kind, "read_voice", candidate.ours, candidate.theirs, candidate.support)


def words_of(side: Side, place: tuple[int, int]) -> Words:
    """The words that a stretch of the sentence touches, as a phrase; nothing where it holds marks alone.

    Up to the noun that its last word describes, and without a first or last word that belongs to others: "four
    additional senior" of "four additional senior members" is all of it, "indicated that the" is "indicated".
    """
    text, (start, end), base, tree = side.sentence.text, place, side.sentence.start, side.tree
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    places = [p for p in range(len(tree)) if tree[p].start < base + end and base + start < tree[p].end]
    if start == end or not places:
        return Words("", 0, 0)
    first, last = places[0], places[-1]
    while tree.deps[last] in BEFORE_NOUN and tree.heads[last] > last and tree[last].pos not in DANGLING:
        last = tree.heads[last]
    while first < last and dangles(tree, last):
        last -= 1
    while first < last and tree.deps[first] in LEADING:
        first += 1
    begin, stop = tree[first].start, tree[last].end
    return Words(text[begin - base : stop - base], begin, stop)


def dangles(tree: Tree, place: int) -> bool:
    """Does a word lead to what follows it? Not "n't"."""
    leads = max([tree.heads[place], *tree.children(place)]) > place
    return leads and tree[place].pos in DANGLING and tree.deps[place] != "neg"
