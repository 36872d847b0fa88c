"""How fast the store is. Run by hand, on a machine that does nothing else:

python tests/store_benchmark.py --index articles.jsonl.gz    indexing, against the embedder alone on the same texts
python tests/store_benchmark.py --rebuild 100000             building Chroma again from store.db
python tests/store_benchmark.py --open 100000                opening a home that was closed cleanly
python tests/store_benchmark.py --soak 10000                 so many questions beside a writer: memory and open files
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from index import Collection, Embedder, FloatMatrix, open_embedder
from index.catalog import Catalog, Prepared
from index.recovery import embed_passages
from index.split import text_to_embed
from index.types import Article, Passage, SectionKind
from index.writing import folder_of, writing
from tests.crash_victims import EMBEDDER, write_articles

DIMENSION = 384
PASSAGES_EACH = 50  # of a made-up article


class RandomEmbedder:
    """Directions by chance: the store's own speed, without a model's."""

    name = "random"
    dimension = DIMENSION
    fingerprint = "random-1"

    def embed(self, texts: list[str]) -> FloatMatrix:
        rows = np.random.default_rng(len(texts)).normal(size=(len(texts), DIMENSION)).astype(np.float32)
        unit: FloatMatrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class TimedEmbedder:
    """The real one, with a stop watch."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint
        self.seconds = self.processor = 0.0

    def embed(self, texts: list[str]) -> FloatMatrix:
        started, processor = time.perf_counter(), time.process_time()
        rows = self._embedder.embed(texts)
        self.seconds += time.perf_counter() - started
        self.processor += time.process_time() - processor
        return rows


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def index(articles: str, root: Path) -> None:
    """Whole indexing; the share of it that the embedder worked; then the embedder alone on the same passages."""
    embedder = open_embedder(cache=root / "models")
    embedder.embed(["warm up"] * 64)
    timed = TimedEmbedder(embedder)
    started, processor = time.perf_counter(), time.process_time()
    with Collection.open(root / "home", embedder=timed) as collection:  # type: ignore[arg-type]
        report = collection.index([articles])
        whole, processor = time.perf_counter() - started, time.process_time() - processor
        pairs: list[tuple[Passage, str | None]] = [
            (passage, header.headline)
            for header in collection.headers()
            for passage in collection.passages(header.article_id)
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    for _passages, _vectors in embed_passages(embedder, pairs):
        pass
    alone = time.perf_counter() - started
    characters = sum(len(text_to_embed(passage, headline)) for passage, headline in pairs)
    tell(f"{report.added:,} articles, {report.passages:,} passages, {characters / len(pairs):.0f} characters each")
    tell(
        f"indexing   {whole:8.1f} s  {report.passages / whole:7.1f} passages/s  (embedding {timed.seconds:.1f} s of it)"
    )
    tell(f"embedder   {alone:8.1f} s  {report.passages / alone:7.1f} passages/s  alone")
    tell(f"ratio      {alone / whole:8.2f}    peak memory {peak:,.0f} MB")
    tell(f"processor  {processor:8.1f} s, {timed.processor:.1f} s of it embedding: {timed.processor / processor:.2f}")


def make_home(home: Path, passages: int) -> Catalog:
    """A catalogue of made-up articles with vectors by chance, and no Chroma yet."""
    catalog = Catalog(home / "store.db")
    embedder = RandomEmbedder()
    catalog.use_model(embedder.name, embedder.fingerprint, embedder.dimension)
    vectors = embedder.embed([""] * passages)
    for first in range(0, passages, PASSAGES_EACH):
        article_id = f"{first:016x}"
        texts = [f"Passage {first + n} of a report." for n in range(PASSAGES_EACH)]
        parts = [
            Passage(f"{article_id}:{n * 30}-{n * 30 + 30}", article_id, n * 30, n * 30 + 30, text, SectionKind.BODY)
            for n, text in enumerate(texts)
        ]
        article = Article(
            article_id=article_id, source_key=article_id, source=article_id, text_sha256="", text="\n".join(texts)
        )
        with catalog.transaction():
            catalog.add_pending([Prepared(article, [], [], parts)])
            ids = [part.passage_id for part in parts]
            catalog.store_vectors(ids, vectors[first : first + PASSAGES_EACH], embedder.fingerprint)
            catalog.make_current([article_id])
    return catalog


def rebuild(passages: int, root: Path) -> None:
    catalog = make_home(root / "home", passages)
    started, processor = time.perf_counter(), time.process_time()
    with writing(root / "home", catalog, RandomEmbedder, recover=False) as session:  # type: ignore[arg-type]
        session.rebuild()
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    tell(
        f"rebuilding {passages:,} passages of {DIMENSION} numbers: {seconds:.1f} s, {passages / seconds:,.0f}/s "
        f"({processor:.1f} s of processor time)"
    )
    catalog.close()


def open_home(passages: int, root: Path) -> None:
    """What we add to Chroma's own opening: looking at marker, seal and files."""
    catalog = make_home(root / "home", passages)
    with writing(root / "home", catalog, RandomEmbedder, recover=False) as session:  # type: ignore[arg-type]
        session.rebuild()
    catalog.close()
    started = time.perf_counter()
    with Collection.open(root / "home", embedder=RandomEmbedder()) as collection:  # type: ignore[arg-type]
        opened = time.perf_counter() - started
        trusted = folder_of(root / "home", collection.catalog).is_trusted(collection.catalog)
    tell(f"opening a clean home of {passages:,} passages, its vectors vouched for: {1000 * opened:.1f} ms ({trusted})")


def soak(questions: int, root: Path) -> None:
    """Ask, and publish a new version every hundred questions; memory and open files after a tenth and at the end."""
    folder = root / "articles"
    paths = write_articles(folder, 60)
    held: list[tuple[float, int]] = []
    with Collection.open(root / "home", embedder=EMBEDDER) as writer:
        writer.index([str(folder)])
        with Collection.open(root / "home", embedder=EMBEDDER, readonly=True) as reader:
            for number in range(questions):
                if number % 100 == 0:
                    path = paths[number // 100 % len(paths)]
                    path.write_text(f"Ferry\n\nAt turn {number} the ferry sailed again.\n", encoding="utf-8")
                    writer.index([str(path)])
                with reader.reading():
                    assert reader.search(f"marker{number % 60}x ferry in dock")
                if number in (questions // 10, questions - 1):
                    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
                    held.append((pages * resource.getpagesize() / 1e6, len(list(Path("/proc/self/fd").iterdir()))))
    (early, files), (late, files_late) = held
    tell(
        f"{questions:,} questions, {questions // 100} new versions: {early:.0f} MB and {files} open files after a "
        f"tenth, {late:.0f} MB and {files_late} at the end"
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--index", metavar="FILE")
    options.add_argument("--rebuild", type=int, metavar="PASSAGES")
    options.add_argument("--open", type=int, metavar="PASSAGES")
    options.add_argument("--soak", type=int, metavar="QUESTIONS")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.index:
            index(given.index, Path(folder))
        if given.rebuild:
            rebuild(given.rebuild, Path(folder) / "rebuild")
        if given.soak:
            soak(given.soak, Path(folder) / "soak")
        if given.open:
            open_home(given.open, Path(folder) / "open")
    return 0


if __name__ == "__main__":
    sys.exit(main())
