"""Measure exported weights: edits of unseen sentences, speed. The benchmarks are ``claimdesk eval pairs``."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

from assistant.verifier.grounding import GroundingVerifier
from assistant.verifier.training.calibrate import judged
from assistant.verifier.training.rows import read_rows


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
    """Pairs a second at 128 tokens, the best round; pairs for each processor second, which a busy machine changes less;
    the seconds that loading takes."""
    began = time.perf_counter()
    verifier = GroundingVerifier(folder, workers=threads)
    loaded = time.perf_counter() - began
    evidence = " ".join(["The council met on Monday to speak of the bridge and of the money that it needs."] * 5)[:420]
    claim = "The council said on Monday that the new bridge will open to traffic in {}, before the end of the year."
    rows = [(claim.format(2000 + number), evidence) for number in range(pairs)]  # all different: repeats are read once
    best, began_processor = 0.0, time.process_time()
    for _ in range(rounds):
        began = time.perf_counter()
        verifier.judge_pairs(rows)
        best = max(best, pairs / (time.perf_counter() - began))
    return {
        "load_seconds": round(loaded, 3),
        "pairs_per_second": round(best, 1),
        "pairs_per_processor_second": round(rounds * pairs / (time.process_time() - began_processor), 1),
        "threads": threads,
    }
