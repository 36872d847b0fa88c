"""The shipped grounding model on ONNX Runtime: windows, fixed shapes, calibrated probabilities. No torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadConfig
from assistant.types import Evidence
from assistant.verifier.batching import TOKENS_A_BATCH, batches_of, padded, pool_of, usable_cores
from assistant.verifier.checks import check_pair
from assistant.verifier.opened import Special, open_session, open_tokenizer, special_ids
from assistant.verifier.probabilities import Probabilities, best_of, evidence_of, weakest_of
from assistant.verifier.softmax import softmax
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder
from assistant.verifier.windows import cut, sentences_of, windows_of
from index import Span

Engine = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]  # ids and mask → logits (rows, outputs)
LONG_CLAIM = 96  # tokens, as in training; a longer claim of several sentences is judged sentence by sentence
OUTPUTS = 4  # at most, of a pair: entailment, contradiction, silence, on the matter but otherwise
LEAST_ROOM = 48  # tokens of evidence beside the longest claim piece


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
        self._tokenizer = open_tokenizer(checked_file(folder, self.manifest.tokenizer, self.manifest.sha256))
        self._run = (engine or onnx_engine)(checked_file(folder, self.manifest.model, self.manifest.sha256))
        self._tokens_a_batch = tokens_a_batch
        self._workers = workers or usable_cores()
        self._special = special_ids(self._tokenizer)

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
                room = max(self.manifest.window, len(part) + LEAST_ROOM + Special.COUNT) - len(part) - Special.COUNT
                for window in windows_of(evidence_ids, room):
                    sequences.append(self._special.joined(part, window))
                ranges[-1].append((first, len(sequences)))
        judged = self._probabilities(sequences)
        return [weakest_of([best_of(judged[first:last], self.threshold) for first, last in parts]) for parts in ranges]

    def _pieces(self, claims: Sequence[str]) -> list[list[Sequence[int]]]:
        """Token ids of each claim, or of its sentences when it is long."""
        whole = self._ids(claims)
        longest = self.manifest.lengths[-1] - LEAST_ROOM - Special.COUNT
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
        logits = np.full(
            (len(different), OUTPUTS), -np.inf, dtype=np.float32
        )  # an output that weights lack is never said

        def judge_batch(batch: tuple[int, list[int]]) -> None:
            length, indices = batch
            found = self._run(*padded([different[i] for i in indices], length, self._special.pad))
            logits[indices, : found.shape[1]] = found

        batches = batches_of(different, self.manifest.lengths, self._tokens_a_batch, self._workers)
        for _ in pool_of(self._workers).map(judge_batch, batches):  # raises what a batch raised
            pass
        judged = [probabilities_of(row) for row in softmax(logits / self.manifest.temperature).tolist()]
        return [judged[known[sequence]] for sequence in sequences]


def probabilities_of(row: Sequence[float]) -> Probabilities:
    """Shares of the model's outputs as the three of every verifier."""
    entailment, contradiction, silent, differing = row
    return Probabilities(entailment, contradiction, silent + differing, differing)


def onnx_engine(content: bytes) -> Engine:
    """ONNX Runtime on the processor, a core for each call. Raises VerifierUnavailable."""
    session = open_session(content)

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
