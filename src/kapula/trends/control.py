"""Control charts for one stretch of periods: individuals with limits that follow n, and EWMA.

Sources: NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2 (individuals) and 6.3.2.4 (EWMA); Montgomery,
Introduction to Statistical Quality Control, chapters 6 and 9; Laney, Quality Engineering 14(4), 2002 (variation
between periods beyond sampling).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.errors import ParameterError
from kapula.trends.noise import Floats, Noise
from kapula.trends.scaling import exponent_of

WEIGHT = 0.3
WIDTH = 3.0


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: ``statistic`` is what is drawn, ``low``/``high`` its limits, ``sigma`` its standard deviation, all
    of shape (m,), NaN at gaps."""

    name: str
    centre: float
    statistic: Floats
    sigma: Floats
    low: Floats
    high: Floats

    def standardised(self) -> Floats:
        """Distance from the centre in standard deviations; NaN at gaps and where nothing varies."""
        return np.asarray((self.statistic - self.centre) / np.where(self.sigma > 0, self.sigma, np.nan))


def individuals(values: Floats, noise: Noise, width: float = WIDTH) -> Chart:
    """The individuals chart (I of I-MR): yᵢ against centre ± width·σᵢ, where σᵢ follows each period's n and Laney's
    σ_z."""
    _check_width(width)
    sigma = np.where(np.isfinite(values), noise.sigma, np.nan)
    return Chart("individuals", noise.centre, values, sigma, noise.centre - width * sigma, noise.centre + width * sigma)


def ewma(values: Floats, noise: Noise, weight: float = WEIGHT, width: float = WIDTH) -> Chart:
    """The exponentially weighted moving average: zᵢ = λ yᵢ + (1 − λ) zᵢ₋₁, z₀ = centre.

    Its variance is carried exactly, Vᵢ = λ² σᵢ² + (1 − λ)² Vᵢ₋₁ with V₀ = 0, so that the limits follow each period's
    n; with equal n it is the usual λ/(2 − λ)·[1 − (1 − λ)²ⁱ]·σ². A gap leaves both as they were.
    """
    _check_width(width)
    if not 0 < weight <= 1:
        raise ParameterError(
            f"The EWMA weight is {weight}.",
            hint="It lies in (0, 1]; 0.2 to 0.3 is usual.",
            parameter="ewma_weight",
            value=weight,
        )
    statistic, variance = np.full_like(values, np.nan), np.full_like(values, np.nan)
    level, spread, unit = noise.centre, 0.0, exponent_of(noise.sigma)
    sigmas = np.ldexp(noise.sigma, -unit)
    for index in np.flatnonzero(np.isfinite(values)):
        level = weight * values[index] + (1 - weight) * level
        spread = weight**2 * sigmas[index] ** 2 + (1 - weight) ** 2 * spread
        statistic[index], variance[index] = level, spread
    sigma = np.ldexp(np.sqrt(variance), unit)
    return Chart("ewma", noise.centre, statistic, sigma, noise.centre - width * sigma, noise.centre + width * sigma)


def moving_ranges(values: Floats) -> tuple[Floats, float, float]:
    """The moving ranges (NaN for the first and at gaps), their mean and their upper limit 3.267·mean (D4 of two; NIST
    6.3.2.2)."""
    ranges = np.full_like(values, np.nan)
    present = np.flatnonzero(np.isfinite(values))
    ranges[present[1:]] = np.abs(np.diff(values[present]))
    mean = float(np.nanmean(ranges)) if len(present) > 1 else 0.0
    return ranges, mean, 3.267 * mean


def _check_width(width: float) -> None:
    if not (np.isfinite(width) and width > 0):
        raise ParameterError(
            f"Limits cannot be {width} standard deviations wide.",
            hint="Three is usual.",
            parameter="limit_width",
            value=str(width),
        )
