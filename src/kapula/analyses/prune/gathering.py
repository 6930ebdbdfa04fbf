"""From whole rows to moments of batches: each row's batch, and the sums over it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints, Moments

MOST_BATCHES = 400


def standardised(columns: Floats, weight: Floats) -> Floats:
    """Columns of weighted mean 0 and variance 1."""
    mean = np.average(columns, axis=0, weights=weight)
    centred = columns - mean
    return np.asarray(centred / np.sqrt(np.average(centred**2, axis=0, weights=weight)))


def gather(
    columns: Floats,
    weight: Floats,
    unit: Ints,
    *,
    fixed: int,
    leading: int,
    rng: np.random.Generator,
    order: Floats | None,
) -> Moments:
    """Moments of (rows, q − 1) ``columns`` without the constant. ``unit``: codes of independent units; ``order``: each row's time."""
    z = np.column_stack([np.ones(len(columns)), standardised(columns, weight)]) * np.sqrt(weight)[:, None]
    units = int(unit.max()) + 1
    batch = _batches(unit, units, rng, order)
    rows = np.argsort(batch, kind="stable")
    ends = np.searchsorted(batch[rows], np.arange(batch.max() + 2))
    sums = np.stack([z[rows[a:b]].T @ z[rows[a:b]] for a, b in pairwise(ends)])
    return Moments(sums, fixed, leading, units, order is not None)


def _batches(unit: Ints, units: int, rng: np.random.Generator, order: Floats | None) -> Ints:
    """Each row's batch: whole units in at most ``MOST_BATCHES``, by lot, or in the order of time."""
    count = min(units, MOST_BATCHES)
    if order is None:
        place = rng.permutation(units)
    else:
        sums = np.bincount(unit, order, minlength=units) / np.bincount(unit, minlength=units)
        place = np.argsort(np.argsort(sums, kind="stable"), kind="stable")
    return np.asarray((place * count // units)[unit], dtype=np.int64)
