"""Train one stage on one file of rows: bf16 autocast, fixed shapes, checkpoints, resume. Seeds are fixed."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from assistant.verifier.training.batches import EncodedPair, batches_of, by_length, encode, load_tokenizer, padded
from assistant.verifier.training.network import Network, from_base
from assistant.verifier.training.rows import read_rows

log = logging.getLogger(__name__)

SMOOTHING = 0.05
EVERY = 100  # batches between checkpoints
MEET = 25  # batches between two averagings of the workers' weights
DEVELOPMENT_ROWS = 400


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage trains on and how. ``decay``: the last share of it, over which the rate falls to zero."""

    rows: Path
    development: Path
    base: Path  # folder of all-mpnet-base-v2
    checkpoint: Path  # written; resumed from when it exists and belongs to this stage
    start: Path | None = None  # checkpoint of the stage before
    layers: int = 8
    longest: int = 160  # tokens
    rate: float = 6e-5
    warmup: int = 100  # batches
    decay: float = 0.0
    batches: int = 0  # 0: all
    seed: int = 7
    threads: int = 1
    minutes: float = 0.0  # 0: as long as the batches last; else the rate falls by the clock and the stage ends on time
    worker: int = 0  # of ``workers`` that share the batches and, every MEET batches, average their weights
    workers: int = 1

    @property
    def own(self) -> Path:
        """This worker's checkpoint: each worker keeps its own."""
        return self.checkpoint.with_name(f"{self.checkpoint.stem}.{self.worker}{self.checkpoint.suffix}")


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy with smoothing; a label that is none of the outputs asks only that entailment is improbable:
    "unsupported", and of three outputs "differs"."""
    logs = functional.log_softmax(logits.float(), dim=1)
    outputs = logs.shape[1]
    known = labels < outputs
    spread = torch.full_like(logs, SMOOTHING / outputs)
    spread.scatter_(1, labels.clamp(max=outputs - 1).unsqueeze(1), 1 - SMOOTHING + SMOOTHING / outputs)
    exact = -(spread * logs).sum(dim=1)
    against = torch.logsumexp(logs[:, 1:], dim=1)
    open_loss = -((1 - SMOOTHING / 2) * against + SMOOTHING / 2 * logs[:, 0])
    return torch.where(known, exact, open_loss).mean()


def rate_at(stage: Stage, step: int, done: float) -> float:
    """Linear warm-up, level, then linear decay to zero over the last ``decay`` of the stage; ``done`` in [0, 1]."""
    rate = stage.rate * min(1.0, (step + 1) / max(1, stage.warmup))
    return rate if done <= 1 - stage.decay else rate * max(0.0, 1 - done) / stage.decay


def optimiser_of(network: Network) -> torch.optim.AdamW:
    """AdamW; norms and biases are not decayed; the fresh head learns faster by its own group."""
    trained = [(name, value) for name, value in network.named_parameters() if value.requires_grad]
    plain = [value for name, value in trained if value.ndim < 2]
    head = [value for name, value in trained if value.ndim >= 2 and name.startswith(("dense", "head"))]
    body = [value for name, value in trained if value.ndim >= 2 and not name.startswith(("dense", "head"))]
    groups = [
        {"params": body, "weight_decay": 0.01, "scale": 1.0},
        {"params": plain, "weight_decay": 0.0, "scale": 1.0},
        {"params": head, "weight_decay": 0.01, "scale": 3.0},
    ]
    return torch.optim.AdamW(groups, lr=1e-5, betas=(0.9, 0.98), fused=True)


@torch.no_grad()
def logits_of(network: Network, pairs: Sequence[EncodedPair]) -> Tensor:
    """Logits (len(pairs), outputs) in the order of ``pairs``."""
    network.eval()
    logits = torch.zeros(len(pairs), network.head.out_features)
    for indices in by_length(pairs):
        ids, mask, _ = padded([pairs[index] for index in indices])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits[indices] = network(torch.from_numpy(ids), torch.from_numpy(mask)).float()
    network.train()
    return logits


def balanced(logits: Tensor, labels: Tensor) -> float:
    """Balanced accuracy of supported against the rest, by the largest probability."""
    said, true = logits.argmax(dim=1) == 0, labels == 0
    return float((said[true].float().mean() + (~said[~true]).float().mean()) / 2)


def save(stage: Stage, network: Network, optimiser: torch.optim.AdamW, step: int, seconds: float) -> None:
    """Write a checkpoint in one rename, so that a stopped run never leaves half a file."""
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "seconds": seconds}
    write({**state, "step": step, "rows": stage.rows.name, "layers": len(network.layers)}, stage.own)


def write(content: object, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save(content, part)
    part.replace(path)


def started(stage: Stage) -> tuple[Network, torch.optim.AdamW, int, float]:
    """The network and optimiser to go on with, the batches already done and the seconds they took."""
    torch.manual_seed(stage.seed)
    source = stage.own if stage.own.exists() else stage.start
    if source is None:
        network = from_base(stage.base, stage.layers)
        return network, optimiser_of(network), 0, 0.0
    found = torch.load(source, weights_only=True)
    network = Network(int(found["layers"]), len(found["network"]["head.bias"]))
    network.load_state_dict(found["network"])
    optimiser = optimiser_of(network)
    optimiser.load_state_dict(found["optimiser"])
    resumed = source == stage.own
    return network, optimiser, int(found["step"]) if resumed else 0, float(found["seconds"]) if resumed else 0.0


@torch.no_grad()
def meet(stage: Stage, network: Network) -> None:
    """Leave this worker's weights for the others and take the mean with what they left last."""
    here = stage.own.with_suffix(f".{stage.rows.name}.weights")
    trained = {name: value for name, value in network.named_parameters() if value.requires_grad}
    write(trained, here)
    others = [path for path in here.parent.glob(f"{stage.checkpoint.stem}.*.{stage.rows.name}.weights") if path != here]
    for path in others:
        theirs = torch.load(path, weights_only=True)
        for name, value in trained.items():
            value.lerp_(theirs[name], 1 / (len(others) + 1))


