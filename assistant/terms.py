"""The glossary of a collection: which outlets call what by which name, for whom, how often.

Two phrases are names for one thing where two articles have them in one place: counted by the same number, in the same
role of the same verb, or between the same words. How often each stands is counted in the articles' own text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.compare import rated_in, span_of
from assistant.differing import PairReader
from assistant.errors import BadInput
from assistant.language.reader import LanguageReader
from assistant.types import FlagKind, Scope
from assistant.wording.likelihood import weights
from assistant.wording.opened import Opened, open_topic
from index import ArticleHeader, Sources, Span

NAMING = frozenset(
    {"same_number", "gap_noun", "filler_subject", "modifiers", "modifier_status", "modifiers_judging",
     "modifier_judging"}
)  # fmt: skip
LIKELY = 0.4  # a name is shown beside its count: less is enough than for a difference
MOST_ARTICLES = 12  # without a topic
_LEADING = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your)\s+", re.IGNORECASE)
_COUNT = re.compile(
    r"^(?:(?:at least|more than|about|nearly|some|up to|record)\s+)?[\d.,]+(?:\s*(?:million|billion))?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TermUse:
    """One article's use of one name: how often, and where first."""

    span: Span
    count: int


@dataclass(frozen=True, slots=True)
class Term:
    """One name as it is written, without article and number, and who uses it."""

    wording: str
    uses: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Names for one thing, the most used first; ``seen``: the two places that join the first two of them."""

    terms: tuple[Term, ...]
    seen: tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class Terms:
    """``topic`` "" for the whole collection."""

    topic: str
    groups: tuple[TermGroup, ...]
    not_consulted: int = 0


def find_terms(topic: str, *, sources: Sources, reader: LanguageReader, differing: PairReader, scope: Scope) -> Terms:
    """The groups, those with the most uses first. An empty ``topic`` means all that the articles tell.

    Raises BadInput for a large collection without a topic; UnknownSource, AmbiguousSource, VerifierUnavailable.
    """
    if not topic and not scope.names and len(sources.headers()) > MOST_ARTICLES:
        raise BadInput(
            f"a glossary of more than {MOST_ARTICLES} articles needs a topic or sources", 'claimdesk terms "TOPIC"'
        )
    opened = open_topic(topic, sources=sources, reader=reader, differing=differing, scope=scope)
    joined = [(ours, theirs) for ours, theirs in joins(opened) if plain_term(ours.quote) != plain_term(theirs.quote)]
    articles = {header.article_id: sources.article(header.article_id).text for header in opened.headers}
    groups = [group_of(members, joined, articles, opened.headers) for members in clusters(joined)]
    kept = [group for group in groups if len(group.terms) > 1]
    return Terms(topic, tuple(sorted(kept, key=lambda group: (-uses_in(group), group.seen[0].start))), opened.skipped)


def joins(opened: Opened) -> list[tuple[Span, Span]]:
    """Places of two articles whose phrases name one thing."""
    by = weights()
    found = []
    for pair in opened.pairs:
        aligned = pair.aligned
        if aligned.left.sentence.article_id == aligned.right.sentence.article_id:
            continue
        for rate, candidate in rated_in(pair, by):
            naming = candidate.sign in NAMING and candidate.kind in {FlagKind.WORDING, FlagKind.OPINION}
            if naming and rate >= LIKELY:
                found.append((span_of(aligned.left, candidate.ours), span_of(aligned.right, candidate.theirs)))
    return found


def term_of(quote: str) -> str:
    """The name itself: without its article, owner or number.

    >>> term_of("the 300 agency staff")
    'agency staff'
    """
    short = _LEADING.sub("", " ".join(quote.split()))
    return _COUNT.sub("", short) or short


def plain_term(quote: str) -> str:
    return term_of(quote).casefold().replace("’", "'")


def clusters(joined: Sequence[tuple[Span, Span]]) -> list[list[str]]:
    """Names that are joined, directly or through others, in order of their first place."""
    parent: dict[str, str] = {}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for ours, theirs in joined:
        parent[top(plain_term(theirs.quote))] = top(plain_term(ours.quote))
    found: dict[str, list[str]] = defaultdict(list)
    for name in parent:
        found[top(name)].append(name)
    return list(found.values())


def group_of(
    members: Sequence[str],
    joined: Sequence[tuple[Span, Span]],
    articles: Mapping[str, str],
    headers: Sequence[ArticleHeader],
) -> TermGroup:
    seen = next(pair for pair in joined if plain_term(pair[0].quote) in members)
    written = {plain_term(span.quote): term_of(span.quote) for pair in joined for span in pair}
    terms = []
    for name in members:
        uses = [use for header in headers if (use := use_of(name, header.article_id, articles[header.article_id]))]
        if uses:
            terms.append(Term(written[name], tuple(uses)))
    terms.sort(key=lambda term: (-sum(use.count for use in term.uses), term.wording))
    return TermGroup(tuple(terms), seen)


def use_of(name: str, article_id: str, text: str) -> TermUse | None:
    """Whole words, case and typography aside."""
    pattern = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]")
    found = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]
    if not found:
        return None
    start, end = found[0]
    return TermUse(Span(article_id, start, end, text[start:end]), len(found))


def uses_in(group: TermGroup) -> int:
    return sum(use.count for term in group.terms for use in term.uses)


def terms_json(terms: Terms, headers: Mapping[str, ArticleHeader]) -> dict[str, object]:
    """The JSON of ``claimdesk terms``."""

    def span(found: Span) -> dict[str, object]:
        return {"article_id": found.article_id, "start": found.start, "end": found.end, "quote": found.quote}

    def use(found: TermUse) -> dict[str, object]:
        header = headers[found.span.article_id]
        told = {"source": header.source, "publisher": header.publisher, "count": found.count}
        return span(found.span) | told

    return {
        "topic": terms.topic,
        "groups": [
            {
                "terms": [{"wording": t.wording, "uses": [use(one) for one in t.uses]} for t in group.terms],
                "seen": [span(place) for place in group.seen],
            }
            for group in terms.groups
        ],
        "not_consulted": terms.not_consulted,
    }
