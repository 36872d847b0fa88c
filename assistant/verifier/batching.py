"""Sequences of tokens, dealt out to the cores of this process in batches of few shapes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

TOKENS_A_BATCH = 512  # what a core works on at once: with more, its values leave the cache


def usable_cores() -> int:
    """Cores that this process may use: a container or ``taskset`` often grants fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS, Windows


@cache
def pool_of(workers: int) -> ThreadPoolExecutor:
    """The process's threads for batches, started at the first one. They end with the interpreter, and hold no model."""
    return ThreadPoolExecutor(workers, "verifier")


def batches_of(
    sequences: Sequence[Sequence[int]], lengths: Sequence[int], tokens: int, workers: int
) -> list[tuple[int, list[int]]]:
    """(padded length, indices): sequences of similar length together, at most ``tokens`` tokens, longest first.

    Few sequences are dealt out, so that no worker waits.
    """
    groups: dict[int, list[int]] = {}
    for index, sequence in enumerate(sequences):
        length = next(fixed for fixed in lengths if fixed >= len(sequence))
        groups.setdefault(length, []).append(index)
    share = -(-sum(length * len(indices) for length, indices in groups.items()) // workers)
    batches: list[tuple[int, list[int]]] = []
    for length, indices in sorted(groups.items(), reverse=True):
        size = max(1, min(tokens, share) // length)
        batches.extend((length, indices[first : first + size]) for first in range(0, len(indices), size))
    return batches


def padded(sequences: Sequence[Sequence[int]], length: int, pad: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids and mask (1 = read), both (sequences, length)."""
    ids = np.full((len(sequences), length), pad, dtype=np.int64)
    mask = np.zeros((len(sequences), length), dtype=np.int64)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return ids, mask
