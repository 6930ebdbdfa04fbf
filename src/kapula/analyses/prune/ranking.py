"""Whether the order of the drivers stays the same among the questions that are kept."""

from __future__ import annotations

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.drivers.johnson import relative_weights
from kapula.analyses.prune.elimination import inverse
from kapula.analyses.prune.moments import Ints
from kapula.analyses.prune.twins import Bools

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


def agreements(moments: Floats, order: Ints, leading: int, alike: Bools) -> Floats:
    """(many, steps + 1) rank correlation of the kept questions' shares before and after; NaN for one alone.

    ``order``: (many, steps) columns as in the moments. ``alike``: (p, p), where two questions ask the same. The order before is that of
    the questions without those that went while one that asks the same stayed: two that ask the same share one weight between them, in
    halves that are too small and a sum that is too large, and neither tells where it belongs among the others.
    """
    inner = given_leading(moments, leading)
    before = shares(inner)
    many, p = before.shape
    found = np.full((many, order.shape[1] + 1), np.nan)
    found[:, 0] = 1.0 if p >= LEAST_RANKED else np.nan
    kept = np.ones((many, p), dtype=bool)
    row = np.arange(many)
    for step in range(order.shape[1]):
        out = order[:, step] - leading
        kept[row, out] = False
        again = np.flatnonzero((alike[out] & kept).any(axis=1))
        if len(again):
            inner = _apart(inner, again, out[again])
            before[again] = shares(inner[again])
        left = p - step - 1
        if left < LEAST_RANKED:
            break
        here = np.nonzero(kept)[1].reshape(many, left)
        rows = np.concatenate([here, np.full((many, 1), p)], axis=1)
        small = inner[row[:, None, None], rows[:, :, None], rows[:, None, :]]
        found[:, step + 1] = spearman(np.take_along_axis(before, here, axis=1), shares(small))
    return found


def _apart(moments: Floats, which: Ints, columns: Ints) -> Floats:
    """The moments with one column in each of ``which`` unrelated to all others: shares are then as if it had not been asked."""
    found = moments.copy()
    found[which, columns, :] = 0.0
    found[which, :, columns] = 0.0
    found[which, columns, columns] = 1.0
    return found
