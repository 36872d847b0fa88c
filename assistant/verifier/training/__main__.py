"""``python -m assistant.verifier.training STEP``: the recipe, step by step. See docs/verifier.md."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.verifier.training.prepare import prepare
from assistant.verifier.training.rows import data_folder
from assistant.verifier.training.train import Stage, train

WORK = Path(".work/verifier")


def parser() -> argparse.ArgumentParser:
    """The steps and their options."""
    top = argparse.ArgumentParser(prog="python -m assistant.verifier.training", description=__doc__)
    steps = top.add_subparsers(dest="step", required=True)
    one = steps.add_parser("prepare", help="write stage files from the open sets")
    one.add_argument("--out", type=Path, default=WORK)
    one = steps.add_parser("train", help="train one stage")
    one.add_argument("--rows", type=Path, required=True)
    one.add_argument("--development", type=Path, default=WORK / "development.jsonl.gz")
    one.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    one.add_argument("--checkpoint", type=Path, required=True)
    one.add_argument("--start", type=Path, default=None)
    for name, kind in (("layers", int), ("longest", int), ("rate", float), ("warmup", int), ("decay", float)):
        one.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    for name in ("batches", "seed", "threads"):
        one.add_argument(f"--{name}", type=int, default=argparse.SUPPRESS)
    return top


def main(arguments: Sequence[str]) -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = vars(parser().parse_args(arguments))
    step = options.pop("step")
    if step == "prepare":
        counts = prepare(data_folder(), options["out"])
        logging.getLogger(__name__).info("%s", json.dumps(counts))
    elif step == "train":
        train(Stage(**options))


if __name__ == "__main__":
    main(sys.argv[1:])
