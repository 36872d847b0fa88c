"""What a sentence leaves out of the clause that it tells, and must not: who says so, "may", "not", "if", "some of".

A clause may be told without what only adds to it (an apposition, another clause, the day on which it happened), never
without what it depends on. Every check compares one clause of the sentence with its counterpart in a cited row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.guard_added import PEOPLE, added
from assistant.guard_clauses import (
    CONTENT,
    Clause,
    Told,
    clauses_told,
    counterparts,
    holds,
    is_finite,
    is_kin,
    is_whole,
    top_of,
    why_no_sentence,
    words_of,
)
from assistant.guard_limits import DENYING, is_past, unbound
from assistant.language.forms import has_mark
from assistant.language.lexicon.verbs import is_reporting_verb, is_wish, request_strength
from assistant.language.lexicon.wordlist import word_set
from assistant.language.reported import contents_of
from assistant.language.types import Modality, SpeakerKind, Token

# Weaker or the same in another tense: what the row has → what a sentence may have.
WEAKER = frozenset(
    {
        (Modality.FUTURE, Modality.EXPECTED),
        (Modality.FUTURE, Modality.CONDITIONAL),
    }
)
ADVISED = word_set("should ought")  # less than "must"
# What these say of an infinitive the mood says too; "hopes to", "vowed to" or "agreed to" says who stands for it.
ONLY_MOOD = word_set("expect anticipate likely forecast predict project poise due schedule slate set about go")
HAPPENED = word_set("after before by since while despite")  # what follows with "-ing" is told as a fact
NOT_YET = ("before", "until", "till", "lest")  # what follows with a verb may never have come
ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "oprd")
COMPLEMENTS = ("dobj", "attr", "acomp", "ccomp", "xcomp", "oprd", "dative")


def left_out(ours: Told, rows: Sequence[Told]) -> str:
    """Why a sentence tells less than it must of its rows' clauses, or is no sentence. "" when it may be shown."""
    wrong = why_no_sentence(ours) or added(ours, rows)
    if wrong:
        return wrong
    said = ours.tokens
    for clause in clauses_told(ours, rows):
        whys = [_lost(clause, theirs, said) for theirs in counterparts(clause, rows)]
        if not whys or _only_named(clause, rows):
            return "its row does not tell it"
        if all(whys):
            return whys[0]
    return ""


def said_elsewhere(text: str, rows: Sequence[Told]) -> str:
    """Who says a whole sentence of a row, where he is named outside it: in an open quotation, above a list."""
    for told in rows:
        for clause in told.clauses:
            sentence, speaker = clause.tree.sentence, clause.speaker
            inside = not speaker.text or sentence.start <= speaker.start < sentence.end
            if not inside and is_whole(text, [Told((clause.tree,), ())]):
                return f"it leaves out who says so: “{speaker.text}”"
    return ""


def _lost(ours: Clause, theirs: Clause, said: Sequence[Token]) -> str:
    """What of the row's clause is missing in ours. "" when nothing that matters is."""
    kept = {p for p in range(len(theirs.tree)) if holds(said, theirs.tree[p])}
    return (
        _speaker(ours, theirs)
        or _mood(ours, theirs, kept)
        or _denial(ours, theirs)
        or _governor(ours, theirs, kept)
        or _judgement(ours, theirs)
        or _complement(ours, theirs)
        or _head(ours, theirs, kept)
        or unbound(ours, theirs, kept)
    )


def _only_named(ours: Clause, rows: Sequence[Told]) -> bool:
    """ "The mine was closed", of "the closure of the mine was put off": what is only named has not happened."""
    verbs = {id(clause.verb) for told in rows for clause in told.clauses}
    same = [token for told in rows for token in told.tokens if is_kin(ours.verb, token)]
    return ours.verb.pos == "VERB" and bool(same) and not any(id(token) in verbs for token in same)


