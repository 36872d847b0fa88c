"""Turn the MEANTIME release of Wikinews into articles to index: ``python -m eval.convert_wikinews IN OUT``.

The release holds tokenised sentences with headline and date in front. Here the date becomes metadata, Penn quotation
marks become typographic ones, and sentences are grouped three to a paragraph (the release has no paragraphs).
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

PARAGRAPH = 3  # sentences
_MARKS = ((r"``\s*", "“"), (r"\s*''", "”"), (r"(?<!\w)`\s+", "‘"), (r"\s+'(?=\s|”|$)", "’"), (r"GB\s*#\s*", "£"))


def untokenise(sentence: str) -> str:
    """Penn Treebank quotation marks as typographic ones.

    >>> untokenise("He said `` This is it. ''")
    'He said “This is it.”'
    """
    for pattern, mark in _MARKS:
        sentence = re.sub(pattern, mark, sentence)
    return sentence.strip()


def convert(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """One article for each row with a headline, a date and at least one sentence."""
    for row in rows:
        headline, day, *sentences = [untokenise(sentence) for sentence in row["sentences"]]
        paragraphs = [" ".join(sentences[i : i + PARAGRAPH]) for i in range(0, len(sentences), PARAGRAPH)]
        yield {
            "id": f"wikinews/{row['doc_id'].removeprefix('corpus_')}",
            "title": headline,
            "date": datetime.strptime(day, "%B %d, %Y").date().isoformat(),
            "publisher": "Wikinews",
            "text": "\n\n".join(paragraphs),
        }


def main(source: str, target: str) -> None:
    """Read ``source`` (JSONL, gzipped) and write ``target`` (the same), byte for byte the same at every run."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        articles = [json.dumps(article, ensure_ascii=False) for article in convert(json.loads(line) for line in lines)]
    Path(target).write_bytes(gzip.compress(("\n".join(articles) + "\n").encode(), mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:3])
