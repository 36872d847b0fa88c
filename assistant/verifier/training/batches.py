"""Pairs to token batches of a few fixed lengths, about as many tokens in each. The tokenizer, no torch."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray

from assistant.verifier.training.rows import PairRow

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LENGTHS = (32, 48, 64, 96, 128, 160, 192, 256)  # tokens; other shapes cost a new kernel each
TOKENS_A_BATCH = 2048
CLASSES = {"supported": 0, "refuted": 1, "nei": 2, "differs": 3, "unsupported": 4}  # 4: not 0, which one is not said
LONGEST_CLAIM_TOKENS = 96  # longer ones are skipped in training, never cut in inference
PADDING = 1


@dataclass(frozen=True, slots=True)
class EncodedPair:
    ids: tuple[int, ...]
    label: int


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of ``path`` without padding or truncation of its own."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def best_window(claim: Sequence[int], evidence: Sequence[int], room: int) -> Sequence[int]:
    """The ``room`` consecutive evidence tokens that share most different tokens with the claim (half-room steps)."""
    if len(evidence) <= room:
        return evidence
    wanted = set(claim)
    starts = sorted({*range(0, len(evidence) - room, max(1, room // 4)), len(evidence) - room})
    best = max(starts, key=lambda start: len(wanted.intersection(evidence[start : start + room])))
    return evidence[best : best + room]


def encode(rows: Sequence[PairRow], tokenizer: Tokenizer, longest: int) -> list[EncodedPair]:
    """Token ids ``<s> claim </s></s> evidence </s>``, at most ``longest``; rows with overlong claims are left out."""
    start, end = int(tokenizer.token_to_id("<s>") or 0), int(tokenizer.token_to_id("</s>") or 0)
    claims = tokenizer.encode_batch([row.claim for row in rows], add_special_tokens=False)
    evidences = tokenizer.encode_batch([row.evidence for row in rows], add_special_tokens=False)
    pairs = []
    for row, claim, evidence in zip(rows, claims, evidences, strict=True):
        if not claim.ids or not evidence.ids or len(claim.ids) > LONGEST_CLAIM_TOKENS:
            continue
        window = best_window(claim.ids, evidence.ids, longest - len(claim.ids) - 4)
        pairs.append(EncodedPair((start, *claim.ids, end, end, *window, end), CLASSES[row.label]))
    return pairs


def batches_of(pairs: Sequence[EncodedPair], seed: int) -> list[list[int]]:
    """Indices into ``pairs``, grouped by padded length, shuffled by ``seed``: the same on every machine."""
    generator = random.Random(seed)
    order = list(range(len(pairs)))
    generator.shuffle(order)
    waiting: dict[int, list[int]] = defaultdict(list)
    batches = []
    for index in order:
        length = padded_length(len(pairs[index].ids))
        waiting[length].append(index)
        if len(waiting[length]) * length >= TOKENS_A_BATCH - length + 1:
            batches.append(waiting.pop(length))
    batches.extend(waiting.values())
    generator.shuffle(batches)
    return batches


def padded_length(length: int) -> int:
    """The smallest of LENGTHS that holds ``length`` tokens."""
    return next(fixed for fixed in LENGTHS if fixed >= length)


def padded(pairs: Sequence[EncodedPair]) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64], NDArray[numpy.int64]]:
    """ids and mask, (len(pairs), fixed length), and labels, (len(pairs),)."""
    length = padded_length(max(len(pair.ids) for pair in pairs))
    ids = numpy.full((len(pairs), length), PADDING, dtype=numpy.int64)
    mask = numpy.zeros((len(pairs), length), dtype=numpy.int64)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = pair.ids
        mask[row, : len(pair.ids)] = 1
    return ids, mask, numpy.array([pair.label for pair in pairs], dtype=numpy.int64)


def by_length(pairs: Sequence[EncodedPair], tokens: int = TOKENS_A_BATCH) -> Iterator[list[int]]:
    """Indices in batches of similar length, short first: for scoring."""
    order = sorted(range(len(pairs)), key=lambda index: len(pairs[index].ids))
    batch: list[int] = []
    for index in order:
        length = padded_length(len(pairs[index].ids))
        if batch and (len(batch) + 1) * length > tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