def _speaker(ours: Clause, theirs: Clause) -> str:
    said, saying = theirs.speaker, ours.speaker
    left, right = _words(saying.text), _words(said.text)
    if not said.text:
        known = _words(" ".join(token.text for token in theirs.tree.tokens))
        own = bool(saying.name) and not (left & known and _speaks(theirs, saying.verb))
        return f"its row does not have it from “{saying.text}”" if own else ""
    if not said.name:  # "is said to": nobody is named, how firmly is compared below
        return ""
    if saying.text and (left & right or saying.text.lower() == said.text.lower()):
        return ""
    return f"it leaves out who says so: “{said.text}”"


def _speaks(clause: Clause, verb: str) -> bool:
    """Does somebody's saying, asking or charging stand above the clause, or ``verb`` itself?"""
    above = [clause.tree.lemma(up) for up in clause.tree.ancestors(clause.place)]
    return any(lemma == verb or is_reporting_verb(lemma) for lemma in above)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{3,}", text.lower()) if word not in PEOPLE | {"the"}}


def _mood(ours: Clause, theirs: Clause, kept: set[int]) -> str:
    was = is_past(theirs) and "VBD" in _tags(theirs) and not theirs.speaker.text
    if was and _is_present(ours) and not is_reporting_verb(ours.verb.lemma.lower()):
        return "its row tells it of the past"
    if ours.modality is theirs.modality is Modality.OBLIGED and _advises(ours) != _advises(theirs):
        return f"its row does not say “{ours.frame.modality_text if ours.frame else ours.verb.text}”"
    if ours.modality is theirs.modality or (theirs.modality, ours.modality) in WEAKER:
        return ""
    if (theirs.modality, ours.modality) == (Modality.CONDITIONAL, Modality.FUTURE) and theirs.speaker.text:
        return ""  # "said it would", told as "says it will"
    if theirs.modality is Modality.FACT and any(
        head in kept or _asks(ours, theirs, head) for head in _governors(theirs)
    ):
        return ""  # "advised them to leave", "accused him of lying", told by the same verb or its like
    reported = {ours.modality, theirs.modality} == {Modality.FACT, Modality.REPORTED}
    if reported and theirs.speaker.kind is not SpeakerKind.OWN_VOICE and is_reporting_verb(theirs.speaker.verb):
        return ""  # "claims that …", told as "says that …": the speaker has been compared
    if (theirs.modality, ours.modality) == (Modality.FACT, Modality.FUTURE) and theirs.verb.tag in {"VBZ", "VBP"}:
        return ""  # "the trial begins on Monday"
    words = theirs.frame.modality_text if theirs.frame is not None else ""
    return f"it leaves out “{words}”" if words else f"its row does not say it as {ours.modality.value}"


def _advises(clause: Clause) -> bool:
    return any(clause.tree.lemma(p) in ADVISED for p in clause.tree.children(clause.place, "aux"))


def _tags(clause: Clause) -> set[str]:
    return {clause.tree[p].tag for p in (clause.place, *clause.tree.children(clause.place, "aux", "auxpass"))}


def _is_present(clause: Clause) -> bool:
    perfect = any(clause.tree.lemma(p) == "have" for p in clause.tree.children(clause.place, "aux"))
    return bool(_tags(clause) & {"VBZ", "VBP"}) and not perfect


def _asks(ours: Clause, theirs: Clause, head: int) -> bool:
    """ "Advised to", told as "recommended that"."""
    return ours.modality is Modality.WANTED and request_strength(theirs.tree.lemma(head)) > 0


def _denial(ours: Clause, theirs: Clause) -> str:
    return "its row and it differ in a negation" if _denies(ours) != _denies(theirs) else ""


def _denies(clause: Clause) -> bool:
    return clause.negated or any(clause.tree.word(p) in DENYING for p in words_of(clause))


def _governor(ours: Clause, theirs: Clause, kept: set[int]) -> str:
    """What stands above the clause and vouches for less than it: "fears that", "asked her to", "in order to"."""
    if _is_infinitive(theirs) and theirs.modality is Modality.FACT and is_finite(ours.tree, ours.place):
        return "its row does not tell it as done"
    lost = [head for head in _governors(theirs) if not _accounted(ours, theirs, head, kept)]
    return f"it leaves out “{theirs.tree[lost[0]].text}”" if lost else ""


def _is_infinitive(clause: Clause) -> bool:
    return any(clause.tree.word(p) == "to" for p in clause.tree.children(clause.place, "aux"))


