"""How firmly a clause is put, with what governs it taken into account; two such compared."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language.tree import Tree
from assistant.language.types import Frame, Modality
from assistant.wording.matching import Match, Side
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.strength import asking, compare_requests, modality_strength
from assistant.wording.strength import words as lexicon
from index import SectionKind

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SETTLED = frozenset({Modality.FACT, Modality.FUTURE, Modality.REPORTED})  # done or decided, not asked for
CAUSATIVE = frozenset({"let", "make", "help", "have", "see", "watch", "hear"})
UNSETTLED = frozenset({"of", "about", "against", "from", "on", "at"})  # "talk of buying"


def predicate_words(frame: Frame) -> Words:
    start, end = frame.predicate_start - frame.start, frame.predicate_end - frame.start
    return Words(frame.text[start:end], frame.predicate_start, frame.predicate_end)


@dataclass(frozen=True, slots=True)
class Mood:
    """A clause's firmness with what governs it taken into account; ``modality`` None where it cannot be told."""

    modality: Modality | None
    text: str
    request_verb: str
    words: Words


def words_in_clause(frame: Frame, text: str, side: Side) -> Words:
    """``text`` where it stands nearest before the predicate's end, else the predicate itself."""
    sentence = side.sentence
    at = sentence.text.rfind(text, 0, max(0, frame.predicate_end - sentence.start)) if text else -1
    if at < 0:
        return predicate_words(frame)
    return Words(text, sentence.start + at, sentence.start + at + len(text))


def mood(frame: Frame, side: Side) -> Mood:
    """A bare infinitive or participle is as firm as the clause that governs it: "asked to be allowed to work"."""
    words = words_in_clause(frame, frame.modality_text, side)
    if frame.modality is not Modality.FACT:
        return Mood(frame.modality, frame.modality_text, frame.request_verb, words)
    tree = side.tree
    place = next((p for p in range(len(tree)) if tree[p].start == frame.predicate_start), None)
    if (
        place is not None
        and tree.deps[place] == "conj"
        and tree[place].tag in {"VBP", "VB"}
        and is_bare(tree, tree.heads[place])
    ):
        first = next((f for f in side.frames if f.predicate_start == tree[tree.heads[place]].start), None)
        if first is not None:
            return Mood(*replace_words(mood(first, side), words))
    if place is not None and tree.deps[place] in {"acl", "relcl"} and is_wanted(tree, place, side):
        return Mood(None, "", "", words)
    if place is None or (tree[place].tag in FINITE and not is_bare(tree, place)):
        return Mood(Modality.FACT, "", "", words)
    if any(tree[child].tag in FINITE for child in tree.children(place, "aux", "auxpass")):
        return Mood(Modality.FACT, "", "", words)
    if tree.heads[place] == place:
        told = side.sentence.section is SectionKind.HEADLINE or not side.sentence.article_id  # a claim is one of fact
        return Mood(Modality.FACT if told else None, "", "", words)
    head = tree.heads[place]
    if tree.deps[place] == "conj" and not tree.children(place, "nsubj", "nsubjpass", "aux"):
        first = next((f for f in side.frames if f.predicate_start == tree[head].start), None)
        return Mood(*replace_words(mood(first, side), words)) if first is not None else Mood(None, "", "", words)
    if tree.deps[place] == "pcomp" and is_unsettled(tree, head):
        above_text = tree[tree.heads[head]].text
        return Mood(Modality.POSSIBLE, above_text, "", words)  # "talk of buying": nobody has bought
    for up in tree.ancestors(place):
        if tree.deps[place] in {"acl", "relcl"} and tree[place].tag != "VB":
            return Mood(Modality.FACT, "", "", words)  # "the men detained"
        if asking(tree.lemma(up)) >= 0 and tree[up].pos == "VERB":
            return Mood(
                Modality.WANTED, tree[up].text, tree.lemma(up), Words(tree[up].text, tree[up].start, tree[up].end)
            )
        above = next((f for f in side.frames if f.predicate_start == tree[up].start), None)
        if above is not None and above.modality is not Modality.FACT:
            return Mood(above.modality, above.modality_text, above.request_verb, words)
        if tree[up].tag in FINITE:
            break
    return Mood(None, "", "", words)


def is_unsettled(tree: Tree, preposition: int) -> bool:
    """ "talk of buying", "plans for closing"; but "was fined for closing"."""
    if tree.word(preposition) == "for":
        return tree[tree.heads[preposition]].pos == "NOUN"
    return tree.word(preposition) in UNSETTLED


