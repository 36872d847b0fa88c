"""Quotations with something left out: fragments in order inside one paragraph are an elision, else a splice. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.quote import QuotePlace
from index import Sentence

Piece = tuple[str, int, int]  # article_id, start, end
_GAP = re.compile(r"\s*(?:\[[^\]]{0,120}\]|\(\s*(?:…|\.{3,})\s*\)|…|\.\s?\.\s?\.(?:\s?\.)?)\s*")
_NEGATION = re.compile(r"\b(?:not|never|no|none|nor|neither|without|cannot)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Elision:
    """Where the fragments stand. ``forward``: in order, inside one paragraph of one article."""

    pieces: tuple[Piece, ...]
    forward: bool
    exact: bool  # every fragment byte for byte

    @staticmethod
    def drops_negation(left_out: Sequence[str]) -> bool:
        """Whether the words left out between the fragments negate what the fragments say."""
        return any(_NEGATION.search(words) for words in left_out)


def insertions_in(quotation: str) -> list[str]:
    """What a writer put into the quotation between square brackets; "[…]" and "[sic]" put in nothing."""
    found = [match.strip() for match in re.findall(r"\[([^\]]{0,120})\]", quotation)]
    return [words for words in found if any(c.isalnum() for c in words) and words.lower() != "sic"]


def changes_sense(words: str) -> bool:
    """Whether inserted words say something that the source may not: a negation or a figure."""
    return bool(_NEGATION.search(words)) or any(character.isdigit() for character in words)


def fragments_of(quotation: str) -> list[str]:
    """The stretches between ellipses and bracketed insertions; one fragment when nothing is left out."""
    return [part for part in _GAP.split(quotation) if any(character.isalnum() for character in part)]


def find_elision(
    fragments: Sequence[str],
    home: Sequence[str],
    candidates: Sequence[str],
    places: Callable[[str, str], list[QuotePlace]],
    sentences: Callable[[str], Sequence[Sentence]],
) -> Elision | None:
    """Where all of several fragments stand: in order in one paragraph of a home article if possible, else anywhere.

    None when there is only one fragment, or one that stands nowhere.
    """
    if len(fragments) < 2:
        return None
    for article_id in home:
        found = [places(fragment, article_id) for fragment in fragments]
        if all(found):
            chain = _forward_chain(found, list(sentences(article_id)))
            if chain:
                pieces = tuple((article_id, place.start, place.end) for place in chain)
                return Elision(pieces, True, all(place.exact for place in chain))
    scattered: list[Piece] = []
    for fragment in fragments:
        spots = [(i, p.start, p.end) for i in (*home, *candidates) for p in places(fragment, i)]
        if not spots:
            return None
        scattered.append(spots[0])
    return Elision(tuple(scattered), False, False)


def find_stitch(
    quotation: str,
    home: Sequence[str],
    places: Callable[[str, str], list[QuotePlace]],
    sentences: Callable[[str], Sequence[Sentence]],
) -> Elision | None:
    """Two or three stretches of at least three words, sewn together without a mark, from different sentences.

    None when the words are no such seam; words left out inside one sentence are an alteration, not a splice.
    """
    words = [match.span() for match in re.finditer(r"\S+", quotation)]
    for article_id in home:
        pieces: list[Piece] = []
        first = 0
        while first < len(words) and len(pieces) < 3:
            run = _longest_run(quotation, words, first, article_id, places)
            if run is None:
                break
            first, place = run
            pieces.append((article_id, place.start, place.end))
        if first == len(words) and len(pieces) > 1 and not _in_one_sentence(pieces, sentences(article_id)):
            return Elision(tuple(pieces), False, False)
    return None


def _longest_run(
    quotation: str,
    words: Sequence[tuple[int, int]],
    first: int,
    article_id: str,
    places: Callable[[str, str], list[QuotePlace]],
) -> tuple[int, QuotePlace] | None:
    """The longest run of words from ``first`` on that stands somewhere: (the word after it, its place)."""
    low, high, found = first + 3, len(words), None
    while low <= high:  # a run that is not found has no longer run that is
        middle = (low + high) // 2
        spots = places(quotation[words[first][0] : words[middle - 1][1]], article_id)
        if spots:
            found, low = (middle, spots[0]), middle + 1
        else:
            high = middle - 1
    return found


def _in_one_sentence(pieces: Sequence[Piece], sentences: Sequence[Sentence]) -> bool:
    return any(all(s.start <= start and end <= s.end for _, start, end in pieces) for s in sentences)


def _forward_chain(found: list[list[QuotePlace]], sentences: list[Sentence]) -> list[QuotePlace]:
    """One place for each fragment, each after the one before, all in one paragraph; [] when there is no such chain."""
    for first in sorted(found[0], key=lambda place: place.start):
        chain = [first]
        for options in found[1:]:
            later = [place for place in options if place.start >= chain[-1].end]
            if not later:
                break
            chain.append(min(later, key=lambda place: place.start))
        same = _paragraph_at(sentences, first.start) == _paragraph_at(sentences, chain[-1].start)
        if len(chain) == len(found) and same:
            return chain
    return []


def _paragraph_at(sentences: list[Sentence], position: int) -> int:
    return max((sentence.paragraph for sentence in sentences if sentence.start <= position), default=-1)
