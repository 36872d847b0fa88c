"""``python -m assistant.differing.training STEP``: the recipe, step by step. See README.md beside it."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import torch

from assistant.differing.training.export import export
from assistant.differing.training.labels import LABELS, labelled_events, without_event
from assistant.differing.training.pairs import Told, invented
from assistant.differing.training.states import write_states
from assistant.differing.training.train import Run, train
from assistant.verifier.training.desk import DESKS

WORK = Path(".work/differing")
CHECKPOINT = WORK / "network.pt"
RUN_OPTIONS: Mapping[str, type] = {
    "epochs": int,
    "others": float,
    "weight": float,
    "rate": float,
    "own-rate": float,
    "warmup": int,
    "batch": int,
    "seed": int,
}

log = logging.getLogger(__name__)


def parser() -> argparse.ArgumentParser:
    """The steps and their options."""
    top = argparse.ArgumentParser(prog="python -m assistant.differing.training", description=__doc__)
    steps = top.add_subparsers(dest="step", required=True)
    one = steps.add_parser("states", help="labelled pairs of sentences, and the verifier's states of them")
    one.add_argument("--out", type=Path, default=WORK)
    one.add_argument("--labels", type=Path, default=LABELS, help="folder of label files")
    one.add_argument("--events", type=Path, nargs="+", default=DESKS, help="folders of events")
    one = steps.add_parser("train", help="train on what the step before wrote")
    one.add_argument("--states", type=Path, default=WORK)
    one.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    one.add_argument("--threads", type=int, default=2)
    for name, kind in RUN_OPTIONS.items():
        one.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    one = steps.add_parser("export", help="write the model that ships")
    one.add_argument("checkpoint", type=Path, nargs="?", default=CHECKPOINT)
    one.add_argument("--out", type=Path, default=Path(str(files("assistant.differing"))) / "weights")
    return top


def told_events(labels: Path, desks: Sequence[Path]) -> Iterator[Told]:
    """The labelled events. Raises BadInput."""
    if strays := without_event(labels, desks):
        log.warning("labels of no event in %s, not read: %s", ", ".join(map(str, desks)), ", ".join(strays))
    for event, found in labelled_events(labels, desks):
        yield invented(event, found)


def main(arguments: Sequence[str]) -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = vars(parser().parse_args(arguments))
    step = options.pop("step")
    if "threads" in options:
        torch.set_num_threads(options.pop("threads"))
    if step == "states":
        out = options["out"]
        events = told_events(options["labels"], options["events"])
        log.info("%d pairs in %s", write_states(events, out), out)
    elif step == "train":
        train(Run(**options))
    else:
        export(options["checkpoint"], options["out"])


if __name__ == "__main__":
    main(sys.argv[1:])
