"""Verdicts as schema.org ClaimReview, for publishers. "Not enough evidence" is no finding and is never exported."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.errors import BadInput
from assistant.selectors import fragment_link
from assistant.types import Stance, Verdict, VerdictLabel, Verification
from index import Article, Sources

# ratingValue of 1 to 5 as ClaimReview's readers expect; the words are what counts.
RATING = {
    VerdictLabel.SUPPORTED: (5, "Supported by the sources"),
    VerdictLabel.CONFLICTING: (3, "The sources conflict"),
    VerdictLabel.REFUTED: (1, "Refuted by the sources"),
}


def claim_reviews(verification: Verification, sources: Sources, *, author: str, day: date) -> dict[str, Any]:
    """One JSON-LD document with a ClaimReview for each verdict that finds something.

    ``author`` is the organisation that publishes the review, ``day`` its date. Raises BadInput when there is nothing
    to publish.
    """
    reviews = [_review(verdict, sources, author, day) for verdict in verification.verdicts if verdict.label in RATING]
    if not reviews:
        raise BadInput(
            "no claim was supported, refuted or in conflict: there is nothing to publish as a ClaimReview",
            "claimdesk verify … --report FILE.html",
        )
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(verdict: Verdict, sources: Sources, author: str, day: date) -> dict[str, Any]:
    value, words = RATING[verdict.label]
    evidence = [
        _work(sources.article(part.span.article_id), part.span.start, part.span.end, source.stance)
        for source in verdict.sources
        for part in source.evidence
    ]
    return {
        "@type": "ClaimReview",
        "datePublished": day.isoformat(),
        "author": {"@type": "Organization", "name": author},
        "claimReviewed": verdict.claim.text,
        "itemReviewed": {"@type": "Claim", "name": verdict.claim.text},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": words,
        },
        "reviewBody": verdict.reason,
        "citation": evidence,
    }


def _work(article: Article, start: int, end: int, stance: Stance) -> dict[str, Any]:
    known = {
        "headline": article.headline,
        "author": article.byline,
        "publisher": article.publisher,
        "datePublished": article.published.isoformat() if article.published else None,
        "url": fragment_link(article.url, article.text, start, end) if article.url else None,
    }
    return {
        "@type": "NewsArticle",
        "text": article.text[start:end],
        "abstract": f"This source {stance} the claim.",
        **{name: value for name, value in known.items() if value},
    }
