"""Parsed sentences → frames: one for each predicate, with its numbers, times, mood, speaker and requester."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.language.binding import bind_quantities
from assistant.language.clauses import roles_of
from assistant.language.dates import find_times
from assistant.language.evaluative import evaluative_spans
from assistant.language.leads import LeadIn, inherit, lead_in
from assistant.language.modality import LIGHT, Mood, mood_of
from assistant.language.names import Aliases, aliases_of, entities_in
from assistant.language.nominals import nominal_predicates
from assistant.language.phrases import phrase_at
from assistant.language.quantities import find_quantities
from assistant.language.quotations import is_all_quoted, quoted_spans, runs
from assistant.language.requests import asks_for_noun, request_above
from assistant.language.speakers import OWN_VOICE, Attribution, attributions, reports_only, speaker_at
from assistant.language.tree import Tree
from assistant.language.types import (
    Frame,
    Modality,
    ParsedSentence,
    Phrase,
    Quantity,
    Speaker,
    TimeReference,
)

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
EMPTY = frozenset(
    {"be", "have", "do", "say", "will", "would", "also", "just", "then", "so", "very", "there", "here", "more", "most"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one sentence before its clauses are looked at."""

    tree: Tree
    times: tuple[TimeReference, ...]
    quantities: tuple[Quantity, ...]
    attributions: list[Attribution]
    quotations: list[tuple[int, int]]
    evaluative: list[tuple[int, int]]
    aliases: Aliases


def frames_of_sentences(sentences: Sequence[ParsedSentence]) -> list[Frame]:
    """Frames in order of the text. The sentences are those of one text, in order."""
    aliases = aliases_of(sentences)
    readings = carry_quotations([read(sentence, aliases) for sentence in sentences if sentence.tokens])
    found: list[Frame] = []
    lead: LeadIn | None = None
    before: Reading | None = None
    for reading in readings:
        frames = frames_of_reading(reading)
        if reading.tree.sentence.bullet:
            if before is not None and not before.tree.sentence.bullet:
                lead = lead_in(before.tree, before.attributions)
            if lead is not None:
                frames = [inherit(frame, lead) for frame in frames]
        found.extend(frames)
        before = reading
    return found


def carry_quotations(readings: list[Reading]) -> list[Reading]:
    """Words inside one quotation have one speaker, wherever its sentences end; nothing else is carried on."""
    texts = [reading.tree.sentence.text for reading in readings]
    carried = list(readings)
    for run in runs(texts, [reading.tree.sentence.paragraph for reading in readings]):
        speakers = [speaker_within(carried[number], start, end) for number, start, end in run.parts]
        speaker = next((each for each in speakers if each != OWN_VOICE), OWN_VOICE)
        for number, start, end in run.parts:
            carried[number] = spoken(carried[number], start, end, speaker)
    for number, (before, reading) in enumerate(zip(carried, carried[1:], strict=False), 1):
        here, there = reading.tree.sentence, before.tree.sentence
        spans = [(low - here.start, high - here.start) for low, high in reading.quotations]
        if here.paragraph != there.paragraph or not before.quotations or not is_all_quoted(here.text, spans):
            continue
        low, high = before.quotations[-1]
        speaker = speaker_within(before, low - there.start, high - there.start)
        if speaker != OWN_VOICE and speaker_within(reading, *spans[0]) == OWN_VOICE:
            carried[number] = spoken(reading, *spans[0], speaker)
    return carried


def speaker_within(reading: Reading, start: int, end: int) -> Speaker:
    """The first speaker of the tokens of a stretch, offsets in the sentence."""
    first = reading.tree.sentence.start
    inside = [
        p for p, token in enumerate(reading.tree.tokens) if first + start <= token.start and token.end <= first + end
    ]
    found = (speaker_at(position, reading.attributions) for position in inside)
    return next((speaker for speaker in found if speaker != OWN_VOICE), OWN_VOICE)


def spoken(reading: Reading, start: int, end: int, speaker: Speaker) -> Reading:
    """The reading with one more quotation, said by ``speaker`` where its own words name nobody."""
    first = reading.tree.sentence.start
    span = (first + start, first + end)
    inside = frozenset(
        p for p, token in enumerate(reading.tree.tokens) if span[0] <= token.start and token.end <= span[1]
    )
    attributions = reading.attributions
    if speaker != OWN_VOICE:
        attributions = [Attribution(speaker, inside, 0), *attributions]
    return replace(reading, attributions=attributions, quotations=[*reading.quotations, span])


def read(sentence: ParsedSentence, aliases: Aliases) -> Reading:
    tree = Tree(sentence)
    times = find_times(sentence.text, sentence.start)
    calendar = [(t.start - sentence.start, t.end - sentence.start) for t in times if t.kind != "duration"]
    quantities = bind_quantities(tree, find_quantities(sentence.text, calendar, sentence.start))
    quotations = quoted_spans(sentence.text, sentence.start)
    return Reading(
        tree,
        tuple(times),
        tuple(quantities),
        attributions(tree),
        quotations,
        evaluative_spans(tree, quotations),
        aliases,
    )


def frames_of_reading(reading: Reading) -> list[Frame]:
    tree = reading.tree
    frames = []
    for position in range(len(tree)):
        if tree.is_clause(position) and not is_carrier(tree, position) and not reports_only(tree, position):
            frames.append(verbal_frame(reading, position))
    frames.extend(nominal_frame(reading, position, verb) for position, verb in nominal_predicates(tree))
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
        entities=frozenset(reading.aliases.name(name) for name in entities_in(tree, words)),
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
    words = tree.subtree(position)
    frame = bare_frame(reading, position, words, verb)
    subject = tree.child(position, "poss")
    if subject is None:
        subject = next((child for child in tree.children(position, "compound") if tree[child].pos == "PROPN"), None)
    done_to = None
    obliques = []
    for child in tree.children(position, "prep"):
        inner = tree.child(child, "pobj")
        if inner is None:
            continue
        if done_to is None and tree.word(child) in {"of", "for", "to", "on", "against"}:
            done_to = inner
        else:
            obliques.append((tree.word(child), phrase_at(tree, inner)))
    holder = tree.heads[position]
    if tree.deps[position] == "pobj":
        holder = tree.heads[holder]
    mood, requester, request_verb = Mood(), None, ""
    if holder != position and tree.is_clause(holder):
        mood, requester, request_verb = asks_for_noun(tree, holder)
    return replace(
        frame,
        subject=reading.aliases.phrase(phrase_at(tree, subject)) if subject is not None else None,
        object=reading.aliases.phrase(phrase_at(tree, done_to)) if done_to is not None else None,
        obliques=tuple(obliques),
        modality=mood.modality,
        modality_text=mood.text,
        requester=reading.aliases.phrase(requester),
        request_verb=request_verb,
    )