def is_wanted(tree: Tree, place: int, side: Side) -> bool:
    """ "wants strikes that force a change": what qualifies a thing asked for is no fact either."""
    ups = {tree[up].start for up in tree.ancestors(place)}
    return any(
        f.predicate_start in ups and (asking(f.predicate) >= 0 or f.modality is Modality.WANTED) for f in side.frames
    )


def replace_words(found: Mood, words: Words) -> tuple[Modality | None, str, str, Words]:
    return found.modality, found.text, found.request_verb, words


def is_bare(tree: Tree, place: int) -> bool:
    """ "let them stay": the parser takes the bare infinitive for a present tense."""
    head = tree.heads[place]
    return tree[place].tag == "VBP" and tree.deps[place] == "ccomp" and tree.lemma(head) in CAUSATIVE


def counterpart_mood(theirs: Frame, match: Match | None, source: Side) -> Mood:
    """The mood of the source's clause, or of the noun in it that carries the predicate ("the deportation of")."""
    if match is None or match.theirs is None or match.theirs.start == theirs.predicate_start:
        return mood(theirs, source)
    words = Words(match.theirs.text, match.theirs.start, match.theirs.end)
    governor = source.tree.heads[match.theirs.last]
    if source.tree.deps[match.theirs.last] == "dobj" and source.tree.lemma(governor) in lexicon("undecided"):
        token = source.tree[governor]
        return Mood(Modality.POSSIBLE, token.text, "", Words(token.text, token.start, token.end))
    for up in source.tree.ancestors(match.theirs.last):
        frame = next((f for f in source.frames if f.predicate_start == source.tree[up].start), None)
        if frame is not None:
            found = mood(frame, source)
            if found.modality is Modality.FACT and asking(frame.predicate) >= 0:
                return Mood(Modality.WANTED, found.text, frame.predicate, predicate_words(frame))
            return Mood(
                None if found.modality is Modality.FACT else found.modality, found.text, found.request_verb, words
            )
    return Mood(None, "", "", words)


def related_requests(ours: Frame, theirs: Frame) -> bool:
    return asking(ours.predicate) >= 0 and asking(theirs.predicate) >= 0


def compare_firmness(ours: Frame, theirs: Frame, match: Match | None, claim: Side, source: Side) -> list[Relation]:
    """Moods compared; "X asked" against a clause that is itself what somebody asks for is a matter of the verbs."""
    mine, yours = mood(ours, claim), counterpart_mood(theirs, match, source)
    asks, asked = asking(ours.predicate) >= 0, asking(theirs.predicate) >= 0
    if (yours.modality is Modality.WANTED and asks) or (mine.modality is Modality.WANTED and asked):
        left = ours.predicate if asks else mine.request_verb
        right = theirs.predicate if asked else yours.request_verb
        if compare_requests(left, right) == "stronger":
            return [Relation(Slot.MODALITY, "request_stronger", mine.words, yours.words)]
        return []
    if mine.modality is Modality.WANTED and yours.modality is Modality.WANTED:
        asking_here, asking_there = request_frame(mine, claim), request_frame(yours, source)
        if asking_here is not None and asking_there is not None:
            found = compare_modality(mood(asking_here, claim), mood(asking_there, source))
            if found:
                return found  # "called for" / "appeared to call for"
    return compare_modality(mine, yours)


def request_frame(wish: Mood, side: Side) -> Frame | None:
    """The clause that does the asking."""
    return next((frame for frame in side.frames if frame.predicate == wish.request_verb), None)


def compare_modality(ours: Mood, theirs: Mood) -> list[Relation]:
    """Is the claim firmer than the source, weaker, or a statement where the other is a request?"""
    if ours.modality is None or theirs.modality is None:
        return []
    wanted = (ours.modality is Modality.WANTED, theirs.modality is Modality.WANTED)
    if all(wanted):
        stronger = (
            ours.request_verb and theirs.request_verb and compare_requests(ours.request_verb, theirs.request_verb)
        )
        return [Relation(Slot.MODALITY, "request_stronger", ours.words, theirs.words)] if stronger == "stronger" else []
    difference = modality_strength(ours.modality) - modality_strength(theirs.modality)
    if any(wanted) and {ours.modality, theirs.modality} & SETTLED:
        return [Relation(Slot.MODALITY, "stronger" if difference > 0 else "other", ours.words, theirs.words)]
    if any(wanted) or difference == 0:
        return []  # wishes and duties: "wants it to", "should"
    return [Relation(Slot.MODALITY, "stronger" if difference > 0 else "weaker", ours.words, theirs.words)]
