"""The clauses of a sentence and of the rows that it cites, and which clause of a row a clause tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.language.frames import frames_of_sentences, is_carrier
from assistant.language.lexicon.meaning import is_kind_of, same_meaning
from assistant.language.lexicon.wordlist import word_set
from assistant.language.lexicon.wordnet import base_forms
from assistant.language.modality import mood_of
from assistant.language.normalise import letters_of
from assistant.language.numbers import value_of
from assistant.language.pieces import piece, pieces
from assistant.language.reader import LanguageReader
from assistant.language.reported import contents_of, reports_only
from assistant.language.speakers import OWN_VOICE, attributions, speaker_at, speaker_by
from assistant.language.tree import Tree
from assistant.language.types import Frame, Modality, ParsedSentence, Speaker, SpeakerKind, Token
from index import Span

PARTS = {"NOUN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "a"}
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
INNER_CLAUSES = frozenset({"conj", "advcl", "relcl", "ccomp", "parataxis", "acl", "csubj", "csubjpass"})
LEAST_TOLD = 0.5  # share of a clause's words that a clause of the row must have, where no verb is the same
NEARLY = 0.15  # of the best share: as good a counterpart
SAYING = word_set("say claim state add believe think insist argue warn announce confirm admit deny allege maintain")
_DANGLING = frozenset({"cc", "mark", "aux", "preconj", "predet"})
_ARTICLES = word_set("the a an my your his its our their every no")
_BEFORE_A_REASON = word_set("because as while since when although though after before until")
_OPENS_NOTHING = word_set("because that which who whom whose whether if unless although though")

Reads = Callable[[Span], "Told"]


@dataclass(frozen=True)
class Clause:
    """A clause at its place in a tree: how firmly it is put, whether denied, and by whom it is said."""

    tree: Tree
    place: int
    modality: Modality
    negated: bool
    speaker: Speaker
    frame: Frame | None

    @property
    def verb(self) -> Token:
        return self.tree[self.place]


@dataclass(frozen=True)
class Told:
    """A text as it was parsed, and its clauses in order."""

    trees: tuple[Tree, ...]
    clauses: tuple[Clause, ...]

    @property
    def tokens(self) -> list[Token]:
        return [token for tree in self.trees for token in tree.tokens]


def told_in(sentences: Sequence[ParsedSentence], frames: Sequence[Frame]) -> Told:
    """The clauses of parsed sentences, with their frames where they have one."""
    by_place = {frame.predicate_start: frame for frame in frames}
    trees = tuple(Tree(piece) for sentence in sentences if sentence.tokens for piece in pieces(sentence))
    clauses: list[Clause] = []
    for tree in trees:
        said = attributions(tree)
        for place in range(len(tree)):
            if not tree.is_clause(place):
                continue
            frame = by_place.get(tree[place].start)
            mood = mood_of(tree, place)
            if frame is None:
                speaker = speaker_at(place, said)
                clause = Clause(tree, place, mood.modality, mood.negated, speaker, None)
            else:
                clause = Clause(tree, place, frame.modality, frame.negated, frame.speaker, frame)
            if clause.speaker.kind is SpeakerKind.OWN_VOICE:
                clause = replace(clause, speaker=speaker_above(tree, place))
            clauses.append(clause)
    return Told(trees, tuple(clauses))


def speaker_above(tree: Tree, place: int) -> Speaker:
    """Who says it, where the parser took "Calder said the tunnel leaked" for a tunnel that somebody said."""
    noun = tree.heads[place]
    verb = tree.heads[noun]
    bare = tree.deps[place] in {"acl", "relcl"} and not tree.children(place, *SUBJECTS) and noun < place
    if bare and tree.deps[noun] == "dobj" and verb != noun and tree.lemma(verb) in SAYING:
        return speaker_by(tree, verb) or OWN_VOICE
    return OWN_VOICE


def told_of_text(text: str, reader: LanguageReader, rows: Sequence[Told] = ()) -> Told:
    """The clauses of a text. A piece of a row's sentence, word for word, may be read as it is read there."""
    told = _told(reader.parse_text(text))
    if why_no_sentence(told):
        copied = [_told([part]) for row in rows for tree in row.trees for part in _cut_from(tree, text)]
        return next((each for each in copied if not why_no_sentence(each)), told)
    return told


def _told(parsed: Sequence[ParsedSentence]) -> Told:
    return told_in(parsed, frames_of_sentences(parsed))


def _cut_from(tree: Tree, text: str) -> list[ParsedSentence]:
    """The piece of a sentence whose words are those of ``text``; [] when it has no such piece."""
    wanted, letters, starts, ends = letters_of(text), "", {}, {}
    for place, token in enumerate(tree.tokens):
        own = letters_of(token.text)
        if own:
            starts[len(letters)] = place
            letters += own
        ends[len(letters)] = place + 1
    at = letters.find(wanted) if wanted else -1
    if at not in starts or at + len(wanted) not in ends:
        return []
    return [piece(tree.sentence, starts[at], ends[at + len(wanted)])]


def is_whole(text: str, rows: Sequence[Told]) -> bool:
    """Is the text a whole sentence of a row, word for word?"""
    return any(letters_of(text) == letters_of(tree.sentence.text) for row in rows for tree in row.trees)


def clauses_told(ours: Told, rows: Sequence[Told]) -> list[Clause]:
    """The clauses of a sentence that have to be carried: all but those that only say how firmly, or who says so in
    another word than the row's."""
    theirs = [clause.verb for told in rows for clause in told.clauses]
    return [
        clause
        for clause in ours.clauses
        if not is_carrier(clause.tree, clause.place)
        and (not reports_only(clause.tree, clause.place) or any(is_kin(clause.verb, verb) for verb in theirs))
    ]


