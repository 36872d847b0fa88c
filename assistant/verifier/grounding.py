"""The shipped grounding model on ONNX Runtime: windows, fixed shapes, calibrated probabilities. No torch."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadConfig, VerifierUnavailable
from assistant.types import Evidence
from assistant.verifier.checks import check_pair
from assistant.verifier.probabilities import Probabilities, best_of, evidence_of, weakest_of
from assistant.verifier.softmax import softmax
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder
from assistant.verifier.windows import cut, sentences_of, windows_of
from index import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Engine = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]  # ids and mask → logits (rows, 3)
TOKENS_A_BATCH = 512  # what a core works on at once: with more, its values leave the cache
LONG_CLAIM = 96  # tokens, as in training; a longer claim of several sentences is judged sentence by sentence
LEAST_ROOM = 48  # tokens of evidence beside the longest claim piece
SPECIAL = 4  # <s> claim </s></s> evidence </s>


class GroundingVerifier:
    """Entailment, contradiction and neutral of English claims, from a folder of weights with a manifest.

    Evidence longer than the window is cut into overlapping windows, and the best counts. A claim of more than 96 tokens
    is judged sentence by sentence, and the least supported counts.
    """

    def __init__(
        self,
        folder: Path,
        engine: Callable[[bytes], Engine] | None = None,
        tokens_a_batch: int = TOKENS_A_BATCH,
        workers: int = 0,
    ) -> None:
        """``engine`` opens the model file; none: ONNX Runtime. ``workers`` batches run at once; 0: as many as there are
        cores for this process. Verifiers with as many workers share them, so that many open ones never work more cores.

        Raises VerifierUnavailable for missing or altered weights.
        """
        self.manifest = read_manifest(folder)
        self.verifier_id = self.manifest.verifier_id
        self.threshold = self.manifest.threshold
        self._tokenizer = _tokenizer(checked_file(folder, self.manifest.tokenizer, self.manifest))
        self._run = (engine or onnx_engine)(checked_file(folder, self.manifest.model, self.manifest))
        self._tokens_a_batch = tokens_a_batch
        self._workers = workers or usable_cores()
        start, end = self._tokenizer.token_to_id("<s>"), self._tokenizer.token_to_id("</s>")
        pad = self._tokenizer.token_to_id("<pad>")
        if start is None or end is None or pad is None:
            raise VerifierUnavailable(
                f"{folder / self.manifest.tokenizer} lacks <s>, </s> or <pad>", "reinstall claimdesk"
            )
        self._start, self._end, self._pad = int(start), int(end), int(pad)

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        """See Verifier."""
        return evidence_of(spans, self.judge_pairs([(claim, span.quote) for span in spans]), self.verifier_id)

    def answers(self, question: str, spans: Sequence[Span]) -> list[float]:
        """The probability that each span answers the question, same order: the model was trained on questions too.

        Raises NotJudged for a question that holds no word or is not English, and for an empty span.
        """
        return [judged.entailment for judged in self.judge_pairs([(question, span.quote) for span in spans])]

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One result for each (claim, evidence), same order. Raises NotJudged."""
        for claim, evidence in pairs:
            check_pair(claim, evidence)
        once = dict.fromkeys(pairs)  # a sentence and its context are often the same words: they are read once
        if len(once) < len(pairs):
            known = dict(zip(once, self.judge_pairs(list(once)), strict=True))
            return [known[pair] for pair in pairs]
        pieces = self._pieces([claim for claim, _ in pairs])
        sentences = self._sentences([evidence for _, evidence in pairs])
        sequences: list[tuple[int, ...]] = []
        ranges: list[list[tuple[int, int]]] = []  # for each pair, for each piece of its claim: its windows
        for parts, evidence_ids in zip(pieces, sentences, strict=True):
            ranges.append([])
            for part in parts:
                first = len(sequences)
                room = max(self.manifest.window, len(part) + LEAST_ROOM + SPECIAL) - len(part) - SPECIAL
                for window in windows_of(evidence_ids, room):
                    sequences.append((self._start, *part, self._end, self._end, *window, self._end))
                ranges[-1].append((first, len(sequences)))
        judged = self._probabilities(sequences)
        return [weakest_of([best_of(judged[first:last], self.threshold) for first, last in parts]) for parts in ranges]

    def _pieces(self, claims: Sequence[str]) -> list[list[Sequence[int]]]:
        """Token ids of each claim, or of its sentences when it is long."""
        whole = self._ids(claims)
        longest = self.manifest.lengths[-1] - LEAST_ROOM - SPECIAL
        pieces = []
        for claim, ids in zip(claims, whole, strict=True):
            parts = [ids] if len(ids) <= LONG_CLAIM else self._ids(sentences_of(claim))
            pieces.append([piece for part in parts for piece in cut(part, longest)])
        return pieces

    def _sentences(self, evidences: Sequence[str]) -> list[list[list[int]]]:
        """Token ids of each sentence of each evidence; evidence that repeats is encoded once."""
        known: dict[str, list[list[int]]] = {}
        for evidence in evidences:
            if evidence not in known:
                known[evidence] = self._ids(sentences_of(evidence))
        return [known[evidence] for evidence in evidences]

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [list(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _probabilities(self, sequences: Sequence[tuple[int, ...]]) -> list[Probabilities]:
        """One result for each sequence, same order; what repeats is read once."""
        known = {sequence: place for place, sequence in enumerate(dict.fromkeys(sequences))}
        different = list(known)
        logits = np.zeros((len(different), 3), dtype=np.float32)

        def judge_batch(batch: tuple[int, list[int]]) -> None:
            length, indices = batch
            ids = np.full((len(indices), length), self._pad, dtype=np.int64)
            mask = np.zeros((len(indices), length), dtype=np.int64)
            for row, index in enumerate(indices):
                ids[row, : len(different[index])] = different[index]
                mask[row, : len(different[index])] = 1
            logits[indices] = self._run(ids, mask)

        batches = _batches(different, self.manifest.lengths, self._tokens_a_batch, self._workers)
        for _ in pool_of(self._workers).map(judge_batch, batches):  # raises what a batch raised
            pass
        judged = [Probabilities(*map(float, row)) for row in softmax(logits / self.manifest.temperature)]
        return [judged[known[sequence]] for sequence in sequences]


def usable_cores() -> int:
    """Cores that this process may use: a container or ``taskset`` often grants fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS, Windows


@cache
def pool_of(workers: int) -> ThreadPoolExecutor:
    """The process's threads for batches, started at the first one. They end with the interpreter, and hold no model."""
    return ThreadPoolExecutor(workers, "verifier")


def _batches(
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


def _tokenizer(content: bytes) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def onnx_engine(content: bytes) -> Engine:
    """ONNX Runtime on the processor, a core for each call. Raises VerifierUnavailable."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except RuntimeError as error:
        raise VerifierUnavailable(f"ONNX Runtime cannot read the model: {error}", "reinstall claimdesk") from error

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        logits: NDArray[np.float32] = session.run(["logits"], {"ids": ids, "mask": mask})[0]
        return logits

    return run


def open_shipped(rest: str) -> GroundingVerifier:
    """The shipped model, or the one in the folder written after ``default:``. Raises VerifierUnavailable, BadConfig."""
    folder = Path(rest) if rest else shipped_folder()
    if not folder.is_dir():
        raise BadConfig(f"{folder} is no folder of weights", "write default, or default:FOLDER")
    return GroundingVerifier(folder)
