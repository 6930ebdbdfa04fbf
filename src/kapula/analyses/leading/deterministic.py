"""What no signal may be credited with: each unit's own level, trend and season, and what happened to every unit in
the same period."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HARMONICS = 3
"""Sine and cosine pairs a season is drawn with, at most."""
_SWEEPS = 6
_RIDGE = 1e-9


def basis(periods: int, season: float | None) -> Floats:
    """(periods, q): a constant, a straight line, and the season's harmonics when two seasons fit in."""
    time = np.arange(periods, dtype=float)
    columns = [np.ones(periods), (time - (periods - 1) / 2) / max(periods, 2)]
    if season is not None and season >= 2 and periods >= 1.9 * season:
        for harmonic in range(1, HARMONICS + 1):
            if 2 * harmonic > season:
                break
            angle = 2 * np.pi * harmonic * time / season
            columns.append(np.cos(angle))
            if 2 * harmonic < season:
                columns.append(np.sin(angle))
    return np.column_stack(columns)


def detrended(values: Floats, columns: Floats) -> Floats:
    """What is left of every series (…, periods) after least squares on ``columns`` (periods, q). NaN stays; a
    series with fewer than
    q + 4 figures is all NaN."""
    flat = values.reshape(-1, values.shape[-1])
    seen = np.isfinite(flat)
    filled = np.where(seen, flat, 0.0)
    q = columns.shape[1]
    if seen.all():
        orthonormal = np.linalg.qr(columns)[0]
        return np.asarray((filled - (filled @ orthonormal) @ orthonormal.T).reshape(values.shape))
    products = (columns[:, :, None] * columns[:, None, :]).reshape(len(columns), -1)
    gram = (seen @ products).reshape(-1, q, q) + _RIDGE * np.eye(q)
    fitted = np.linalg.solve(gram, (filled @ columns)[..., None])[..., 0] @ columns.T
    left = np.where(seen & (seen.sum(axis=1) >= q + 4)[:, None], flat - fitted, np.nan)
    return left.reshape(values.shape)


def without_shocks(values: Floats, weights: Floats | None = None) -> Floats:
    """The series (…, units, periods) less the mean of each period over the units that have a figure there."""
    seen = np.isfinite(values)
    weight = seen.astype(float) if weights is None else np.where(seen, weights, 0.0)
    total = weight.sum(axis=-2, keepdims=True)
    mean = (np.where(seen, values, 0.0) * weight).sum(axis=-2, keepdims=True) / np.where(total > 0, total, 1.0)
    alone = seen.sum(axis=-2, keepdims=True) < 2
    return np.where(alone, np.nan, values - mean)


def cleaned(values: Floats, columns: Floats, *, shocks: bool) -> Floats:
    """Both at once: alternately where figures are missing, since then the two overlap."""
    found = detrended(values, columns)
    if not shocks:
        return found
    sweeps = 1 if np.isfinite(values).all() else _SWEEPS
    for _ in range(sweeps):
        found = without_shocks(found)
        if sweeps > 1:
            found = detrended(found, columns)
    return found


def differences(values: Floats) -> Floats:
    """Change from the period before, the same length: the first, and any beside a gap, is NaN."""
    found = np.full(values.shape, np.nan)
    found[..., 1:] = values[..., 1:] - values[..., :-1]
    return found
