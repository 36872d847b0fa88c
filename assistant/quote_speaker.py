"""Who says a quotation, in the draft and in the source: another speaker, or nobody's quotation, is told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from assistant.draft import DraftQuotation, find_draft_quotations
from assistant.language.names import same_name
from assistant.language.reader import LanguageReader
from assistant.language.types import Frame, Speaker, SpeakerKind
from assistant.types import Flag, FlagKind, FlagSide
from index import Sources, Span

PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who", "one"})  # they name nobody
PERSONAL = (SpeakerKind.NAMED, SpeakerKind.UNNAMED)


def speakers_in_draft(
    draft: str, quotations: Sequence[DraftQuotation], reader: LanguageReader
) -> Iterator[Speaker | None]:
    """Who the draft says each of its quotations: a named or unnamed speaker; None for an outlet, the article itself, or
    nobody. A paragraph is read once for all that stand in it."""
    for (start, end), inside in groupby(quotations, key=lambda quotation: _paragraph_round(draft, quotation)):
        frames = reader.frames_of_text(draft[start:end])
        for quotation in inside:
            yield _speaker_in(frames, quotation.start - start, quotation.end - start)


def _paragraph_round(draft: str, quotation: DraftQuotation) -> tuple[int, int]:
    end = draft.find("\n", quotation.end)
    return draft.rfind("\n", 0, quotation.start) + 1, end if end >= 0 else len(draft)


def _speaker_in(frames: Sequence[Frame], first: int, last: int) -> Speaker | None:
    speaker = _speaker_at(frames, first, last)
    if speaker is not None and first <= speaker.start < last:
        return None  # whom the quotation itself names says something in it, not it
    if speaker is None or speaker.kind not in PERSONAL or speaker.text.lower() in PRONOUNS:
        return None
    return speaker


def speaker_flags(ours: Speaker, match: Span, sources: Sources, reader: LanguageReader) -> tuple[Flag, ...]:
    """What differs between the draft's speaker and the source's for the words at ``match``."""
    article = sources.article(match.article_id)
    said = FlagSide(ours.text)
    if not any(q.start <= match.start and match.end <= q.end for q in find_draft_quotations(article.text)):
        note = f"The draft lets {ours.text} say this; in the source these are the article's own words, unquoted."
        return (Flag(FlagKind.QUOTATION, note, said, FlagSide.of(match)),)
    paragraph = {
        s.paragraph for s in sources.sentences(match.article_id) if s.start < match.end and s.end > match.start
    }
    near = [s for s in sources.sentences(match.article_id) if s.paragraph in paragraph]
    theirs = _speaker_at(reader.frames(near), match.start, match.end)
    if theirs is None or theirs.kind not in PERSONAL or same_name(ours.name, theirs.name):
        return ()
    if ours.kind is SpeakerKind.UNNAMED or not theirs.text:
        return ()
    span = Span(match.article_id, theirs.start, theirs.end, article.text[theirs.start : theirs.end])
    note = f"The draft gives these words to {ours.text}, the source to “{span.quote}”."
    return (Flag(FlagKind.ATTRIBUTION, note, said, FlagSide.of(span)),)


def _speaker_at(frames: Sequence[Frame], start: int, end: int) -> Speaker | None:
    """The speaker of the frames that overlap ``[start, end)`` most, the article's own voice left out.

    ``frames`` are in order of the text: only those of the sentences there are looked at.
    """
    nearest = bisect_right(frames, start, key=lambda frame: frame.sentence_end)
    near = takewhile(lambda frame: frame.start < end, (frames[n] for n in range(nearest, len(frames))))
    found = [
        (min(end, frame.end) - max(start, frame.start), frame.speaker)
        for frame in near
        if frame.end > start and frame.speaker.kind is not SpeakerKind.OWN_VOICE
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None
