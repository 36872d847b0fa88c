"""Rows of the open sets into stage files: the licence gate, the development split, weights by repetition."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from assistant.language.parse import load_pipeline
from assistant.verifier.training.rows import (
    PairRow,
    is_development,
    is_held_out,
    json_lines,
    open_rows,
    read_rows,
    write_rows,
)
from assistant.verifier.training.synthetic import Source, rows_of

# How often a row of a set is seen in a stage; 0.3 keeps three rows in ten. First language inference, then the rest.
LANGUAGE_STAGE: Mapping[str, float] = {
    "mnli_dev_matched": 1.0,
    "mnli_dev_mismatched_noisy": 1.0,  # one annotator's label, about one in eight wrong
    "snli_dev": 0.6,
    "cad_nli": 0.8,
    "med": 0.5,
    "conjnli": 0.3,  # automatic rows, nearly solvable by overlap
    "creak": 0.2,  # the evidence is the annotator's explanation, not a source
    "fm2": 1.0,
    "vitaminc_sample": 1.0,
    "scifact_rte": 1.0,
    "q2": 1.0,
    "begin": 0.7,
}
GROUNDING_STAGE: Mapping[str, float] = {
    "mnli_dev_matched": 0.5,
    "mnli_dev_mismatched_noisy": 0.2,
    "snli_dev": 0.15,
    "cad_nli": 0.25,
    "med": 0.2,
    "conjnli": 0.1,
    "creak": 0.1,
    "fm2": 3.0,
    "vitaminc_sample": 3.0,
    "scifact_rte": 2.0,
    "q2": 1.5,
    "begin": 0.6,
    "citint": 2.0,
    "expertqa": 2.0,
    "factcheckgpt": 2.0,
    "summedits": 2.0,
    "wice": 1.0,
}


def repeated(rows: Sequence[PairRow], weights: Mapping[str, float], seed: int) -> list[PairRow]:
    """Rows as often as their set's weight says, the fraction drawn by ``seed``; sets without a weight are left out."""
    generator = random.Random(seed)
    chosen = []
    for row in rows:
        weight = weights.get(row.origin, 0.0)
        times = int(weight) + (generator.random() < weight - int(weight))
        chosen.extend([row] * times)
    generator.shuffle(chosen)
    return chosen


def without_repeats(rows: Sequence[PairRow]) -> list[PairRow]:
    """One row for each (claim, evidence); those that are labelled both ways are left out."""
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        labels[row.claim, row.evidence].add(row.label)
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in rows:
        key = (row.claim, row.evidence)
        if key not in seen and len(labels[key]) == 1 and row.claim.strip() and row.evidence.strip():
            seen.add(key)
            kept.append(row)
    return kept


SOURCES: Mapping[str, int] = {  # texts of each set that synthetic rows are made of
    "conjnli": 1200,
    "begin": 400,
    "q2": 300,
    "fm2": 500,
    "vitaminc_sample": 150,
    "scifact_rte": 150,
    "factcheckgpt": 300,
    "expertqa": 200,
    "citint": 200,
    "summedits": 300,
}
FINAL_STAGE: Mapping[str, float] = {"grounding": 1.0, "synthetic": 0.9, "language": 0.3}  # share of each file
WIKINEWS_CLAIMS = 10  # sentences of an article that become claims


def wikinews(data: Path, held_out: bool) -> list[Source]:
    """Wikinews articles, those for training or those for measuring."""
    sources = []
    for row in json_lines(data / "news" / "wikinews.jsonl.gz"):
        if is_held_out(str(row["doc_id"])) is held_out:
            sentences = [plain_quotes(str(sentence)) for sentence in cast("list[object]", row["sentences"])]
            body = " ".join(one if one.endswith((".", "!", "?", "”")) else one + "." for one in sentences[2:])
            sources.append(Source(str(row["doc_id"]), body, sentences[0]))
    return sources


def plain_quotes(text: str) -> str:
    """Treebank quotation marks as typographic ones."""
    return text.replace("`` ", "“").replace("``", "“").replace(" ''", "”").replace("''", "”").strip()


def set_sources(
    training: Sequence[PairRow], development: Sequence[PairRow], seed: int, most: Mapping[str, int] = SOURCES
) -> list[Source]:
    """Evidence texts of the open sets, at most so many of each, none that a development row reads; by ``seed``."""
    reserved = {row.evidence for row in development}
    texts: dict[str, set[str]] = defaultdict(set)
    for row in training:
        if row.origin in most and row.evidence not in reserved and len(row.evidence.split()) <= 700:
            texts[row.origin].add(plain_quotes(row.evidence))
    generator = random.Random(seed)
    return [
        Source(f"{origin}:{number}", text)
        for origin in sorted(texts)
        for number, text in enumerate(generator.sample(sorted(texts[origin]), min(most[origin], len(texts[origin]))))
    ]


def synthesise(data: Path, out: Path, seed: int = 7) -> dict[str, int]:
    """Write ``synthetic`` (training) and ``held-out`` (Wikinews articles never trained on); after ``prepare``."""
    language = load_pipeline()
    training, development = read_rows(out / "training.jsonl.gz"), read_rows(out / "development.jsonl.gz")
    rows = [
        *rows_of(wikinews(data, held_out=False), language, WIKINEWS_CLAIMS, seed),
        *rows_of(set_sources(training, development, seed), language, 1, seed + 1),
    ]
    held_out = list(rows_of(wikinews(data, held_out=True), language, WIKINEWS_CLAIMS, seed + 2))
    kept = [row for row in without_repeats(rows) if not is_development(row.claim)]
    return {
        "synthetic": write_rows(out / "synthetic.jsonl.gz", kept),
        "held-out": write_rows(out / "held-out.jsonl.gz", without_repeats(held_out)),
    }


def mix(out: Path, name: str, parts: Mapping[str, float], seed: int = 11) -> int:
    """Write the given share of each file's rows, shuffled, as one stage file; returns the number of rows."""
    generator = random.Random(seed)
    rows = [
        row
        for part, share in parts.items()
        for row in read_rows(out / f"{part}.jsonl.gz")
        if generator.random() < share
    ]
    generator.shuffle(rows)
    return write_rows(out / f"{name}.jsonl.gz", rows)


def prepare(data: Path, out: Path, seed: int = 7) -> dict[str, int]:
    """Write ``development``, ``language`` and ``grounding`` rows under ``out``; returns the number of each."""
    rows = without_repeats(open_rows(data / "pairs" / "train.jsonl.gz"))
    development = [row for row in rows if is_development(row.claim)]
    random.Random(seed).shuffle(development)
    training = [row for row in rows if not is_development(row.claim)]
    return {
        "development": write_rows(out / "development.jsonl.gz", development),
        "training": write_rows(out / "training.jsonl.gz", training),
        "language": write_rows(out / "language.jsonl.gz", repeated(training, LANGUAGE_STAGE, seed)),
        "grounding": write_rows(out / "grounding.jsonl.gz", repeated(training, GROUNDING_STAGE, seed + 1)),
    }
