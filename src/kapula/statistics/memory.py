"""The law of a slope when what happens in one period lasts into the next, by how much not known.

A period's residual is its answers' sampling error, which does not last, and its shock, which is AR(1) with autocorrelation ρ. Given ρ
the slope, drawn by its own weights, is Student's t around the truth; ρ itself is weighed by the restricted likelihood with a flat prior
(Zellner & Tiao 1964, JASA 59, 763–778), or one that leans towards 0 where periods are few, as is whether the sampling error is there,
whose size only the answers tell. An estimate of ρ put in its place makes intervals too narrow twice: it is biased towards 0 in short
series, and it is taken for known.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RHOS: Final = np.tile(np.linspace(-0.9, 0.975, 40), 2)
"""Without a part that does not last (the first half), and with it (the second, :data:`PART` of the chances beforehand)."""
PART: Final = 0.25
SHORT: Final = 16
"""Fewer periods hardly tell ρ: it is then weighed by 1 − ρ² beforehand, or a few alike would be taken for a memory of almost 1."""
MOST_SAMPLING: Final = 0.3
"""Of a residual's variance: sampling errors told too large must not hide what lasts."""


def lasting(y: Floats, x: Floats, pull: Floats, sampling: Floats) -> tuple[Floats, Floats]:
    """Over :data:`RHOS`: the standard error of Σ ``pull`` · ``y`` and the chance of that ρ, each (80,). ``y`` (T,) and the design ``x``
    (T, 2) are divided by the standard deviations, but for their common size; ``y`` is not explained exactly by ``x``. ``sampling`` (T,):
    the share of each period's variance that is sampling error."""
    periods = len(y)
    white = np.outer(np.arange(len(RHOS)) >= len(RHOS) // 2, np.minimum(sampling, MOST_SAMPLING))
    squares, size = _innovations(np.column_stack([x, y]), white)
    design, along = squares[:, :2, :2], squares[:, :2, 2]
    rest = squares[:, 2, 2] - np.einsum("ki,ki->k", along, np.linalg.solve(design, along[:, :, None])[:, :, 0])
    rest = np.maximum(rest, 1e-300)
    fit = -(size + np.linalg.slogdet(design)[1] + (periods - 2) * np.log(rest)) / 2
    chances = np.exp(fit - fit.max()) * np.where(np.arange(len(RHOS)) < len(RHOS) // 2, 1 - PART, PART)
    if periods < SHORT:
        chances *= 1 - RHOS**2
    shocks = pull * np.sqrt(1 - white[[0, -1]])
    lags = np.stack([np.correlate(one, one, "full")[periods - 1 :] for one in shocks])
    lags[:, 1:] *= 2
    half = len(RHOS) // 2
    lasted = (RHOS[:, None] ** np.arange(periods)) * np.repeat(lags, half, axis=0)
    spread = lasted.sum(axis=1) + white @ pull**2
    return np.sqrt(np.maximum(spread, 0.0) * rest / (periods - 2)), chances / chances.sum()


def _innovations(rows: Floats, white: Floats) -> tuple[Floats, Floats]:
    """The cross-products of the columns of ``rows`` by the inverse of their correlations, (80, columns, columns), and the logarithm of the
    correlations' determinant, (80,), for each ρ: Kalman's filter of a unit shock (its mean and variance) seen through white noise."""
    squares, size = np.zeros((len(RHOS), rows.shape[1], rows.shape[1])), np.zeros(len(RHOS))
    mean, variance = np.zeros((len(RHOS), rows.shape[1])), np.ones(len(RHOS))
    for row, noise in zip(rows, white.T, strict=True):
        seen = np.sqrt(1 - noise)
        total = seen**2 * variance + noise
        new = row - seen[:, None] * mean
        squares += new[:, :, None] * new[:, None, :] / total[:, None, None]
        size += np.log(total)
        gain = variance * seen / total
        mean = RHOS[:, None] * (mean + gain[:, None] * new)
        variance = RHOS**2 * variance * (1 - gain * seen) + 1 - RHOS**2
    return squares, size
