"""How much a period's figure moves when nothing has happened.

A figure from n answers moves by its sampling error; periods differ somewhat more than that (weather, billing days,
campaigns). Both enter every limit and every change point, so this is computed in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.trends.scaling import exponent_of

Floats = NDArray[np.float64]
D2 = 1.128
"""Expected range of two standard normal values: the constant that turns a mean moving range into a standard deviation
(2/√π; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2)."""


@dataclass(frozen=True, slots=True)
class Noise:
    """``centre``: the level. ``sigma``: each period's standard deviation around it, in the measure's unit.
    ``dispersion``: how many times larger the variation between periods is than sampling alone explains (1 = sampling
    explains it; None when the sampling error is unknown and the variation between periods is all there is).
    """

    centre: float
    sigma: Floats
    dispersion: float | None


def estimate(
    values: Floats, errors: Floats, sizes: Floats, used: NDArray[np.bool_], centre: float | None = None
) -> Noise:
    """The noise of one stretch.

    ``values``: one figure a period, NaN for a gap. ``errors``: its standard error, NaN when unknown. ``sizes``:
    effective n. ``used``: the periods the estimate may rest on. All of shape (m,).

    With known errors the sampling variance is pooled, σ² = Σ nᵢ·(nᵢ seᵢ²) / Σ nᵢ, and period i has σ²/nᵢ; the whole
    is multiplied by Laney's σ_z, the moving-range estimate of the standard deviation of zᵢ = (yᵢ − centre)/√(σ²/nᵢ)
    (Laney, Quality Engineering 14(4), 2002). σ_z below 1 is raised to 1: answers cannot vary less than their
    sampling. With unknown errors σ is the mean moving range / 1.128 in every period (the classical individuals
    chart).
    """
    used = used & np.isfinite(values)
    if not used.any():
        return Noise(float("nan"), np.full_like(values, np.nan), None)
    known = used & np.isfinite(errors) & (sizes > 0)
    if known.sum() < used.sum() or not (errors[known] > 0).any():
        middle = float(values[used].mean()) if centre is None else centre
        sigma = np.full_like(values, mean_range(values[used]) / D2)
        dispersion: float | None = None
    else:
        weights = sizes[used]
        middle = float(np.average(values[used], weights=weights)) if centre is None else centre
        unit = exponent_of(errors[used])
        pooled = float(np.average(sizes[used] * np.ldexp(errors[used], -unit) ** 2, weights=weights))
        sigma = np.ldexp(np.sqrt(pooled / np.where(sizes > 0, sizes, np.nan)), unit)
        dispersion = max(1.0, mean_range((values[used] - middle) / sigma[used]) / D2)
        sigma = sigma * dispersion
    return Noise(middle, sigma, dispersion)


def mean_range(values: Floats) -> float:
    """Mean absolute difference of consecutive values; 0 for fewer than two. A shift of level disturbs only one
    difference."""
    return float(np.abs(np.diff(values)).mean()) if len(values) > 1 else 0.0


def autocorrelation(values: Floats) -> tuple[float, bool]:
    """Lag-1 autocorrelation and whether it is surely positive.

    r₁ has mean −1/m and standard deviation 1/√m under independence (Box & Jenkins, Time Series Analysis, 2.1.6), so
    it is called positive when (r₁ + 1/m)·√m > 1.96. Slow drift and repeated answers alike end here: limits built from
    moving ranges are then too narrow.
    """
    count = len(values)
    centred = values - values.mean() if count else values
    total = float(centred @ centred)
    if count < 8 or total == 0.0:
        return 0.0, False
    r1 = float(centred[1:] @ centred[:-1]) / total
    return r1, (r1 + 1 / count) * count**0.5 > 1.96
