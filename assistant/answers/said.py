"""Who says what in the sources: outlets credited, direct quotations, speakers of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.material import Material
from assistant.language.quotations import quoted_spans
from assistant.language.speakers import attributions, speaker_at
from assistant.language.tree import Tree
from assistant.language.types import ParsedSentence, Speaker, SpeakerKind
from index import Sentence

_SERVED = re.compile(r"\s(?:for|of|from)\s[^;]*")


@dataclass(frozen=True, slots=True)
class Credit:
    """A place where a source names another outlet as the one it has something from."""

    article_id: str
    outlet: str  # normal form
    start: int
    end: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Quoted:
    """A direct quotation in a source: ``[start, end)`` is what stands inside the marks."""

    article_id: str
    start: int
    end: int
    text: str
    sentence: Sentence
    speakers: tuple[Speaker, ...]


def speakers_in(parse: ParsedSentence) -> list[Speaker]:
    """All whom a sentence names as speaking, outermost first."""
    return [attribution.speaker for attribution in attributions(Tree(parse))] if parse.tokens else []


def credits_in(material: Material, article_id: str) -> list[Credit]:
    """Where a source credits other outlets, in order: "Reuters reports", "told the BBC", "per AFP"."""
    found: list[Credit] = []
    for sentence, parse in zip(material.sentences[article_id], material.parses(article_id), strict=True):
        for speaker in speakers_in(parse):
            outlet = speaker.name if speaker.kind is SpeakerKind.OUTLET else speaker.relayed_by
            if outlet and not any(c.sentence is sentence and c.outlet == outlet for c in found):
                start, end = (speaker.start, speaker.end) if speaker.end else (sentence.start, sentence.end)
                found.append(Credit(article_id, outlet, start, end, sentence))
    return found


def quotations_in(material: Material, article_id: str, shortest: int = 2) -> list[Quoted]:
    """Direct quotations of at least ``shortest`` words, sentence by sentence, in order.

    A quotation that runs over several sentences is found in each of them.
    """
    text = material.sources.article(article_id).text
    found: list[Quoted] = []
    parses = {parse.start: parse for parse in material.parses(article_id)}
    for start, end in _spans_by_paragraph(text):
        if len(text[start:end].split()) < shortest:
            continue
        inside = [s for s in material.sentences[article_id] if s.start < end and start < s.end]
        speakers: list[Speaker] = []
        for sentence in inside:
            if sentence.start in parses:
                speakers += _nearest_first(parses[sentence.start], start, end)
        for sentence in inside:
            first, last = max(start, sentence.start), min(end, sentence.end)
            if text[first:last].strip():
                found.append(Quoted(article_id, first, last, text[first:last], sentence, tuple(speakers)))
    return found


def _nearest_first(parse: ParsedSentence, start: int, end: int) -> list[Speaker]:
    """The speakers of a sentence, the one whose words stand at ``[start, end)`` first."""
    if not parse.tokens:
        return []
    found = attributions(Tree(parse))
    inside = next((i for i, token in enumerate(parse.tokens) if start <= token.start < end), None)
    nearest = speaker_at(inside, found) if inside is not None else None
    rest = [attribution.speaker for attribution in found]
    return [nearest, *rest] if nearest is not None and nearest.text else rest


def _spans_by_paragraph(text: str) -> list[tuple[int, int]]:
    spans, offset = [], 0
    for paragraph in text.split("\n"):
        spans.extend(quoted_spans(paragraph, offset))
        offset += len(paragraph) + 1
    return spans


def is_said_by(speakers: Sequence[Speaker], names: Sequence[str]) -> bool:
    """Whether one of the speakers answers to one of these lower-case names or nouns ("official").

    One word names who speaks, not whom he speaks for: neither "a spokesman for the mayor" nor "the mayor's lawyer" is
    the mayor.
    """
    for speaker in speakers:
        text = f"{speaker.name} {speaker.text}".lower().replace("'s", "").replace("’s", "")
        own = re.sub(r"\b[\w-]+['’]s\s+(?=\w)", " ", _SERVED.sub(" ", f"{speaker.name}; {speaker.text}".lower()))
        words, head = set(text.split()), set(own.split())
        head = {word.strip(";,").removesuffix("'s").removesuffix("’s") for word in head}
        if any(set(name.split()) <= (words if " " in name else head) for name in names):
            return True
    return False
