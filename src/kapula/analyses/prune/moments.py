"""Everything the validation needs, as second moments of batches of independent units.

A batch holds whole units (clusters, else rows), so batches are independent. From their moment matrices follow every fold's
covariances, every bootstrap sample and the sampling error of every loss, without the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Moments:
    """``sums``: (batches, q, q), Σ w·z·zᵀ over each batch's rows, where z = (1, leading …, always …, droppable …, outcome), each
    standardised over all rows. ``fixed``: how many columns from the front are in every model; ``leading`` of them (the constant among
    them) are not questions. ``ordered``: batches follow each other in time. ``units``: independent units."""

    sums: Floats
    fixed: int
    leading: int
    units: int
    ordered: bool

    @property
    def total(self) -> Floats:
        return np.asarray(self.sums.sum(axis=0))

    @property
    def droppable(self) -> int:
        return int(self.sums.shape[1]) - 1 - self.fixed

    @property
    def batches(self) -> int:
        return len(self.sums)

    @property
    def spread(self) -> Floats:
        """Each batch's Σ w·y² of the standardised outcome."""
        return np.asarray(self.sums[:, -1, -1])


def folds_of(moments: Moments, folds: int, repeat: int, rng: np.random.Generator) -> Ints:
    """Each batch's fold: by lot; in time, stretches that start a little later at each repeat."""
    count = moments.batches
    folds = min(folds, count)
    if moments.ordered:
        return np.asarray(((np.arange(count) + repeat * count // (3 * folds)) % count) * folds // count)
    return np.asarray(rng.permutation(count) * folds // count)


def samples(moments: Moments, count: int, rng: np.random.Generator) -> Floats:
    """(count, q, q) moments of bootstrap samples of whole batches."""
    drawn = rng.multinomial(moments.batches, np.full(moments.batches, 1 / moments.batches), size=count)
    flat = drawn.astype(np.float64) @ moments.sums.reshape(moments.batches, -1)
    return np.asarray(flat.reshape(count, *moments.sums.shape[1:]))
