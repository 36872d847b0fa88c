"""Measure exported weights: the open benchmarks, what the claim alone gives away, edits of unseen sentences, speed."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.verifier.grounding import GroundingVerifier
from assistant.verifier.training.calibrate import judged
from assistant.verifier.training.measures import by_set
from assistant.verifier.training.rows import PairRow, json_lines, read_rows

MACRO_SETS = (
    "wice",
    "summedits",
    "fever_symmetric",
    "healthver",
    "averitec",
    "news_summ_cliff_goyal",
    "qags_cnndm",
    "attributionbench",
    "citint",
    "factcheckgpt",
    "climate_fever",
    "covidfact",
    "anli",
)
NOTHING = "No evidence was found."


def bench_rows(path: Path, sets: Sequence[str], each: int, seed: int) -> list[PairRow]:
    """At most ``each`` rows of each benchmark, drawn by ``seed``; 0: all."""
    grouped: dict[str, list[PairRow]] = defaultdict(list)
    for row in json_lines(path):
        name = str(row["bench"])
        grouped[name].append(PairRow(str(row["claim"]), str(row["evidence"]), str(row["label"]), name))
    generator = random.Random(seed)
    rows = []
    for name in sorted(set(sets) & set(grouped)):
        found = grouped[name]
        rows.extend(generator.sample(found, min(each, len(found))) if each else found)
    return rows


def evaluate(folder: Path, path: Path, each: int = 0, seed: int = 7) -> dict[str, object]:
    """Balanced accuracy for each benchmark of the macro mean, with all evidence and with none."""
    verifier = GroundingVerifier(folder)
    rows = bench_rows(path, MACRO_SETS, each, seed)
    names = [row.origin for row in rows]
    supported = np.array([row.label == "supported" for row in rows])
    began = time.perf_counter()
    entailment = judged(verifier, rows)[:, 0]
    seconds = time.perf_counter() - began
    scores = by_set(entailment, supported, names, verifier.threshold)
    bare = [PairRow(row.claim, NOTHING, row.label, row.origin) for row in rows]
    alone = by_set(judged(verifier, bare)[:, 0], supported, names, verifier.threshold)
    return {
        "rows": len(rows),
        "macro": round(float(np.mean([*scores.values()])), 4),
        "sets": {name: round(score, 4) for name, score in scores.items()},
        "macro_without_evidence": round(float(np.mean([*alone.values()])), 4),
        "rows_per_second": round(len(rows) / seconds, 1),
    }


def edited(folder: Path, path: Path) -> dict[str, object]:
    """Share called supported of each kind of row made from Wikinews articles that were never trained on."""
    verifier = GroundingVerifier(folder)
    rows = read_rows(path)
    said = judged(verifier, rows)[:, 0] >= verifier.threshold
    kinds: dict[str, list[bool]] = defaultdict(list)
    for row, supported in zip(rows, said, strict=True):
        kinds[f"{row.origin.removeprefix('synthetic:')}/{row.label}"].append(bool(supported))
    return {
        kind: {"supported": round(sum(found) / len(found), 3), "n": len(found)} for kind, found in sorted(kinds.items())
    }


def speed(folder: Path, threads: int = 2, pairs: int = 64, rounds: int = 5) -> dict[str, object]:
    """Pairs a second at 128 tokens, the best round, and the seconds that loading takes."""
    began = time.perf_counter()
    verifier = GroundingVerifier(folder, threads)
    loaded = time.perf_counter() - began
    claim = "The council said on Monday that the new bridge will open to traffic before the end of the year."
    evidence = " ".join(["The council met on Monday to speak of the bridge and of the money that it needs."] * 5)
    row = (claim, evidence[:420])
    best = 0.0
    for _ in range(rounds):
        began = time.perf_counter()
        verifier.judge_pairs([row] * pairs)
        best = max(best, pairs / (time.perf_counter() - began))
    return {"load_seconds": round(loaded, 3), "pairs_per_second": round(best, 1), "threads": threads}
