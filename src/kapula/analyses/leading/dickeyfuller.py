"""The augmented Dickey–Fuller t of each unit's series, its lags chosen by BIC.

Source: Said & Dickey (1984), Biometrika 71.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.deterministic import differences
from kapula.analyses.leading.memory import filled, lags

Floats = NDArray[np.float64]


def statistics_of(values: Floats, columns: Floats, most: int) -> Floats:
    """The t of the level in Δy = columns·c + ρ·y₋₁ + Σ γ Δy₋ᵢ, (series, units)."""
    change = differences(values)
    level = filled(np.where(np.isfinite(values), values, np.nan))
    before = np.full(values.shape, 0.0)
    before[..., 1:] = level[..., :-1]
    q = columns.shape[1]
    wide = np.broadcast_to(columns, (*values.shape, q))
    design = np.concatenate([before[..., None], wide, lags(change, 1, most)], axis=-1)
    use = np.isfinite(change)
    use[..., : most + 1] = False
    now = np.where(use, change, 0.0)
    masked = design * use[..., None]
    gram = np.swapaxes(masked, -1, -2) @ design
    cross = (np.swapaxes(masked, -1, -2) @ now[..., None])[..., 0]
    square, n = (now**2).sum(axis=-1), use.sum(axis=-1).astype(float)
    fits = [_fit(gram, cross, square, n, 1 + q + order) for order in range(most + 1)]
    best = np.stack([score for _, score in fits]).argmin(axis=0)
    return np.asarray(np.stack([t for t, _ in fits])[best, np.arange(len(values))])


def _fit(gram: Floats, cross: Floats, square: Floats, n: Floats, size: int) -> tuple[Floats, Floats]:
    """t of the first coefficient, (series, units), and BIC summed over units, (series,)."""
    part = gram[..., :size, :size]
    scale = np.sqrt(np.maximum(np.diagonal(part, axis1=-2, axis2=-1), 1e-300))
    scaled = part / scale[..., :, None] / scale[..., None, :] + 1e-9 * np.eye(size)
    inverse = np.linalg.inv(scaled)
    weights = (inverse @ (cross[..., :size] / scale)[..., None])[..., 0]
    left = np.maximum(square - (weights * cross[..., :size] / scale).sum(axis=-1), 0.0)
    spare = n - size
    usable = (spare >= 5) & (left > 1e-10 * square)
    variance = left / np.maximum(spare, 1)
    t = weights[..., 0] / np.sqrt(np.maximum(variance * inverse[..., 0, 0], 1e-300))
    score = np.where(
        usable, n * np.log(np.maximum(left, 1e-300) / np.maximum(n, 1)) + size * np.log(np.maximum(n, 2)), 0.0
    )
    return np.where(usable, t, np.nan), score.sum(axis=-1)
