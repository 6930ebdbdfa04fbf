"""Whether the order of the drivers stays the same among the questions that are kept."""

from __future__ import annotations

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.drivers.johnson import relative_weights
from kapula.analyses.prune.elimination import inverse
from kapula.analyses.prune.moments import Ints

LEAST_RANKED = 2
"""One driver alone has no rank."""


def given_leading(moments: Floats, leading: int) -> Floats:
    """(many, p + 1, p + 1) moments of the questions and the outcome, what the leading columns explain taken out."""
    f = slice(0, leading)
    z = slice(leading, None)
    across = moments[:, f, z]
    return np.asarray(moments[:, z, z] - np.swapaxes(across, 1, 2) @ inverse(moments[:, f, f]) @ across)


def shares(moments: Floats) -> Floats:
    """(many, p) Johnson's relative weights: each question's share of R², from (many, p + 1, p + 1) moments whose last is the outcome."""
    scale = 1 / np.sqrt(np.maximum(np.einsum("mii->mi", moments), 1e-300))
    correlations = np.moveaxis(moments * scale[:, :, None] * scale[:, None, :], 0, 2)
    return np.asarray(relative_weights(correlations, [1] * (moments.shape[1] - 1)).T)


def spearman(first: Floats, second: Floats) -> Floats:
    """Rank correlation along the last axis (no ties)."""
    k = first.shape[-1]
    gaps = np.argsort(np.argsort(first, axis=-1), axis=-1) - np.argsort(np.argsort(second, axis=-1), axis=-1)
    return np.asarray(1 - 6 * (gaps**2).sum(axis=-1) / (k * (k * k - 1)))


def agreements(moments: Floats, order: Ints, leading: int, twins: Floats) -> Floats:
    """(many, steps + 1) rank correlation of the kept questions' shares before and after; NaN for one alone.

    ``order``: (many, steps) columns as in the moments. ``twins``: (p, p), 1 where two questions ask the same: the share of one that went
    is counted for the other before, because it falls to it after.
    """
    inner = given_leading(moments, leading)
    before = shares(inner)
    many, p = before.shape
    found = np.full((many, order.shape[1] + 1), np.nan)
    found[:, 0] = 1.0 if p >= LEAST_RANKED else np.nan
    kept = np.ones((many, p), dtype=bool)
    row = np.arange(many)
    for step in range(order.shape[1]):
        kept[row, order[:, step] - leading] = False
        left = p - step - 1
        if left < LEAST_RANKED:
            break
        here = np.nonzero(kept)[1].reshape(many, left)
        rows = np.concatenate([here, np.full((many, 1), p)], axis=1)
        small = inner[row[:, None, None], rows[:, :, None], rows[:, None, :]]
        credited = before + (before * ~kept) @ twins
        found[:, step + 1] = spearman(np.take_along_axis(credited, here, axis=1), shares(small))
    return found
