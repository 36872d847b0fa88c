"""What the shipped lower layers make of token ids, once: who trains what stands on them reads it from disk.

The layers run as in the product, with its 8-bit matrices, so that training meets what inference will.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.verifier.batching import TOKENS_A_BATCH, batches_of, padded, pool_of, usable_cores
from assistant.verifier.lower import lower_layers
from assistant.verifier.opened import open_session
from assistant.verifier.training.network import HIDDEN, PADDING, STATES
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder

log = logging.getLogger(__name__)

EVERY = 1000  # batches between two lines of the log
States = NDArray[np.float16]


def write_lower(sequences: Sequence[Sequence[int]], place: Path) -> list[int]:
    """Write the states of all tokens, float16 (tokens, 768), sequence by sequence; returns where each one begins.

    Raises VerifierUnavailable.
    """
    folder = shipped_folder()
    manifest = read_manifest(folder)
    lower = open_session(lower_layers(checked_file(folder, manifest.model, manifest.sha256), STATES))
    begins = list(accumulate(map(len, sequences), initial=0))
    states = np.lib.format.open_memmap(place, mode="w+", dtype=np.float16, shape=(begins[-1], HIDDEN))
    batches = batches_of(sequences, manifest.lengths, TOKENS_A_BATCH, usable_cores())

    def keep(batch: tuple[int, list[int]]) -> None:
        length, indices = batch
        ids, mask = padded([sequences[i] for i in indices], length, PADDING)
        found = lower.run(["states"], {"ids": ids, "mask": mask})[0]
        for row, i in enumerate(indices):
            states[begins[i] : begins[i + 1]] = found[row, : len(sequences[i])]

    for number, _ in enumerate(pool_of(usable_cores()).map(keep, batches)):  # raises what a batch raised
        if number % EVERY == 0:
            log.info("states of %d batches of %d", number, len(batches))
    states.flush()
    return begins[:-1]
