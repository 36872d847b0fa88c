"""Two sentences as statements: their main acts, in whose voice, who asks, when no word of theirs is matched.

The finders of wording/counterparts and wording/tellings start from words that both sentences have. These start from
what every sentence has: one main act, and somebody who says it or nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.types import SpeakerKind
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate, arguments, is_held, phrasal
from assistant.wording.matching import Side
from assistant.wording.relations import Words
from assistant.wording.strength import compare_verbs
from assistant.wording.tellings import PRONOUNS
from assistant.wording.words import Kin, kin

LONGEST_ACT = 70  # characters of a verb with its object


def acts(pair: Aligned) -> Iterator[Candidate]:
    """The main act of either sentence, when the two verbs are neither matched nor synonyms."""
    mine, yours = core_of(pair.left), core_of(pair.right)
    if mine is None or yours is None or pair.forth.get(mine, (None, Kin.NONE))[1] >= Kin.BROADER or yours in pair.back:
        return
    left, right = pair.left.tree, pair.right.tree
    if kin(phrasal(left, mine), "v", phrasal(right, yours), "v") >= Kin.SYNONYM:
        return
    subjects = [next(iter(tree.children(p, "nsubj", "nsubjpass")), None) for tree, p in ((left, mine), (right, yours))]
    first, second = subjects
    apart = first is not None and second is not None and pair.forth.get(first, (None,))[0] != second
    if apart and all(p is not None and t[p].entity == "PERSON" for t, p in ((left, first), (right, second))):
        return  # two people, two acts
    held = {pair.forth[p][0] for _, p in arguments(left, mine) if p in pair.forth}
    shared = len(held & {p for _, p in arguments(right, yours)})
    ladder = compare_verbs(left.lemma(mine), right.lemma(yours))
    kind = FlagKind.MODALITY if ladder in {"stronger", "weaker"} else FlagKind.WORDING
    sign = "act_ladder" if kind is FlagKind.MODALITY else "act"
    yield Candidate(kind, sign, act_words(pair.left, mine), act_words(pair.right, yours), float(shared))


def voices(pair: Aligned) -> Iterator[Candidate]:
    """Somebody says so in one sentence; the other says all it says in the article's own voice."""
    told = [speakers_in(side) for side in (pair.left, pair.right)]
    if bool(told[0]) == bool(told[1]):
        return
    sides = (pair.left, pair.right)
    words = []
    for side, speakers in zip(sides, told, strict=True):
        core = core_of(side)
        if speakers:
            if is_held(pair, side, speakers[0]):
                return  # the other sentence has them too, as those who act
            words.append(speakers[0])
        elif core is not None:
            words.append(act_words(side, core, subject=True))
        else:
            return
    yield Candidate(FlagKind.ATTRIBUTION, "voice_of_sentence", words[0], words[1])


def askers(pair: Aligned) -> Iterator[Candidate]:
    """Who wants it: those who ask, call for or demand something in both sentences, by another name."""
    rows = []
    for side in (pair.left, pair.right):
        found = [f.requester for f in side.frames if f.requester is not None and inside(side, f.requester.start)]
        rows.append(next((p for p in found if (p.person or p.name) and p.text.lower() not in PRONOUNS), None))
    mine, yours = rows
    if mine is None or yours is None or pair.names.key(mine.text) == pair.names.key(yours.text):
        return
    left, right = Words(mine.text, mine.start, mine.end), Words(yours.text, yours.start, yours.end)
    yield Candidate(FlagKind.ATTRIBUTION, "asker", left, right)


def core_of(side: Side) -> int | None:
    """The verb of the main act: the root, or what the root's speaker says."""
    tree = side.tree
    place = next((p for p in range(len(tree)) if tree.heads[p] == p and tree[p].pos in {"VERB", "AUX"}), None)
    for _ in range(2):
        if place is None or not is_reporting_verb(tree.lemma(place)):
            return place
        said = next((c for c in tree.children(place, "ccomp", "xcomp") if tree[c].pos in {"VERB", "AUX"}), None)
        if said is None:
            return place
        place = said
    return place


def act_around(side: Side, words: Words) -> Words:
    """The same words with their object: "brings" alone tells a reader nothing."""
    place = next((p for p in range(len(side.tree)) if words.start <= side.tree[p].start < words.end and
                  side.tree.is_clause(p)), None)  # fmt: skip
    act = act_words(side, place) if place is not None else words
    return act if act.start <= words.start and words.end <= act.end else words


def act_words(side: Side, place: int, *, subject: bool = False) -> Words:
    """The verb with its auxiliaries and, when short, its object; with ``subject`` from there on."""
    tree = side.tree
    near = [c for c in tree.children(place, "aux", "auxpass", "neg", "prt") if abs(c - place) <= 3]
    first, last = min([place, *near]), max([place, *near])
    for child in tree.children(place, "dobj", "attr", "acomp", "oprd", "xcomp") or tree.children(place, "prep")[:1]:
        end = max(p for p in tree.subtree(child))
        if tree[end].end - tree[first].start <= LONGEST_ACT:
            last = max(last, end)
    if subject:
        heads = tree.children(place, "nsubj", "nsubjpass")
        if heads and tree[heads[0]].start < tree[first].start:
            begin = min(tree.subtree(heads[0]))
            first = begin if tree[last].end - tree[begin].start <= 2 * LONGEST_ACT else heads[0]
    start, end = tree[first].start, tree[last].end
    return Words(side.sentence.text[start - side.sentence.start : end - side.sentence.start], start, end)


def speakers_in(side: Side) -> list[Words]:
    """Who speaks in the sentence, in order; those named elsewhere are left out."""
    found = []
    for frame in side.frames:
        speaker = frame.speaker
        if speaker.kind is not SpeakerKind.OWN_VOICE and speaker.end and inside(side, speaker.start):
            found.append(Words(speaker.text, speaker.start, speaker.end))
        elif frame.requester is not None and inside(side, frame.requester.start):
            found.append(Words(frame.requester.text, frame.requester.start, frame.requester.end))
    return sorted(set(found), key=lambda words: words.start)


def names_speaker(side: Side, words: Words) -> bool:
    """Does the name of somebody who speaks begin in these words?"""
    return any(words.start <= speaker.start < words.end for speaker in speakers_in(side))


def inside(side: Side, place: int) -> bool:
    return side.sentence.start <= place < side.sentence.end
