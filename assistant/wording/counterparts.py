"""Phrases of two sentences that stand for each other: by the same number, verb, noun, role or surroundings.

Every finder yields candidates: what differs, and by which sign the two belong together. Which candidates are told is
decided in wording/likelihood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.tree import Tree
from assistant.language.types import Token
from assistant.types import FlagKind
from assistant.wording.aligned import (
    NOUNS,
    Aligned,
    Candidate,
    arguments,
    governor,
    is_judging,
    phrasal,
    predicate,
    role,
    shared_governor,
)
from assistant.wording.groups import modifiers, phrase_words, words_at
from assistant.wording.items import LIGHT
from assistant.wording.strength import compare_requests, compare_verbs, words
from assistant.wording.verbatim import is_word, word_of
from assistant.wording.words import Kin, kin

SUPERLATIVE = frozenset({"JJS", "RBS"})
NO_THING = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
NARROWING = frozenset({"some", "many", "most", "all", "several", "few", "every", "each", "both"})
SORTS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb"}
LONGEST_GAP = 6  # words between two shared ones that may stand for each other


def nouns(pair: Aligned) -> Iterator[Candidate]:
    """One noun or name on both sides, narrowed by other words."""
    left, right = pair.left.tree, pair.right.tree
    for place, (other, kinship) in pair.forth.items():
        if left[place].pos not in NOUNS or right[other].pos not in NOUNS:
            continue
        if kinship < Kin.SYNONYM:
            continue
        mine = [p for p in modifiers(left, place) if p not in pair.held_left and not left[p].text[:1].isdigit()]
        yours = [p for p in modifiers(right, other) if p not in pair.held_right and not right[p].text[:1].isdigit()]
        if not mine and not yours:
            continue
        kind, sign = kind_of_modifiers(left, mine, right, yours, pair)
        if sign == "modifier" and is_told_after(pair, place, other, mine):
            continue
        if (left[place].pos == "PROPN" or right[other].pos == "PROPN") and kind is not FlagKind.OPINION:
            continue  # titles and first names change nobody
        yield Candidate(
            kind,
            sign,
            phrase_words(left, place),
            phrase_words(right, other),
            shared_governor(pair, place, other),
        )


def is_told_after(pair: Aligned, place: int, other: int, mine: Sequence[int]) -> bool:
    """ "the mayor's spokesman" / "spokesman for the mayor": what stands before one noun follows the other."""
    tree, noun = (pair.right.tree, other) if mine else (pair.left.tree, place)
    return bool(tree.children(noun, "prep", "relcl", "appos"))


def kind_of_modifiers(
    left: Tree, mine: Sequence[int], right: Tree, yours: Sequence[int], pair: Aligned
) -> tuple[FlagKind, str]:
    both = "modifiers" if mine and yours else "modifier"
    for tree, places, side in ((left, mine, pair.left), (right, yours, pair.right)):
        if any(is_judging(side, tree[p].start) for p in places):
            return FlagKind.OPINION, f"{both}_judging"
        if any(tree.lemma(p) in words("hedges") or tree[p].tag in SUPERLATIVE for p in places):
            return FlagKind.QUALIFIER, f"{both}_hedging"
        if any(tree.lemma(p) in NARROWING for p in places):
            return FlagKind.SCOPE, f"{both}_extent"
        if both == "modifier" and any(tree.lemma(p) in words("status") for p in places):
            return FlagKind.WORDING, "modifier_status"
    if both == "modifier":
        return FlagKind.SCOPE, both  # narrowed on one side alone
    return FlagKind.WORDING, both


def fillers(pair: Aligned) -> Iterator[Candidate]:
    """The same verb or noun, and in the same role of it another noun."""
    left, right = pair.left.tree, pair.right.tree
    for place, (other, kinship) in pair.forth.items():
        if kinship < Kin.NARROWER or left.lemma(place) in LIGHT or left[place].pos not in {"VERB", "NOUN"}:
            continue
        theirs = dict(reversed(arguments(right, other)))
        for name, mine in arguments(left, place):
            yours = theirs.get(name)
            if name == "object" or yours is None or mine in pair.forth or yours in pair.back:
                continue  # objects of one verb are mostly two matters
            people = all(tree[p].entity in {"PERSON", "GPE"} for tree, p in ((left, mine), (right, yours)))
            if (people and is_name(left, mine) and is_name(right, yours)) or is_reporting_verb(left.lemma(place)):
                continue  # two people, or two who speak
            sign = f"filler_{role_name(name)}"
            yield Candidate(FlagKind.WORDING, sign, phrase_words(left, mine), phrase_words(right, yours))


def role_name(name: str) -> str:
    return name if name == "subject" else "oblique"


def is_name(tree: Tree, place: int) -> bool:
    return tree[place].pos == "PROPN"


def verbs(pair: Aligned) -> Iterator[Candidate]:
    """The same noun in the same role of another verb."""
    left, right = pair.left.tree, pair.right.tree
    seen: dict[tuple[int, int], int] = {}
    for place, (other, kinship) in pair.forth.items():
        if kinship < Kin.BROADER or not role(left, place) or role(left, place) != role(right, other):
            continue
        mine, yours = governor(left, place), governor(right, other)
        if mine is None or yours is None or not (left.is_clause(mine) and right.is_clause(yours)):
            continue
        known = pair.forth.get(mine)
        if (known is not None and known[1] >= Kin.SYNONYM) or (known is None and yours in pair.back):
            continue
        if known is not None and known[0] != yours:
            continue
        seen[mine, yours] = seen.get((mine, yours), 0) + 1
    for (mine, yours), count in seen.items():
        if left.lemma(mine) in LIGHT or right.lemma(yours) in LIGHT:
            continue
        if is_reporting_verb(left.lemma(mine)) != is_reporting_verb(right.lemma(yours)):
            continue  # who speaks of an act does not do it
        yield verb_candidate(pair, mine, yours, float(count))


def verb_candidate(pair: Aligned, mine: int, yours: int, support: float) -> Candidate:
    left, right = pair.left.tree, pair.right.tree
    related = kin(phrasal(left, mine), "v", phrasal(right, yours), "v")
    ladder = compare_verbs(left.lemma(mine), right.lemma(yours))
    kind = FlagKind.MODALITY if ladder in {"stronger", "weaker"} else FlagKind.WORDING
    sign = "verb_ladder" if kind is FlagKind.MODALITY else "verb_kin" if related is not Kin.NONE else "verb"
    if is_reporting_verb(left.lemma(mine)) and is_reporting_verb(right.lemma(yours)):
        stronger = compare_requests(left.lemma(mine), right.lemma(yours)) or compare_requests(
            right.lemma(yours), left.lemma(mine)
        )
        kind, sign = (FlagKind.MODALITY, "verb_asking") if stronger == "stronger" else (kind, "verb_saying")
    return Candidate(kind, sign, predicate(left, mine), predicate(right, yours), support)


def gaps(pair: Aligned) -> Iterator[Candidate]:
    """Between two shared words other ones on each side: "the | federal | law" / "the | state | law"."""
    left = [t for t in pair.left.sentence.tokens if is_word(t)]
    right = [t for t in pair.right.sentence.tokens if is_word(t)]
    codes = list(Indel.opcodes([word_of(t) for t in left], [word_of(t) for t in right]))
    place = 0
    while place < len(codes):
        if codes[place].tag == "equal":
            place += 1
            continue
        run = [codes[place]]
        while place + len(run) < len(codes) and codes[place + len(run)].tag != "equal":
            run.append(codes[place + len(run)])
        before = codes[place - 1] if place else None
        after = codes[place + len(run)] if place + len(run) < len(codes) else None
        mine, yours = left[run[0].src_start : run[-1].src_end], right[run[0].dest_start : run[-1].dest_end]
        place += len(run)
        if not (0 < len(mine) <= LONGEST_GAP and 0 < len(yours) <= LONGEST_GAP) or before is None or after is None:
            continue
        sure = sum(c.src_end - c.src_start for c in (before, after))
        yield from replaced(pair, mine, yours, min(sure, 12) / 12)


def replaced(pair: Aligned, mine: Sequence[Token], yours: Sequence[Token], support: float) -> Iterator[Candidate]:
    """Two stretches that are one constituent each, of one sort: noun for noun, verb for verb."""
    tops = [top_of(side.tree, tokens) for side, tokens in ((pair.left, mine), (pair.right, yours))]
    if tops[0] is None or tops[1] is None:
        return
    left, right = pair.left.tree, pair.right.tree
    if any(tree[top].entity in NO_THING for tree, top in ((left, tops[0]), (right, tops[1]))):
        return  # a day or a number is no name of anything
    if is_name(left, tops[0]) and is_name(right, tops[1]) and {left.deps[tops[0]], right.deps[tops[1]]} == {"compound"}:
        return  # first names and titles
    if pair.forth.get(tops[0], (None, Kin.NONE))[1] is Kin.OPPOSITE:
        return  # "not able" / "unable"
    sorts = [SORTS.get(tree[top].pos, "") for tree, top in ((left, tops[0]), (right, tops[1]))]
    if not sorts[0] or sorts[0] != sorts[1]:
        return
    if sorts[0] == "verb":
        held = {pair.forth[p][0] for _, p in arguments(left, tops[0]) if p in pair.forth}
        if not held & {p for _, p in arguments(right, tops[1])} and not shared_governor(pair, tops[0], tops[1]):
            return
        found = verb_candidate(pair, tops[0], tops[1], support)
        yield Candidate(found.kind, f"gap_{found.sign}", found.ours, found.theirs, support)
    else:
        ours, theirs = (
            phrase_words(tree, top) if sorts[0] == "noun" else words_at(tree, [top])
            for tree, top in ((left, tops[0]), (right, tops[1]))
        )
        yield Candidate(FlagKind.WORDING, f"gap_{sorts[0]}", ours, theirs, support)


def top_of(tree: Tree, tokens: Sequence[Token]) -> int | None:
    """The one content word of the stretch on which its others hang; None when there are several."""
    places = {p for p in range(len(tree)) if tokens[0].start <= tree[p].start < tokens[-1].end}
    tops = [p for p in sorted(places) if (tree.heads[p] not in places or tree.heads[p] == p) and tree[p].pos in SORTS]
    return tops[0] if len(tops) == 1 else None
