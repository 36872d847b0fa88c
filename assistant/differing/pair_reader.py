"""Pairs of sentences to readings: the verifier's lower layers, then a network of its own. ONNX Runtime, no torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant.differing.reading import Grid, Place, Reading
from assistant.errors import VerifierUnavailable
from assistant.verifier.batching import TOKENS_A_BATCH, batches_of, padded, pool_of, usable_cores
from assistant.verifier.lower import lower_layers
from assistant.verifier.opened import Special, open_session, open_tokenizer, special_ids
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder

MODEL, MANIFEST = "differing.int8.onnx", "manifest.json"


class PairReader:
    """Reads two sentences at once for where they differ. Stateless: the same pair gives the same reading."""

    def __init__(self, folder: Path, below: Path) -> None:
        """``below``: the verifier's weights, whose lower layers these were trained on.

        Raises VerifierUnavailable for missing or altered weights, or for others than were trained on.
        """
        base = read_manifest(below)
        try:
            found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            trained_on, states, hashes = found["below"], found["states"], found["sha256"]
        except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
            raise VerifierUnavailable(f"{folder / MANIFEST} is damaged: {error}", "reinstall claimdesk") from error
        if trained_on != base.lower:
            raise VerifierUnavailable(
                f"{folder} was trained on other layers than those of {below}", "reinstall claimdesk"
            )
        self._tokenizer = open_tokenizer(checked_file(below, base.tokenizer, base.sha256))
        self._special = special_ids(self._tokenizer)
        self._lengths = base.lengths
        self._lower = open_session(lower_layers(checked_file(below, base.model, base.sha256), states))
        self._upper = open_session(checked_file(folder, MODEL, hashes))

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading | None]:
        """One reading for each pair, same order; None for a pair that is too long to be read at once, or half empty."""
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        encoded = dict(zip(texts, self._tokenizer.encode_batch(texts, add_special_tokens=False), strict=True))
        known: dict[tuple[str, str], Reading] = {}
        readable = [pair for pair in dict.fromkeys(pairs) if self._fits([encoded[text].ids for text in pair])]
        sequences = [self._special.joined(encoded[left].ids, encoded[right].ids) for left, right in readable]

        def read_batch(batch: tuple[int, list[int]]) -> None:
            length, indices = batch
            ids, mask = padded([sequences[i] for i in indices], length, self._special.pad)
            states = self._lower.run(["states"], {"ids": ids, "mask": mask})[0]
            cells, facts = self._upper.run(["cells", "one_fact"], {"states": states, "mask": mask})
            for row, index in enumerate(indices):
                left, right = (encoded[text].offsets for text in readable[index])
                known[readable[index]] = reading_of(cells[row], float(facts[row]), left, right)

        workers = usable_cores()
        for _ in pool_of(workers).map(read_batch, batches_of(sequences, self._lengths, TOKENS_A_BATCH, workers)):
            pass  # raises what a batch raised
        return [known.get(pair) for pair in pairs]

    def _fits(self, ids: Sequence[Sequence[int]]) -> bool:
        return all(ids) and sum(map(len, ids)) + Special.COUNT <= self._lengths[-1]


def reading_of(cells: Grid, fact: float, left: Sequence[Place], right: Sequence[Place]) -> Reading:
    """From the log odds (kinds, tokens, tokens) of a whole sequence: those of the left's tokens beside the right's."""
    first = 1 + len(left) + 2
    odds = cells[:, 1 : 1 + len(left), first : first + len(right)]
    probabilities = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return Reading(probabilities.astype(np.float32), left, right, fact)


@cache
def open_pair_reader() -> PairReader:
    """The shipped one, opened once. Raises VerifierUnavailable."""
    return PairReader(Path(str(files("assistant.differing"))) / "weights", shipped_folder())
