"""Who rests on whom: the outlets that an article reports from, and articles that are copies of one another.

Several articles with one upstream source, and near-copies, count as one voice. Nothing here judges what they say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.language.lexicon import is_outlet_name
from assistant.language.names import same_name
from assistant.language.types import Frame, SpeakerKind
from index import Article, Sentence, Sources, Span

SHINGLE = 5  # words
COPY_SHARE = 0.6  # of the shorter article's shingles
SHORTEST = 20  # shingles; less text than that is compared by its hash alone
MAIN_SHARE = 0.15  # of an article's characters
NEAR = 80  # characters
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Upstream:
    """An outlet that an article reports from, and the words of the article that say so."""

    outlet: str  # normal form: "nbc news"; "the outlet" is resolved to the name used before it
    span: Span  # the attribution itself: "per NBC", "according to the Times"
    scope: tuple[int, int]  # the clause that rests on it


@dataclass(frozen=True, slots=True)
class Voice:
    """Articles that count as one source."""

    article_ids: tuple[str, ...]  # in order of entry
    reason: str  # "" for a single article, else "same text", "near copy", "both report nbc news"


def upstream_of(frames: Sequence[Frame], article: Article) -> list[Upstream]:
    """The outlets behind one article's statements, in order of the text, one row for each clause that rests on one."""
    rows: list[Upstream] = []
    last = ""
    own = (article.publisher or "").lower()
    for frame in sorted(frames, key=lambda frame: frame.start):
        speaker = frame.speaker
        outlet = speaker.name if speaker.kind is SpeakerKind.OUTLET else speaker.relayed_by
        if not outlet:
            continue
        if not is_outlet_name(outlet):
            outlet = last or outlet  # "the outlet": the one named before
        if own and same_name(outlet, own):
            continue
        last = canonical(outlet, rows)
        start, end = attribution_span(frame, outlet, article.text)
        span = Span(article.article_id, start, end, article.text[start:end])
        rows.append(Upstream(last, span, (frame.start, frame.end)))
    return rows


def attribution_span(frame: Frame, outlet: str, text: str) -> tuple[int, int]:
    """The speaker's words, with the outlet's name when it stands near them: "an official told the Daily Courier"."""
    start, end = frame.speaker.start, frame.speaker.end
    place = text.casefold().find(outlet, frame.sentence_start, frame.sentence_end)
    if place < 0 or len(text.casefold()) != len(text):  # some letters grow when folded
        return start, end
    low, high = min(start, place), max(end, place + len(outlet))
    return (low, high) if high - low <= NEAR else (place, place + len(outlet))


def canonical(outlet: str, rows: Sequence[Upstream]) -> str:
    """The name under which the outlet was met before: "nbc" after "nbc news"."""
    for row in rows:
        if row.outlet == outlet or starts_alike(row.outlet, outlet):
            return row.outlet
    return outlet


def starts_alike(left: str, right: str) -> bool:
    """ "nbc" and "nbc news", "the times" and "times of london": one begins or ends with the other's words."""
    few, many = sorted((left.split(), right.split()), key=len)
    return bool(few) and (many[: len(few)] == few or many[-len(few) :] == few)


def main_upstreams(rows: Sequence[Upstream], length: int) -> list[str]:
    """Outlets on which an article of ``length`` characters rests: those behind MAIN_SHARE of it, most first."""
    covered: dict[str, set[int]] = {}
    for row in rows:
        covered.setdefault(row.outlet, set()).update(range(*row.scope))
    shares = {outlet: len(places) / max(1, length) for outlet, places in covered.items()}
    return sorted((outlet for outlet, share in shares.items() if share >= MAIN_SHARE), key=lambda o: (-shares[o], o))


def voices(articles: Sequence[Article], upstreams: Mapping[str, Sequence[Upstream]] | None = None) -> list[Voice]:
    """Group articles that are one voice; every article stands in exactly one group, order of entry kept.

    ``upstreams``: article_id → rows of ``upstream_of``; articles that rest on one outlet are then joined too, and
    with the outlet's own article when it is among them.
    """
    parent = {article.article_id: article.article_id for article in articles}
    reasons: dict[str, str] = {}

    def root(article_id: str) -> str:
        while parent[article_id] != article_id:
            article_id = parent[article_id]
        return article_id

    def join(left: str, right: str, reason: str) -> None:
        first, second = root(left), root(right)
        if first != second:
            parent[second] = first
            reasons[first] = reasons.get(first) or reasons.get(second) or reason

    shingled = {article.article_id: shingles(article.text) for article in articles}
    for left, right in combinations(articles, 2):
        if left.text_sha256 == right.text_sha256:
            join(left.article_id, right.article_id, "same text")
        elif is_copy(shingled[left.article_id], shingled[right.article_id]):
            join(left.article_id, right.article_id, "near copy")
    for left_id, right_id, outlet in shared_upstreams(articles, upstreams or {}):
        join(left_id, right_id, f"both report {outlet}")
    groups: dict[str, list[str]] = {}
    for article in articles:
        groups.setdefault(root(article.article_id), []).append(article.article_id)
    return [Voice(tuple(ids), reasons.get(first, "")) for first, ids in groups.items()]


def shared_upstreams(
    articles: Sequence[Article], upstreams: Mapping[str, Sequence[Upstream]]
) -> list[tuple[str, str, str]]:
    """(article_id, article_id, outlet): pairs that rest on one outlet, or one on the other's own publisher."""
    resting = {
        article.article_id: main_upstreams(upstreams.get(article.article_id, ()), len(article.text))
        for article in articles
    }
    found: list[tuple[str, str, str]] = []
    for left, right in combinations(articles, 2):
        for one, other in ((left, right), (right, left)):
            publisher = (other.publisher or "").lower()
            own = [outlet for outlet in resting[one.article_id] if publisher and starts_alike(outlet, publisher)]
            found.extend((one.article_id, other.article_id, outlet) for outlet in own[:1])
        shared = [o for o in resting[left.article_id] if any(starts_alike(o, p) for p in resting[right.article_id])]
        found.extend((left.article_id, right.article_id, outlet) for outlet in shared[:1])
    return found


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of SHINGLE words, case folded: typography and line breaks make no difference."""
    words = WORD.findall(text.casefold())
    return frozenset(hash(tuple(words[place : place + SHINGLE])) for place in range(len(words) - SHINGLE + 1))


def is_copy(left: frozenset[int], right: frozenset[int]) -> bool:
    smaller = min(len(left), len(right))
    return smaller >= SHORTEST and len(left & right) >= COPY_SHARE * smaller


def shared_sentences(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Pairs of sentences of two articles with the same words, at least eight of them: what was copied."""
    index = {tuple(WORD.findall(sentence.text.casefold())): sentence for sentence in right}
    pairs = []
    for sentence in left:
        words = tuple(WORD.findall(sentence.text.casefold()))
        if len(words) >= 8 and words in index:
            pairs.append((sentence, index[words]))
    return pairs


def voices_of(sources: Sources, article_ids: Sequence[str]) -> list[Voice]:
    """``voices`` of stored articles by text alone. Raises UnknownSource."""
    return voices([sources.article(article_id) for article_id in article_ids])
