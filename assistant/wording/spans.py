"""Which stretch of a sentence to quote as evidence: the clause that carries the matter, with who says so."""

from __future__ import annotations

from assistant.wording.align import Alignment
from assistant.wording.relations import Words
from assistant.wording.words import Kin

SHORT = 48  # words: a sentence up to this length is quoted whole


def evidence_words(alignment: Alignment) -> Words:
    """A sentence, or of a long one the clauses that the claim was matched with. Starts and ends on word boundaries."""
    sentence = alignment.side.sentence
    whole = Words(sentence.text, sentence.start, sentence.end)
    if len(sentence.tokens) <= SHORT:
        return whole
    held = [
        (m.theirs.start, m.theirs.end)
        for m in alignment.matching.matches
        if m.theirs is not None and not m.context and m.kin > Kin.RELATED
    ]
    held += [(r.theirs.start, r.theirs.end) for r in alignment.relations if r.slot == "quantity" and r.theirs.end]
    if not held:
        return whole
    frames = [theirs for _, theirs, _ in alignment.pairs if theirs is not None]
    start = min([first for first, _ in held] + [frame.start for frame in frames])
    end = max([last for _, last in held] + [frame.end for frame in frames])
    return Words(sentence.text[start - sentence.start : end - sentence.start], start, end)
