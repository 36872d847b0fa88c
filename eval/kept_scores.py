"""Entailments kept between runs: a run over many thousand pairs goes on where it was stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from assistant import BadInput, NotJudged

BATCH = 64  # pairs judged at once, and lost when a run is stopped
PROBES = (  # what a verifier says of these tells it from another of the same name
    ("The harbour reopened on Tuesday.", "After nine days of repairs, ships entered the harbour again on Tuesday."),
    ("Fewer than forty people attended.", "About sixty people came to the meeting, the organisers said."),
)


class JudgesPairs(Protocol):
    """What is needed of a verifier."""

    @property
    def verifier_id(self) -> str: ...
    @property
    def threshold(self) -> float: ...
    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Any]: ...


class KeptScores:
    """The entailment of each (claim, evidence) that ``verifier`` was asked for; None: it refused to judge."""

    def __init__(self, verifier: JudgesPairs, folder: Path | None) -> None:
        """``folder``: where they are kept, one file a verifier. Raises BadInput for a file of another form."""
        self._verifier = verifier
        self._known: dict[str, float | None] = {}
        self._file: Path | None = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = folder / f"pairs-{fingerprint(verifier)}.jsonl"
            if self._file.exists():
                self._known.update(_read(self._file))

    @property
    def known(self) -> Mapping[str, float | None]:
        """``key_of`` a pair → its entailment."""
        return self._known

    def of(self, pairs: Sequence[tuple[str, str]]) -> list[float | None]:
        """One entailment for each pair, same order; those not known yet are judged, BATCH at a time."""
        new = list({key_of(pair): pair for pair in pairs if key_of(pair) not in self._known}.values())
        for start in range(0, len(new), BATCH):
            self._learn(new[start : start + BATCH])
        return [self._known[key_of(pair)] for pair in pairs]

    def _learn(self, pairs: Sequence[tuple[str, str]]) -> None:
        try:
            found: list[float | None] = [one.entailment for one in self._verifier.judge_pairs(pairs)]
        except NotJudged:
            found = [self._alone(pair) for pair in pairs]
        learnt = {key_of(pair): value for pair, value in zip(pairs, found, strict=True)}
        self._known.update(learnt)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as lines:
                lines.writelines(json.dumps([key, value]) + "\n" for key, value in learnt.items())

    def _alone(self, pair: tuple[str, str]) -> float | None:
        """One pair of a batch in which some pair cannot be judged."""
        try:
            return float(self._verifier.judge_pairs([pair])[0].entailment)
        except NotJudged:
            return None


def fingerprint(verifier: JudgesPairs) -> str:
    """The same for the same weights, temperature and threshold; another for others."""
    said = [round(float(one.entailment), 4) for one in verifier.judge_pairs(PROBES)]
    content = json.dumps([verifier.verifier_id, verifier.threshold, said])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def key_of(pair: tuple[str, str]) -> str:
    """A short name of a (claim, evidence) pair."""
    return hashlib.sha256("\0".join(pair).encode()).hexdigest()[:20]


def _read(path: Path) -> dict[str, float | None]:
    try:
        return {str(key): value for key, value in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    except (ValueError, TypeError) as error:
        raise BadInput(f"{path} is not a file of kept scores: {error}", "delete it") from error
