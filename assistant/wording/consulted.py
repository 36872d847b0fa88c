"""Which sources a claim is put to, and which of their sentences are read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.language.lexicon.wordnet import is_common_word
from assistant.language.reader import split_text
from assistant.language.stems import STEM
from assistant.naming import find_named_sources
from assistant.types import Scope
from assistant.wording.near import nearest as nearest_sentences
from index import ArticleHeader, Hit, SearchFilter, SectionKind, Sentence, Sources, current_ids

EVERYBODY = 12  # sources up to this many are all consulted
SEARCHED = 300  # passages of the one search: the best find further sources, all of them tell where to read in these
TOP = 50  # passages that find sources; and of those in the sources found, the ones that are read around
FEWEST = 2  # with ``nearest``: so many of the best found are kept whatever they name
DATES = frozenset(name.casefold() for name in (*calendar.day_name, *calendar.month_name))
_WORD = re.compile(r"\w+")
WHOLE = 150  # sentences: a longer article is read around its hits only
AROUND = 2  # sentences on each side of a hit
PER_SOURCE = 4


@dataclass(frozen=True, slots=True)
class Consulted:
    headers: tuple[ArticleHeader, ...]
    left_out: frozenset[str] = frozenset()  # ids of the articles in scope that are not put to it
    nearest: bool = False  # those that came nearest, of many: what is far from the claim is not read in them either
    hits: tuple[Hit, ...] = ()  # where in them, best first; none where all were consulted without a search

    @property
    def not_consulted(self) -> int:
        return len(self.left_out)

    @property
    def many(self) -> bool:
        """Whether they are too many to be read whole: then only what is near the text is read of each."""
        return self.nearest or len(self.headers) > EVERYBODY


def choose_sources(text: str, sources: Sources, scope: Scope, *, nearest: bool = False) -> Consulted:
    """The sources named by the user; else all if there are at most 12; else those named in ``text`` or with a
    passage in the fused top 50; with ``nearest``, of these only such as name something of the claim.
    Raises UnknownSource, AmbiguousSource."""
    headers = [header for header in sources.headers() if in_time(header, scope)]
    if scope.names:
        wanted = current_ids(scope.names, sources)
        return Consulted(tuple(h for h in headers if h.article_id in wanted))
    if len(headers) <= EVERYBODY:
        return Consulted(tuple(headers))
    named = {i for place in find_named_sources(text, headers) if not place.everyone for i in place.article_ids}
    every = len(headers) == len(sources.headers())  # a filter that lets all through costs as much as the search
    within = None if every else SearchFilter(frozenset(header.article_id for header in headers))
    hits = sources.search(text, limit=SEARCHED, within=within, per_source=1)
    best = list(dict.fromkeys(hit.passage.article_id for hit in hits[:TOP]))
    if nearest:
        wanted = telling_words(text)
        best = [i for n, i in enumerate(best) if n < FEWEST or names_any(wanted, sources.sentences(i))]
    found = named | set(best)
    kept = tuple(header for header in headers if header.article_id in found)
    here = tuple(hit for hit in hits if hit.passage.article_id in found)[:TOP]
    return Consulted(kept, frozenset(header.article_id for header in headers) - found, nearest, here)


def telling_words(text: str) -> frozenset[str]:
    """What the claim names, else its content words, cut to stems: a source that has none of them tells nothing of it.

    No score is asked for: who denies a thing in a line is far from the claim by every measure of likeness.
    """
    words = _WORD.findall(text)
    names = [
        word
        for place, word in enumerate(words)
        if word[0].isupper() and (place > 0 or not is_common_word(word.casefold())) and word.casefold() not in DATES
    ]
    contents = [word for word in words if is_common_word(word.casefold()) and len(word) >= STEM - 1]
    return frozenset(word.casefold()[:STEM] for word in names or contents)


def names_any(wanted: frozenset[str], rows: Sequence[Sentence]) -> bool:
    return not wanted or any(word.casefold()[:STEM] in wanted for row in rows for word in _WORD.findall(row.text))


def in_time(header: ArticleHeader, scope: Scope) -> bool:
    """Undated articles are kept."""
    if header.published is None:
        return True
    latest = min((day for day in (scope.until, scope.as_of) if day), default=None)
    return not (scope.since and header.published < scope.since) and not (latest and header.published > latest)


def sentences_for(text: str, consulted: Consulted, sources: Sources) -> Mapping[str, Sequence[Sentence]]:
    """Sentences of each source to compare: all of a short article, those around the hits of a long one; of many sources
    those around the hits that are near the text. Of many, one consulted for its name alone is looked through whole."""
    found = {header.article_id: sources.sentences(header.article_id) for header in consulted.headers}
    many = consulted.many
    long = {article_id: rows for article_id, rows in found.items() if many or len(rows) > WHOLE}
    hits: Sequence[Hit] = consulted.hits
    if long and not hits:
        hits = sources.search(text, limit=TOP, within=SearchFilter(frozenset(long)), per_source=PER_SOURCE)
    places = places_of(hits)
    for article_id, rows in long.items():
        if article_id in places or not many:
            found[article_id] = around(rows, places.get(article_id, ()))
    return nearest_sentences([sentence.text for sentence in split_text(text)], found) if many else found


def places_of(hits: Sequence[Hit]) -> dict[str, list[tuple[int, int]]]:
    """Start and end of the passages found in each article."""
    places: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        places.setdefault(hit.passage.article_id, []).append((hit.passage.start, hit.passage.end))
    return places


def around(rows: Sequence[Sentence], places: Sequence[tuple[int, int]]) -> list[Sentence]:
    """The sentences that overlap a place, their neighbours, and the headline; in order."""
    kept = {number for number, row in enumerate(rows) if row.section is SectionKind.HEADLINE}
    for number, row in enumerate(rows):
        if any(row.start < end and start < row.end for start, end in places):
            kept.update(range(max(0, number - AROUND), min(len(rows), number + AROUND + 1)))
    return [rows[number] for number in sorted(kept)]
