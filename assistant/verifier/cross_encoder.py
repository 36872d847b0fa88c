"""Any sentence-transformers CrossEncoder with natural-language-inference labels. Needs torch: for who chose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import BadConfig, NotJudged, VerifierUnavailable
from assistant.types import Evidence
from assistant.verifier.checks import check_pair
from assistant.verifier.probabilities import Probabilities, best_of, evidence_of
from assistant.verifier.softmax import softmax
from assistant.verifier.windows import windows_of
from index import Span

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_MEANINGS = {
    "entailment": ("entailment", "entails", "supported", "supports", "support"),
    "contradiction": ("contradiction", "contradicts", "refuted", "refutes", "refute"),
    "neutral": ("neutral", "not_enough_info", "nei", "not enough information"),
}
LEAST_ROOM = 32  # tokens of evidence beside the claim
SPECIAL = 4


class CrossEncoderVerifier:
    """A cross-encoder that reads (evidence, claim), as models trained on premise and hypothesis do."""

    threshold = 0.5

    def __init__(self, name: str) -> None:
        """``name``: a folder, or a model's name. Raises VerifierUnavailable, BadConfig (labels that are not NLI's)."""
        from sentence_transformers import CrossEncoder  # seconds: only when it is chosen

        try:
            self._model: CrossEncoder = CrossEncoder(name)
        except (OSError, ValueError) as error:
            raise VerifierUnavailable(f"{name}: {error}", "give the folder of a CrossEncoder") from error
        self.verifier_id = f"cross-encoder:{Path(name).name}"
        self._order = label_order(self._model.config.id2label)
        self._longest = int(self._model.max_length or 512)

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        """See Verifier."""
        return evidence_of(spans, self.judge_pairs([(claim, span.quote) for span in spans]), self.verifier_id)

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One result for each (claim, evidence), same order; the best window counts. Raises NotJudged."""
        texts: list[tuple[str, str]] = []
        ranges = []
        for claim, evidence in pairs:
            check_pair(claim, evidence)
            first = len(texts)
            texts.extend((window, claim) for window in self._windows(claim, evidence))
            ranges.append((first, len(texts)))
        if not texts:
            return []
        logits = np.asarray(self._model.predict(texts, convert_to_numpy=True, activation_fn=_same), dtype=np.float32)
        judged = [Probabilities(*(float(row[place]) for place in self._order)) for row in softmax(logits)]
        return [best_of(judged[first:last], self.threshold) for first, last in ranges]

    def _windows(self, claim: str, evidence: str) -> list[str]:
        """Stretches of the evidence that fit beside the claim. Raises NotJudged when the claim fills the model."""
        encode = self._model.tokenizer(
            evidence, add_special_tokens=False, return_offsets_mapping=True, truncation=False
        )
        places = encode["offset_mapping"]
        room = self._longest - len(self._model.tokenizer(claim, add_special_tokens=False)["input_ids"]) - SPECIAL
        if room < LEAST_ROOM:
            raise NotJudged(f"the claim leaves {self.verifier_id} no room for evidence", "shorten the claim")
        windows = windows_of([range(len(places))], room)
        return [evidence[places[window[0]][0] : places[window[-1]][1]] for window in windows]


def label_order(names: Mapping[int, str]) -> tuple[int, int, int]:
    """Columns of entailment, contradiction and neutral, read from a model's ``id2label``. Raises BadConfig.

    >>> label_order({0: "CONTRADICTION", 1: "neutral", 2: "entailment"})
    (2, 0, 1)
    """
    found = {
        meaning: [number for number, name in names.items() if name.lower() in words]
        for meaning, words in _MEANINGS.items()
    }
    if len(names) != 3 or any(len(numbers) != 1 for numbers in found.values()):
        raise BadConfig(f"labels {list(names.values())} are not entailment, contradiction and neutral")
    return int(found["entailment"][0]), int(found["contradiction"][0]), int(found["neutral"][0])


def _same(logits: object) -> object:
    """No activation: the softmax is ours."""
    return logits


def open_cross_encoder(rest: str) -> CrossEncoderVerifier:
    """The model named after ``cross-encoder:``. Raises BadConfig, VerifierUnavailable."""
    if not rest:
        raise BadConfig("cross-encoder needs a model", "write cross-encoder:FOLDER")
    return CrossEncoderVerifier(rest)
