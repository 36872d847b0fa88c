"""Audit the quotations of a draft against the indexed articles. A status is relative to the article named, if any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, repeat

from assistant.draft import DraftQuotation, find_draft_quotations
from assistant.language.reader import LanguageReader
from assistant.listener import NOBODY, Listener
from assistant.naming import find_named_sources
from assistant.nearest import Nearest, difference_flags, find_nearest, word_diff
from assistant.quote import Folded, QuotePlace, find_quotation, fold
from assistant.quote_speaker import speaker_flags, speakers_in_draft
from assistant.splice import Elision, changes_sense, find_elision, find_stitch, fragments_of, insertions_in
from assistant.types import AuditedQuote, Flag, FlagKind, FlagSide, QuoteMatch, QuoteStatus
from index import Article, Sentence, Sources, Span

ALL_ARTICLES = 200  # in collections up to this size every article is read for every quotation
ALTERED = 0.6  # share of words in common from which the nearest stretch counts as the same quotation, altered
RELATED = 0.4  # below it the nearest stretch is other words, and how it differs says nothing

_SENTENCE_BREAK = re.compile(r"[.!?…][\"”’)]?\s+\S")


@dataclass(slots=True)
class _Shelf:
    """Articles already opened and folded for this audit."""

    sources: Sources
    articles: dict[str, Article] = field(default_factory=dict)
    folded: dict[str, Folded] = field(default_factory=dict)

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            self.articles[article_id] = self.sources.article(article_id)
            self.folded[article_id] = fold(self.articles[article_id].text)
        return self.articles[article_id]

    def places(self, quotation: str, article_id: str) -> list[QuotePlace]:
        return find_quotation(quotation, self.article(article_id).text, self.folded[article_id])

    def span(self, article_id: str, start: int, end: int) -> Span:
        return Span(article_id, start, end, self.article(article_id).text[start:end])

    def sentences(self, article_ids: Iterable[str], *, pairs: bool) -> list[Sentence]:
        """All sentences of the articles; with ``pairs`` every two neighbours of a paragraph too, as one."""
        found: list[Sentence] = []
        for article_id in article_ids:
            ours = self.sources.sentences(article_id)
            found += ours
            if pairs:
                text = self.article(article_id).text
                found += [
                    replace(one, end=next_one.end, text=text[one.start : next_one.end])
                    for one, next_one in pairwise(ours)
                    if one.paragraph == next_one.paragraph
                ]
        return found


def audit_draft(
    draft: str, *, sources: Sources, reader: LanguageReader | None = None, listener: Listener = NOBODY
) -> list[AuditedQuote]:
    """Every quotation of ``draft`` in order, each with its status, where its words stand, and what comes nearest.

    With ``reader`` the speakers are compared too: who says it in the draft, and who in the source. Raises Gone.
    """
    shelf = _Shelf(sources)
    headers = sources.headers()
    audited = []
    quotations = find_draft_quotations(draft)
    speakers = speakers_in_draft(draft, quotations, reader) if reader else repeat(None)
    for quotation, speaker in zip(quotations, speakers, strict=False):
        listener.stay()
        named = find_named_sources(_surroundings(draft, quotation), headers)
        attributed = tuple(dict.fromkeys(i for name in named if not name.everyone for i in name.article_ids))
        if len(headers) <= ALL_ARTICLES:
            candidates = [header.article_id for header in headers]
        else:
            hits = sources.search(quotation.text, limit=50)
            candidates = list(dict.fromkeys([*attributed, *(hit.passage.article_id for hit in hits)]))
        found = _audit(quotation, attributed, candidates, shelf)
        if reader and speaker:
            flags = speaker_flags(speaker, found.match, sources, reader) if found.match else ()
            found = replace(found, speaker=speaker.text, flags=(*found.flags, *flags))
        audited.append(found)
    return audited


def _surroundings(draft: str, quotation: DraftQuotation) -> str:
    """The draft's own sentence round a quotation, without the quoted words."""
    before = re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n\s*\n", draft[max(0, quotation.start - 400) : quotation.start])[-1]
    after = re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n\s*\n", draft[quotation.end : quotation.end + 400])[0]
    return f"{before} {after}"


def _audit(
    quotation: DraftQuotation, attributed: Sequence[str], candidates: Sequence[str], shelf: _Shelf
) -> AuditedQuote:
    home = list(attributed) or list(candidates)
    places = {article_id: shelf.places(quotation.text, article_id) for article_id in candidates}
    at_home = [(article_id, place) for article_id in home for place in places.get(article_id, ())]
    away = [(i, place) for i, found in places.items() if i not in home for place in found]
    if at_home:
        return _found(quotation, attributed, at_home, away, shelf)
    fragments = fragments_of(quotation.text)
    elision = find_elision(fragments, home, candidates, shelf.places, shelf.sources.sentences)
    if elision is None and not away:
        elision = find_stitch(quotation.text, home, shelf.places, shelf.sources.sentences)
    if elision is not None and attributed and all(article_id not in home for article_id, _, _ in elision.pieces):
        away = [(article_id, QuotePlace(start, end, False)) for article_id, start, end in elision.pieces]
    elif elision is not None:
        return _elided(quotation, attributed, elision, shelf)
    return _missing(quotation, attributed, home, away, shelf)


