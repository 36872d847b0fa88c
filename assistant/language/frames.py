"""Parsed sentences → frames: one for each predicate, with its numbers, times, mood, speaker and requester."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.language.clauses import roles_of
from assistant.language.leads import LeadIn, inherit, lead_in
from assistant.language.lexicon.moods import LIGHT
from assistant.language.lexicon.wordlist import word_set
from assistant.language.modality import Mood, mood_of
from assistant.language.names import aliases_of
from assistant.language.nominals import nominal_predicates, nominal_roles
from assistant.language.phrases import phrase_at
from assistant.language.pieces import pieces
from assistant.language.pronouns import Antecedents, antecedents, with_persons
from assistant.language.readings import Reading, carry_quotations, read
from assistant.language.reported import reports_only
from assistant.language.requests import asks_for_noun, is_description, is_fact_between, request_above
from assistant.language.speakers import speaker_at
from assistant.language.titles import Titles, held_speaker, titles_of, with_holders
from assistant.language.tree import Tree
from assistant.language.types import Frame, Modality, ParsedSentence

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
EMPTY = word_set("be just have very then will most say so here there do would more also")


def frames_of_sentences(sentences: Sequence[ParsedSentence]) -> list[Frame]:
    """Frames in order of the text. The sentences are those of one text, in order."""
    aliases = aliases_of(sentences)
    whole = [piece for sentence in sentences if sentence.tokens for piece in pieces(sentence)]
    readings = [read(sentence, aliases) for sentence in whole]
    titles = titles_of([reading.tree for reading in readings], aliases)
    readings = carry_quotations([titled(reading, titles) for reading in readings])
    found: list[tuple[Frame, Antecedents]] = []
    lead: LeadIn | None = None
    before: Reading | None = None
    for number, reading in enumerate(readings):
        bullet = reading.tree.sentence.bullet
        if bullet and before is not None and not before.tree.sentence.bullet:
            lead = canonical_lead(before)
        meant = antecedents(readings, number)
        frames = frames_of_reading(reading, lead if bullet else None)
        found.extend((with_holders(frame, titles), meant) for frame in frames)
        before = reading
    return with_persons(found)


def titled(reading: Reading, titles: Titles) -> Reading:
    """The reading with offices among its speakers led back to their holders."""
    attributions = [
        replace(attribution, speaker=held_speaker(reading.tree, attribution.speaker, titles))
        for attribution in reading.attributions
    ]
    return replace(reading, attributions=attributions)


def canonical_lead(reading: Reading) -> LeadIn | None:
    lead = lead_in(reading.tree, reading.attributions)
    if lead is None:
        return None
    speaker = replace(lead.speaker, name=reading.aliases.name(lead.speaker.name))
    return replace(lead, speaker=speaker, requester=reading.aliases.phrase(lead.requester))


def frames_of_reading(reading: Reading, lead: LeadIn | None = None) -> list[Frame]:
    """Frames of one sentence; ``lead`` when it is a list item."""
    tree = reading.tree
    frames = []
    for position in range(len(tree)):
        if tree.is_clause(position) and not is_carrier(tree, position) and not reports_only(tree, position):
            frame = verbal_frame(reading, position)
            asked = not is_description(tree, position) and not is_fact_between(tree, position)
            frames.append(inherit(frame, lead, asked=asked) if lead else frame)
    for position, verb in nominal_predicates(tree):
        frame = nominal_frame(reading, position, verb)
        frames.append(inherit(frame, lead, asked=True) if lead else frame)
    return sorted(frames, key=lambda frame: (frame.start, frame.predicate_start))


def is_carrier(tree: Tree, position: int) -> bool:
    """ "is expected to continue", "failed to deter": the frame is the infinitive's."""
    lemma = tree.lemma(position)
    if lemma == "be":
        inner = tree.child(position, "acomp", "xcomp")
        if inner is None:
            return False
        return tree.deps[inner] == "xcomp" or (tree.lemma(inner) in LIGHT and bool(tree.children(inner, "xcomp")))
    return lemma in LIGHT and bool(tree.children(position, "xcomp")) and not tree.children(position, "dobj")


