"""How fast indexing, searching and judging are, and how that grows: ``python -m eval.bench_growth STEP --keep DIR``.

    index   read, embed and store the bundled Wikinews, or the news articles of CLAIMDESK_DATA: seconds of each
    verify  pairs of claim and evidence a second, by the length of the evidence
    build   collections of 10,000, 100,000 and 300,000 passages: real sentences in a new order, random unit vectors
    query   a process for each collection: seconds to open it, milliseconds a question, memory, disk

Each step writes DIR/STEP.json. ``build`` may run while the machine is busy; the other steps need it quiet. Random
vectors are the hardest case for a vector index, and finding by meaning is not what is measured here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from assistant import configured_verifier, load_verifier
from eval.metrics import percentiles
from eval.suites.retrieval import ARTICLES
from index import Collection, Embedder, FloatMatrix, open_embedder

BUNDLED = Path(__file__).parent / "data" / "wikinews.jsonl.gz"
SIZES = (10_000, 100_000, 300_000)  # passages
QUERIES = 60
DIMENSION = 384
LENGTHS = (1, 2, 4, 8, 16)  # sentences of evidence
PAIRS = 120  # judged at each length
SEED = 20240112


class TimedEmbedder:
    """The real embedder, and the seconds that it took."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name, self.dimension, self.fingerprint = inner.name, inner.dimension, inner.fingerprint
        self.seconds = 0.0

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        began = time.perf_counter()
        rows = self._inner.embed(texts)
        self.seconds += time.perf_counter() - began
        return rows


class RandomEmbedder:
    """A random unit vector for each text, the same for the same text: costs nothing, means nothing."""

    name, dimension, fingerprint = "random", DIMENSION, f"random-{DIMENSION}-1"

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.stack([np.random.default_rng(_number(text)).standard_normal(DIMENSION) for text in texts])
        unit: FloatMatrix = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


# Steps


def measure_index(keep: Path) -> dict[str, Any]:
    """Seconds to read, embed and store. Reading is what indexing the same file again takes: nothing is new then."""
    path = articles()
    home = keep / "indexed"
    shutil.rmtree(home, ignore_errors=True)
    embedder = TimedEmbedder(open_embedder(cache=keep / "cache"))
    embedder.embed(["Loading the weights is no part of indexing."] * 65)
    embedder.seconds = 0.0
    with Collection.open(home, embedder=embedder) as collection:
        began = time.perf_counter()
        report = collection.index([str(path)])
        whole = time.perf_counter() - began
        began = time.perf_counter()
        collection.index([str(path)])
        read = time.perf_counter() - began
    seconds = {"read": read, "embed": embedder.seconds, "store": max(0.0, whole - read - embedder.seconds)}
    return {
        "articles": report.added,
        "passages": report.passages,
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "passages_a_second": {name: round(report.passages / max(value, 1e-9)) for name, value in seconds.items()},
        "memory_mb": _memory(),
    }


def measure_verify(keep: Path) -> dict[str, Any]:  # noqa: ARG001 - every step is given the folder
    """Pairs a second at each length of evidence: sentences of bundled articles against the first ones of others."""
    verifier = load_verifier(configured_verifier(None))
    told = list(_sentences(BUNDLED))
    found = {}
    for length in LENGTHS:
        step = (len(told) - max(LENGTHS) - 3) // PAIRS
        pairs = [(told[n * step], " ".join(told[n * step + 3 : n * step + 3 + length])) for n in range(PAIRS)]
        verifier.judge_pairs(pairs[:4])
        began = time.perf_counter()
        verifier.judge_pairs(pairs[4:])
        found[str(length)] = round((PAIRS - 4) / (time.perf_counter() - began), 1)
    return {"verifier": verifier.verifier_id, "pairs_a_second": found}


