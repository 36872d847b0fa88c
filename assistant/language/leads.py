"""What list items take from their lead-in: "The union laid out its demands:" makes every item the union's demand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.language.clauses import subject_at
from assistant.language.lexicon.verbs import (
    is_asking_noun,
    is_reporting_verb,
    is_speech_verb,
    is_wish,
    request_strength,
)
from assistant.language.phrases import phrase_at
from assistant.language.speakers import OWN_VOICE, Attribution, speaker_at, speaker_of
from assistant.language.tree import Tree
from assistant.language.types import Frame, Modality, Phrase, Speaker, SpeakerKind


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Speaker and requester that the items inherit; ``request_verb`` is "" when nothing is asked for."""

    speaker: Speaker
    requester: Phrase | None
    request_verb: str


def lead_in(tree: Tree, attributions: list[Attribution]) -> LeadIn | None:
    """None unless the sentence is about what somebody says or wants."""
    for position in range(len(tree)):
        if not tree.is_clause(position):
            continue
        lemma = tree.lemma(position)
        subject = subject_at(tree, position)
        if subject is None:
            continue
        asked = request_strength(lemma) > 0 or is_wish(lemma)
        objects = tree.children(position, "dobj", "attr")
        noun = next((tree.lemma(child) for child in objects if is_asking_noun(tree.lemma(child))), "")
        if asked or noun:
            requester = phrase_at(tree, owner_of(tree, objects, subject))
            speaker = speaker_at(position, attributions)
            if speaker == OWN_VOICE and is_speech(lemma):
                speaker = speaker_of(tree, subject, lemma)
            return LeadIn(speaker, requester, lemma if asked else noun)
        if is_speech(lemma) and tree.sentence.text.rstrip().endswith(":"):
            return LeadIn(speaker_of(tree, subject, lemma), None, "")
    return None


def owner_of(tree: Tree, objects: list[int], subject: int) -> int:
    """ "Here are the union's demands": the possessor, when it is a name or noun; else the subject."""
    for position in objects:
        owner = tree.child(position, "poss")
        if owner is not None and tree[owner].pos in {"PROPN", "NOUN"}:
            return owner
    return subject


def is_speech(lemma: str) -> bool:
    return is_speech_verb(lemma) or is_reporting_verb(lemma)


def inherit(frame: Frame, lead: LeadIn, *, asked: bool) -> Frame:
    """The item's frame with the lead-in's speaker and requester, unless it has its own.

    ``asked``: the clause is part of what is asked for, not a description ("people living abroad").
    """
    if frame.speaker.kind is SpeakerKind.OWN_VOICE:
        frame = replace(frame, speaker=lead.speaker)
    if not asked or lead.requester is None or frame.requester is not None:
        return frame
    modality = Modality.WANTED if frame.modality is Modality.FACT else frame.modality
    return replace(
        frame,
        requester=lead.requester,
        request_verb=lead.request_verb,
        modality=modality,
        modality_text=frame.modality_text or lead.request_verb,
    )
