"""Train the layers above the lower ones alone: the pair reader, which stands on those, stays valid.

Rows become states of the lower layers once (``write_states``), so that an epoch costs a third of a whole one.
``states.npy``: float16 (tokens of all rows, 768). ``rows.jsonl``: a line a row, with where its states begin.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant.verifier.bulk import unpacked
from assistant.verifier.training.batches import CLASSES, EncodedPair, batches_of, encode, load_tokenizer, padded_length
from assistant.verifier.training.desk import DESK, DESKS, desk_rows, read_events
from assistant.verifier.training.lower_states import States, write_lower
from assistant.verifier.training.network import HIDDEN, LOWER, Network
from assistant.verifier.training.rows import PairRow, read_rows
from assistant.verifier.training.train import learn, loss_of, optimiser_of, write
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder

log = logging.getLogger(__name__)

STATES_FILE, ROWS_FILE = "states.npy", "rows.jsonl"
LONGEST = 160  # tokens
SEEN = 0.1  # share of the desk's rows that the weights were trained on already
REPLAYED = 5_000  # rows of the wider stage, so that nothing is unlearned
REPLAYED_WORDS = 120  # of evidence
MEASURED = 4_000  # rows of events that are kept out
OUTPUTS = 4
EVERY = 100  # batches between two lines of the log


@dataclass(frozen=True, slots=True)
class StoredRow:
    """``at``: its first row in the states; ``length`` in tokens. ``kept``: never trained on."""

    at: int
    length: int
    label: int
    kept: bool


@dataclass(frozen=True, slots=True)
class UpperRun:
    """What is trained on and how. The rate rises over ``warmup`` batches and falls to zero at the end."""

    states: Path  # folder
    checkpoint: Path  # written after each epoch
    epochs: int = 1
    rate: float = 6e-5
    warmup: int = 100
    seed: int = 7
    threads: int = 2


def upper_rows(wider: Path, seed: int = 5) -> tuple[list[PairRow], list[PairRow]]:
    """Rows to train on, shuffled, and rows of the events that are kept out. Raises BadInput."""
    generator, rows, kept = random.Random(seed), list[PairRow](), list[PairRow]()
    for desk in DESKS:
        events = read_events(desk)
        found = list(desk_rows(events))
        rows += generator.sample(found, int(SEEN * len(found))) if desk == DESK else found
        kept += desk_rows(events, measured=True)
    former = [row for row in read_rows(wider) if len(row.evidence.split()) <= REPLAYED_WORDS]
    rows += generator.sample(former, min(REPLAYED, len(former)))
    generator.shuffle(rows)
    return rows, generator.sample(kept, min(MEASURED, len(kept)))


def write_states(rows: Sequence[PairRow], kept: Sequence[PairRow], out: Path) -> int:
    """Both files into ``out``; returns how many rows there are. Raises VerifierUnavailable."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(shipped_folder() / read_manifest(shipped_folder()).tokenizer)
    taken = encode(rows, tokenizer, LONGEST)
    pairs = [*taken, *encode(kept, tokenizer, LONGEST)]
    begins = write_lower([pair.ids for pair in pairs], out / STATES_FILE)
    with (out / ROWS_FILE).open("w", encoding="utf-8") as lines:
        for number, (pair, at) in enumerate(zip(pairs, begins, strict=True)):
            row = StoredRow(at, len(pair.ids), pair.label, number >= len(taken))
            lines.write(json.dumps(asdict(row)) + "\n")
    return len(pairs)


def read_states(folder: Path) -> tuple[list[StoredRow], States]:
    """What ``write_states`` left there; the states stay on the disk until they are used."""
    lines = (folder / ROWS_FILE).read_text(encoding="utf-8").splitlines()
    return [StoredRow(**json.loads(line)) for line in lines], np.load(folder / STATES_FILE, mmap_mode="r")


def started() -> Network:
    """The shipped weights, of which only the layers above the lower ones and the head are trained. Where the head tells
    three, the fourth starts between contradiction and silence."""
    manifest = read_manifest(shipped_folder())
    shipped = unpacked(checked_file(shipped_folder(), manifest.model, manifest.sha256))
    state = shipped.state_dict()
    for name in ("head.weight", "head.bias"):
        state[name] = torch.cat([state[name], state[name][1:3].mean(dim=0, keepdim=True)])[:OUTPUTS]
    network = Network(len(shipped.layers), OUTPUTS)
    network.load_state_dict(state)
    for part in (network.distance, *network.layers[:LOWER]):
        part.requires_grad_(False)
    return network


def logits_of(network: Network, rows: Sequence[StoredRow], states: States) -> Tensor:
    """Logits (rows, OUTPUTS), float32."""
    length = padded_length(max(row.length for row in rows))
    below, mask = torch.zeros(len(rows), length, HIDDEN), torch.zeros((len(rows), length), dtype=torch.long)
    for place, row in enumerate(rows):
        below[place, : row.length] = torch.tensor(states[row.at : row.at + row.length]).float()
        mask[place, : row.length] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits: Tensor = network.judged(below, mask, LOWER)
    return logits.float()


def batched(rows: Sequence[StoredRow], seed: int) -> list[list[StoredRow]]:
    """Batches of like length, in any order: other ones with another seed."""
    pairs = [EncodedPair((0,) * row.length, row.label) for row in rows]
    return [[rows[i] for i in batch] for batch in batches_of(pairs, seed)]


def train(run: UpperRun) -> list[float]:
    """The mean loss of each epoch. Logs what is reached on the events that are kept out. Raises VerifierUnavailable."""
    torch.set_num_threads(run.threads)
    torch.manual_seed(run.seed)
    rows, states = read_states(run.states)
    kept = batched([row for row in rows if row.kept], run.seed)
    taken = [row for row in rows if not row.kept]
    network = started()
    optimiser = optimiser_of(network)
    log.info("%d rows; kept out, before: %s", len(taken), measured(network, kept, states))
    total, step, losses = run.epochs * len(batched(taken, run.seed)), 0, list[float]()
    for epoch in range(run.epochs):
        running, since = 0.0, time.monotonic()
        batches = batched(taken, run.seed + epoch)
        for number, batch in enumerate(batches, 1):
            rate = run.rate * min(1.0, (step + 1) / max(1, run.warmup)) * max(0.0, 1 - step / total)
            network.train()
            labels = torch.tensor([row.label for row in batch])
            running += learn(network, optimiser, loss_of(logits_of(network, batch, states), labels), rate)
            step += 1
            if number % EVERY == 0:
                log.info("epoch %d batch %d of %d loss %.4f", epoch, number, len(batches), running / number)
        losses.append(running / len(batches))
        write({"network": network.state_dict(), "layers": len(network.layers)}, run.checkpoint)
        log.info("epoch %d loss %.4f, %.0f s", epoch, losses[-1], time.monotonic() - since)
        log.info("kept out: %s", measured(network, kept, states))
    return losses


@torch.inference_mode()
def measured(network: Network, batches: Sequence[Sequence[StoredRow]], states: States) -> str:
    """Loss, and how often each label is the likeliest; "unsupported" is right wherever not supported."""
    network.eval()
    logits = torch.cat([logits_of(network, batch, states) for batch in batches])
    labels = torch.tensor([row.label for batch in batches for row in batch])
    said = logits.argmax(dim=1)
    right = torch.where(labels == CLASSES["unsupported"], said != 0, said == labels)
    shares = {name: float(right[labels == label].float().mean()) for name, label in CLASSES.items()}
    return f"loss {float(loss_of(logits, labels)):.4f}, " + ", ".join(f"{name} {at:.3f}" for name, at in shares.items())
