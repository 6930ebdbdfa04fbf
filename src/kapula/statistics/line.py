"""A straight line through period figures whose errors have two sources: the answers drawn, and what happened in the period.

y_t = a + b t + shock_t + error_t with var(error_t) = v_t known and var(shock_t) = τ² not. τ² by Paule & Mandel (1982, J. Res. NBS 87,
377–385), weights 1 / (v_t + τ²), and the slope's variance scaled by the residuals' own spread with Student's t of T
− 2 degrees of freedom (Knapp & Hartung 2003,
Statistics in Medicine 22, 2693–2710): the periods are the sample, however many answers each holds. With sixteen periods or more the
lag-1 autocorrelation of the residuals, corrected for its bias after a fitted line (Kendall 1954, Biometrika 41,
403–404), widens the variance by (1 + ρ) / (1 − ρ) where it is positive.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.laws import t_quantile, t_tail

Floats = NDArray[np.float64]
LEAST_PERIODS: Final = 4
"""Fewer leave one degree of freedom or none."""
LEAST_FOR_RHO: Final = 16
MOST_RHO: Final = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """``slope`` per unit of t with its standard error and ``df``; ``intercept`` at t = 0; ``tau2``: variance of period shocks; ``rho``:
    autocorrelation allowed for; ``weights``: of the periods, adding up to 1; ``pull``: the slope is Σ pull_t y_t."""

    slope: float
    intercept: float
    se: float
    df: float
    tau2: float
    rho: float
    weights: Floats
    pull: Floats

    def interval(self, level: float) -> tuple[float, float]:
        half = t_quantile((1 + level) / 2, self.df) * self.se
        return self.slope - half, self.slope + half

    @property
    def p(self) -> float | None:
        return 2 * t_tail(abs(self.slope) / self.se, self.df) if self.se > 0 else None


def line(t: Floats, y: Floats, variance: Floats, *, extra: float = 0.0) -> Line:
    """The line through (t, y), arrays of shape (T,) with T ≥ 3 and different t. ``variance``: sampling variances, above 0 (only their
    proportions matter where shocks are large). ``extra``: variance of the slope from elsewhere, added."""
    tau2 = _paule_mandel(t, y, variance)
    weights = 1 / (variance + tau2)
    weights = weights / weights.sum()
    middle = float(weights @ t)
    pull = weights * (t - middle) / float(weights @ (t - middle) ** 2)
    slope = float(pull @ y)
    intercept = float(weights @ y) - slope * middle
    residual = y - intercept - slope * t
    df = len(t) - 2
    scale = float(weights @ residual**2) / df / float(weights @ (t - middle) ** 2)
    rho = _rho(residual * np.sqrt(weights))
    widened, fewer = (1 + rho) / (1 - rho), max(2.0, df * (1 - rho) / (1 + rho))
    return Line(slope, intercept, math.sqrt(scale * widened + extra), fewer if rho else df, tau2, rho, weights, pull)


def slope_of(t: Floats, y: Floats, found: Line) -> float:
    """The slope of other figures by the same weights, so that slopes of parts add up to the slope of the whole."""
    return float(found.pull @ y)


def _paule_mandel(t: Floats, y: Floats, variance: Floats) -> float:
    """τ² ≥ 0 with Σ (y − ŷ)² / (v + τ²) = T − 2, by bisection."""
    aim = len(t) - 2

    def excess(tau2: float) -> float:
        weights = 1 / (variance + tau2)
        middle, level = (weights @ t) / weights.sum(), (weights @ y) / weights.sum()
        slope = (weights * (t - middle)) @ (y - level) / (weights @ (t - middle) ** 2)
        return float(weights @ (y - level - slope * (t - middle)) ** 2) - aim

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(np.ptp(y)) ** 2 + float(variance.max())
    while excess(high) > 0:
        high *= 4
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _rho(residual: Floats) -> float:
    count = len(residual)
    squares = float(residual @ residual)
    if count < LEAST_FOR_RHO or squares <= 0:
        return 0.0
    found = float(residual[1:] @ residual[:-1]) / squares
    return float(np.clip((found + 2 / count) / (1 - 4 / count), 0.0, MOST_RHO))
