"""Train the network on states that are computed already. Seeds are fixed; a checkpoint after each epoch."""

from __future__ import annotations

import logging
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from assistant.differing.training.labels import Sort
from assistant.differing.training.network import DifferenceNetwork, from_verifier
from assistant.differing.training.states import EncodedPair, read_states
from assistant.verifier.bulk import unpacked
from assistant.verifier.training.lower_states import States
from assistant.verifier.training.network import HIDDEN
from assistant.verifier.training.train import write
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder

log = logging.getLogger(__name__)

EVERY = 100  # batches between two lines of the log
LEAST_RATE = 0.05  # share of the rate that is left at the end
SPREAD = 12  # tokens by which pairs of one batch may differ beside those that must: other batches in each epoch
UNSAID = 0.5  # weight of a pair of tokens that no label says anything of
CONTRAST = 2.0  # and of one that an agreement or a look-alike is about
ORDER = (Sort.AGREEMENT, Sort.LOOK_ALIKE, Sort.OPTIONAL, Sort.DIFFERENCE)  # where labels overlap, the last one counts
GRID, FACT = 1 / 50, 0.3  # how much both parts of the loss count


@dataclass(frozen=True, slots=True)
class Run:
    """What is trained on and how. ``others``: share of the pairs that no label joins, drawn for each epoch."""

    states: Path  # folder
    checkpoint: Path  # written after each epoch
    epochs: int = 5
    others: float = 0.6
    weight: float = 8.0  # of a difference, over the square root of its pairs of tokens
    rate: float = 1e-3  # of the grid
    own_rate: float = 6e-5  # of the layers, which start from the verifier's
    warmup: int = 100  # batches
    batch: int = 16  # pairs
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Epochs:
    """The pairs to draw from: the joined ones with both their orders."""

    joined: Sequence[Sequence[EncodedPair]]
    others: Sequence[EncodedPair]
    share: float
    batch: int

    def drawn(self, generator: random.Random) -> list[list[EncodedPair]]:
        """Batches of one epoch: each joined pair in one order, some of the others; of like length, in any order."""
        pairs = [generator.choice(orders) for orders in self.joined]
        pairs += generator.sample(self.others, int(self.share * len(self.others)))
        pairs.sort(key=lambda pair: pair.length + generator.random() * SPREAD)
        batches = [pairs[first : first + self.batch] for first in range(0, len(pairs), self.batch)]
        generator.shuffle(batches)
        return batches

    @property
    def batches(self) -> int:
        return -(-(len(self.joined) + int(self.share * len(self.others))) // self.batch)


def epochs_of(pairs: Sequence[EncodedPair], run: Run) -> Epochs:
    joined: dict[tuple[str, int], list[EncodedPair]] = defaultdict(list)
    for pair in pairs:
        if pair.marks:
            joined[pair.event, pair.number].append(pair)
    return Epochs(list(joined.values()), [pair for pair in pairs if not pair.marks], run.others, run.batch)


def wanted(pair: EncodedPair, grid: Tensor, weight: float) -> tuple[Tensor, Tensor]:
    """What ``grid`` (kinds, left, right) should be, and how much each cell counts."""
    target, weights = torch.zeros_like(grid), torch.full_like(grid, UNSAID)
    for mark in sorted(pair.marks, key=lambda mark: ORDER.index(mark.sort)):
        rows, columns = slice(*mark.ours), slice(*mark.theirs)
        if mark.sort is Sort.DIFFERENCE:
            target[mark.kind, rows, columns] = 1.0
            weights[mark.kind, rows, columns] = weight / target[mark.kind, rows, columns].numel() ** 0.5
        else:
            weights[:, rows, columns] = 0.0 if mark.sort is Sort.OPTIONAL else CONTRAST
    return target, weights


def loss_of(network: DifferenceNetwork, pairs: Sequence[EncodedPair], states: States, weight: float) -> Tensor:
    """Cross-entropy of the cells of all pairs, and of whether both sentences tell one fact, a pair."""
    cells, facts = rated(network, pairs, states)
    total = torch.zeros(())
    for pair, whole, fact in zip(pairs, cells, facts, strict=True):
        first = pair.left + 3
        grid = whole[:, 1 : 1 + pair.left, first : first + pair.right]
        target, weights = wanted(pair, grid, weight)
        total = total + GRID * functional.binary_cross_entropy_with_logits(grid, target, weights, reduction="sum")
        sorts = {mark.sort for mark in pair.marks}
        if sorts != {Sort.LOOK_ALIKE}:  # these may be of one fact or of two
            total = total + FACT * functional.binary_cross_entropy_with_logits(fact, torch.tensor(float(bool(sorts))))
    return total / len(pairs)


def rated(network: DifferenceNetwork, pairs: Sequence[EncodedPair], states: States) -> tuple[Tensor, Tensor]:
    """The network's log odds, float32: cells (pairs, kinds, length, length), one fact (pairs,)."""
    length = max(pair.length for pair in pairs)
    below, mask = torch.zeros(len(pairs), length, HIDDEN), torch.zeros((len(pairs), length), dtype=torch.long)
    for row, pair in enumerate(pairs):
        below[row, : pair.length] = torch.tensor(states[pair.at : pair.at + pair.length]).float()
        mask[row, : pair.length] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        cells, facts = network(below, mask)
    return cells.float(), facts.float()


def optimiser_of(network: DifferenceNetwork, run: Run) -> torch.optim.AdamW:
    """Two groups, each with its rate as ``peak``: the grid, and the layers that were the verifier's."""
    trained = {name: value for name, value in network.named_parameters() if value.requires_grad}
    own = [value for name, value in trained.items() if name.startswith("layers.")]
    grid = [value for name, value in trained.items() if not name.startswith("layers.")]
    groups = [
        {"params": grid, "weight_decay": 0.05, "peak": run.rate},
        {"params": own, "weight_decay": 0.01, "peak": run.own_rate},
    ]
    return torch.optim.AdamW(groups, lr=run.rate)


def share_of_rate(step: int, total: int, warmup: int) -> float:
    """Rises over ``warmup`` batches while it falls over all of them."""
    return max(LEAST_RATE, 1 - step / total) * min(1.0, (step + 1) / warmup)


def one_step(network: DifferenceNetwork, optimiser: torch.optim.AdamW, loss: Tensor, share: float) -> float:
    """The loss's gradient applied; returns the loss."""
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * share
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([value for value in network.parameters() if value.requires_grad], 1.0)
    optimiser.step()
    return float(loss.detach())


@torch.inference_mode()
def measured(network: DifferenceNetwork, pairs: Sequence[EncodedPair], states: States, run: Run) -> float:
    """Mean loss of ``pairs``, of which there is one at least, with nothing dropped."""
    network.eval()
    ordered = sorted(pairs, key=lambda pair: pair.length)
    batches = [ordered[first : first + run.batch] for first in range(0, len(ordered), run.batch)]
    total = sum(float(loss_of(network, batch, states, run.weight)) * len(batch) for batch in batches)
    network.train()
    return total / len(pairs)


def started() -> DifferenceNetwork:
    """The network that training begins with. Raises VerifierUnavailable."""
    manifest = read_manifest(shipped_folder())
    return from_verifier(unpacked(checked_file(shipped_folder(), manifest.model, manifest.sha256)))


def train(run: Run) -> list[float]:
    """The mean loss of each epoch. Logs that of the events that are kept out, too. Raises VerifierUnavailable."""
    torch.manual_seed(run.seed)
    generator = random.Random(run.seed)
    pairs, states = read_states(run.states)
    kept = [pair for pair in pairs if pair.kept]
    epochs = epochs_of([pair for pair in pairs if not pair.kept], run)
    network = started().train()
    optimiser = optimiser_of(network, run)
    total, step, losses = run.epochs * epochs.batches, 0, []
    log.info("%d joined pairs, %d others, %d batches", len(epochs.joined), len(epochs.others), total)
    for epoch in range(run.epochs):
        running, since = 0.0, time.monotonic()
        for number, batch in enumerate(epochs.drawn(generator), 1):
            loss = loss_of(network, batch, states, run.weight)
            running += one_step(network, optimiser, loss, share_of_rate(step, total, run.warmup))
            step += 1
            if number % EVERY == 0:
                log.info("epoch %d batch %d of %d loss %.3f", epoch, number, epochs.batches, running / number)
        losses.append(running / epochs.batches)
        write({"network": network.state_dict()}, run.checkpoint)
        log.info("epoch %d loss %.3f, %.0f s", epoch, losses[-1], time.monotonic() - since)
        if kept:
            log.info("epoch %d loss %.3f on %d kept pairs", epoch, measured(network, kept, states, run), len(kept))
    return losses
