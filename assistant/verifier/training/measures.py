"""Figures of the recipe itself: balanced accuracy, calibration, the threshold. Arrays in, numbers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def balanced_accuracy(entailment: Floats, supported: NDArray[np.bool_], threshold: float) -> float:
    """Mean share right among the supported and among the rest; nan when one of them is missing."""
    said = entailment >= threshold
    if supported.all() or not supported.any():
        return float("nan")
    return float((said[supported].mean() + (~said[~supported]).mean()) / 2)


def by_set(entailment: Floats, supported: NDArray[np.bool_], sets: Sequence[str], threshold: float) -> dict[str, float]:
    """Balanced accuracy of each set, names sorted."""
    names = np.array(sets)
    return {
        str(name): balanced_accuracy(entailment[names == name], supported[names == name], threshold)
        for name in np.unique(names)
    }


def calibration_error(entailment: Floats, supported: NDArray[np.bool_], bins: int = 10) -> float:
    """Mean distance of said probability and observed share over equal bins, weighted by size."""
    bin_of = np.minimum((entailment * bins).astype(int), bins - 1)
    gaps = [abs(float((entailment[bin_of == one] - supported[bin_of == one]).sum())) for one in range(bins)]
    return sum(gaps) / len(entailment)


def tempered(probabilities: Floats, temperature: float) -> Floats:
    """Rows of probabilities (n, outputs) at another temperature."""
    logits = np.log(np.clip(probabilities, 1e-9, 1.0)) / temperature
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Floats = raised / raised.sum(axis=1, keepdims=True)
    return result


def best_temperature(probabilities: Floats, supported: NDArray[np.bool_]) -> float:
    """The temperature of least log loss of "supported"."""

    def loss(temperature: float) -> float:
        said = np.clip(tempered(probabilities, temperature)[:, 0], 1e-6, 1 - 1e-6)
        return float(-np.where(supported, np.log(said), np.log(1 - said)).mean())

    return min((step / 100 for step in range(40, 301, 2)), key=loss)


def best_threshold(
    entailment: Floats, supported: NDArray[np.bool_], sets: Sequence[str], least: int = 20
) -> tuple[float, Mapping[str, float]]:
    """A threshold for the mean balanced accuracy over the sets of ``least`` rows or more, and their scores.

    The middle of all whose mean lies within one standard error of the highest (Breiman et al., 1984): small sets make
    the highest itself a matter of chance.
    """
    names, counts = np.unique(np.array(sets), return_counts=True)
    kept = np.isin(np.array(sets), names[counts >= least])
    chosen = [name for name, keep in zip(sets, kept, strict=True) if keep]

    def scores(threshold: float) -> dict[str, float]:
        found = by_set(entailment[kept], supported[kept], chosen, threshold)
        return {name: score for name, score in found.items() if not np.isnan(score)}

    means = {step / 100: float(np.mean([*scores(step / 100).values()])) for step in range(5, 96)}
    highest = max(means, key=lambda threshold: means[threshold])
    error = standard_error(entailment[kept], supported[kept], chosen, highest)
    near = [threshold for threshold, mean in means.items() if mean >= means[highest] - error]
    threshold = near[len(near) // 2]
    return threshold, scores(threshold)


def standard_error(entailment: Floats, supported: NDArray[np.bool_], sets: Sequence[str], threshold: float) -> float:
    """Of the mean over the sets of balanced accuracy; sets that lack one side are left out."""
    names, variances = np.array(sets), []
    for name in np.unique(names):
        true, said = supported[names == name], entailment[names == name] >= threshold
        if true.any() and not true.all():
            sides = (said[true].mean(), true.sum()), (said[~true].mean(), (~true).sum())
            variances.append(sum(share * (1 - share) / count for share, count in sides) / 4)
    return float(np.sqrt(sum(variances)) / max(len(variances), 1))
