"""A "sentence" of hundreds of words is a table or lost its full stops: it is read in pieces, never as one clause."""

from __future__ import annotations

from dataclasses import replace

from assistant.language.types import ParsedSentence

LONGEST = 150  # tokens


def pieces(sentence: ParsedSentence) -> list[ParsedSentence]:
    """The sentence itself, or its pieces in order, cut where no word depends on one beyond the cut."""
    if len(sentence.tokens) <= LONGEST:
        return [sentence]
    found = []
    first, reach = 0, 0
    for position, token in enumerate(sentence.tokens):
        reach = max(reach, token.head, position)
        last = position + 1 == len(sentence.tokens)
        if last or (
            position + 1 - first >= LONGEST // 2 and reach == position and backward(sentence, first, position + 1)
        ):
            found.append(piece(sentence, first, position + 1))
            first = position + 1
    return found


def backward(sentence: ParsedSentence, first: int, end: int) -> bool:
    """Does no later token depend on one before ``end``? Looked up in a window: dependencies are short."""
    later = sentence.tokens[end : end + LONGEST]
    return all(not first <= token.head < end for token in later)


def piece(sentence: ParsedSentence, first: int, end: int) -> ParsedSentence:
    rows = sentence.tokens[first:end]
    start, stop = rows[0].start, rows[-1].end
    tokens = tuple(
        replace(token, head=token.head - first if first <= token.head < end else position)
        for position, token in enumerate(rows)
    )
    text = sentence.text[start - sentence.start : stop - sentence.start]
    return replace(sentence, start=start, end=stop, text=text, tokens=tokens)
