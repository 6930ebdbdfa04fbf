"""Autoregressions fitted to many series at once, their orders chosen by AICc.

Source: Box & Jenkins (1970), Time Series Analysis: Forecasting and Control, chapter 11 (prewhitening).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.memory import Memory, lags

Floats = NDArray[np.float64]

_RIDGE = 1e-8
OWN = 40
"""From this many periods on each unit has its own memory; with fewer the units share one."""


def most_lags(periods: int) -> int:
    """How long a memory is looked for."""
    return int(max(1, min(6, periods // 12)))


def remember(values: Floats, most: int | None = None) -> Memory:
    """The autoregression of each series (series, units, periods), its order chosen by AICc over all the series' units."""
    most = most_lags(values.shape[-1]) if most is None else most
    step = max(1, 4_000_000 // max(1, values[0].size * (most + 1)))
    parts = [_remember(values[start : start + step], most) for start in range(0, len(values), step)]
    return Memory(np.concatenate([part.weights for part in parts]), np.concatenate([part.order for part in parts]))


def _remember(values: Floats, most: int) -> Memory:
    series, units, periods = values.shape
    past = lags(values, 1, most)
    use = np.isfinite(values)
    use[..., :most] = False
    now = np.where(use, values, 0.0)
    masked = past * use[..., None]
    gram = np.swapaxes(masked, -1, -2) @ past
    cross = (np.swapaxes(masked, -1, -2) @ now[..., None])[..., 0]
    square, n = (now**2).sum(axis=-1), use.sum(axis=-1)
    if periods < OWN and units > 1:
        gram, cross, square, n = (part.sum(axis=1, keepdims=True) for part in (gram, cross, square, n))
    found = [_solved(gram, cross, order) for order in range(most + 1)]
    scores = np.stack([_score(square, cross, weights, n, order) for order, weights in enumerate(found)])
    best = scores.argmin(axis=0)
    weights = np.stack(found)[best, np.arange(series)]
    return Memory(np.broadcast_to(weights, (series, units, most)).copy(), best.astype(np.int64))


def _solved(gram: Floats, cross: Floats, order: int) -> Floats:
    """Weights of the first ``order`` lags, zero for the rest."""
    found = np.zeros(cross.shape)
    if order:
        part = gram[..., :order, :order]
        size = np.trace(part, axis1=-2, axis2=-1)[..., None, None] / order + 1e-300
        found[..., :order] = np.linalg.solve(part + _RIDGE * size * np.eye(order), cross[..., :order, None])[..., 0]
    return found


def _score(square: Floats, cross: Floats, weights: Floats, n: Floats, order: int) -> Floats:
    """AICc of each series, summed over its units."""
    left = np.maximum(square - (weights * cross).sum(axis=-1), 1e-12 * square + 1e-300)
    size = np.maximum(n, 1)
    penalty = 2 * order * size / np.maximum(size - order - 2, 1)
    return np.asarray(np.where(n > order + 2, size * np.log(left / size) + penalty, 0.0).sum(axis=-1))