def train(stage: Stage) -> None:
    """Run the stage to its end, resuming where the checkpoint stands."""
    torch.set_num_threads(stage.threads)
    tokenizer = load_tokenizer(stage.base / "tokenizer.json")
    pairs = encode(read_rows(stage.rows), tokenizer, stage.longest)
    development = encode(read_rows(stage.development)[:DEVELOPMENT_ROWS], tokenizer, stage.longest)
    truth = torch.tensor([pair.label for pair in development])
    batches = batches_of(pairs, stage.seed)
    batches = (batches[: stage.batches] if stage.batches else batches)[stage.worker :: stage.workers]
    network, optimiser, step, before = started(stage)
    network.train()
    log.info("%s: %d pairs, %d batches, from %d", stage.rows.name, len(pairs), len(batches), step)
    since, seen, running, done = time.monotonic(), 0, 0.0, 0.0
    while done < 1:
        seconds = before + time.monotonic() - since
        done = max((step + 1) / len(batches), seconds / (stage.minutes * 60) if stage.minutes else 0.0)
        chosen = [pairs[index] for index in batches[step]]
        running = 0.98 * running + 0.02 * one_step(network, optimiser, chosen, rate_at(stage, step, done))
        seen, step = seen + len(chosen), step + 1
        if stage.workers > 1 and (step % MEET == 0 or done >= 1):
            meet(stage, network)
        if step % MEET == 0:
            log.info("step %d (%.3f) loss %.4f pairs/s %.1f", step, done, running, seen / (time.monotonic() - since))
        if step % EVERY == 0 or done >= 1:
            save(stage, network, optimiser, step, before + time.monotonic() - since)
            if stage.worker == 0:
                log.info("step %d development %.4f", step, balanced(logits_of(network, development), truth))


def one_step(network: Network, optimiser: torch.optim.AdamW, chosen: Sequence[EncodedPair], rate: float) -> float:
    """One batch; returns its loss."""
    ids, mask, labels = padded(chosen)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(torch.from_numpy(ids), torch.from_numpy(mask))
    return learn(network, optimiser, loss_of(logits, torch.from_numpy(labels)), rate)


def learn(network: Network, optimiser: torch.optim.AdamW, loss: Tensor, rate: float) -> float:
    """One step against the loss of a batch; returns it."""
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([value for value in network.parameters() if value.requires_grad], 1.0)
    for group in optimiser.param_groups:
        group["lr"] = rate * group["scale"]
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return float(loss.detach())
