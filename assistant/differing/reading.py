"""What was read of two sentences: for each kind, how likely a word of the left differs from a word of the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.types import FlagKind

# The rows of the grid, in the order in which the network was trained.
KINDS = (
    FlagKind.QUANTITY, FlagKind.QUALIFIER, FlagKind.WORDING, FlagKind.OPINION, FlagKind.ATTRIBUTION, FlagKind.QUOTATION,
    FlagKind.MODALITY, FlagKind.NEGATION, FlagKind.TIME, FlagKind.SCOPE, FlagKind.HEADLINE_BODY,
)  # fmt: skip
MOST = 6  # differences taken from two sentences
LEAST = 0.02  # probability of a difference's likeliest pair of words
OF_PEAK = 0.5  # a stretch grows by words that are half as likely as its likeliest
Place = tuple[int, int]
Grid = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Two that differ: the kind, where they stand in both sentences (code points), their likeliest pair of words."""

    kind: FlagKind
    ours: Place
    theirs: Place
    probability: float


@dataclass(frozen=True)
class Reading:
    """``cells``: probabilities (kinds, left tokens, right tokens) that two tokens stand in one difference; ``left``,
    ``right``: start and end of each token in its sentence; ``one_fact``: log odds that both sentences tell one fact."""

    cells: Grid
    left: Sequence[Place]
    right: Sequence[Place]
    one_fact: float

    def stretches(self, most: int = MOST) -> list[Stretches]:
        """The likeliest differences, likeliest first, no two on the same words of both sides."""
        free = self.cells.copy()
        found: list[Stretches] = []
        while len(found) < most and free.size:
            kind, row, column = (int(place) for place in np.unravel_index(int(np.argmax(free)), free.shape))
            peak = float(free[kind, row, column])
            if peak < LEAST:
                break
            (top, bottom), (first, last) = grown(self.cells[kind], row, column, OF_PEAK * peak)
            found.append(self._stretches(KINDS[kind], (top, bottom), (first, last), peak))
            free[:, top:bottom, first:last] = 0.0
            free[kind, top:bottom] = 0.0
            free[kind, :, first:last] = 0.0
        return found

    def stretch_of(self, kind: FlagKind) -> Stretches | None:
        """The likeliest difference of one kind; None where the network reads none, or knows no such kind."""
        if kind not in KINDS or not self.cells.size:
            return None
        cells = self.cells[KINDS.index(kind)]
        row, column = (int(place) for place in np.unravel_index(int(np.argmax(cells)), cells.shape))
        peak = float(cells[row, column])
        return self._stretches(kind, *grown(cells, row, column, OF_PEAK * peak), peak) if peak >= LEAST else None

    def _stretches(self, kind: FlagKind, rows: Place, columns: Place, peak: float) -> Stretches:
        (top, bottom), (first, last) = rows, columns
        ours, theirs = (self.left[top][0], self.left[bottom - 1][1]), (self.right[first][0], self.right[last - 1][1])
        return Stretches(kind, ours, theirs, peak)

    def mean_over(self, ours: Place, theirs: Place) -> Grid:
        """Mean probability (kinds,) over two stretches; zeros where neither side holds a token."""
        rows = [n for n, (start, end) in enumerate(self.left) if start < ours[1] and ours[0] < end]
        columns = [n for n, (start, end) in enumerate(self.right) if start < theirs[1] and theirs[0] < end]
        if not rows or not columns:
            return np.zeros(len(KINDS), dtype=np.float32)
        box = self.cells[:, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        mean: Grid = box.mean(axis=(1, 2))
        return mean


def grown(cells: Grid, row: int, column: int, least: float) -> tuple[Place, Place]:
    """The rectangle round a cell, larger by rows and columns as long as they are likely enough on the whole."""
    top, bottom, first, last = row, row + 1, column, column + 1
    growing = True
    while growing:
        growing = False
        if top > 0 and cells[top - 1, first:last].mean() >= least:
            top, growing = top - 1, True
        if bottom < cells.shape[0] and cells[bottom, first:last].mean() >= least:
            bottom, growing = bottom + 1, True
        if first > 0 and cells[top:bottom, first - 1].mean() >= least:
            first, growing = first - 1, True
        if last < cells.shape[1] and cells[top:bottom, last].mean() >= least:
            last, growing = last + 1, True
    return (top, bottom), (first, last)