def verbal_frame(reading: Reading, position: int) -> Frame:
    tree = reading.tree
    roles = roles_of(tree, position)
    mood = mood_of(tree, position)
    mood, requester, request_verb = request_above(tree, position, mood)
    frame = bare_frame(reading, position, list(roles.words), predicate_lemma(tree, position))
    if is_question(tree, position):
        mood = replace(mood, modality=Modality.QUESTIONED)
    canonical = reading.aliases.phrase
    return replace(
        frame,
        subject=canonical(roles.subject),
        object=canonical(roles.object),
        recipient=canonical(roles.recipient),
        obliques=tuple((name, replace(phrase, head=canonical(phrase).head)) for name, phrase in roles.obliques),
        complement=roles.complement,
        modality=mood.modality,
        modality_text=mood.text,
        negated=mood.negated,
        negation_text=mood.negation_text,
        requester=canonical(requester),
        request_verb=request_verb,
    )


def predicate_lemma(tree: Tree, position: int) -> str:
    """The verb with its particle: "call_off"."""
    particle = tree.child(position, "prt")
    return tree.lemma(position) + (f"_{tree.word(particle)}" if particle is not None else "")


def bare_frame(reading: Reading, position: int, words: list[int], predicate: str) -> Frame:
    """Everything that a verbal and a nominal frame share."""
    tree, sentence = reading.tree, reading.tree.sentence
    start, end = tree.span(words)
    inside = set(words)
    token = tree[position]
    speaker = speaker_at(position, reading.attributions)
    if speaker.name:
        speaker = replace(speaker, name=reading.aliases.name(speaker.name))
    return Frame(
        article_id=sentence.article_id,
        start=start,
        end=end,
        text=sentence.text[start - sentence.start : end - sentence.start],
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        section=sentence.section,
        predicate=predicate,
        predicate_start=token.start,
        predicate_end=token.end,
        quantities=tuple(q for q in reading.quantities if covers(tree, inside, q.start, q.end)),
        times=tuple(t for t in reading.times if covers(tree, inside, t.start, t.end)),
        speaker=speaker,
        quoted=any(low <= token.start and token.end <= high for low, high in reading.quotations),
        evaluative=tuple((low, high) for low, high in reading.evaluative if start <= low and high <= end),
        entities=frozenset(name for row, name in reading.names if not inside.isdisjoint(row)),
        content=frozenset(
            tree.lemma(p)
            for p in words
            if tree[p].pos in CONTENT and tree.lemma(p) not in EMPTY and tree[p].pos != "NUM"
        ),
        bullet=sentence.bullet,
        paragraph=sentence.paragraph,
    )


def covers(tree: Tree, words: set[int], start: int, end: int) -> bool:
    """Does the clause hold a token of the stretch?"""
    return any(tree[p].start < end and start < tree[p].end for p in words)


def is_question(tree: Tree, position: int) -> bool:
    return tree.sentence.text.rstrip(" \"'”’)").endswith("?") and tree.heads[position] == position


def nominal_frame(reading: Reading, position: int, verb: str) -> Frame:
    """ "US approval for a plan": approve, subject US, object plan."""
    tree = reading.tree
    roles = nominal_roles(tree, position)
    frame = bare_frame(reading, position, tree.subtree(position), verb)
    mood, requester, request_verb = Mood(), None, ""
    if roles.holder is not None:
        called = tree.deps[position] == "pobj"
        mood, requester, request_verb = asks_for_noun(tree, roles.holder, called=called)
    canonical = reading.aliases.phrase
    return replace(
        frame,
        subject=canonical(phrase_at(tree, roles.subject)) if roles.subject is not None else None,
        object=canonical(phrase_at(tree, roles.object)) if roles.object is not None else None,
        obliques=tuple((name, phrase_at(tree, noun)) for name, noun in roles.obliques),
        modality=mood.modality,
        modality_text=mood.text,
        negated=mood.negated,
        negation_text=mood.negation_text,
        requester=canonical(requester),
        request_verb=request_verb,
    )
