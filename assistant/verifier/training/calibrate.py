"""Fix temperature and threshold of exported weights on the development split, and nowhere else."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.verifier.grounding import GroundingVerifier
from assistant.verifier.training.measures import (
    Floats,
    balanced_accuracy,
    best_temperature,
    best_threshold,
    calibration_error,
    tempered,
)
from assistant.verifier.training.rows import PairRow, read_rows


def judged(verifier: GroundingVerifier, rows: Sequence[PairRow]) -> Floats:
    """The shares of the model's outputs (rows, 4) in the order of ``rows``."""
    found = verifier.judge_pairs([(row.claim, row.evidence) for row in rows])
    return np.array([(o.entailment, o.contradiction, o.neutral - o.differing, o.differing) for o in found])


def calibrate(folder: Path, development: Path, rows: int, seed: int = 7) -> dict[str, object]:
    """Write temperature and threshold to the manifest in ``folder``; returns them with the development figures."""
    verifier = GroundingVerifier(folder)
    verifier.manifest = replace(verifier.manifest, temperature=1.0)
    every = read_rows(development)
    chosen = random.Random(seed).sample(every, min(rows, len(every)))
    raw = judged(verifier, chosen)
    supported = np.array([row.label == "supported" for row in chosen])
    temperature = best_temperature(raw, supported)
    entailment = tempered(raw, temperature)[:, 0]
    task = np.array(
        [row.mix in ("grounding", "fact", "desk") for row in chosen]
    )  # what it is for: text against a source
    origins = [row.origin.split(":")[0] for row, kept in zip(chosen, task, strict=True) if kept]
    threshold, sets = best_threshold(entailment[task], supported[task], origins, least=15)
    place = folder / "manifest.json"
    manifest = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(
        json.dumps({**manifest, "temperature": temperature, "threshold": threshold}, indent=2) + "\n", encoding="utf-8"
    )
    return {
        "rows": len(chosen),
        "temperature": temperature,
        "threshold": threshold,
        "ece": round(calibration_error(entailment, supported), 4),
        "ece_at_temperature_1": round(calibration_error(raw[:, 0], supported), 4),
        "balanced_accuracy": round(balanced_accuracy(entailment, supported, threshold), 4),
        "mean_over_sets": round(float(np.mean([*sets.values()])), 4),
        "sets": {name: round(score, 4) for name, score in sets.items()},
    }
