"""Who says so on either side: the same voice, one that the claim names more vaguely, or another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.types import Frame, Modality, Speaker, SpeakerKind
from assistant.wording.matching import Side
from assistant.wording.names import Names
from assistant.wording.relations import NOTHING, Relation, Slot, Words
from assistant.wording.strength import words
from assistant.wording.words import PEOPLE, SAYS_NO_MORE, kin, means_person

OFFICES = frozenset(
    {"administration", "government", "office", "team", "campaign", "ministry", "cabinet", "regime", "party"}
)
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who"})
OWNER = re.compile(r"(?P<owner>\w+)['’]s \w")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SPOKEN_FOR = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "representative", "statement", "letter", "report", "release", "post"}
)
VOICES = frozenset({SpeakerKind.NAMED, SpeakerKind.OUTLET, SpeakerKind.UNNAMED})
# Nouns of whoever speaks in the news, by what they do there and not by who they are (Bell, *The Language of News
# Media*, 1991, on news actors and sources).
ANYBODY = PEOPLE | frozenset(
    {"official", "source", "spokesman", "spokeswoman", "spokesperson", "representative", "authority", "insider"}
    | {"expert", "analyst", "critic", "observer", "witness", "resident", "local", "citizen", "opponent", "supporter"}
    | {"man", "woman"}
)
# The same for bodies, and for places that speak through theirs.
ANY_BODY = frozenset(
    {"company", "firm", "business", "group", "organisation", "organization", "agency", "union", "association", "body"}
    | {"institution", "authority", "government", "administration", "country", "state", "city"}
)


def speaker_words(speaker: Speaker) -> Words:
    return Words(speaker.text, speaker.start, speaker.end)


def compare_speakers(ours: Frame, theirs: Frame, claim: Side, source: Side, names: Names) -> list[Relation]:
    """Does the source have the same person say so?"""
    mine, yours = ours.speaker, theirs.speaker
    if mine.kind is SpeakerKind.OWN_VOICE:
        if yours.kind in VOICES and ours.modality is not Modality.WANTED:
            name = "doubted" if yours.verb in words("distance") else "unmentioned"
            return [Relation(Slot.SPEAKER, name, NOTHING, speaker_words(yours))]
        return []
    if same_speaker(mine, yours, names) or is_subject(mine, theirs, source, names):
        return []
    if mine.text.lower() in PRONOUNS:
        return []
    if yours.text.lower() in PRONOUNS:
        if may_be_meant(mine, yours, claim, source, names):
            return []
        before = [item.key for item in source.context if item.start < source.sentence.start]
        around = before if yours.kind is not SpeakerKind.NAMED else []
        name = unlike(mine, claim, meant_by(yours, source, names), around, names)
        return [Relation(Slot.SPEAKER, name, speaker_words(mine), speaker_words(yours))]
    if is_unsure(mine, yours, theirs, source, names):
        return []
    if yours.kind is SpeakerKind.OWN_VOICE or (
        yours.kind is SpeakerKind.OUTLET and mine.kind is not SpeakerKind.OUTLET
    ):
        return [Relation(Slot.SPEAKER, "own_voice", speaker_words(mine), NOTHING)]
    return [Relation(Slot.SPEAKER, difference(mine, yours, claim, names), speaker_words(mine), speaker_words(yours))]


def difference(mine: Speaker, yours: Speaker, claim: Side, names: Names) -> str:
    """What two voices are to each other that are not the same by name."""
    if yours.kind is not SpeakerKind.NAMED:
        return "unnamed"
    if mine.kind is not SpeakerKind.UNNAMED:
        return "other"
    noun = head_noun(mine, claim)
    if speaks_for_others(noun, mine, yours):
        return "other"
    name = yours.name or yours.text
    return "vaguer" if may_be_called(noun, name, names) else unlike(mine, claim, [names.key(name)], [], names)


def unlike(mine: Speaker, claim: Side, keys: Sequence[str], around: Sequence[str], names: Names) -> str:
    """A text calls the person something else ("lawyer", not "judge"); or it may yet be whom the claim means: no text
    tells what to call the person, or somebody ``around`` an unresolved pronoun is called so."""
    noun = head_noun(mine, claim)
    described = any(names.roles.get(key) for key in keys)
    if mine.kind is not SpeakerKind.UNNAMED or not means_person(noun) or not described:
        return "unlike"
    return "unlike" if any(may_be_called(noun, key, names) for key in around) else "other_role"


def head_noun(speaker: Speaker, side: Side) -> str:
    """The lemma of the speaker's head noun: "mayor" of "the mayor of Velden"."""
    tokens = side.sentence.tokens
    inside = [place for place, token in enumerate(tokens) if speaker.start <= token.start < speaker.end]
    heads = [place for place in inside if tokens[place].head not in inside or tokens[place].head == place]
    return tokens[heads[-1]].lemma.lower() if heads else ""