def why_no_sentence(told: Told) -> str:
    """Why a text is no whole sentence: no verb with a subject, a clause that hangs on nothing, an end in the middle."""
    for tree in told.trees:
        heads = [place for place in range(len(tree)) if tree.is_clause(place) and is_main(tree, place)]
        if not any(is_finite(tree, place) and tree.children(place, *SUBJECTS) for place in heads):
            return "it is no whole sentence"
        first = next((place for place in range(len(tree)) if tree[place].pos != "PUNCT"), 0)
        if tree.word(first) in _OPENS_NOTHING and tree.heads[tree.heads[first]] == tree.heads[first]:
            return "it is no whole sentence"
        last = max((place for place in range(len(tree)) if tree[place].pos not in {"PUNCT", "SPACE"}), default=0)
        stranded = tree.deps[last] == "prep" and not any(tree.deps[up] == "relcl" for up in tree.ancestors(last))
        if tree.deps[last] in _DANGLING or stranded or tree.word(last) in _ARTICLES:
            return "it breaks off"
        if any(says_nothing(tree, place) for place in heads):
            return "it is no whole sentence"
    return ""


def says_nothing(tree: Tree, place: int) -> bool:
    """ "The lawyer told us, because …": what stands after the verb of saying is not what is said."""
    contents = contents_of(tree, place)
    opens = [tree.word(min(p for p in tree.subtree(content, frozenset({place})))) for content in contents]
    return bool(opens) and all(word in _BEFORE_A_REASON for word in opens)


def is_main(tree: Tree, place: int) -> bool:
    """Does nothing but coordination or a verb of saying stand above the clause?"""
    while tree.heads[place] != place:
        if tree.deps[place] not in {"conj", "ccomp", "parataxis", "dep"} or marked(tree, place):
            return False
        place = tree.heads[place]
    return True


def marked(tree: Tree, place: int) -> bool:
    return any(tree.word(mark) in _OPENS_NOTHING for mark in tree.children(place, "mark"))


def is_finite(tree: Tree, place: int) -> bool:
    return tree[place].tag in FINITE or any(tree[p].tag in FINITE for p in tree.children(place, "aux", "auxpass"))


def counterparts(ours: Clause, rows: Sequence[Told]) -> list[Clause]:
    """The clauses of the rows that a clause may tell, the nearest first; all of them as near as the best."""
    words = [ours.tree[p] for p in words_of(ours) if p != ours.place and ours.tree[p].pos in CONTENT]
    found: list[tuple[float, Clause]] = []
    for told in rows:
        for theirs in told.clauses:
            held = [theirs.tree[p] for p in words_of(theirs)]
            share = sum(any(is_kin(word, one) for one in held) for word in words) / max(len(words), 1)
            found.append((share + same_predicate(ours, theirs), theirs))
    best = max((score for score, _ in found), default=0.0)
    if best < LEAST_TOLD:
        return []
    return [clause for score, clause in sorted(found, key=lambda row: -row[0]) if score >= best - NEARLY]


def same_predicate(ours: Clause, theirs: Clause) -> bool:
    """The same verb, or of "be" and its like the same thing said by it."""
    if not is_kin(ours.verb, theirs.verb):
        return False
    if ours.verb.lemma.lower() not in {"be", "have", "do"}:
        return True
    deps = ("acomp", "attr", "prep", "dobj")
    left = [ours.tree[p] for p in ours.tree.children(ours.place, *deps)]
    right = [theirs.tree[p] for p in theirs.tree.children(theirs.place, *deps)]
    return any(is_kin(a, b) for a in left for b in right)


def words_of(clause: Clause) -> list[int]:
    """The clause's own words: of the verbs above its infinitive too, and of the subject that it shares."""
    tree, top = clause.tree, top_of(clause)
    inner = frozenset(
        place
        for place in range(len(tree))
        if place not in {top, clause.place} and tree.deps[place] in INNER_CLAUSES and tree.is_clause(place)
    )
    kept = set(tree.subtree(top, inner))
    if tree.deps[top] == "conj" and not tree.children(top, *SUBJECTS):
        head = tree.heads[top]
        for child in tree.children(head):
            if child < head and child not in inner and tree.deps[child] not in {"aux", "auxpass", "neg"}:
                kept |= set(tree.subtree(child, inner))
    if tree.deps[top] in {"relcl", "acl"}:
        kept.add(tree.heads[top])
    return sorted(kept)


def top_of(clause: Clause) -> int:
    """ "is expected to approve": "expected"."""
    tree, place = clause.tree, clause.place
    while tree.deps[place] == "xcomp" and tree.is_clause(tree.heads[place]):
        place = tree.heads[place]
    return place


def holds(words: Iterable[Token], theirs: Token) -> bool:
    """Is a word of the row among ``words``, or one that means the same?"""
    return any(is_kin(ours, theirs) for ours in words)


def is_kin(ours: Token, theirs: Token) -> bool:
    """The same word, number or meaning; of nouns ours may be the wider one ("vessel" for "ferry")."""
    left, right = ours.lemma.lower(), theirs.lemma.lower()
    if left == right or ours.text.lower() == theirs.text.lower():
        return True
    if "PROPN" in (ours.pos, theirs.pos):
        return False
    if "NUM" in (ours.pos, theirs.pos):
        return _value(ours.text) is not None and _value(ours.text) == _value(theirs.text)
    part, other = PARTS.get(ours.pos), PARTS.get(theirs.pos)
    if part is None or other is None:
        return False
    if part != other:
        return same_meaning(left, right, "") or left in base_forms(right) or right in base_forms(left)
    return same_meaning(left, right, part) or (part == "n" and is_kind_of(right, left, "n"))


def _value(text: str) -> float | None:
    try:
        return value_of(text)
    except ValueError:
        return None
