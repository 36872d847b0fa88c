"""All that may differ between two sentences, in the order of the finders; two names for one meaning left out."""

from __future__ import annotations

from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate, phrasal
from assistant.wording.counterparts import fillers, gaps, nouns, numbers, same_numbers, verbs
from assistant.wording.matching import item_kin
from assistant.wording.tellings import moods, names_of_speakers, quotations, tones
from assistant.wording.words import Kin, kin

SPELLINGS = (
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("ll", "l"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("defence", "defense"),
)
FINDERS = (same_numbers, numbers, nouns, fillers, verbs, moods, gaps, tones, names_of_speakers, quotations)


def candidates(pair: Aligned) -> list[Candidate]:
    """All candidates of two sentences, in the order of the finders."""
    found = [c for finder in FINDERS for c in finder(pair)]
    return [c for c in found if c.ours.end and c.theirs.end and not says_the_same(c, pair)]


def says_the_same(candidate: Candidate, pair: Aligned) -> bool:
    """Two forms of one name, or words of one meaning throughout."""
    if candidate.kind in {FlagKind.QUALIFIER, FlagKind.NEGATION, FlagKind.MODALITY, FlagKind.TIME}:
        return False
    ours, theirs = candidate.ours.text, candidate.theirs.text
    if plain(ours) == plain(theirs) or pair.names.key(ours) == pair.names.key(theirs):
        return True
    if candidate.kind is not FlagKind.WORDING:
        return False
    if "verb" in candidate.sign:
        return is_one_act(candidate, pair)
    mine = [i for i in pair.left.items if candidate.ours.start <= i.start < candidate.ours.end]
    yours = [i for i in pair.right.items if candidate.theirs.start <= i.start < candidate.theirs.end]
    if not mine or not yours:
        return True
    return all(any(item_kin(i, j) >= Kin.SYNONYM for j in yours) for i in mine) and all(
        any(item_kin(i, j) >= Kin.SYNONYM for i in mine) for j in yours
    )


def is_one_act(candidate: Candidate, pair: Aligned) -> bool:
    """ "will step down" / "will quit"."""
    places = []
    for side, stretch in ((pair.left, candidate.ours), (pair.right, candidate.theirs)):
        verbs_in = [p for p in range(len(side.tree)) if stretch.start <= side.tree[p].start < stretch.end]
        heads = [p for p in verbs_in if side.tree.is_clause(p)]
        places.append(heads[0] if heads else None)
    if places[0] is None or places[1] is None:
        return False
    return kin(phrasal(pair.left.tree, places[0]), "v", phrasal(pair.right.tree, places[1]), "v") >= Kin.SYNONYM


def plain(quote: str) -> str:
    """Letters and digits only: hyphens, articles and capitals make no difference, nor does "honour" / "honor"."""
    words = ["".join(c for c in word if c.isalnum()) for word in quote.lower().split()]
    joined = "".join(word for word in words if word not in {"the", "a", "an"})
    for british, american in SPELLINGS:
        joined = joined.replace(british, american)
    return joined