def may_be_called(noun: str, name: str, names: Names) -> bool:
    """Does a text give whoever bears the name such a title or description; or is it a noun for anybody who speaks?"""
    key = names.key(name)
    is_body = key not in names.people
    if noun in (ANY_BODY if is_body else ANYBODY):
        return True
    called = names.roles.get(key, set()) | set(key.split() if is_body else ())
    return any(kin(noun, "n", role, "n") in SAYS_NO_MORE for role in called)


def speaks_for_others(noun: str, mine: Speaker, yours: Speaker) -> bool:
    """ "the league's chairman, Peter Olm" is not "the city": the source says for whom its speaker speaks."""
    owner = OWNER.search(yours.text.lower())
    if not noun or owner is None or means_person(noun):
        return False
    return owner["owner"] not in mine.text.lower()


def may_be_meant(mine: Speaker, yours: Speaker, claim: Side, source: Side, names: Names) -> bool:
    """Can the source's pronoun mean the claim's speaker? It means whom it was resolved to, else the last one named."""
    meant = meant_by(yours, source, names)
    if mine.kind is SpeakerKind.UNNAMED:
        noun = head_noun(mine, claim)
        return any(may_be_called(noun, key, names) for key in meant)
    return names.key(mine.name or mine.text) in meant


def meant_by(pronoun: Speaker, source: Side, names: Names) -> list[str]:
    """Keys of the one that the pronoun was resolved to, else of the last one named."""
    return [names.key(pronoun.name)] if pronoun.kind is SpeakerKind.NAMED else last_named(pronoun, source, names)


def last_named(pronoun: Speaker, source: Side, names: Names) -> list[str]:
    """Keys of the name that stands last before the sentence; for "he" and "she" of the last person."""
    before = [item for item in source.context if item.start < source.sentence.start]
    if pronoun.text.lower() in {"he", "she"}:
        before = [item for item in before if item.person or item.key in names.people]
    last = max(before, key=lambda item: item.start, default=None)
    return [last.key, *last.also] if last is not None else []


def is_unsure(mine: Speaker, yours: Speaker, theirs: Frame, source: Side, names: Names) -> bool:
    """Whose words these are cannot be told: words quoted from another sentence, one of a group."""
    if yours.kind is SpeakerKind.OWN_VOICE:
        tokens, key = source.sentence.tokens, names.key(mine.name or mine.text)
        acts = any(t.dep in SUBJECTS and t.text.lower() in PRONOUNS for t in tokens)
        named = any(i.key == key and tokens[i.last].dep in SUBJECTS for i in source.items)
        return theirs.quoted or acts or named
    return yours.kind is SpeakerKind.NAMED and names.is_group(mine.name or mine.text)


def is_subject(speaker: Speaker, theirs: Frame, source: Side, names: Names) -> bool:
    """Does the source have the speaker as the subject of a verb of saying or thinking, whoever relays it?"""
    key = names.key(speaker.name or speaker.text)
    tokens = source.sentence.tokens
    return any(
        item.key == key
        and tokens[item.last].dep in {"nsubj", "nsubjpass"}
        and is_reporting_verb(tokens[item.head].lemma.lower())
        and any(tokens[p].start == theirs.predicate_start for p in source.tree.subtree(item.head))
        for item in source.items
    )


def same_speaker(mine: Speaker, yours: Speaker, names: Names) -> bool:
    left, right = names.key(mine.name or mine.text), names.key(yours.name or yours.text)
    relay = names.key(yours.relayed_by) if yours.relayed_by else ""
    if left == right or (relay and left == relay):
        return True
    spoken = yours.text.lower().replace("’s", "").replace("'s", "").split()
    bodies = {names.key(word) for word in spoken}
    if SPOKEN_FOR & set(spoken) and (left in bodies or set(left.split()) <= bodies | set(spoken)):
        return True  # "the company" / "a spokesman for the company"
    owner, _, office = right.rpartition(" ")
    if office in OFFICES and names.key(owner) == left:
        return True  # "the mayor" / "the mayor's office"
    return mine.kind is SpeakerKind.UNNAMED and set(left.split()) <= set(right.split())
