"""A claim that repeats a source nearly word for word: which words it changed, added and dropped.

Here nothing is excused: a changed content word that is not another word for the same is a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from assistant.language.types import Token
from assistant.quote import DASHES, QUOTE_MARKS

LEAST_WORDS = 4
LEAST_SHARE = 0.75  # of the claim's words that stand in the source, in order
MOST_SPREAD = 1.6  # the source's stretch may be longer than the claim by this factor


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens ``ours`` of the claim stand where the source has ``theirs``; either may be empty, not both."""

    ours: tuple[Token, ...]
    theirs: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """The source's tokens ``[first, last]`` that the claim repeats, and where it departs from them."""

    first: int
    last: int
    edits: tuple[Edit, ...]

    @property
    def exact(self) -> bool:
        return not self.edits


def word_of(token: Token) -> str:
    text = token.text.lower().replace("’", "'")
    return {"n't": "not", "'s": "'s", "u.s.": "us", "u.s": "us"}.get(text, text.rstrip(".") or text)


def is_word(token: Token) -> bool:
    return (
        any(character.isalnum() or character in "$€£¥%" for character in token.text)
        and token.text not in QUOTE_MARKS + DASHES
    )


def find_repetition(claim: Sequence[Token], source: Sequence[Token]) -> Repetition | None:
    """The stretch of ``source`` that ``claim`` repeats, or None when too few of the words are the same."""
    ours = [token for token in claim if is_word(token)]
    theirs = [(place, token) for place, token in enumerate(source) if is_word(token)]
    if len(ours) < LEAST_WORDS or not theirs:
        return None
    left, right = [word_of(token) for token in ours], [word_of(token) for _, token in theirs]
    if LCSseq.similarity(left, right) < LEAST_SHARE * len(left):
        return None
    blocks = [code for code in Indel.opcodes(left, right) if code.tag == "equal"]
    first, last = densest(blocks)
    if first is None or last is None:
        return None
    stretch = right[first : last + 1]
    codes = list(Indel.opcodes(left, stretch))
    equal = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    if equal < LEAST_SHARE * len(left) or len(stretch) > MOST_SPREAD * len(left) + 2:
        return None
    edits = []
    for our_range, their_range in merged(codes):
        edits.append(
            Edit(
                tuple(ours[our_range[0] : our_range[1]]),
                tuple(token for _, token in theirs[first + their_range[0] : first + their_range[1]]),
            )
        )
    return Repetition(theirs[first][0], theirs[last][0], tuple(edits))


def densest(blocks: Sequence[object]) -> tuple[int | None, int | None]:
    """First and last source word of the equal blocks, stray single words at the far ends left out."""
    spans = [(b.dest_start, b.dest_end) for b in blocks]  # type: ignore[attr-defined]
    while len(spans) > 1:
        (low, high), (low2, high2) = spans[0], spans[-1]
        if high - low == 1 and spans[1][0] - high > 3:
            spans = spans[1:]
        elif high2 - low2 == 1 and low2 - spans[-2][1] > 3:
            spans = spans[:-1]
        else:
            break
    if not spans:
        return None, None
    return spans[0][0], spans[-1][1] - 1


def merged(codes: Sequence[object]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Neighbouring deletions and insertions as one replacement."""
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    fresh = True
    for code in codes:
        if code.tag == "equal":  # type: ignore[attr-defined]
            fresh = True
            continue
        ours = (code.src_start, code.src_end)  # type: ignore[attr-defined]
        theirs = (code.dest_start, code.dest_end)  # type: ignore[attr-defined]
        if fresh:
            found.append((ours, theirs))
        else:
            before_ours, before_theirs = found[-1]
            found[-1] = ((before_ours[0], ours[1]), (before_theirs[0], theirs[1]))
        fresh = False
    return found
