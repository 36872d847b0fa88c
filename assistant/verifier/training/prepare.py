"""Rows of the open sets into stage files: the licence gate, the development split, weights by repetition."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.verifier.training.rows import PairRow, is_development, open_rows, write_rows

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
