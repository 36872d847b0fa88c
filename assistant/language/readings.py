"""What one sentence holds before its clauses are looked at: tree, times, quantities, speakers, quotations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.language.binding import bind_quantities
from assistant.language.dates import find_times
from assistant.language.evaluative import evaluative_spans
from assistant.language.names import Aliases, name_rows
from assistant.language.quantities import find_quantities
from assistant.language.quotations import is_all_quoted, quoted_spans, runs
from assistant.language.speakers import OWN_VOICE, Attribution, attributions, speaker_at
from assistant.language.tree import Tree
from assistant.language.types import ParsedSentence, Quantity, Speaker, TimeReference


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one sentence before its clauses are looked at."""

    tree: Tree
    times: tuple[TimeReference, ...]
    quantities: tuple[Quantity, ...]
    attributions: list[Attribution]
    quotations: list[tuple[int, int]]
    evaluative: list[tuple[int, int]]
    names: list[tuple[range, str]]  # token positions and normal forms
    aliases: Aliases


def carry_quotations(readings: list[Reading]) -> list[Reading]:
    """Words inside one quotation have one speaker, wherever its sentences end; nothing else is carried on."""
    texts = [reading.tree.sentence.text for reading in readings]
    carried = list(readings)
    for run in runs(texts, [reading.tree.sentence.paragraph for reading in readings]):
        speakers = [speaker_within(carried[number], start, end) for number, start, end in run.parts]
        speaker = next((each for each in speakers if each != OWN_VOICE), OWN_VOICE)
        for number, start, end in run.parts:
            carried[number] = spoken(carried[number], start, end, speaker)
    for number, (before, reading) in enumerate(pairwise(carried), 1):
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
    """Who utters the quotation at a stretch (offsets in the sentence): named outside it, speaking its words."""
    first = reading.tree.sentence.start
    low, high = first + start, first + end
    for position, token in enumerate(reading.tree.tokens):
        if not (low <= token.start and token.end <= high):
            continue
        outside = [a for a in reading.attributions if not (low <= a.speaker.start and a.speaker.end <= high)]
        speaker = speaker_at(position, outside)
        if speaker != OWN_VOICE:
            return speaker
    return OWN_VOICE


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


def is_name(tree: Tree, time: TimeReference) -> bool:
    """ "August" as a first name, "Today" in an outlet's."""
    return any(
        token.entity in {"PERSON", "ORG", "WORK_OF_ART", "PRODUCT"} and token.pos == "PROPN"
        for token in tree.tokens
        if token.start < time.end and time.start < token.end
    )


def times_and_quantities(tree: Tree) -> tuple[list[TimeReference], list[Quantity]]:
    """All dates and numbers of the tree's sentence, in order; what is a date is no number."""
    sentence = tree.sentence
    times = [time for time in find_times(sentence.text, sentence.start) if not is_name(tree, time)]
    calendar = [(t.start - sentence.start, t.end - sentence.start) for t in times if t.kind != "duration"]
    return times, bind_quantities(tree, find_quantities(sentence.text, calendar, sentence.start))


def read(sentence: ParsedSentence, aliases: Aliases) -> Reading:
    """Everything about one sentence that does not depend on its neighbours."""
    tree = Tree(sentence)
    times, quantities = times_and_quantities(tree)
    quotations = quoted_spans(sentence.text, sentence.start)
    return Reading(
        tree,
        tuple(times),
        tuple(quantities),
        attributions(tree),
        quotations,
        evaluative_spans(tree, quotations),
        [(row, aliases.name(name)) for row, name in name_rows(tree)],
        aliases,
    )
