"""What changed from one version of an article to the next: sentence by sentence, with the words of both. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.types import ArticleHeader, Sentence, Span


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that was added (``before`` is None), removed (``after`` is None) or rewritten."""

    kind: Literal["added", "removed", "rewritten"]
    before: Span | None  # in the older version
    after: Span | None  # in the newer version


@dataclass(frozen=True, slots=True)
class Revision:
    """One version after another of the same source."""

    older: ArticleHeader
    newer: ArticleHeader
    changes: tuple[Change, ...]  # in the order of the text


def compare_sentences(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[Change]:
    """The changes that turn one list of sentences into the other, in order; white space alone is no change."""
    from rapidfuzz.distance import Levenshtein

    changes: list[Change] = []
    for step in Levenshtein.opcodes([_folded(s) for s in before], [_folded(s) for s in after]):
        if step.tag == "equal":
            continue
        old, new = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        both = min(len(old), len(new))
        changes += [Change("rewritten", _span(a), _span(b)) for a, b in zip(old[:both], new[:both], strict=True)]
        changes += [Change("removed", _span(sentence), None) for sentence in old[both:]]
        changes += [Change("added", None, _span(sentence)) for sentence in new[both:]]
    return changes


def _folded(sentence: Sentence) -> str:
    return " ".join(sentence.text.split())


def _span(sentence: Sentence) -> Span:
    return Span(sentence.article_id, sentence.start, sentence.end, sentence.text)
