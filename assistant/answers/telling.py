"""Tell what one sentence says: its words quoted, a list item under its lead-in, a quotation from where it opens."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.matching import Match
from assistant.answers.material import Material
from index import SectionKind, Sentence, Span

LONG = 45  # words; of a longer sentence the clause round the answer is quoted, the citation still has the whole
CONTEXT = 0.3  # coverage from which a refusal shows what comes nearest
MOST_NEAREST = 3  # sentences that a refusal shows
BESIDE = 0.8  # of the nearest sentence's score, what a further one of its source needs
OPENING, CLOSING = "“„«", "”»"


def tell(draft: Draft, span: Span, *, prefix: str = "") -> None:
    """Add a statement for the sentence at ``span``: who says it, and the words. ``prefix``: "Yes, by "."""
    material = draft.material
    sentence = material.sentence_at(span.article_id, span.start)
    name = draft.label(span.article_id)
    if sentence is None:
        draft.say(
            f"{prefix}{name} says: {draft.quoted(span.article_id, span.start, span.end)}.",
            draft.cite(span.article_id, span.start, span.end),
        )
        return
    if not material.whole:
        number = draft.cite(span.article_id, *with_neighbours(material, sentence))
        where = "says in its headline" if sentence.section is SectionKind.HEADLINE else "says"
        draft.say(f"{prefix}{name} {where}: {draft.quoted(span.article_id, sentence.start, sentence.end)}.", number)
        return
    opened = opening_of(draft, sentence)
    if opened is not None:
        first = draft.cite(span.article_id, opened.start, sentence.end)
        draft.say(f"{prefix}{name} says: {draft.quoted(span.article_id, opened.start, sentence.end)}.", first)
        return
    lead = lead_in_of(draft, sentence)
    number = draft.cite(span.article_id, sentence.start, sentence.end)
    words = draft.quoted(span.article_id, *_shown(draft, sentence, span))
    if lead is not None:
        draft.say(
            f"{prefix}{name}, under {draft.quoted(span.article_id, lead.start, lead.end)}: {words}.",
            draft.cite(span.article_id, lead.start, lead.end),
            number,
        )
        return
    where = "says in its headline" if sentence.section is SectionKind.HEADLINE else "says"
    draft.say(f"{prefix}{name} {where}: {words}.", number)


def with_neighbours(material: Material, sentence: Sentence) -> tuple[int, int]:
    """A sentence of a large collection with those beside it: who "he" is often stands there."""
    rows = material.sources.sentences(sentence.article_id)
    place = next(i for i, row in enumerate(rows) if row.start == sentence.start)
    near = [row for row in rows[max(0, place - 1) : place + 2] if row.section is sentence.section]
    return near[0].start, near[-1].end


def tell_nearest(draft: Draft, ranked: Sequence[Match], told: Collection[str] = ()) -> None:
    """What comes nearest in each source, as context and no more than context; sources in ``told`` are left out."""
    near = [m for m in ranked if m.coverage >= CONTEXT and m.sentence.article_id not in told]
    firsts = list({m.sentence.article_id: m for m in reversed(near)}.values())[::-1]
    further = [m for m in near if m not in firsts and m.score >= BESIDE * near[0].score]
    for match in [*firsts, *further][: MOST_NEAREST if draft.material.whole else 1]:
        sentence = match.sentence
        span = Span(sentence.article_id, sentence.start, sentence.end, sentence.text)
        tell(draft, span, prefix="The nearest: ")


def _shown(draft: Draft, sentence: Sentence, span: Span) -> tuple[int, int]:
    if len(sentence.text.split()) <= LONG:
        return sentence.start, sentence.end
    if (span.start, span.end) == (sentence.start, sentence.end):
        return sentence.start, sentence.end
    parse = draft.material.reader.parse([sentence])[0]
    return clause_around(parse, span.start, span.end)


def lead_in_of(draft: Draft, sentence: Sentence) -> Sentence | None:
    """The sentence that introduces a list, when this is one of its items."""
    if not sentence.bullet:
        return None
    before = [s for s in draft.material.sentences[sentence.article_id] if s.start < sentence.start and not s.bullet]
    return before[-1] if before and before[-1].text.rstrip().endswith(":") else None


def opening_of(draft: Draft, sentence: Sentence) -> Sentence | None:
    """The sentence before, when a quotation opens there that ends in this one: together they are what was said."""
    if not _closes(sentence.text):
        return None
    before = [s for s in draft.material.sentences[sentence.article_id] if s.end <= sentence.start]
    if before and before[-1].paragraph == sentence.paragraph and _opens(before[-1].text):
        return before[-1]
    return None


def _closes(text: str) -> bool:
    """Whether a quotation ends in the text that did not begin there."""
    depth = 0
    for character in text:
        depth += (character in OPENING) - (character in CLOSING)
        if depth < 0:
            return True
    return text.count('"') % 2 == 1 and text.find('"') > 0


def _opens(text: str) -> bool:
    opened = sum(text.count(c) for c in OPENING) > sum(text.count(c) for c in CLOSING)
    return opened or text.count('"') % 2 == 1
