"""Who says a clause: the nearest attribution above it in its own sentence, and the outlet through which it came.

Attribution never reaches over a full stop; the reader carries it on only into an open quotation and list items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.language.clauses import subject_at
from assistant.language.lexicon.outlets import is_outlet_name, is_outlet_noun, is_outlet_word
from assistant.language.openings import label_of
from assistant.language.phrases import is_nominal, normal_name, phrase_at
from assistant.language.reported import contents_of
from assistant.language.tree import Tree
from assistant.language.types import Phrase, Speaker, SpeakerKind

OWN_VOICE = Speaker(SpeakerKind.OWN_VOICE)
INNER = frozenset({"i", "we", "you", "us", "me"})
FINAL_TAG = re.compile(r",\s+(?P<name>[^,.]{2,60}?)\s+(?P<verb>reports?|reported|says?|said|writes|wrote)\s*[.”\"]*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place in a sentence that says who speaks. ``scope``: positions of the words attributed."""

    speaker: Speaker
    scope: frozenset[int]
    depth: int  # the deeper, the nearer


def attributions(tree: Tree) -> list[Attribution]:
    """All attributions of the sentence, outermost first."""
    found = [*by_label(tree), *by_verbs(tree), *by_according_to(tree), *by_final_tag(tree)]
    return sorted(found, key=lambda attribution: -len(attribution.scope))


def speaker_at(position: int, found: list[Attribution]) -> Speaker:
    """The nearest speaker of a token; an outlet further out becomes ``relayed_by``.

    "I", "we" and "you" inside somebody's words are not news: then the speaker further out counts.
    """
    around = [attribution.speaker for attribution in found if position in attribution.scope]
    if not around:
        return OWN_VOICE
    others = [speaker for speaker in around if speaker.text.lower() not in INNER]
    nearest = (others or around)[-1]
    outlets = [speaker.name for speaker in around if speaker.kind is SpeakerKind.OUTLET and speaker is not nearest]
    if outlets and not nearest.relayed_by and nearest.kind is not SpeakerKind.OUTLET:
        return replace(nearest, relayed_by=outlets[-1])
    return nearest


def by_verbs(tree: Tree) -> list[Attribution]:
    found = []
    for position in range(len(tree)):
        if tree[position].pos != "VERB":
            continue
        contents = contents_of(tree, position)
        if not contents:
            continue
        speaker = speaker_by(tree, position)
        if speaker is None:
            continue
        relay = relay_of(tree, position)
        if relay:
            speaker = replace(speaker, relayed_by=relay)
        scope: set[int] = set()
        for content in contents:
            scope |= set(tree.subtree(content, frozenset({position})))
        scope -= {position}
        found.append(Attribution(speaker, frozenset(scope), position))
    return found


def speaker_by(tree: Tree, position: int) -> Speaker | None:
    """Who utters what the verb reports: its subject, or a passive's agent; nobody is named in "it is said that"."""
    if not tree.children(position, "auxpass"):
        subject = subject_at(tree, position)
        return speaker_of(tree, subject, tree.lemma(position)) if subject is not None else None
    agent = tree.child(position, "agent")
    inner = tree.child(agent, "pobj") if agent is not None else None
    if inner is not None:
        return speaker_of(tree, inner, tree.lemma(position))
    token = tree[position]
    return Speaker(SpeakerKind.UNNAMED, token.text, token.start, token.end, "", tree.lemma(position))


def speaker_of(tree: Tree, position: int, verb: str) -> Speaker:
    phrase = phrase_at(tree, position)
    name = person_name(tree, position, phrase)
    if is_outlet(phrase) or (verb == "report" and phrase.entity == "ORG" and phrase.name):
        kind = SpeakerKind.OUTLET  # whoever "reports" is a publication
    elif name != normal_name(phrase.text) or phrase.name or phrase.entity in {"PERSON", "ORG", "GPE"}:
        kind = SpeakerKind.NAMED
    else:
        kind = SpeakerKind.UNNAMED
    return Speaker(kind, phrase.text, phrase.start, phrase.end, name, verb)


def person_name(tree: Tree, position: int, phrase: Phrase) -> str:
    """The name for comparison. "Maria Diaz, a spokeswoman": maria diaz; "the spokeswoman, Maria Diaz": maria diaz."""
    if phrase.name:
        return phrase.head
    for child in tree.children(position, "appos"):
        if tree[child].pos == "PROPN" and tree[child].entity == "PERSON":
            return phrase_at(tree, child).head
    return normal_name(phrase.text)


def is_outlet(phrase: Phrase) -> bool:
    if phrase.name:
        short = phrase.determiner == "the" and is_outlet_word(phrase.head)  # "the Guardian"
        return short or (phrase.entity not in {"PERSON", "NORP"} and is_outlet_name(phrase.head))
    return is_outlet_noun(phrase.head)


