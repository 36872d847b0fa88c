"""Pairs to what the verifier's lower layers make of them, once for all epochs: they are not trained further.

``states.npy``: float16 (tokens of all pairs, 768). ``pairs.jsonl``: a line a pair, with where its states begin.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.differing.reading import KINDS, Place
from assistant.differing.training.labels import Sort
from assistant.differing.training.pairs import LabelledPair, Mark, Told, pairs_of
from assistant.language.reader import LanguageReader
from assistant.verifier.opened import open_tokenizer, special_ids
from assistant.verifier.training.lower_states import States, write_lower
from assistant.verifier.training.network import LONGEST
from assistant.verifier.weights_folder import checked_file, read_manifest, shipped_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

STATES_FILE, PAIRS_FILE = "states.npy", "pairs.jsonl"
SEED = 1


@dataclass(frozen=True, slots=True)
class Cells:
    """A label as a rectangle of tokens, counted within each sentence, half-open. ``kind``: the grid's row, or -1."""

    sort: Sort
    kind: int
    ours: Place
    theirs: Place


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """``at``: its first row in the states. ``left``, ``right``: tokens of either sentence, without special ones."""

    event: str
    kept: bool
    number: int
    at: int
    left: int
    right: int
    marks: tuple[Cells, ...]

    @property
    def length(self) -> int:
        """Tokens of ``<s> left </s></s> right </s>``."""
        return self.left + self.right + 4


def write_states(events: Iterable[Told], out: Path) -> int:
    """Both files, and a cache of parses, into ``out``; returns how many pairs there are.

    Raises BadInput for labels that do not fit their event, VerifierUnavailable.
    """
    out.mkdir(parents=True, exist_ok=True)
    folder = shipped_folder()
    manifest = read_manifest(folder)
    tokenizer = open_tokenizer(checked_file(folder, manifest.tokenizer, manifest.sha256))
    rows = list(encode(labelled_pairs(events, out / "frames.db"), tokenizer))
    with (out / PAIRS_FILE).open("w", encoding="utf-8") as lines:
        for pair, _ in rows:
            lines.write(json.dumps(asdict(pair)) + "\n")
    write_lower([ids for _, ids in rows], out / STATES_FILE)
    return len(rows)


def labelled_pairs(events: Iterable[Told], cache: Path) -> list[LabelledPair]:
    """The pairs of all events, in order."""
    reader, generator, pairs = LanguageReader(cache), random.Random(SEED), []
    for told in events:
        found = list(pairs_of(told, reader, generator))
        log.info("%s: %d pairs, %d of them joined", told.name, len(found), sum(bool(pair.marks) for pair in found))
        pairs += found
    reader.close()
    return pairs


def encode(pairs: Sequence[LabelledPair], tokenizer: Tokenizer) -> Iterator[tuple[EncodedPair, tuple[int, ...]]]:
    """Each pair with its token ids; those too long to be read at once are left out, as in the product."""
    special, at = special_ids(tokenizer), 0
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.left, pair.right)))
    encoded = dict(zip(texts, tokenizer.encode_batch(texts, add_special_tokens=False), strict=True))
    for pair in pairs:
        left, right = encoded[pair.left], encoded[pair.right]
        ids = special.joined(left.ids, right.ids)
        if left.ids and right.ids and len(ids) <= LONGEST:
            marks = (cells_of(mark, left.offsets, right.offsets) for mark in pair.marks)
            sizes = len(left.ids), len(right.ids)
            yield EncodedPair(pair.event, pair.kept, pair.number, at, *sizes, tuple(marks)), ids
            at += len(ids)


def cells_of(mark: Mark, left: Sequence[Place], right: Sequence[Place]) -> Cells:
    kind = -1 if mark.kind is None else KINDS.index(mark.kind)
    return Cells(mark.sort, kind, tokens_of(mark.ours, left), tokens_of(mark.theirs, right))


def tokens_of(words: Place, tokens: Sequence[Place]) -> Place:
    """The tokens that touch the words: there is one, since words are no mere spaces."""
    touched = [n for n, (start, end) in enumerate(tokens) if start < words[1] and words[0] < end]
    return touched[0], touched[-1] + 1


def read_states(folder: Path) -> tuple[list[EncodedPair], States]:
    """What ``write_states`` left there; the states stay on the disk until they are used."""
    pairs = [pair_of(json.loads(line)) for line in (folder / PAIRS_FILE).read_text(encoding="utf-8").splitlines()]
    return pairs, np.load(folder / STATES_FILE, mmap_mode="r")


def pair_of(row: Mapping[str, Any]) -> EncodedPair:
    """The inverse of ``asdict``."""
    marks = tuple(
        Cells(Sort(mark["sort"]), mark["kind"], tuple(mark["ours"]), tuple(mark["theirs"])) for mark in row["marks"]
    )
    return EncodedPair(**{**row, "marks": marks})