def _governors(clause: Clause) -> list[int]:
    """The words whose content the clause is, the nearest first."""
    tree, place, found = clause.tree, clause.place, []
    while tree.heads[place] != place:
        dep, head = tree.deps[place], tree.heads[place]
        if dep in {"relcl", "appos"} or (
            dep == "acl" and not has_mark(tree, place, "that") and not _is_infinitive(clause)
        ):
            break
        if dep == "pcomp":  # "accused of burning", "banned from driving"; "after leaving": it has happened
            happened = tree.word(head) in HAPPENED
            head = tree.heads[head]
            verb = tree.heads[head] if tree.deps[head] in {"dobj", "nsubjpass"} else head
            found += [] if happened else [head, verb]
        elif any(tree[p].text == ";" for p in range(place, head)):
            pass  # "it landed; the band played": the parser takes the first for the content of the second
        elif dep in {"ccomp", "xcomp", "csubj", "csubjpass", "acl"} or (
            dep == "advcl" and any(has_mark(tree, place, mark) for mark in NOT_YET)
        ):
            found.append(head)
        place = head
    return found


def _accounted(ours: Clause, theirs: Clause, head: int, kept: set[int]) -> bool:
    """Is the governing word in the sentence, or its sense (who says so, how firmly) already compared?"""
    tree = theirs.tree
    if tree.lemma(head) == "be":
        return all(p in kept for p in tree.children(head, "acomp", "attr"))
    if head in kept or _asks(ours, theirs, head):
        return True
    if theirs.speaker.name and is_reporting_verb(tree.lemma(head)):
        return True
    return theirs.modality is not Modality.FACT and tree.lemma(head) in ONLY_MOOD


def _judgement(ours: Clause, theirs: Clause) -> str:
    """What the row has as somebody's words or wish, told in another verb that is none: "blames it on", "hopes for"."""
    verb, own = theirs.verb.lemma.lower(), ours.verb.lemma.lower()
    if is_kin(ours.verb, theirs.verb) or is_reporting_verb(own) or is_wish(own):
        return ""
    return f"it leaves out “{theirs.verb.text}”" if is_reporting_verb(verb) or is_wish(verb) else ""


def _complement(ours: Clause, theirs: Clause) -> str:
    """A verb without what it needs: "the lawyer told reporters, because …"."""
    if not is_kin(ours.verb, theirs.verb) or ours.tree.deps[ours.place] in {"relcl", "acl"}:
        return ""
    if contents_of(theirs.tree, theirs.place) and not contents_of(ours.tree, ours.place):
        nouns = ours.tree.children(ours.place, "dobj", "xcomp", "attr")
        if not any(is_kin(ours.tree[n], t) for n in nouns for t in theirs.tree.tokens if t.pos == "VERB"):
            return f"it leaves out what is meant by “{theirs.verb.text}”"
    has = theirs.tree.children(theirs.place, *COMPLEMENTS)
    if has and not ours.tree.children(ours.place, *COMPLEMENTS, "nsubjpass", "prep"):
        return f"it leaves out “{theirs.tree.text(theirs.tree.subtree(has[0]))}”"
    return ""


def _head(ours: Clause, theirs: Clause, kept: set[int]) -> str:
    """ "The roof of the church fell": not the church; "some of the men": not the men."""
    tree, said = theirs.tree, [ours.tree[p] for p in _arguments(ours)]
    for head in _arguments(theirs):
        if head in kept or tree.is_clause(head) or tree[head].pos == "PROPN" or tree.word(head) in PEOPLE:
            continue
        inside = tree.subtree(head, frozenset(tree.children(head, "appos", "conj")))
        if any(tree[p].pos in CONTENT and holds(said, tree[p]) for p in inside):
            return f"it leaves out “{tree[head].text}”"
    return ""


def _arguments(clause: Clause) -> list[int]:
    """The heads of what the clause speaks of: its subjects, objects and agents."""
    tree = clause.tree
    found = [p for verb in {top_of(clause), clause.place} for p in tree.children(verb, *ARGUMENTS)]
    return found + [p for agent in tree.children(clause.place, "agent") for p in tree.children(agent, "pobj")]