def relay_of(tree: Tree, position: int) -> str:
    """The outlet in "told NBC News", "in an interview with Reuters", "in comments to the Times"."""
    if tree.lemma(position) in {"tell", "inform"}:
        for child in tree.children(position, "dobj", "dative", "iobj"):
            phrase = phrase_at(tree, child)
            if is_outlet(phrase):
                return phrase.head if phrase.name else normal_name(phrase.text)
    for preposition in tree.children(position, "prep", "dative"):
        for inner in tree.subtree(preposition):
            if tree[inner].pos == "PROPN" and tree.deps[inner] == "pobj" and is_outlet(phrase_at(tree, inner)):
                return phrase_at(tree, inner).head
    return ""


def by_according_to(tree: Tree) -> list[Attribution]:
    """ "according to X", "per X", "in the words of X": the clause they stand in, and all below it."""
    found = []
    for position in range(len(tree)):
        holder = source_of(tree, position)
        if holder is None:
            continue
        speaker = speaker_of(tree, holder, "")
        speaker = widened(tree, holder, speaker)
        own = set(tree.subtree(position))
        clause = next((up for up in tree.ancestors(position) if tree.is_clause(up)), None)
        top = clause if clause is not None else next(iter(list(tree.ancestors(position))[-1:]), position)
        if position > len(tree) - len(own) - 3 or position <= 1:
            root = list(tree.ancestors(position))
            top = root[-1] if root else top  # at either end of the sentence it covers the whole
        scope = set(tree.subtree(top)) - own
        found.append(Attribution(speaker, frozenset(scope), 0))
    return found


def source_of(tree: Tree, position: int) -> int | None:
    """The head of the source's noun phrase, when the token is "according" or "per"."""
    word = tree.word(position)
    if word == "according":
        to = next((child for child in tree.children(position) if tree.word(child) == "to"), None)
        if to is None and position + 1 < len(tree) and tree.word(position + 1) == "to":
            to = position + 1
        return tree.child(to, "pobj") if to is not None else None
    if word == "per" and tree.deps[position] == "prep":
        holder = tree.child(position, "pobj")
        if holder is not None and tree[holder].pos in {"PROPN", "NOUN"} and tree[holder].entity not in {"DATE", "TIME"}:
            phrase = phrase_at(tree, holder)
            if phrase.name or is_outlet(phrase) or phrase.determiner:
                return holder
    return None


def widened(tree: Tree, holder: int, speaker: Speaker) -> Speaker:
    """ "a new report from NBC News", "a poll by the Times": the outlet behind the report."""
    for preposition in tree.children(holder, "prep"):
        inner = tree.child(preposition, "pobj")
        if tree.word(preposition) in {"from", "by", "in", "of"} and inner is not None and tree[inner].pos == "PROPN":
            phrase = phrase_at(tree, inner)
            if is_outlet(phrase):
                return replace(speaker, kind=SpeakerKind.OUTLET, name=phrase.head)
            if phrase.name and speaker.kind is SpeakerKind.UNNAMED:
                return replace(speaker, kind=SpeakerKind.NAMED, name=phrase.head)
    return speaker


def by_label(tree: Tree) -> list[Attribution]:
    """A transcript's "SMITH: …": the whole line is theirs."""
    label = label_of(tree.sentence.text)
    if label is None:
        return []
    start, end = label
    name = tree.sentence.text[start:end]
    first = tree.sentence.start
    speaker = Speaker(SpeakerKind.NAMED, name, first + start, first + end, normal_name(name.partition(",")[0]), "say")
    return [Attribution(speaker, frozenset(range(len(tree))), 0)]


def by_final_tag(tree: Tree) -> list[Attribution]:
    """ ", NBC News reports." where the parser saw no clause in it."""
    text = tree.sentence.text
    match = FINAL_TAG.search(text.replace("\u00a0", " "))
    if not match:
        return []
    start = tree.sentence.start + match.start("name")
    inside = [p for p in range(len(tree)) if tree[p].start >= start]
    nouns = [p for p in inside if is_nominal(tree, p) and tree[p].end <= tree.sentence.start + match.end("name")]
    if not nouns:
        return []
    speaker = speaker_of(tree, nouns[-1], BASE[match["verb"]])
    scope = frozenset(p for p in range(len(tree)) if tree[p].start < start)
    return [Attribution(speaker, scope, 0)]


BASE = {
    "report": "report",
    "reports": "report",
    "reported": "report",
    "say": "say",
    "says": "say",
    "said": "say",
    "writes": "write",
    "wrote": "write",
}