def _found(
    quotation: DraftQuotation,
    attributed: Sequence[str],
    at_home: list[tuple[str, QuotePlace]],
    away: list[tuple[str, QuotePlace]],
    shelf: _Shelf,
) -> AuditedQuote:
    ordered = sorted(at_home, key=lambda found: not found[1].exact)
    spans = [shelf.span(article_id, place.start, place.end) for article_id, place in ordered]
    elsewhere = [shelf.span(article_id, place.start, place.end) for article_id, place in away]
    return AuditedQuote(
        quotation.text,
        quotation.start,
        quotation.end,
        QuoteStatus.EXACT if ordered[0][1].exact else QuoteStatus.TYPOGRAPHY,
        attributed_to=spans[0].article_id if attributed else None,
        match=spans[0],
        matches=tuple(QuoteMatch(span, "same") for span in spans)
        + tuple(QuoteMatch(span, "elsewhere") for span in elsewhere),
        diff=() if ordered[0][1].exact else word_diff(quotation.text, spans[0].quote),
    )


def _elided(quotation: DraftQuotation, attributed: Sequence[str], elision: Elision, shelf: _Shelf) -> AuditedQuote:
    pieces = [shelf.span(*piece) for piece in elision.pieces]
    matches = [QuoteMatch(piece, "fragment") for piece in pieces]
    whole = None
    flags: tuple[Flag, ...] = ()
    if elision.forward:
        whole = shelf.span(pieces[0].article_id, pieces[0].start, pieces[-1].end)
        matches.insert(0, QuoteMatch(whole, "same"))
        rounds = list(dict.fromkeys(_sentence_round(piece, shelf) for piece in pieces))
        matches += [QuoteMatch(sentence, "nearest") for sentence in rounds if len(rounds) > 1]
        if elision.drops_negation(_left_out(pieces, rounds)):
            note = "The words left out include a negation: read the whole sentence."
            flags = (Flag(FlagKind.NEGATION, note, FlagSide(quotation.text), FlagSide.of(whole)),)
    else:
        matches += [QuoteMatch(_sentence_round(piece, shelf), "nearest") for piece in pieces]
    exact = QuoteStatus.EXACT if elision.exact else QuoteStatus.TYPOGRAPHY
    inserted = insertions_in(quotation.text)
    if inserted and whole is not None:
        note = f"The words in brackets are the draft's: {', '.join(inserted)}."
        telling = [words for words in inserted if changes_sense(words)]
        kind = FlagKind.NEGATION if telling else FlagKind.WORDING
        flags = (*flags, Flag(kind, note, FlagSide(quotation.text), FlagSide.of(whole)))
        exact = QuoteStatus.ALTERED if telling else exact
    return AuditedQuote(
        quotation.text,
        quotation.start,
        quotation.end,
        exact if elision.forward else QuoteStatus.SPLICED,
        attributed_to=attributed[0] if len(attributed) == 1 else (pieces[0].article_id if attributed else None),
        match=whole,
        matches=tuple(matches),
        flags=flags,
        elided=elision.forward,
    )


def _left_out(pieces: Sequence[Span], rounds: Sequence[Span]) -> list[str]:
    """What an elision leaves out of its pieces' sentences; whole sentences between them do not count."""
    found: list[str] = []
    for piece, following in pairwise(pieces):
        for around in rounds:
            start, end = max(piece.end, around.start), min(following.start, around.end)
            if start < end:
                found.append(around.quote[start - around.start : end - around.start])
    return found


def _sentence_round(span: Span, shelf: _Shelf) -> Span:
    for sentence in shelf.sources.sentences(span.article_id):
        if sentence.start <= span.start < sentence.end:
            return Span(span.article_id, sentence.start, sentence.end, sentence.text)
    return span


def _missing(
    quotation: DraftQuotation,
    attributed: Sequence[str],
    home: Sequence[str],
    away: list[tuple[str, QuotePlace]],
    shelf: _Shelf,
) -> AuditedQuote:
    several = _SENTENCE_BREAK.search(quotation.text) is not None
    nearest = find_nearest(quotation.text, shelf.sentences(home, pairs=several))
    altered = nearest is not None and not away and _same_quotation_altered(nearest)
    matches = [QuoteMatch(shelf.span(i, place.start, place.end), "elsewhere") for i, place in away]
    flags: tuple[Flag, ...] = ()
    if nearest is not None:
        matches += [QuoteMatch(nearest.sentence, "nearest")]
        flags = difference_flags(quotation.text, nearest) if nearest.similarity >= RELATED else ()
        if altered:  # the status and the diff say that words were changed; a flag says that the sense was
            flags = tuple(flag for flag in flags if flag.kind is not FlagKind.WORDING)
    return AuditedQuote(
        quotation.text,
        quotation.start,
        quotation.end,
        QuoteStatus.ALTERED if altered else QuoteStatus.NOT_FOUND,
        attributed_to=attributed[0] if attributed else None,
        match=nearest.span if altered and nearest else None,
        matches=tuple(matches),
        diff=nearest.diff if nearest else (),
        flags=flags,
    )


def _same_quotation_altered(nearest: Nearest) -> bool:
    same = sum(len(words.split()) for tag, words in nearest.diff if tag == "same")
    return nearest.similarity >= ALTERED and same >= 2