def build(keep: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """A collection of each size that is not there yet, and what storing it took (reading and vectors included)."""
    record = keep / "build.json"
    found: dict[str, Any] = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    for size in sizes:
        home = keep / str(size)
        if str(size) in found:
            continue
        shutil.rmtree(home, ignore_errors=True)
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="claimdesk-growth-") as folder:
            path = Path(folder) / "made.jsonl"
            path.write_text("".join(made_articles(size)), encoding="utf-8")
            with Collection.open(home, embedder=RandomEmbedder()) as collection:
                report = collection.index([str(path)])
        found[str(size)] = {
            "articles": report.added,
            "passages": report.passages,
            "seconds": round(time.perf_counter() - began, 1),
        }
        write(record, found)
    return found


def made_articles(passages: int) -> Iterator[str]:
    """JSON lines of articles that give about ``passages`` passages: real sentences, fourteen an article, drawn anew."""
    told = list(dict.fromkeys(_sentences(articles())))
    draw = random.Random(SEED)
    for number in range(round(passages / 5.6)):  # passages of an article: a headline, and about five of the body
        chosen = draw.sample(told, 14)
        body = "\n\n".join(" ".join(chosen[place : place + 3]) for place in range(1, 14, 3))
        yield json.dumps({"id": f"made/{number}", "title": chosen[0][:120], "text": body}) + "\n"


def measure_queries(keep: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """Each collection in a process of its own, so that its memory is its own."""
    found = {}
    for size in sizes:
        command = [sys.executable, "-m", "eval.bench_growth", "one", "--keep", str(keep), "--sizes", str(size)]
        found[str(size)] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def one_collection(keep: Path, size: int) -> dict[str, Any]:
    """Opening, the first question, QUERIES more; memory of this process before and after; disk."""
    home = keep / str(size)
    draw = random.Random(SEED)
    told = list(_sentences(articles()))
    asked = [
        " ".join(draw.sample(draw.choice(told).split(), 1) + draw.choice(told).split()[:9]) for _ in range(QUERIES)
    ]
    before = _memory()
    began = time.perf_counter()
    with Collection.open(home, embedder=RandomEmbedder(), readonly=True) as collection:
        collection.search(asked[0])
        first = time.perf_counter() - began
        seconds = []
        for question in asked[1:]:
            began = time.perf_counter()
            collection.search(question)
            seconds.append(time.perf_counter() - began)
        passages = collection.catalog.count_passages()
    disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    return {
        "passages": passages,
        "open_and_first_seconds": round(first, 2),
        "milliseconds": round(1000 * median(seconds), 1),
        "percentiles_seconds": percentiles(seconds),
        "memory_mb": _memory(),
        "memory_before_mb": before,
        "disk_mb": round(disk / 1e6, 1),
    }


# Helpers


def articles() -> Path:
    """The news articles of CLAIMDESK_DATA, else the bundled ones."""
    named = os.environ.get("CLAIMDESK_DATA")
    path = Path(named or "") / ARTICLES
    return path if named and path.is_file() else BUNDLED


def _sentences(path: Path) -> Iterator[str]:
    """Rough sentences of the articles of ``path``: stretches that end in a full stop, of six words or more."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for part in json.loads(line)["text"].replace("\n", " ").split(". "):
                if 6 <= len(part.split()) <= 60:
                    yield part.strip().rstrip(".") + "."


def _memory() -> float:
    """Most memory that this process has held, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


STEPS: dict[str, Callable[[Path, Sequence[int]], dict[str, Any]]] = {
    "index": lambda keep, _: measure_index(keep),
    "verify": lambda keep, _: measure_verify(keep),
    "build": build,
    "query": measure_queries,
}


def main(words: Sequence[str]) -> None:
    """Run one step and write its JSON; ``one`` writes to standard output."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_growth")
    parser.add_argument("step", choices=(*STEPS, "one"))
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args(words)
    asked.keep.mkdir(parents=True, exist_ok=True)
    if asked.step == "one":
        sys.stdout.write(json.dumps(one_collection(asked.keep, asked.sizes[0])))
        return
    found = STEPS[asked.step](asked.keep, asked.sizes)
    about = {"cores": os.cpu_count(), "data": articles().name, "load": round(os.getloadavg()[0], 1)}
    write(asked.keep / f"{asked.step}.json", found if asked.step == "build" else {"machine": about, **found})


if __name__ == "__main__":
    main(sys.argv[1:])
