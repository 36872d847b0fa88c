"""From a few words to the clause that carries them: what a statement quotes."""

from __future__ import annotations

from dataclasses import replace

from assistant.language.types import ParsedSentence, Token

_CLAUSE = {"ROOT", "advcl", "relcl", "ccomp", "xcomp", "acl", "conj", "pcomp", "csubj", "parataxis", "appos"}
_SHORT = 6  # words: a shorter clause says too little alone
_LONG = 40


def subtree(tokens: tuple[Token, ...], index: int) -> list[int]:
    """The positions of a token and all that depends on it, ascending."""
    children: dict[int, list[int]] = {}
    for position, token in enumerate(tokens):
        if token.head != position:
            children.setdefault(token.head, []).append(position)
    found, waiting = [], [index]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(children.get(here, ()))
    return sorted(found)


def token_at(parse: ParsedSentence, start: int, end: int) -> int:
    """The token in ``[start, end)`` that governs the others there; the first one when none does."""
    inside = [index for index, token in enumerate(parse.tokens) if token.start < end and start < token.end]
    heads = [index for index in inside if parse.tokens[index].head not in inside or parse.tokens[index].head == index]
    return heads[0] if heads else (inside[0] if inside else 0)


def clause_around(parse: ParsedSentence, start: int, end: int) -> tuple[int, int]:
    """The smallest clause round ``[start, end)`` of at least six words, without the punctuation at its ends.

    The whole sentence when the parse has no such clause.
    """
    tokens = parse.tokens
    if not tokens:
        return parse.start, parse.end
    index = token_at(parse, start, end)
    for _ in range(len(tokens)):
        token = tokens[index]
        if token.pos in ("VERB", "AUX") and token.dep in _CLAUSE:
            first, last = _edges(tokens, subtree(tokens, index))
            if last - first + 1 >= _SHORT and tokens[first].start <= start and tokens[last].end >= end:
                return tokens[first].start, tokens[last].end
        if token.head == index:
            break
        index = token.head
    return parse.start, parse.end


def _edges(tokens: tuple[Token, ...], inside: list[int]) -> tuple[int, int]:
    """First and last token of a subtree, commas, dashes and conjunctions at its ends left out."""
    kept = list(inside)
    while len(kept) > 1 and (
        tokens[kept[0]].pos in ("PUNCT", "CCONJ", "SPACE") and tokens[kept[0]].text not in "\"'“‘$£€"
    ):
        kept.pop(0)
    while len(kept) > 1 and tokens[kept[-1]].text in (",", ";", ":", "-", "–", "—"):
        kept.pop()
    return kept[0], kept[-1]


def shorten(parse: ParsedSentence, start: int, end: int) -> tuple[int, int]:
    """The clause round a stretch when the sentence is long, else the sentence."""
    if len(parse.text.split()) <= _LONG:
        return parse.start, parse.end
    return clause_around(parse, start, end)


def within(parse: ParsedSentence, start: int, end: int) -> ParsedSentence:
    """The part of a parse that lies in ``[start, end)``; a token whose head lies outside becomes a root."""
    kept = [i for i, token in enumerate(parse.tokens) if start <= token.start and token.end <= end]
    places = {old: new for new, old in enumerate(kept)}
    tokens = tuple(replace(parse.tokens[old], head=places.get(parse.tokens[old].head, places[old])) for old in kept)
    text = parse.text[max(start - parse.start, 0) : end - parse.start]
    return replace(parse, start=max(start, parse.start), end=min(end, parse.end), text=text, tokens=tokens)
