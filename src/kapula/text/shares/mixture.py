"""Shares of several classes at once, from what the classifier said and how it mixes them up."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.text.shares.errors import Confusion

Floats = NDArray[np.float64]
PRIOR: Final = 0.5
"""Pretended comments of each kind when a share is drawn from its counts (Jeffreys): a count of nought is not surely nought."""


def solved(said: Floats, rates: Floats) -> Floats:
    """The classes' shares (…, classes) behind the shares of labels said (…, labels): said = shares · rates, by least squares.

    ``rates[…, t, s]``: how often class t is said to be s; rows sum to one. The answer sums to one but may leave 0…1.
    Source: Barron (1977), Biometrics 33, 414–418.
    """
    turned = np.swapaxes(rates, -1, -2)
    squared = rates @ turned
    return np.asarray(np.linalg.solve(squared, rates @ said[..., None])[..., 0], dtype=np.float64)


def onto_shares(values: Floats) -> Floats:
    """The nearest shares: none under zero, together one. Source: Wang & Carreira-Perpiñán (2013), arXiv:1309.1541."""
    ordered = np.sort(values)[::-1]
    above = (np.cumsum(ordered) - 1) / np.arange(1, len(values) + 1)
    kept = int(np.nonzero(ordered > above)[0][-1])
    return np.asarray(np.maximum(values - above[kept], 0.0), dtype=np.float64)


def drawn_rates(confusion: Confusion, replicates: int, random: np.random.Generator) -> Floats:
    """(replicates, classes, labels): what the error rates may be, given what was checked."""
    return np.stack([random.dirichlet(row + PRIOR, size=replicates) for row in confusion.matrix], axis=1)


def drawn_said(counts: Floats, effective: float, replicates: int, random: np.random.Generator) -> Floats:
    """(replicates, labels): what the shares said may be in the population, for counts worth ``effective`` comments."""
    total = counts.sum()
    return random.dirichlet(counts * (effective / total) + PRIOR, size=replicates)


def estimate(counts: Floats, confusion: Confusion) -> Floats:
    rates = confusion.matrix / confusion.matrix.sum(axis=1, keepdims=True)
    return onto_shares(solved(counts / counts.sum(), rates))


def bounds(draws: Floats, values: Floats, level: float) -> tuple[Floats, Floats]:
    """Quantiles of the draws, cut to 0…1 and never past the estimate."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return np.minimum(np.clip(low, 0, 1), values), np.maximum(np.clip(high, 0, 1), values)
