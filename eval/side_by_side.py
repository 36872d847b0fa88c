"""Claimdesk beside what people would use instead, on the same data and machine: ``python -m eval.side_by_side``.

    search WAY… --out DIR [--keep DIR]   index the news articles and put the answerable questions to each way
    quotations --out DIR                 altered and true quotations to each published rule
    embedding --out DIR                  passages a second of each way to embed
    table --out DIR                      the tables of what DIR holds, in Markdown

Each step writes one JSON file a way into DIR, so that steps may run one after the other on a quiet machine. ``--keep``
holds the indexes between runs; the seconds of indexing are then those of the run that built them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from assistant import Assistant, QuoteStatus
from eval.mutators import quotation_mutants
from eval.rivals.embedding import WAYS as EMBEDDING
from eval.rivals.embedding import texts_of
from eval.rivals.quotations import RULES, letters_and_digits, other_typography
from eval.rivals.search import WAYS, News
from eval.rivals.tables import markdown
from eval.runner import BUNDLED, assistant_over
from eval.suites import mutants
from eval.suites.retrieval import ARTICLES, QUESTIONS, read_questions

DATA = "CLAIMDESK_DATA"


def search(ways: Sequence[str], data: Path, out: Path, keep: Path | None) -> None:
    """Index and ask with each of ``ways``; writes ``search-WAY.json`` with the order that each question got."""
    articles = read_news(data / ARTICLES)
    for name in ways:
        with tempfile.TemporaryDirectory(prefix="claimdesk-side-") as passing:
            folder = (keep or Path(passing)) / name
            folder.mkdir(parents=True, exist_ok=True)
            way = WAYS[name](folder)
            built = _built(folder, lambda way=way: way.index(articles, data / ARTICLES))  # type: ignore[misc]
            orders, seconds = {}, []
            for question in read_questions(data / QUESTIONS):
                began = time.perf_counter()
                orders[question.id] = way.order(question.text)[:10]
                seconds.append(time.perf_counter() - began)
            way.close()
            size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        told = {**built, "disk_mb": round(size / 1e6, 1), "milliseconds": round(1000 * median(seconds), 1)}
        _write(out / f"search-{name}.json", {"way": name, **told, "orders": orders})


def quotations(out: Path) -> None:
    """Put every altered sentence of the suite ``mutants``, and the true ones, to each rule; writes ``quotations-RULE``.

    The evaluated sentences, their articles and their alterations are those of ``claimdesk eval mutants``.
    """
    with assistant_over(BUNDLED / "wikinews.jsonl.gz") as assistant:

        def ours(quotation: str, article: str) -> bool:  # noqa: ARG001 - it knows the collection
            audited = assistant.audit_quotes(f"“{quotation}”")
            return any(one.status in (QuoteStatus.EXACT, QuoteStatus.TYPOGRAPHY) for one in audited)

        asked = _quotations(assistant)
        for name, accepts in {"claimdesk": ours, **RULES}.items():
            counts: dict[str, list[int]] = {}  # kind → accepted, put
            began = time.perf_counter()
            for kind, quotation, article in asked:
                tally = counts.setdefault(kind, [0, 0])
                tally[0] += accepts(quotation, article)
                tally[1] += 1
            milliseconds = round(1000 * (time.perf_counter() - began) / len(asked), 2)
            file = f"quotations-{letters_and_digits(name)}.json"
            _write(out / file, {"way": name, "kinds": counts, "milliseconds": milliseconds})


def embedding(out: Path, count: int) -> None:
    """Embed ``count`` passages in each way; writes ``embedding-WAY.json`` with passages a second and the cosine to the
    first way's vectors.
    """
    texts = texts_of(BUNDLED / "wikinews.jsonl.gz", count)
    reference: Any = None
    with tempfile.TemporaryDirectory(prefix="claimdesk-side-") as folder:
        for name, opened in EMBEDDING.items():
            encode = opened(Path(folder))
            encode([*texts[:32], *texts[:33]])  # loads what is loaded once
            began = time.perf_counter()
            rows = encode(texts)
            seconds = time.perf_counter() - began
            reference = rows if reference is None else reference
            cosine = float((rows * reference).sum(axis=1).min())
            told = {"passages": len(texts), "passages_a_second": round(len(texts) / seconds, 1)}
            _write(
                out / f"embedding-{letters_and_digits(name)}.json", {"way": name, **told, "cosine": round(cosine, 5)}
            )


def _quotations(assistant: Assistant) -> list[tuple[str, str, str]]:
    """(kind, quotation, article's text): each sentence as it stands, as another desk types it, and every mutant."""
    found = []
    for taken in mutants.choose(assistant, mutants.SENTENCES):
        article, sentence = assistant.article(taken.sentence.article_id).text, taken.sentence.text
        found += [("true", sentence, article), ("true, other typography", other_typography(sentence), article)]
        found += [
            (mutant.kind, mutant.text, article)
            for mutant in quotation_mutants(sentence, taken.other, taken.names)
            if mutant.text.rstrip(".") not in article
        ]
    return found


def _built(folder: Path, index: Callable[[], int]) -> dict[str, Any]:
    """How many pieces and seconds indexing took: now, or when ``folder`` was built."""
    record = folder / "built.json"
    if not record.is_file():
        began = time.perf_counter()
        pieces = index()
        _write(record, {"pieces": pieces, "index_seconds": round(time.perf_counter() - began, 1)})
    found: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    return found


def read_news(path: Path) -> list[News]:
    """All articles of ``path`` (JSON lines, gzipped)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [News(row["url"], row["title"], row["text"]) for row in rows]


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(words: Sequence[str]) -> None:
    """Run one step. Ends with 1 where the data is not there."""
    parser = argparse.ArgumentParser(prog="python -m eval.side_by_side")
    parser.add_argument("step", choices=("search", "quotations", "embedding", "table"))
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--texts", type=int, default=1024, help="passages to embed in each way")
    asked = parser.parse_args(words)
    data = Path(os.environ.get(DATA, ""))
    if asked.step in ("search", "table") and not (data / QUESTIONS).is_file():
        sys.exit(f"{DATA} must name a folder with {ARTICLES} and {QUESTIONS}")
    if asked.step == "quotations":
        quotations(asked.out)
    elif asked.step == "embedding":
        embedding(asked.out, asked.texts)
    elif asked.step == "search":
        search(asked.ways or list(WAYS), data, asked.out, asked.keep)
    elif asked.step == "table":
        sys.stdout.write(markdown(asked.out, read_questions(data / QUESTIONS)))


if __name__ == "__main__":
    main(sys.argv[1:])
