"""How many independent voices speak: copies count once."""

from __future__ import annotations

from collections.abc import Sequence

from index import ArticleHeader


def voices_of(article_ids: Sequence[str], headers: Sequence[ArticleHeader]) -> int:
    """Distinct texts among the articles named."""
    texts = {header.article_id: header.text_sha256 for header in headers}
    return len({texts[article_id] for article_id in article_ids})
