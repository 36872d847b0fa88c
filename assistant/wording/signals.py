"""What is known of two sentences, and of a candidate in them, as numbers: the likelihood weighs these.

A pair's signals say whether both sentences tell one fact; a candidate's, whether its two stretches stand for each
other in it. Logarithms of counts, shares 0..1, and marks 0 or 1; what is not named is 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.language.tree import Tree
from assistant.wording.aligned import Aligned, Candidate, governor
from assistant.wording.items import ItemKind
from assistant.wording.likeness import Likeness, is_headline
from assistant.wording.matching import CREDIT, Match, Side
from assistant.wording.relations import Words
from assistant.wording.scale import Signals
from assistant.wording.statements import core_of
from assistant.wording.words import Kin

ALIKE = 0.3  # share of both sentences' weight in common from which they plainly tell one thing
LEAD = 2  # paragraphs in which an article tells what it is about
NEAR = 8  # words round a stretch
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})
QUOTES = frozenset('“”"')
LINKING = frozenset({"ADP", "AUX", "PART"})


def pair_signals(pair: Aligned, alike: Likeness) -> Signals:
    """How far two sentences tell the same: what they share, how it hangs together, and where they stand."""
    matches = [match for match in pair.matches if match.kin > Kin.RELATED]
    sides = (pair.left, pair.right)
    heads = [is_headline(side) for side in sides]
    leads = [side.sentence.paragraph <= LEAD for side in sides]
    quoting = [bool(QUOTES & set(side.sentence.text)) for side in sides]
    within = pair.left.sentence.article_id == pair.right.sentence.article_id
    best = alike.rank_left == alike.rank_right == 0
    return {
        "cover": alike.cover,
        "shared": math.log1p(alike.shared),
        "fuller": alike.fuller,
        "poorer": alike.poorer,
        "rank_left": 1 / (1 + alike.rank_left),
        "rank_right": 1 / (1 + alike.rank_right),
        "best_of_both": float(best),
        "cover_of_best": alike.cover * best,
        "alike": float(alike.cover >= ALIKE),
        "headlines": float(all(heads)),
        "headline": float(any(heads) and not all(heads) and not within),
        "within": float(within),
        "early_left": 1 / (1 + alike.left),
        "early_right": 1 / (1 + alike.right),
        "lead": float(any(leads)),
        "leads": float(all(leads)),
        "letters_left": math.log1p(len(pair.left.sentence.text)),
        "letters_right": math.log1p(len(pair.right.sentence.text)),
        "quoting": float(all(quoting)),
        "quoting_one": float(quoting[0] != quoting[1]),
        **meaning_signals(pair, matches),
        **name_signals(pair, matches),
    }


def meaning_signals(pair: Aligned, matches: Sequence[Match]) -> Signals:
    """What is carried in whatever words; which words hang on each other in both; whether the main acts are one."""
    left, right = pair.left.tree, pair.right.tree
    shares = [
        carried / (sum(item.weight for item in side.items) or 1.0)
        for side, carried in zip((pair.left, pair.right), carried_by(matches), strict=True)
    ]
    edges = 0
    for place, (other, kinship) in pair.forth.items():
        mine, yours = governor(left, place), governor(right, other)
        edges += kinship >= Kin.BROADER and mine is not None and pair.forth.get(mine, (None,))[0] == yours
    verbs = sum(left[p].pos == "VERB" and kinship >= Kin.BROADER for p, (_, kinship) in pair.forth.items())
    mine, yours = core_of(pair.left), core_of(pair.right)
    first, second = subject_of(left, mine), subject_of(right, yours)
    return {
        "soft_left": shares[0],
        "soft_right": shares[1],
        "soft_min": min(shares),
        "soft_max": max(shares),
        "soft": math.log1p(carried_by(matches)[0]),
        "edges": math.log1p(edges),
        "edges_share": edges / max(1, len(matches)),
        "verbs": math.log1p(verbs),
        "core": float(mine is not None and pair.forth.get(mine, (None,))[0] == yours is not None),
        "subject": float(first is not None and pair.forth.get(first, (None,))[0] == second is not None),
    }


def carried_by(matches: Sequence[Match]) -> tuple[float, float]:
    """Weight of the left's words that the right carries, and of the right's."""
    back = {m.theirs.first: m.theirs.weight * CREDIT[m.kin] for m in matches if m.theirs is not None}
    return sum(m.ours.weight * CREDIT[m.kin] for m in matches), sum(back.values())


def subject_of(tree: Tree, verb: int | None) -> int | None:
    return next(iter(tree.children(verb, "nsubj", "nsubjpass")), None) if verb is not None else None


def name_signals(pair: Aligned, matches: Sequence[Match]) -> Signals:
    """Names and numbers that both have, and that one has alone."""
    named = [match for match in matches if match.ours.kind is ItemKind.NAME]
    theirs = {match.theirs.first for match in named if match.theirs is not None}
    total = [sum(item.kind is ItemKind.NAME for item in side.items) for side in (pair.left, pair.right)]
    values = [{quantity.value for quantity in side.quantities} for side in (pair.left, pair.right)]
    return {
        "names": math.log1p(len(named)),
        "words": math.log1p(len(matches) - len(named)),
        "names_left": math.log1p(max(0, total[0] - len(named))),
        "names_right": math.log1p(max(0, total[1] - len(theirs))),
        "numbers": math.log1p(len(values[0] & values[1])),
        "numbers_apart": math.log1p(len(values[0] ^ values[1])),
    }


def candidate_signals(pair: Aligned, candidate: Candidate) -> Signals:
    """How far the two stretches stand for each other, and what sort of words they are."""
    trees = (pair.left.tree, pair.right.tree)
    stretches = (candidate.ours, candidate.theirs)
    sides = (pair.left, pair.right)
    places = [inside(side, words) for side, words in zip(sides, stretches, strict=True)]
    heads = [head_of(tree, inner) for tree, inner in zip(trees, places, strict=True)]
    lengths = [math.log1p(len(words.text)) for words in stretches]
    texts = [words.text.lower() for words in stretches]
    found = {
        "support": candidate.support,
        "length_left": lengths[0],
        "length_right": lengths[1],
        "length_gap": abs(lengths[0] - lengths[1]),
        "short": float(min(map(len, places)) <= 1),
        "swallowed": float(texts[0] in texts[1] or texts[1] in texts[0]),
        "definite": float(any(is_bare(text) for text in texts)),
        "quoted_words": float(bool(QUOTES & set(candidate.ours.text + candidate.theirs.text))),
        "held_left": sum(p in pair.held_left for p in places[0]) / max(1, len(places[0])),
        "held_right": sum(p in pair.held_right for p in places[1]) / max(1, len(places[1])),
        "anchors": math.log1p(shared(pair, near(trees[0], heads[0]), near(trees[1], heads[1]))),
        **surroundings(pair, places[0], places[1]),
    }
    if heads[0] is not None and heads[1] is not None:
        found["same_pos"] = float(trees[0][heads[0]].pos == trees[1][heads[1]].pos)
        found["same_dep"] = float(trees[0].deps[heads[0]] == trees[1].deps[heads[1]])
    known = [(tree, head) for tree, head in zip(trees, heads, strict=True) if head is not None]
    found["entity"] = float(any(tree[head].entity for tree, head in known))
    found["root"] = float(sum(tree.heads[head] == head for tree, head in known))
    return found


def is_bare(text: str) -> bool:
    """ "the administration", "his plan": one noun that was named before."""
    words = text.split()
    return len(words) == 2 and words[0] in DEFINITE


def inside(side: Side, words: Words) -> list[int]:
    return [p for p in range(len(side.tree)) if words.start <= side.tree[p].start < words.end]


def head_of(tree: Tree, places: Sequence[int]) -> int | None:
    """The word on which the others of the stretch hang."""
    return next((p for p in places if tree.heads[p] == p or tree.heads[p] not in places), None)


def near(tree: Tree, place: int | None) -> set[int]:
    """What hangs on a word, through prepositions too, and on what it hangs."""
    if place is None:
        return set()
    found = set(tree.children(place))
    found |= {below for p in list(found) if tree[p].pos in LINKING for below in tree.children(p)}
    above = governor(tree, place)
    return found if above is None else found | {above, *tree.children(above)}


def shared(pair: Aligned, mine: set[int], yours: set[int]) -> int:
    return sum(p in mine and o in yours and kinship >= Kin.BROADER for p, (o, kinship) in pair.forth.items())


def surroundings(pair: Aligned, mine: Sequence[int], yours: Sequence[int]) -> Signals:
    """Matched words just round both stretches, in both, and in one of them alone."""
    if not mine or not yours:
        return {}
    local = inner = crossed = 0
    for place, (other, kinship) in pair.forth.items():
        if kinship < Kin.BROADER:
            continue
        in_left, in_right = mine[0] <= place <= mine[-1], yours[0] <= other <= yours[-1]
        inner += in_left and in_right
        crossed += in_left != in_right
        close = mine[0] - NEAR <= place <= mine[-1] + NEAR and yours[0] - NEAR <= other <= yours[-1] + NEAR
        local += close and not (in_left and in_right)
    return {
        "local": math.log1p(local),
        "inner": math.log1p(inner),
        "crossed": math.log1p(crossed),
        "place_gap": abs(mine[0] / len(pair.left.tree) - yours[0] / len(pair.right.tree)),
    }
