"""Cut an article into passages: windows of whole sentences. Offsets are exact; nothing here cleans or embeds text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.identity import passage_id_of
from index.types import Passage, Section, Sentence

# Measured on 300 questions over 2,454 articles: 500 characters found best of 400 to 1,600, and no overlap beat one.
TARGET_CHARACTERS = 500  # a passage grows while it stays within this
OVERLAP_SENTENCES = 0  # repeated from the passage before


def split_passages(
    article_id: str,
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    *,
    target: int = TARGET_CHARACTERS,
    overlap: int = OVERLAP_SENTENCES,
) -> list[Passage]:
    """Passages in order; every visible character of the sections stands in at least one.

    Headline and byline are passages of their own. A sentence longer than ``target`` is a passage by itself.
    """
    passages: list[Passage] = []
    for section in sections:
        inside = [sentence for sentence in sentences if section.start <= sentence.start < section.end]
        for start, end in _windows(text, section, inside, target, overlap):
            passage_id = passage_id_of(article_id, start, end)
            passages.append(Passage(passage_id, article_id, start, end, text[start:end], section.section))
    return passages


def text_to_embed(passage: Passage, headline: str | None) -> str:  # noqa: ARG001 - the choice below is about it
    """What the embedding model reads: the passage alone.

    Under its article's headline it was found worse (MRR of vectors alone 0.75 against 0.82 on a sample of 48
    questions): the headline is a passage of its own already.
    """
    return passage.text


def _windows(
    text: str, section: Section, sentences: Sequence[Sentence], target: int, overlap: int
) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= target:
            last += 1
        # A list's marker belongs to no sentence, but to the passage: start right after the sentence before.
        begin = sentences[first - 1].end if first else section.start
        while text[begin].isspace():
            begin += 1
        finish = sentences[last].end if last + 1 < len(sentences) else section.end
        yield begin, finish
        if last + 1 == len(sentences):
            return
        first = max(first + 1, last + 1 - overlap)
        if sentences[last + 1].end - sentences[first].start > target:
            first = last + 1  # the overlap would leave no room for anything new
